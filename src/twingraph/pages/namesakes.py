"""By what resources of one name are told apart in a list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.pages.activities import DATE
from twingraph.years.telling import tell_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twingraph.pages.view import Shown, View

    _Teller = Callable[[View, str], str]


def tell_namesakes(view: View, kind: str, shown: Iterable[Shown]) -> dict[str, str]:
    """What tells those from each other that are called alike, by IRI: the countries of partners,
    or the years of a partnership; where they are the same or not known, the ids.

    `kind` is a key of `links.KINDS`.
    """
    called: dict[str, list[str]] = defaultdict(list)
    for each in shown:
        called[each.text].append(each.title)
    found: dict[str, str] = {}
    for iris in called.values():
        if len(iris) > 1:
            found |= _tell_apart(view, iris, _TELLERS.get(kind, ()))
    return found


def _tell_apart(view: View, iris: list[str], tellers: Iterable[_Teller]) -> dict[str, str]:
    for tell in tellers:
        told = {iri: tell(view, iri) for iri in iris}
        if all(told.values()) and len(set(told.values())) == len(iris):
            return told
    return {iri: view.shorten(iri) for iri in iris}


def _tell_country(view: View, city: str) -> str:
    return ", ".join(view.values(city, f"{vocab.TG}country"))


def _tell_countries(view: View, partnership: str) -> str:
    """Those of the partners, in the order in which the partnership's name has them."""
    name = view.name(partnership).text
    cities = view.resources(view.values(partnership, f"{vocab.TG}partner"))
    ordered = sorted(cities, key=lambda city: name.find(city.text))
    return " – ".join(filter(None, (_tell_country(view, city.title) for city in ordered)))


def _tell_years(view: View, partnership: str) -> str:
    stages = view.values(partnership, f"{vocab.TG}stage")
    dates = sorted({date for stage in stages for date in view.values(stage, DATE)})
    return ", ".join(tell_years(date, view.say) for date in dates)


_TELLERS: Final[dict[str, tuple[_Teller, ...]]] = {
    "partnerships": (_tell_countries, _tell_years),
    "municipalities": (_tell_country,),
}
