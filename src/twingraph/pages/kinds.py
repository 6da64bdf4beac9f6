"""The pages of classes: what is particular to a partnership, a city, an institution, …

Each function gives the values of the template of its name.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.pages.activities import DATE, list_activities, show_activities
from twingraph.pages.aside import aside
from twingraph.pages.facts import list_facts, mark_each
from twingraph.pages.paging import PAGE, check_page, count_pages, cut, cut_checked
from twingraph.pages.passages import show_passage, show_passages
from twingraph.pages.quoted import QUOTES, list_quoted
from twingraph.pages.ranking import find_busiest
from twingraph.plot.asking import Scope
from twingraph.plot.dated import count_activities, find_dated
from twingraph.years.telling import tell_years

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twingraph.pages.paging import Paging
    from twingraph.pages.view import Shown, View
    from twingraph.store import Build

_TABLE: Final = 30  # institutions listed beside activities
_ASKED_FIRST: Final = 200  # busiest institutions, among which those of a topic are looked for
_SKOS: Final = vocab.SKOS
_LINKED: Final = (f"{_SKOS}exactMatch", f"{_SKOS}closeMatch", f"{_SKOS}relatedMatch")


def show_partnership(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """Its cities and stages, what it did, who took part, what about."""
    identifier = _id(view, iri, "partnership")
    with aside(lambda: _rank_institutions(view, iri)) as rank_institutions:
        activities = list_activities(view, paging, partnership=identifier)
        ranked = rank_institutions()
    return {
        "facts": list_facts(view, iri, ("partner", "kind", *_LINKED, f"{_SKOS}note")),
        "stages": sorted(
            (_show_stage(view, stage) for stage in view.values(iri, f"{vocab.TG}stage")),
            key=lambda stage: stage["times"],
        ),
        "activities": activities,
        "is_placed": any(_is_placed(view, c) for c in view.values(iri, f"{vocab.TG}partner")),
        "institutions": [
            (view.resource(institution), _seat(view, institution), number)
            for institution, number in cut_checked("institutions", ranked, paging.institutions)
        ],
        "institutions_number": len(ranked),
        "institutions_page": paging.institutions,
        "questions": _questions(
            view,
            {"partnership": identifier},
            ("timeline", "topics-of-partnership", "gap-years", "hosts"),
        ),
    }


def _rank_institutions(view: View, partnership: str) -> list[tuple[str, int]]:
    """The institutions in the activities of a partnership, and in how many; the busiest first."""
    rows = view.rows(
        "SELECT ?institution (COUNT(DISTINCT ?activity) AS ?number) WHERE { "
        f"<{partnership}> tg:hasActivity ?activity . ?activity tg:involves ?institution }} "
        "GROUP BY ?institution"
    )
    return sorted(
        ((str(institution), int(number)) for institution, number in rows),
        key=lambda row: (-row[1], row[0]),
    )


def _show_stage(view: View, stage: str) -> dict[str, Any]:
    """What became of a partnership, when, and which words on which page tell it."""
    return {
        "kinds": view.resources(view.values(stage, f"{vocab.TG}kind")),
        "times": [tell_years(date, view.say) for date in view.values(stage, DATE)],
        "notes": view.values(stage, f"{_SKOS}note"),
        "passages": show_passages(view, stage),
    }


def _is_placed(view: View, city: str) -> bool:
    """Whether it is known where a city lies: a map without places would show nothing."""
    return bool(view.values(city, f"{vocab.GEO}lat"))


def tell_term(view: View, term: Any) -> Shown:
    """A term as pages show it, a stated time in words."""
    shown = view.term(term)
    if shown.title == vocab.EDTF:
        return shown._replace(text=tell_years(shown.text, view.say), title=shown.text)
    return shown


def show_municipality(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """Its partners, the institutions based in it, and what its partnerships did."""
    identifier = _id(view, iri, "municipality")
    based_in, partner = f"{vocab.TG}basedIn", f"{vocab.TG}partner"
    seated = view.subjects(based_in, iri)
    partnerships = view.subjects(partner, iri)
    programmes = view.subjects(f"{vocab.TG}owner", iri)
    given = {"municipality": identifier}
    if len(partnerships) == 1:  # the same activities, and pictures that are there already
        given = {"partnership": _id(view, partnerships[0], "partnership")}
    return {
        "names": view.names(iri),
        "facts": list_facts(
            view, iri, ("country", "population", "twinnedWith", *_LINKED, f"{_SKOS}note")
        ),
        "partnerships": mark_each(
            view, cut_checked("partnerships", partnerships, paging.partnerships), partner, iri
        ),
        "partnerships_number": len(partnerships),
        "partnerships_page": paging.partnerships,
        "activities": list_activities(view, paging, **given),
        "is_placed": _is_placed(view, iri),
        "programmes": show_activities(
            view, cut_checked("programmes", programmes, paging.programmes)
        ),
        "programmes_number": len(programmes),
        "programmes_page": paging.programmes,
        "institutions": mark_each(
            view, cut_checked("institutions", seated, paging.institutions), based_in, iri
        ),
        "institutions_number": len(seated),
        "institutions_page": paging.institutions,
        "questions": _questions(
            view, {"municipality": identifier}, ("partner-network", "shared-topics")
        ),
    }


def show_institution(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """Where it is, what it took part in and how, with whom it exchanged, what about."""
    exchanged = view.find(f"<{iri}> tg:exchangedWith ?found")
    properties = (
        *("basedIn", f"{vocab.ORG}subOrganizationOf", f"{vocab.FOAF}homepage"),
        *("activeInTopic", "firstActive", "lastActive", "lastStarted", "datedActivities"),
        *(*_LINKED, f"{_SKOS}note"),
    )
    return {
        "names": view.names(iri),
        "facts": list_facts(view, iri, properties),
        "exchanged": [
            (view.resource(other), _seat(view, other))
            for other in cut_checked("institutions", exchanged, paging.institutions)
        ],
        "exchanged_number": len(exchanged),
        "exchanged_page": paging.institutions,
        "activities": list_activities(
            view, paging, role_of=iri, institution=_id(view, iri, "institution")
        ),
        "questions": _questions(
            view,
            {
                "institution": _id(view, iri, "institution"),
                "since": next(iter(view.values(iri, f"{vocab.TG}firstActive")), ""),
            },
            ("institutions-since-evidence",),
        ),
    }


def show_topic(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """What it is, what is broader and narrower, and the activities about it."""
    identifier = iri.removeprefix(vocab.TOPIC)
    properties = (
        f"{_SKOS}definition",
        f"{_SKOS}scopeNote",
        f"{_SKOS}broader",
        f"{_SKOS}narrower",
        *_LINKED,
    )
    return {
        "names": view.names(iri),
        "facts": list_facts(view, iri, properties),
        "narrower": view.resources(view.subjects(f"{_SKOS}broader", iri)),
        "institutions": _active_in(view, iri),
        "activities": list_activities(view, paging, topic=identifier),
        "questions": _questions(view, {"topic": identifier}, ("activities-by-topic",)),
    }


def _active_in(view: View, topic: str) -> list[tuple[Shown, int]]:
    """The institutions with the most dated activities of those active in a topic."""
    active = f"{vocab.TG}activeInTopic"
    busiest = list_busiest_institutions(view.build)
    asked = (each for each in busiest if each[1] and view.quads(each[0], active, topic))
    found = dict(islice(asked, _TABLE))
    if len(found) < _TABLE:
        rows = view.rows(
            "SELECT ?institution ?number WHERE { "
            f"{{ SELECT ?institution WHERE {{ ?institution tg:activeInTopic <{topic}> }} }} "
            "{ SELECT ?institution ?number WHERE { ?institution tg:datedActivities ?number } } } "
            f"ORDER BY DESC(?number) LIMIT {_TABLE}"
        )
        found = {str(iri): int(number) for iri, number in rows}
    return [(view.resource(iri), number) for iri, number in found.items()]


def list_busiest_institutions(build: Build) -> Sequence[tuple[str, int]]:
    """The institutions with the most dated activities, and how many those are."""
    return find_busiest(build, "institutions", _ASKED_FIRST)


def show_year(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """What was certainly under way in it, and what possibly."""
    [number] = map(int, view.values(iri, f"{vocab.TG}number"))
    lists = {}
    for name, property_, page in (
        ("certain", "activeIn", paging.page),
        ("possible", "possiblyActiveIn", paging.possible),
    ):
        pattern = f"?activity tg:{property_} <{iri}> ."
        scope = Scope(view.build, view.language, where=pattern)
        count = count_activities(scope)
        dated = find_dated(scope, page, PAGE, count)
        # A series counts as under way; listed are its editions.
        pages = count_pages(count if dated.number is None else dated.number)
        check_page("page" if name == "certain" else name, page, pages)
        shown = show_activities(view, dated.activities)
        lists[name] = {"entries": shown, "number": count, "page": page, "pages": pages}
    neighbours = {step: view.mint.year(number + step) for step in (-1, 1) if number + step > 0}
    return {
        "facts": list_facts(view, iri, ("inDecade", "activitiesUnderWay")),
        "lists": lists,
        "neighbours": {
            step: view.resource(year) if view.quads(year, vocab.RDF_TYPE, None) else None
            for step, year in neighbours.items()
        },
        "questions": _questions(view, {"year": str(number)}, ("activities-in-year",))
        + _questions(view, {"since": str(number)}, ("institutions-since",)),
    }


def show_source(view: View, iri: str, paging: Paging) -> dict[str, Any]:
    """What the page is, for when it speaks, and what rests on it."""
    properties = (
        f"{vocab.DCTERMS}source",
        f"{vocab.DC}publisher",
        f"{vocab.DC}language",
        f"{vocab.DCTERMS}license",
        f"{vocab.DCTERMS}rights",
        f"{vocab.DCTERMS}issued",
        *("retrieved", "asOf", "asOfReason", "office", f"{_SKOS}note"),
    )
    quoted = list_quoted(view.build, iri)
    things = view.find(f"?passage tg:fromSource <{iri}> . ?found tg:evidence ?passage")
    check_page("page", paging.page, count_pages(len(things)))
    check_page("quotes", paging.quotes, count_pages(len(quoted), QUOTES))
    return {
        "facts": list_facts(view, iri, properties),
        "passages": [
            shown
            for each in cut(quoted, paging.quotes, QUOTES)
            if (shown := show_passage(view, each))
        ],
        "quotes_number": len(quoted),
        "quotes_page": paging.quotes,
        "quotes_pages": count_pages(len(quoted), QUOTES),
        "things": [view.resource(each) for each in cut(things, paging.page)],
        "things_number": len(things),
        "page": paging.page,
        "pages": count_pages(len(things)),
    }


def _id(view: View, iri: str, kind: str) -> str:
    return iri.removeprefix(f"{view.mint.base}{kind}/")


def _seat(view: View, institution: str) -> Shown | None:
    seats = view.values(institution, f"{vocab.TG}basedIn")
    return view.resource(seats[0]) if seats else None


def _questions(
    view: View, values: Mapping[str, str], names: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Questions about what the page is of, each with where it is answered; on a site that is the
    query page."""
    from twingraph.pages.answer import ask_in_editor, tell_question
    from twingraph.queries import find_question

    return [
        (tell_question(view, find_question(name)), address)
        for name in names
        if (address := view.links.question(name, values) or ask_in_editor(view, name, values))
    ]
