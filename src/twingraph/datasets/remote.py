"""Wikidata's P190 from a SPARQL endpoint, page by page; what is fetched is kept until it is done.

Who talks to the endpoint is given: a function from a SELECT to its rows as JSON.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from twingraph.datasets import wikidata_sparql as sparql
from twingraph.datasets.bindings import (
    entities_of,
    item_of,
    number_of,
    read_bindings,
    statements_of,
)
from twingraph.datasets.entities import partner_of, read_entities
from twingraph.datasets.pages import Pages
from twingraph.datasets.wikibase import ITEM
from twingraph.errors import EndpointError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from twingraph.datasets.bindings import Row
    from twingraph.datasets.dataset import Dataset
    from twingraph.facts import Source

    Select = Callable[[str], bytes]
    Progress = Callable[[str, int, int], None]  # step, done, total

_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_SUBJECTS, _PARTNERS, _COUNTRIES = "subjects", "partners", "countries"
UNITS: Final = {_SUBJECTS: "municipalities", _PARTNERS: "municipalities", _COUNTRIES: "countries"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of which endpoint: the partnerships of countries, by items such as Q183.

    Names are asked for in some languages, or in all; `page` municipalities at a time.

    :raises QueryError: if something is no item, or no tag of a language.
    """

    endpoint: str
    countries: tuple[str, ...]
    languages: tuple[str, ...] = ()
    page: int = 100

    def __post_init__(self) -> None:
        for country in self.countries:
            if not ITEM.fullmatch(country):
                raise QueryError(f"{country!r} is not the item of a country; expected e.g. Q183")
        for language in self.languages:
            if not _TAG.fullmatch(language):
                raise QueryError(f"{language!r} is not the tag of a language; expected e.g. de")


@contextmanager
def fetch_dataset(
    select: Select, wanted: Wanted, folder: Path, source: Source, progress: Progress
) -> Iterator[Dataset]:
    """The partnerships of countries. Pages stay in `folder` until the dataset was made use of.

    :raises EndpointError: if the endpoint fails, gives what is none, or has nothing.
    :raises FileError: if the folder cannot be used.
    """
    asked = (wanted.endpoint, sorted(wanted.countries), sorted(wanted.languages))
    pages = Pages(folder, asked)
    with pages.hold():
        try:
            _Fetching(select, wanted, pages, progress).run()
        except EndpointError as error:
            if not pages.paths():
                pages.remove()
                raise
            raise EndpointError(
                f"{error}; what was fetched is kept, and the same command goes on there"
            ) from error
        yield read_entities(pages.paths(), source)
        pages.remove()


@dataclass(slots=True)
class _Fetching:
    """An import on its way."""

    select: Select
    wanted: Wanted
    pages: Pages
    progress: Progress
    subjects: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)

    def run(self) -> None:
        total = self.pages.total()
        if total is None:
            total = self._count()
            self.pages.begin(total)
        self._fetch_subjects(total)
        self._fetch_others(_PARTNERS, self.partners - self.subjects)
        self._fetch_others(_COUNTRIES, self.nations)

    def _rows(self, text: str) -> list[Row]:
        return read_bindings(self.select(text))

    def _count(self) -> int:
        """How many subjects there are; each country must have some, or its item is a slip."""
        total = 0
        asked = [(country,) for country in self.wanted.countries]
        for countries in asked if len(asked) == 1 else (*asked, self.wanted.countries):
            rows = self._rows(sparql.write_count(countries))
            total = number_of(rows[0], "items") if rows else 0
            if not total:
                raise EndpointError(
                    f"no municipality of {', '.join(countries)} has a statement of P190 in the "
                    "default graph of the endpoint; expected the item of a country, e.g. Q183"
                )
        return total

    def _fetch_subjects(self, total: int) -> None:
        """The municipalities with statements; an empty page is the end, and is kept as such."""
        last = ""
        is_done = False
        for entities in self.pages.read(_SUBJECTS):
            last = max(entities, default=last)
            is_done = not entities
            self._learn(entities)
            self.subjects.update(entities)
        while not is_done:
            self.progress(_SUBJECTS, min(len(self.subjects), total), total)
            rows = self._rows(sparql.write_page(self.wanted.countries, last, self.wanted.page))
            counts = {item_of(row): number_of(row, "statements") for row in rows}
            if any(item <= last for item in counts):
                raise EndpointError(f"the endpoint gave {min(counts)} after {last}, out of order")
            entities = self._subjects_of(counts) if counts else {}
            self.pages.add(_SUBJECTS, entities)
            self._learn(entities)
            self.subjects.update(entities)
            last = max(entities, default=last)
            is_done = not entities

    def _subjects_of(self, counts: dict[str, int]) -> dict[str, Any]:
        """A page of municipalities, with as many statements as the endpoint has counted."""
        entities = self._described(list(counts), is_named=True)
        found = statements_of(
            self._rows(sparql.write_statements(self.wanted.countries, counts)),
            self._rows(sparql.write_times(counts)),
            self._rows(sparql.write_references(counts)),
        )
        for item, number in counts.items():
            statements = found.get(item, [])
            given = len({statement["id"] for statement in statements})
            if given != number:
                raise EndpointError(f"the endpoint gave {given} of {number} statements of {item}")
            entities[item]["claims"]["P190"] = statements
        return entities

    def _described(self, items: Sequence[str], *, is_named: bool) -> dict[str, Any]:
        names: list[Row] = []
        if is_named:
            names = self._rows(sparql.write_names(items, self.wanted.languages))
        return entities_of(items, self._rows(sparql.write_claims(items)), names)

    def _fetch_others(self, kind: str, wanted: set[str]) -> None:
        """Partners that have no statement of their own here, and countries for their codes."""
        known: set[str] = set()
        for entities in self.pages.read(kind):
            self._learn(entities)
            known.update(entities)
        missing = sorted(wanted - known)
        for first in range(0, len(missing), self.wanted.page):
            self.progress(kind, len(wanted) - len(missing) + first, len(wanted))
            entities = self._described(
                missing[first : first + self.wanted.page], is_named=kind == _PARTNERS
            )
            self.pages.add(kind, entities)
            self._learn(entities)

    def _learn(self, entities: dict[str, Any]) -> None:
        """Note the partners and countries that a page names."""
        for entity in entities.values():
            claims = entity["claims"]
            self.partners.update(filter(None, map(partner_of, claims.get("P190", []))))
            for claim in claims.get("P17", []):
                value = claim["mainsnak"].get("datavalue", {}).get("value", {})
                if ITEM.fullmatch(value.get("id", "")):
                    self.nations.add(value["id"])
