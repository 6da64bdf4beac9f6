"""The mappings of a folder beside its records: what is linked, and what is there no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.errors import Finding
from twingraph.records.claims import find_claimed
from twingraph.records.fields import suggest
from twingraph.records.mappings import SUFFIX, Decided, read_mappings
from twingraph.vocab import Iri, Minter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from twingraph.facts import Institution
    from twingraph.records.claims import Claims
    from twingraph.records.imported import Imported

# What is linked, by prefix, and so by the segment of its IRI below the base.
LINKED: Final = ("municipality", "institution", "activity")
_OFFERED: Final = re.compile(r"(?:^|; )of (\S+) and ([^\s;]+)")


def offer(subject_id: str, object_id: str) -> str:
    """What the comment of a row says when it is offered: of which records, so that a slip in an id
    can be told from a record that was deleted since."""
    return f"of {subject_id} and {object_id}"


class _Known(NamedTuple):
    """What there is of a kind."""

    records: Collection[Iri]
    drafts: Collection[Iri] = ()  # nobody has reviewed them, and they are left out
    ids: Collection[str] = ()  # what a slip may have meant


class Links:
    """The mappings of a folder, by dataset.

    Municipalities and institutions are looked up once their tables are read, activities once all
    are. A row that was offered with the same id is of a record that has been deleted since: its
    link is left out, as that of a draft, and `dangling` tells it. Any other id that no record has
    is a slip, and goes to `findings`.
    """

    def __init__(self, folder: Path, base: str, findings: list[Finding]) -> None:
        self._base = base
        self._findings = findings
        self._dangling: dict[str, list[Finding]] = {}  # by kind
        self.mappings = dict(_read_files(folder, findings))

    @property
    def dangling(self) -> list[Finding]:
        """The mappings that are left out: a record of theirs is gone, or a draft."""
        return [finding for found in self._dangling.values() for finding in found]

    @property
    def accepted(self) -> list[Decided]:
        """The mappings that a person has accepted, those that dangle aside, file by file."""
        gone = {(each.path, each.line) for each in self.dangling}
        return [
            each
            for each in self._every()
            if each.is_accepted and (each.path, each.line) not in gone
        ]

    def _every(self) -> Iterator[Decided]:
        for name in sorted(self.mappings):
            yield from self.mappings[name]

    def check_tables(self, tables: Iterable[Imported], proposed: Iterable[Institution]) -> None:
        """Look up municipalities and institutions, and what is of no kind that is linked.

        The first tables are our own.
        """
        mint, every = Minter(self._base), list(tables)
        [ours, *_] = every
        places = {mint.municipality(name) for table in every for name in table.municipalities}
        bodies = {mint.institution(name) for table in every for name in table.institutions}
        self._check("municipality", _Known(places, (), ours.municipalities))
        drafts = {mint.institution(each.id) for each in proposed}
        self._check("institution", _Known(bodies, drafts, ours.institutions))
        self._check("", _Known(()))

    def check_activities(self, claims: Collection[Claims], *, with_drafts: bool) -> None:
        """Look up activities among those that sources tell."""
        space, mint = f"{self._base}activity/", Minter(self._base)
        named = [iri for each in self._every() for iri in (each.subject, each.object)]
        wanted = {iri.removeprefix(space) for iri in named if iri.startswith(space)}
        known, reviewed = find_claimed(claims, wanted)
        there = {mint.activity(key) for key in (known if with_drafts else reviewed)}
        drafts = {mint.activity(key) for key in known} - there
        keys = [key for each in claims for key in each.keys.split("\n")] if wanted - known else []
        self._check("activity", _Known(there, drafts, keys))

    def _check(self, kind: str, known: _Known) -> None:
        """Look up the subjects of a kind, and the objects of a kind below our base."""
        found = self._dangling[kind] = []
        for each in self._every():
            for slot, iri in (("subject_id", each.subject), ("object_id", each.object)):
                is_ours = iri.startswith(self._base)
                if self._kind_of(iri) != kind or not (is_ours or slot == "subject_id"):
                    continue
                if iri not in known.records:
                    self._tell(each, slot, iri, known, found)

    def _kind_of(self, iri: Iri) -> str:
        kind = iri.removeprefix(self._base).partition("/")[0]
        return kind if iri.startswith(self._base) and kind in LINKED else ""

    def _tell(
        self, decided: Decided, slot: str, iri: Iri, known: _Known, gone: list[Finding]
    ) -> None:
        name = getattr(decided.mapping, slot)
        offered = _OFFERED.search(decided.mapping.comment or "")
        was = offered[1 if slot == "subject_id" else 2] if offered else None
        to, message = self._findings, f"there is no record {name!r}"
        if iri in known.drafts:
            to, message = gone, f"{name!r} is a draft: the link is left out"
        elif name == was:
            to, message = gone, f"{message} any more: the link is left out"
        elif was:
            message += f" (did you mean {was!r}?)"
        elif not self._kind_of(iri):
            message += f"; expected one of ours: {', '.join(LINKED)}"
        elif slot == "subject_id":
            kind = self._kind_of(iri)
            names = (f"{kind}:{each}" for each in known.ids)
            message += suggest(iri.removeprefix(self._base).replace("/", ":", 1), names)
        to.append(Finding(decided.path, decided.line, slot, message))


def _read_files(folder: Path, findings: list[Finding]) -> Iterator[tuple[str, list[Decided]]]:
    """The mappings of each file `<dataset>.sssom.tsv` in a folder, with the dataset."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.endswith(SUFFIX):
            yield path.name.removesuffix(SUFFIX), list(read_mappings(path, findings))
        elif not path.name.startswith((".", "README")):
            message = f"is no file of mappings; expected *{SUFFIX}"
            findings.append(Finding(str(path), 0, "", message))
