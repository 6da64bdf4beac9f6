"""Drafts of a page that has changed, held against its records: what is new, changed, gone."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from twingraph.facts import Activity

_COMPARED: Final = ("form", "years", "recurrence", "topics")
_ALIKE: Final = 0.6  # of quotes that tell of one activity in other words


@dataclass(frozen=True, slots=True)
class Difference:
    """What a draft says other than the record there is; `draft` is None of what is gone."""

    what: Literal["new", "changed", "vanished"]
    id: str
    detail: str
    draft: Activity | None

    def __str__(self) -> str:
        return f"{self.what}: {self.id}: {self.detail}"


def compare(drafts: Sequence[Activity], records: Sequence[Activity]) -> list[Difference]:
    """The differences, drafts in their order, then what is gone.

    A draft and a record are of one activity where their quotes share words: all of them, else most.
    What a record leaves out, or a person has written otherwise, is no change of the page: only a
    quote in other words is, and then what the draft reads from it.
    """
    left = list(records)
    found: list[Difference] = []
    for draft in drafts:
        record = _find(draft, left)
        if record is None:
            found.append(Difference("new", draft.id, draft.label[next(iter(draft.label))], draft))
            continue
        left.remove(record)
        if _words(draft) not in _words(record) and _words(record) not in _words(draft):
            found.append(Difference("changed", record.id, _detail(draft, record), draft))
    gone = [record for record in left if record.quote]
    return found + [
        Difference("vanished", record.id, repr(_words(record)[:80]), None) for record in gone
    ]


def _words(record: Activity) -> str:
    """The last quote of a record: a lead sentence before it is shared with others."""
    return " ".join(record.quote[-1].split()) if record.quote else ""


def _find(draft: Activity, records: Sequence[Activity]) -> Activity | None:
    words = _words(draft)
    for record in records:
        if record.quote and (words in _words(record) or _words(record) in words):
            return record
    scored = [
        (difflib.SequenceMatcher(None, words, _words(record)).ratio(), -at)
        for at, record in enumerate(records)
        if record.quote
    ]
    best = max(scored, default=(0.0, 0))
    return records[-best[1]] if best[0] >= _ALIKE else None


def _detail(draft: Activity, record: Activity) -> str:
    """The words before and after, and what the rules read otherwise."""
    return "; ".join(
        [f"{_words(record)[:80]!r} -> {_words(draft)[:80]!r}", *_values(draft, record)]
    )


def _values(draft: Activity, record: Activity) -> Iterator[str]:
    for name in _COMPARED:
        before, after = getattr(record, name), getattr(draft, name)
        if before != after:
            yield f"{name} {before!r} -> {after!r}"
