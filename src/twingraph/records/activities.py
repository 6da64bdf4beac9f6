"""Activities as sources tell them: references resolved, ids single, drafts apart."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twingraph.errors import Finding, RecordErrors
from twingraph.facts import Activity, Programme
from twingraph.records.claims import Claims, Reference, check_claims
from twingraph.records.fields import suggest
from twingraph.records.pages import Quoted
from twingraph.records.tables import read_files
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from twingraph.records.fields import Located
    from twingraph.records.pages import Pages
    from twingraph.records.quotes import Passage
    from twingraph.records.references import References


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
    is_draft: bool


class Activities:
    """Reads activities one after another; `finish` checks what only the whole can show."""

    def __init__(
        self, references: References, pages: Pages, findings: list[Finding], *, with_drafts: bool
    ) -> None:
        self.claims: dict[str | None, Claims] = {}  # by source, None for the programmes
        self._with_drafts = with_drafts
        self._references = references
        self._pages = pages
        self._findings = findings
        self._reading = Claims(None)
        # ids taken within a source (a programme may be of one too) -> line
        self._taken: dict[str | None, dict[str, int]] = {}

    def programmes(self, data: Path) -> Iterator[Told]:
        """The programmes, in the order of their files."""
        with self._claiming(None):
            for located in read_files(data, "programmes", Programme, self._findings):
                record = located.record
                if "/" in record.id:
                    self._tell(located, "id", f"{record.id!r}: the owner stands before it already")
                yield from self._resolve(located, record.source, f"{record.owner}/{record.id}")

    def of_source(self, folder: Path, source: str) -> Iterator[Told]:
        """The activities that a source tells, in the order of its files."""
        home = self._references.sources[source].partnership
        with self._claiming(source):
            for located in read_files(folder, "activities", Activity, self._findings):
                local = located.record.id
                key = local if "/" in local or home is None else f"{home}/{local}"
                yield from self._resolve(located, source, key)
        self._taken.pop(source, None)

    @contextmanager
    def _claiming(self, source: str | None) -> Iterator[None]:
        """Collect what is claimed, and found wrong, until the end of a source."""
        before = len(self._findings)
        self._reading = self.claims[source] = Claims(source)
        yield
        self._reading.keys = "\n".join(self._taken.get(source, ()))
        self._reading.findings = self._findings[before:]

    def _tell(self, located: Located[Any], key: str, message: str) -> None:
        self._findings.append(Finding(located.path, located.line_of(key), key, message))

    def _resolve(self, located: Located[Any], source: str | None, key: str) -> Iterator[Told]:
        """The activity with its references resolved, unless something is wrong.

        A draft is counted, and left out unless drafts are wanted.
        """
        record: Activity = located.record
        before = len(self._findings)
        self._references.check(located)
        self._references.check_time(located, source)
        if self._pages.mask(key) != key:
            self._tell(located, "id", "holds the name of a contact, which is never published")
        self._claim(located, source, key)
        within = self._within(located, key)
        part_of = tuple(self._refer(located, key, to, "part_of") for to in record.part_of)
        edition_of = None
        if record.edition_of is not None:
            edition_of = self._refer(located, key, record.edition_of, "edition_of")
        quoted = Quoted(record.quote, record.line, "quote")
        passages = self._pages.find(located, source, quoted)
        if len(self._findings) > before:
            return
        is_draft = record.status == "draft"
        self._reading.drafts += is_draft
        if is_draft and not self._with_drafts:
            return
        if not passages and source is not None and self._pages.get(source) is not None:
            self._reading.unquoted.append(key)
        owner = record.owner if isinstance(record, Programme) else None
        yield Told(record, key, source, within, part_of, edition_of, passages, owner, is_draft)

    def _within(self, located: Located[Any], key: str) -> tuple[str, ...]:
        """The partnerships of an activity: those named, or the one that its id is below."""
        within: tuple[str, ...] = located.record.within
        if isinstance(located.record, Programme):
            return within
        home, slash, _ = key.partition("/")
        partnerships = self._references.partnerships
        if not slash:
            self._tell(located, "id", f"{key!r} needs its partnership: the source names none")
        elif home not in partnerships:
            hint = suggest(home, partnerships)
            self._tell(located, "id", f"{key!r} is of no known partnership{hint}")
        elif within and home not in within:
            self._tell(located, "within", f"does not name the id's own partnership {home!r}")
        return within or (home,)

    def _claim(self, located: Located[Any], source: str | None, key: str) -> None:
        """Take the id, and those of the editions that a set of years makes, within the source."""
        taken = self._taken.setdefault(source, {})
        for claimed in (key, *(f"{key}/{year:04d}" for year in _members(located.record))):
            if claimed in taken:
                self._tell(located, "id", f"{claimed!r} is told already in line {taken[claimed]}")
            if claimed != key:
                self._reading.editions[claimed] = key
            taken.setdefault(claimed, located.line_of("id"))
            if located.record.status == "draft":
                self._reading.draft_keys.append(claimed)

    def _refer(self, located: Located[Any], key: str, reference: str, field: str) -> str:
        """The full id of another activity: a bare one is below the same partnership or owner."""
        home = key[: -len(located.record.id) - 1] if key.endswith(f"/{located.record.id}") else ""
        home = home or key.partition("/")[0]
        full = reference if "/" in reference else f"{home}/{reference}"
        is_draft = located.record.status == "draft"
        line = located.line_of(field)
        self._reading.references.append(Reference(key, full, field, located.path, line, is_draft))
        return full

    def finish(self) -> None:
        """Check the references between activities.

        :raises RecordErrors: if anything in the folder is wrong; all of it is told.
        """
        claims = self.claims.values()
        found = [*self._findings, *(finding for each in claims for finding in each.findings)]
        found += check_claims(claims)
        if found:
            raise RecordErrors(found)


def _members(record: Activity) -> tuple[int, ...]:
    """The years of a set; none where the time is no set or is refused elsewhere."""
    try:
        return read_years(record.years).members if record.years else ()
    except YearsError:
        return ()
