"""A folder of records, opened for reading: tables whole, activities one after another."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final, TypeVar

from twingraph import vocab
from twingraph.errors import FileError, Finding, IriError
from twingraph.facts import Institution, Municipality, Partnership, Record, Source
from twingraph.records import imported
from twingraph.records.activities import Activities, Told
from twingraph.records.fields import Located, read_record, suggest
from twingraph.records.links import Links
from twingraph.records.pages import Pages, Quoted
from twingraph.records.portal import DATASET, read_dataset
from twingraph.records.quotes import Passage, make_mask
from twingraph.records.references import References, find_cycle
from twingraph.records.tables import SUFFIXES, read_proposed, read_unique, read_yaml_file
from twingraph.records.text import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from twingraph.ontology import Vocabulary
    from twingraph.records.claims import Claims

Table = TypeVar("Table", bound=Record)

_TABLES: Final = ("municipalities", "institutions", "partnerships", "programmes")
_IN_DATA: Final = (
    *(name + suffix for name in _TABLES for suffix in SUFFIXES),
    *(DATASET, "twingraph.toml", "sources", "queries", "links"),
)
_IN_SOURCE: Final = (
    *("activities" + suffix for suffix in SUFFIXES),
    *("source.yaml", "page.txt", "page.html"),
    *imported.FILES,
)


class Folder:
    """The records below a data folder. `findings` grows while they are read; `finish` raises it.

    Tables are by id, in the order of ids; those of imported datasets stand apart, by their source.
    Records with findings are left out of what is yielded.
    """

    def __init__(self, path: Path, vocabulary: Vocabulary, *, with_drafts: bool = False) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self._check_names(path, _IN_DATA)
        self.base = self._read_base()
        references = References(vocabulary, self.findings)
        municipalities = read_unique(path, "municipalities", Municipality, self.findings)
        institutions = self._read_institutions()
        partnerships = read_unique(path, "partnerships", Partnership, self.findings)
        sources = self._read_sources()
        references.municipalities = self.municipalities = _records(municipalities)
        references.institutions = _records(institutions)
        known = references.institutions
        self.proposed = tuple(each for each in known.values() if each.status == "draft")
        references.proposed = {each.id for each in self.proposed}
        left_out = set() if with_drafts else references.proposed
        self.institutions = {name: each for name, each in known.items() if name not in left_out}
        references.partnerships = self.partnerships = _records(partnerships)
        every = _records(sources)
        references.sources = self.sources = {n: s for n, s in every.items() if s.removed is None}
        references.removed = self.removed = {n: s for n, s in every.items() if s.removed}
        self.imported = self._read_imported(vocabulary)
        names = {contact.name for source in every.values() for contact in source.contacts}
        self.contact_names = frozenset(names)
        self.mask = make_mask(names)
        for located in _all(municipalities, institutions, partnerships, sources):
            references.check(located)
        self._check_parts(institutions)
        self._check_names_of_persons(municipalities, institutions, partnerships, sources)
        self._pages = Pages(path / "sources", self.sources, self.mask, self.findings)
        self._activities = Activities(
            references, self._pages, self.findings, with_drafts=with_drafts
        )
        self._with_drafts = with_drafts
        self.links = Links(path / "links", self.base, self.findings)
        if not self.findings:
            tables = imported.Imported(self.municipalities, institutions=self.institutions)
            self.links.check_tables([tables, *self.imported.values()], self.proposed)
        self._quoted: dict[tuple[str, int | None], tuple[tuple[str, Passage], ...]] = {}
        for partnership in partnerships.values():
            self._find_passages(partnership)
        self.dataset = read_dataset(path, self.mask, self.findings)
        if not self.findings and not (municipalities or sources):
            raise FileError(f"{path}: holds no records; expected e.g. municipalities.yaml")

    def _reporter(self, path: Path) -> Reporter:
        return Reporter(str(path), self.findings)

    def _check_names(self, folder: Path, expected: Sequence[str]) -> None:
        """Report files that would never be read: most are a misspelt name."""
        for path in sorted(folder.iterdir()):
            name = path.name
            if name in expected:
                is_folder = name in ("sources", "queries", "links")
                if not (path.is_dir() if is_folder else path.is_file()):
                    wanted = "a folder" if is_folder else "a file that can be read"
                    self._reporter(path)(0, "", f"is not {wanted}")
                continue
            if name.startswith((".", "README", "LICENSE")):
                continue
            if path.suffix != ".md":
                hint = suggest(name, expected) or f"; expected {', '.join(expected)}"
                self._reporter(path)(0, "", f"is not a file of records{hint}")

    def _read_base(self) -> str:
        path = self.path / "twingraph.toml"
        if not path.exists():
            return vocab.DEFAULT_BASE
        report = self._reporter(path)
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
            for key in settings.keys() - {"base"}:
                report(0, key, "unknown key; expected base")
            return vocab.Minter(str(settings.get("base", vocab.DEFAULT_BASE))).base
        except (OSError, ValueError, IriError) as error:
            report(0, "", str(error))
            return vocab.DEFAULT_BASE

    def _check_parts(self, institutions: dict[str, Located[Institution]]) -> None:
        """Report institutions that are part of each other."""
        parts = {name: each.record.part_of for name, each in institutions.items()}
        edges = {name: [whole] for name, whole in parts.items() if whole and whole != name}
        if cycle := find_cycle(edges):
            first = institutions[cycle[0]]
            message = f"goes round in a circle: {' -> '.join(cycle)}"
            self.findings.append(Finding(first.path, first.line_of("part_of"), "part_of", message))

    def _check_names_of_persons(self, *tables: dict[str, Any]) -> None:
        """Report ids and addresses that name a contact: they cannot be masked."""
        for located in _all(*tables):
            for key in ("id", "url", "homepage"):
                value = getattr(located.record, key, None)
                if value is not None and self.mask(value) != value:
                    message = "holds the name of a contact, which is never published"
                    self.findings.append(Finding(located.path, located.line_of(key), key, message))

    def _read_institutions(self) -> dict[str, Located[Institution]]:
        """The table, then what drafts propose: one of several proposals of an id counts."""
        found = read_unique(self.path, "institutions", Institution, self.findings)
        for path in sorted(self.path.glob("sources/*/activities.yaml")):
            for located in read_proposed(path, Institution, "institutions", self.findings):
                if located.record.status != "draft":
                    line = located.line_of("status")
                    message = "what is reviewed stands in institutions.yaml; expected status: draft"
                    self._reporter(path)(line, "status", message)
                found.setdefault(located.record.id, located)
        return dict(sorted(found.items()))

    def _read_sources(self) -> dict[str, Located[Source]]:
        root = self.path / "sources"
        sources: dict[str, Located[Source]] = {}
        for folder in sorted(root.iterdir()) if root.is_dir() else ():
            if not folder.is_dir():
                if not folder.name.startswith((".", "README")) and folder.suffix != ".md":
                    self._reporter(folder)(0, "", "is not a folder; expected one a source")
                continue
            self._check_names(folder, _IN_SOURCE)
            found = self._read_source(folder / "source.yaml")
            if found is not None:
                sources[folder.name] = found
        return sources

    def _read_source(self, path: Path) -> Located[Source] | None:
        report = self._reporter(path)
        if not path.exists():
            report(0, "", "is missing: every source says where it is from")
            return None
        node = read_yaml_file(path, report)
        found = None if node is None else read_record(node, Source, str(path), report)
        if found is not None and found.record.id != path.parent.name:
            report(found.line_of("id"), "id", f"{found.record.id!r} is not the folder's name")
            return None
        return found

    def _read_imported(self, vocabulary: Vocabulary) -> dict[str, imported.Imported]:
        """The datasets among the sources, by the source's id."""
        found = {}
        for name, source in self.sources.items():
            folder = self.path / "sources" / name
            tables = imported.read_imported(folder, source, vocabulary, self.findings)
            if tables is not None:
                found[name] = tables
        return found

    def _find_passages(self, located: Located[Partnership]) -> None:
        """Find what a partnership and its stages quote, each in the source that tells it."""
        record = located.record
        told_by = next(iter(record.source), None)
        quoting = next((s for s in record.source if s in self.sources and self._pages.get(s)), None)
        places: list[tuple[int | None, str | None, Quoted]] = [
            (None, quoting or told_by, Quoted(record.quote, record.line, "quote"))
        ]
        for index, stage in enumerate(record.stages):
            quoted = Quoted(stage.quote, stage.line, "stages")
            places.append((index, stage.source or told_by, quoted))
        for place, source, quoted in places:
            words = self._pages.find(located, source, quoted)
            self._quoted[record.id, place] = tuple((source or "", passage) for passage in words)

    def stage_passages(
        self, partnership: str, stage: int | None
    ) -> tuple[tuple[str, Passage], ...]:
        """What a partnership (stage None) or a stage of it quotes: source and passage."""
        return self._quoted.get((partnership, stage), ())

    def programmes(self) -> Iterator[Told]:
        """The programmes, in the order of their files. Read them before the activities."""
        return self._activities.programmes(self.path)

    def activities(self, source: str) -> Iterator[Told]:
        """The activities that a source tells, in the order of its files."""
        return self._activities.of_source(self.path / "sources" / source, source)

    def claims(self, source: str | None) -> Claims:
        """What a source that was read claims of the whole; None for the programmes."""
        return self._activities.claims[source]

    def accept(self, claims: Claims) -> None:
        """Take the claims of a source that was read elsewhere."""
        self._activities.claims[claims.source] = claims

    @property
    def drafts(self) -> int:
        """How many activities nobody has reviewed yet."""
        return sum(claims.drafts for claims in self._activities.claims.values())

    @property
    def unquoted(self) -> list[str]:
        """Full ids of activities that a source tells without words, though its page is stored."""
        claims = self._activities.claims
        return [
            key for source in self.sources if source in claims for key in claims[source].unquoted
        ]

    def read_through(self) -> None:
        """Read all activities for what is wrong with them: of broken tables nothing can be built.

        :raises RecordErrors: if anything in the folder is wrong; all of it is told.
        """
        for _ in self.programmes():
            pass
        for source in self.sources:
            for _ in self.activities(source):
                pass
        self.finish()

    def finish(self) -> None:
        """Check what only the whole can show, once all was read.

        :raises RecordErrors: if anything in the folder is wrong; all of it is told.
        """
        every = self._activities.claims.values()
        if not self.findings and not any(claims.findings for claims in every):
            self.links.check_activities(every, with_drafts=self._with_drafts)
        self._activities.finish()


def _records(table: dict[str, Located[Table]]) -> dict[str, Table]:
    return {key: located.record for key, located in table.items()}


def _all(*tables: dict[str, Any]) -> Iterator[Located[Any]]:
    for table in tables:
        yield from table.values()


def open_folder(path: Path, vocabulary: Vocabulary, *, with_drafts: bool = False) -> Folder:
    """The folder of records at `path`: tables and sources read, their findings collected.

    Drafts are read and checked in any case; `with_drafts` says whether they are given too.

    :raises FileError: if the folder is absent or holds no records at all.
    """
    if not path.is_dir():
        raise FileError(f"{path}: no such folder; expected a folder of records")
    try:
        return Folder(path, vocabulary, with_drafts=with_drafts)
    except OSError as error:
        raise FileError(f"{error.filename}: cannot be read: {error.strerror}") from error
