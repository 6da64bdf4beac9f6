"""What a source's activities claim of the whole: ids, and references to activities told elsewhere.

Sources are read one by one, in whatever process; only the claims of all of them show whether each
reference leads somewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from twingraph.errors import Finding
from twingraph.records.fields import suggest
from twingraph.records.references import find_cycle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Reference(Struct, frozen=True):
    """An activity that another one names, where it does so, and whether a draft does."""

    key: str
    target: str
    field: str
    path: str
    line: int
    is_draft: bool

    def tell(self, message: str) -> Finding:
        """A finding at the place of the reference."""
        return Finding(self.path, self.line, self.field, message)


class Claims(Struct):
    """The claims of one source, or of the programmes (source None)."""

    source: str | None
    keys: str = ""  # one a line
    draft_keys: list[str] = field(default_factory=list)  # of keys, those that drafts claim
    editions: dict[str, str] = field(default_factory=dict)  # of sets of years: edition -> series
    references: list[Reference] = field(default_factory=list)
    drafts: int = 0
    unquoted: list[str] = field(default_factory=list)  # told without words of a stored page
    findings: list[Finding] = field(default_factory=list)


def check_claims(every: Iterable[Claims]) -> Iterator[Finding]:
    """What is wrong between activities: unknown ones, drafts that count, circles."""
    claims = list(every)
    references = [reference for each in claims for reference in each.references]
    if not references:
        return
    known, reviewed = find_claimed(claims, {reference.target for reference in references})
    edges = {edition: {series} for each in claims for edition, series in each.editions.items()}
    for reference in references:
        target = reference.target
        edges.setdefault(reference.key, set()).add(target)
        if target not in known:
            yield reference.tell(f"unknown activity {target!r}{_suggest(target, claims)}")
        elif not reference.is_draft and target not in reviewed:
            yield reference.tell(f"activity {target!r} is a draft: review it first")
    if cycle := find_cycle({key: sorted(ends) for key, ends in sorted(edges.items())}):
        first = next(each for each in references if each.key == cycle[0])
        yield first.tell(f"goes round in a circle: {' -> '.join(cycle)}")


def find_claimed(claims: Iterable[Claims], keys: set[str]) -> tuple[set[str], set[str]]:
    """Of these keys those that are claimed at all, and those that not only drafts claim."""
    known: set[str] = set()
    reviewed: set[str] = set()
    for each in claims:
        found = keys.intersection(each.keys.split("\n"))
        known |= found
        reviewed |= found.difference(each.draft_keys)
    return known, reviewed


def _suggest(target: str, claims: Iterable[Claims]) -> str:
    keys = [key for each in claims for key in each.keys.split("\n") if key]
    home = target.partition("/")[0]
    return suggest(target, [key for key in keys if key.partition("/")[0] == home] or keys)
