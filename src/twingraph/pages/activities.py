"""A list of activities as pages show it: the dated in the order of time, the undated apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import vocab
from twingraph.ontology import read_vocabulary, read_wider
from twingraph.pages.aside import aside
from twingraph.pages.paging import PAGE, check_page, count_pages
from twingraph.plot.asking import read_scope
from twingraph.plot.dated import count_activities, find_dated, find_series, find_undated
from twingraph.years.telling import tell_years

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.pages.paging import Paging
    from twingraph.pages.view import Shown, View

DATE: Final = f"{vocab.DCTERMS}date"
UNDATED: Final = 20  # entries without a year on a page
_MARKS: Final = {
    "Draft": "draft",
    "OngoingActivity": "ongoing",
    "PlannedActivity": "planned",
    "DisputedActivity": "disputed",
    "UndatedActivity": "undated",
}


class Entry(NamedTuple):
    """An activity in a list: its name, its time in words, its form, its topics, and its marks."""

    shown: Shown
    when: str
    form: str
    topics: list[Shown]
    marks: list[str]
    roles: list[str]


@dataclass(frozen=True, slots=True)
class Activities:
    """A page of the activities of something; numbers are None where there are too many to count.

    The series stand apart: their editions are among the dated. They are told on the first page.
    `given` names that thing as pictures and questions take it, e.g. `{"partnership": "a-b"}`.
    """

    given: dict[str, str]
    number: int
    dated: list[Entry]
    dated_number: int | None
    undated: list[Entry]
    undated_number: int | None
    series: list[Entry]
    paging: Paging

    @property
    def dated_pages(self) -> int:
        """How many pages the dated take; of very many, those that are known to be there."""
        if self.dated_number is None:
            return self.paging.page + 1
        return count_pages(self.dated_number)

    @property
    def undated_pages(self) -> int:
        """How many pages the undated take."""
        if self.undated_number is None:
            return self.paging.undated + 1
        return count_pages(self.undated_number, UNDATED)

    @property
    def timeline(self) -> dict[str, str]:
        """What the timeline of this page is of: all of a few, else the dated of the page."""
        if self.number <= PAGE:
            return self.given
        return {**self.given, "page": str(self.paging.page), "most": str(PAGE)}


def list_activities(view: View, paging: Paging, role_of: str = "", **given: str) -> Activities:
    """The activities of one `partnership`, `municipality`, `institution` or `topic`, by its id,
    or all.

    `role_of` is the IRI of an institution of which the role in each is told.

    :raises QueryError: if there is no such thing, or no such page.
    """
    scope = read_scope(view.build, {**given, "lang": view.language})
    counts = view.build.manifest["counts"]
    number = count_activities(scope) if given else counts["activities"]
    with aside(lambda: find_undated(scope, paging.undated, UNDATED, number)) as seek_undated:
        dated = find_dated(scope, paging.page, PAGE, number)
        entries = show_activities(view, dated.activities, role_of)
        undated = seek_undated()
    found = Activities(
        given,
        number,
        entries,
        dated.number,
        show_activities(view, undated.activities, role_of),
        undated.number if given else counts["undated activities"],
        show_activities(view, find_series(scope, number) if paging.page == 1 else (), role_of),
        paging,
    )
    check_page("page", paging.page, found.dated_pages)
    check_page("undated", paging.undated, found.undated_pages)
    return found


def show_activities(view: View, activities: Iterable[str], role_of: str = "") -> list[Entry]:
    """Activities as entries of a list, in the order in which they are given."""
    return [_show(view, iri, role_of) for iri in activities]


def _show(view: View, iri: str, role_of: str) -> Entry:
    classes = view.values(iri, vocab.RDF_TYPE)
    topics = view.values(iri, f"{vocab.TG}topic")
    dates = view.values(iri, DATE)
    marks = [mark for name, mark in _MARKS.items() if vocab.TG + name in classes]
    if any(date.startswith("{") for date in dates):
        marks.append("series")
    return Entry(
        view.resource(iri),
        " / ".join(tell_years(date, view.say) for date in dates),
        tell_form(view, classes),
        [view.resource(topic) for topic in topics],
        marks,
        list_roles(view, iri, role_of) if role_of else [],
    )


def tell_form(view: View, classes: list[str]) -> str:
    """The narrowest of the forms of an activity, by name; empty where none is stated."""
    forms = _list_forms()
    named = {forms[each]: each for each in classes if each in forms}
    wider = {above for name in named for above in read_wider()[name]}
    return ", ".join(view.name(iri).text for name, iri in named.items() if name not in wider)


@cache
def _list_forms() -> dict[str, str]:
    """The names of the forms by their IRIs, without that of all activities."""
    return {str(iri): n for n, iri in read_vocabulary().forms.items() if n != "Activity"}


def list_roles(view: View, activity: str, institution: str) -> list[str]:
    """The names of the roles of an institution in an activity."""
    found = {str(quad.predicate.value) for quad in view.quads(activity, None, institution)}
    return sorted(view.name(role).text for role in found if role != f"{vocab.TG}involves")
