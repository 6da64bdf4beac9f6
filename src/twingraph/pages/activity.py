"""The page of an activity: when, where, who, what about, and the words that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.pages.activities import DATE, show_activities
from twingraph.pages.facts import list_facts, tell_said
from twingraph.pages.kinds import tell_term
from twingraph.pages.paging import cut_checked
from twingraph.pages.passages import show_passages
from twingraph.years.telling import find_runs

if TYPE_CHECKING:
    from twingraph.pages.paging import Paging
    from twingraph.pages.view import View

_ROLES: Final = ("organizer", "participant", "host", "supporter")
_FACTS: Final = (
    *(DATE, "recurrence", "within", "owner", *_ROLES, "heldIn", "venue", "topic", "about"),
    *("partOf", "editionOf", "hasPart", f"{vocab.SKOS}note"),
)


def show_activity(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """The values of its template."""
    [entry] = show_activities(view, [iri])
    passages = show_passages(view, iri)
    editions = view.subjects(f"{vocab.TG}editionOf", iri)
    parts = view.subjects(f"{vocab.TG}partOf", iri)
    dates = tell_said(view, view.quads(iri, DATE, None), lambda term: tell_term(view, term))
    is_disputed = "disputed" in entry.marks
    names = [name for name in _FACTS if not (is_disputed and name == DATE)]
    facts = list_facts(view, iri, names, lambda term: tell_term(view, term))
    return {
        "entry": entry,
        "facts": _without_repetition(facts),
        "sides": dates if is_disputed else [],
        "certain": _tell_years(view, iri, "activeIn"),
        "possible": _tell_years(view, iri, "possiblyActiveIn"),
        "passages": passages,
        "editions": show_activities(view, cut_checked("editions", editions, paging.editions)),
        "editions_number": len(editions),
        "parts": show_activities(view, cut_checked("parts", parts, paging.parts)),
        "parts_number": len(parts),
        "paging": paging,
    }


def _without_repetition(facts: list[Any]) -> list[Any]:
    """The facts, less those whose values have all been told by a fact before (what it is about,
    where that is its topic and nothing broader)."""
    told: set[str] = set()
    kept = []
    for fact in facts:
        values = {value.title or value.text for said in fact.said for value in said.values}
        if not values <= told or fact.said[0].kind != "inferred":
            kept.append(fact)
        told |= values
    return kept


def _tell_years(view: View, iri: str, property_: str) -> list[tuple[int, int, str | None]]:
    """Runs of years: the first, the last, and the page of the first."""
    years = sorted(
        int(number)
        for year in view.values(iri, f"{vocab.TG}{property_}")
        for number in view.values(year, f"{vocab.TG}number")
    )
    return [
        (first, last, view.links.resource(view.mint.year(first)))
        for first, last in find_runs(years)
    ]
