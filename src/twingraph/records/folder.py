"""A folder of records, opened for reading: tables whole, activities one after another."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from twingraph import vocab
from twingraph.errors import FileError, Finding, IriError, RecordErrors
from twingraph.facts import Activity, Institution, Municipality, Partnership, Programme, Source
from twingraph.files import hash_file
from twingraph.records.fields import Located, read_record, suggest
from twingraph.records.quotes import Page, Passage, find_passage, make_mask
from twingraph.records.references import References, find_cycle, read_key
from twingraph.records.tables import SUFFIXES, read_table, read_yaml_file
from twingraph.records.text import Reporter, read_bytes, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from twingraph.ontology import Vocabulary

Table = TypeVar("Table", Municipality, Institution, Partnership)

_TABLES: Final = ("municipalities", "institutions", "partnerships", "programmes")
_IN_DATA: Final = (
    *(name + suffix for name in _TABLES for suffix in SUFFIXES),
    *("dataset.yaml", "twingraph.toml", "sources", "queries"),
)
_IN_SOURCE: Final = (
    *("activities" + suffix for suffix in SUFFIXES),
    *("source.yaml", "page.txt", "page.html"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One activity as one source tells it (or a table, without a source): references resolved."""

    activity: Activity
    key: str
    source: str | None
    within: tuple[str, ...]
    part_of: tuple[str, ...]
    edition_of: str | None
    passages: tuple[Passage, ...]
    owner: str | None


class Folder:
    """The records below a data folder. `findings` grows while they are read; `finish` raises it.

    Tables are sorted by id. Records with findings are left out of what is yielded.
    """

    def __init__(self, path: Path, vocabulary: Vocabulary) -> None:
        self._path = path
        self.findings: list[Finding] = []
        self.drafts = 0
        self.unquoted: list[str] = []
        self._keys: set[str] = set()
        self._seen: dict[str | None, dict[str, int]] = {}
        self._pending: list[tuple[str, str, Located[Activity], str]] = []
        self._passages: dict[tuple[str, int | None], tuple[tuple[str, Passage], ...]] = {}
        self._page = lru_cache(maxsize=16)(self._read_page)
        self._check_names(path, _IN_DATA)
        self.base = self._read_base()
        self._references = References(vocabulary, self.findings)
        self._read_tables()

    def _reporter(self, path: Path) -> Reporter:
        return Reporter(str(path), self.findings)

    def _check_names(self, folder: Path, expected: Sequence[str]) -> None:
        """Report files that would never be read: most are a misspelt name."""
        for path in sorted(folder.iterdir()):
            name = path.name
            if name in expected or name.startswith((".", "README", "LICENSE")):
                continue
            if path.suffix != ".md":
                hint = suggest(name, expected) or f"; expected {', '.join(expected)}"
                self._reporter(path)(0, "", f"is not a file of records{hint}")

    def _read_base(self) -> str:
        path = self._path / "twingraph.toml"
        if not path.exists():
            return vocab.DEFAULT_BASE
        report = self._reporter(path)
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
            for key in settings.keys() - {"base"}:
                report(0, key, "unknown key; expected base")
            return vocab.Minter(settings.get("base", vocab.DEFAULT_BASE)).base
        except (OSError, ValueError, IriError, AttributeError) as error:
            report(0, "", str(error))
            return vocab.DEFAULT_BASE

    def _read_tables(self) -> None:
        located = {
            "municipalities": self._table("municipalities", Municipality),
            "institutions": self._table("institutions", Institution),
            "partnerships": self._table("partnerships", Partnership),
        }
        self._sources = self._read_sources()
        refs = self._references
        refs.municipalities = self.municipalities = _records(located["municipalities"])
        refs.institutions = self.institutions = _records(located["institutions"])
        refs.partnerships = self.partnerships = _records(located["partnerships"])
        every = {name: found.record for name, found in self._sources.items()}
        refs.sources = self.sources = {n: s for n, s in every.items() if s.removed is None}
        refs.removed = self.removed = {n: s for n, s in every.items() if s.removed is not None}
        names = {contact.name for source in every.values() for contact in source.contacts}
        self.contact_names = frozenset(names)
        self.mask = make_mask(names)
        if (self._path / "dataset.yaml").exists():
            path = self._path / "dataset.yaml"
            read_yaml_file(path, self._reporter(path))
        for table in (*located.values(), self._sources):
            for found in table.values():
                refs.check(found)
        for found in located["partnerships"].values():
            self._find_stage_passages(found)
        if not self.findings and not (self.municipalities or self.sources):
            raise FileError(f"{self._path}: holds no records; expected e.g. municipalities.yaml")

    def _table(self, name: str, record_type: type[Table]) -> dict[str, Located[Table]]:
        found: dict[str, Located[Table]] = {}
        for suffix in SUFFIXES:
            path = self._path / f"{name}{suffix}"
            if path.exists():
                for located in read_table(path, str(path), record_type, name, self.findings):
                    self._once(found, located.record.id, located)
        return dict(sorted(found.items()))

    def _once(self, found: dict[str, Located[Table]], key: str, located: Located[Table]) -> None:
        first = found.setdefault(key, located)
        if first is not located:
            self._tell(located, "id", f"{key!r} is taken: {first.path}:{first.line_of('id')}")

    def _tell(self, located: Located[Activity] | Located[Table], key: str, message: str) -> None:
        self.findings.append(Finding(located.path, located.line_of(key), key, message))

    def _read_sources(self) -> dict[str, Located[Source]]:
        root = self._path / "sources"
        sources: dict[str, Located[Source]] = {}
        for folder in sorted(root.iterdir()) if root.is_dir() else ():
            if not folder.is_dir():
                if not folder.name.startswith((".", "README")):
                    self._reporter(folder)(0, "", "is not a folder; expected one a source")
                continue
            self._check_names(folder, _IN_SOURCE)
            path = folder / "source.yaml"
            report = self._reporter(path)
            if not path.exists():
                report(0, "", "is missing: every source says where it is from")
                continue
            node = read_yaml_file(path, report)
            found = None if node is None else read_record(node, Source, str(path), report)
            if found is None:
                continue
            if found.record.id != folder.name:
                report(found.line_of("id"), "id", f"{found.record.id!r} is not the folder's name")
            sources[folder.name] = found
        return sources

    def _read_page(self, source: str) -> Page | None:
        """The stored page of a source, or None where there is none to quote."""
        path = self._path / "sources" / source / "page.txt"
        if not path.exists():
            return None
        report = self._reporter(path)
        content = read_bytes(path, report)
        text = None if content is None else read_page(content, report)
        expected = self._sources[source].record.sha256
        if text is not None and expected is not None and hash_file(path) != expected:
            report(0, "", f"is not the page that was read: its SHA-256 is not {expected}")
        return Page(text or "")

    def _find_passages(
        self, located: Located[Activity] | Located[Partnership], source: str | None, about: Quoted
    ) -> tuple[Passage, ...]:
        """The passages that a record quotes; what is wrong with them is reported."""
        key = about.key
        if not about.quotes or (source is not None and source not in self.sources):
            return ()
        page = self._page(source) if source is not None else None
        if page is None:
            self._tell(located, key, "is quoted, but there is no page.txt to find the words in")
            return ()
        if about.lines and len(about.lines) != len(about.quotes):
            self._tell(located, "line", f"{len(about.lines)} lines for {len(about.quotes)} quotes")
            return ()
        passages = []
        for quote, line in zip(about.quotes, about.lines or [None] * len(about.quotes), strict=True):
            found = find_passage(page, quote, line)
            if isinstance(found, str):
                self._tell(located, key, self.mask(found))
            else:
                passages.append(
                    Passage(found.start, found.end, found.line, self.mask(found.words))
                )
        return tuple(passages)

    def _find_stage_passages(self, located: Located[Partnership]) -> None:
        record = located.record
        first = next((s for s in record.source if self._page(s)), next(iter(record.source), None))
        places: list[tuple[int | None, str | None, Quoted]] = [
            (None, first, Quoted(record.quote, record.line, "quote"))
        ]
        for index, stage in enumerate(record.stages):
            source = stage.source or next(iter(record.source), None)
            places.append((index, source, Quoted(stage.quote, stage.line, "stages")))
        for place, source, about in places:
            words = self._find_passages(located, source, about)
            self._passages[record.id, place] = tuple((source or "", word) for word in words)

    def stage_passages(
        self, partnership: str, stage: int | None
    ) -> tuple[tuple[str, Passage], ...]:
        """The passages that a partnership (stage None) or a stage of it quotes, with their sources."""
        return self._passages.get((partnership, stage), ())

    def programmes(self) -> Iterator[Told]:
        """The programmes, in the order of their files."""
        for suffix in SUFFIXES:
            path = self._path / f"programmes{suffix}"
            if path.exists():
                for located in read_table(path, str(path), Programme, "programmes", self.findings):
                    yield from self._resolve(located, located.record.source)

    def activities(self, source: str) -> Iterator[Told]:
        """The activities that a source tells, in the order of its files."""
        for suffix in SUFFIXES:
            path = self._path / "sources" / source / f"activities{suffix}"
            if path.exists():
                for located in read_table(path, str(path), Activity, "activities", self.findings):
                    yield from self._resolve(located, source)
        self._seen.pop(source, None)

    def _resolve(self, located: Located[Activity], source: str | None) -> Iterator[Told]:
        """The activity with its references resolved, unless it is a draft or something is wrong."""
        record = located.record
        before = len(self.findings)
        home = self.sources[source].partnership if source in self.sources else None
        key = read_key(record, home)
        self._references.check(located)
        self._references.check_time(located, source)
        within = self._within(located, key)
        self._claim(located, key, source)
        part_of = tuple(self._refer(located, key, ref, "part_of") for ref in record.part_of)
        edition_of = None
        if record.edition_of is not None:
            edition_of = self._refer(located, key, record.edition_of, "edition_of")
        quoted = Quoted(record.quote, record.line, "quote")
        passages = self._find_passages(located, source, quoted)
        if len(self.findings) > before:
            return
        if record.status == "draft":
            self.drafts += 1
            return
        if not passages and source is not None and self._page(source) is not None:
            self.unquoted.append(key)
        owner = record.owner if isinstance(record, Programme) else None
        yield Told(record, key, source, within, part_of, edition_of, passages, owner)

    def _within(self, located: Located[Activity], key: str) -> tuple[str, ...]:
        record = located.record
        if isinstance(record, Programme):
            return record.within
        home = key.partition("/")[0]
        if "/" not in key:
            self._tell(located, "id", f"{key!r} needs its partnership: the source names none")
        elif home not in self.partnerships:
            hint = suggest(home, self.partnerships)
            self._tell(located, "id", f"{key!r} is of no known partnership{hint}")
        elif record.within and home not in record.within:
            self._tell(located, "within", f"does not name the id's own partnership {home!r}")
        return record.within or (home,)

    def _claim(self, located: Located[Activity], key: str, source: str | None) -> None:
        """Take the id, and those of the editions that a set of years makes, within the source."""
        taken = self._seen.setdefault(source, {})
        line = located.line_of("id")
        if key in taken:
            self._tell(located, "id", f"{key!r} is told already in line {taken[key]}")
        taken.setdefault(key, line)
        self._keys.add(key)
        for year in (located.record.years or "")[1:-1].split(","):
            edition = f"{key}/{year}"
            if (located.record.years or "")[:1] == "{" and year.isdecimal():
                if edition in taken:
                    self._tell(located, "years", f"{edition!r} is told already, line {taken[edition]}")
                taken.setdefault(edition, line)
                self._keys.add(edition)

    def _refer(self, located: Located[Activity], key: str, reference: str, field: str) -> str:
        """The full id of another activity: a bare one is of the same partnership or owner."""
        full = reference if "/" in reference else f"{key.rpartition('/')[0]}/{reference}"
        self._pending.append((key, full, located, field))
        return full

    def finish(self) -> None:
        """Check what only the whole can show.

        :raises RecordErrors: if anything in the folder is wrong; all of it is told.
        """
        edges: dict[str, set[str]] = {}
        for key, full, located, field in self._pending:
            edges.setdefault(key, set()).add(full)
            if full not in self._keys:
                hint = suggest(full, self._keys)
                self._tell(located, field, f"unknown activity {full!r}{hint}")
        if cycle := find_cycle({key: sorted(ends) for key, ends in sorted(edges.items())}):
            located = next(found for key, _, found, _ in self._pending if key == cycle[0])
            self._tell(located, "part_of", f"goes round in a circle: {' -> '.join(cycle)}")
        if self.findings:
            raise RecordErrors(self.findings)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotes of a record, the lines named for them, and the key to report them under."""

    quotes: Sequence[str]
    lines: Sequence[int]
    key: str


def _records(table: dict[str, Located[Table]]) -> dict[str, Table]:
    return {key: located.record for key, located in table.items()}


def open_folder(path: Path, vocabulary: Vocabulary) -> Folder:
    """The folder of records at `path`: tables and sources read, their findings collected.

    :raises FileError: if the folder is absent or holds no records at all.
    """
    if not path.is_dir():
        raise FileError(f"{path}: no such folder; expected a folder of records")
    try:
        return Folder(path, vocabulary)
    except OSError as error:
        raise FileError(f"{error.filename}: cannot be read: {error.strerror}") from error
