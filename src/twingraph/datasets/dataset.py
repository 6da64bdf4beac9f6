"""Statements of partnership, as rows give them -> one partnership a pair, and a count of the rows.

A list states a partnership from each side, more than once, or from one side alone. All rows of a
pair become one record; each row is counted under exactly one outcome, so that the rows read are
those imported and those reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from twingraph.facts import Partnership, Stage

if TYPE_CHECKING:
    from twingraph.facts import Municipality, PartnershipKind, Source

# What becomes of a row.
IMPORTED: Final = "imported"
REVERSED: Final = "the other direction of a partnership"
REPEATED: Final = "a repetition"
SELF: Final = "a municipality with itself"
UNREADABLE: Final = "unreadable"
DEPRECATED: Final = "deprecated in Wikidata"
# What is told of imported partnerships and municipalities.
ONE_WAY: Final = "partnerships stated from one side alone"
UNDATED: Final = "partnerships without a year"
NO_COUNTRY: Final = "municipalities without a country that is known"
NO_NAME: Final = "municipalities without a name"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row says: `one` and `other` are ids of municipalities, without the dataset's."""

    row: str  # file and line, or the id of the statement
    one: str
    other: str
    years: str | None = None
    kind: PartnershipKind = "twinning"
    references: tuple[str, ...] = ()  # ids of cited sources


@dataclass(slots=True)
class Report:
    """How many rows there were, what became of them, and what stands out."""

    rows: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, str]] = field(default_factory=list)  # a row, and what is said of it

    @property
    def read(self) -> int:
        """How many rows there were."""
        return self.rows.total()

    def count(self, row: str, outcome: str, message: str = "") -> None:
        """Count a row under its outcome; all but those imported are told one by one."""
        self.rows[outcome] += 1
        if outcome != IMPORTED:
            self.told.append((row, f"{outcome}{': ' if message else ''}{message}"))

    def note(self, row: str, what: str) -> None:
        """Note what of an imported row could not be taken."""
        self.notes[what.partition(":")[0]] += 1
        self.told.append((row, what))


@dataclass(slots=True)
class Dataset:
    """What was imported: records in the order of ids, all below the source's, and a report."""

    source: Source
    municipalities: list[Municipality]
    partnerships: list[Partnership]
    cited: list[Source]
    report: Report


@dataclass(slots=True)
class _Pair:
    """All that is said of two municipalities."""

    directions: set[tuple[str, str]] = field(default_factory=set)
    stages: set[tuple[PartnershipKind, str | None]] = field(default_factory=set)
    references: set[str] = field(default_factory=set)


class Joiner:
    """Joins statements by pair, and counts them in a report.

    The records are the same in whatever order the statements come.
    """

    def __init__(self, dataset: str, report: Report) -> None:
        self._dataset = dataset
        self._report = report
        self._pairs: dict[tuple[str, str], _Pair] = {}

    def add(self, statement: Statement) -> None:
        """Take a statement."""
        direction = statement.one, statement.other
        if statement.one == statement.other:
            self._report.count(statement.row, SELF)
            return
        pair = self._pairs.setdefault((min(direction), max(direction)), _Pair())
        if direction in pair.directions:
            outcome = REPEATED
        else:
            outcome = REVERSED if pair.directions else IMPORTED
        self._report.count(statement.row, outcome)
        pair.directions.add(direction)
        pair.stages.add((statement.kind, statement.years))
        pair.references.update(statement.references)

    def partnerships(self) -> list[Partnership]:
        """A record for each pair, in the order of ids."""
        return [self._record(key, self._pairs[key]) for key in sorted(self._pairs)]

    def _record(self, key: tuple[str, str], pair: _Pair) -> Partnership:
        # A statement with a time says more than the same without.
        dated = {kind for kind, years in pair.stages if years is not None}
        stages = [each for each in pair.stages if each[1] is not None or each[0] not in dated]
        stages.sort(key=lambda each: (each[1] is None, each[1] or "", each[0]))
        is_undated = not dated
        self._report.notes[UNDATED] += is_undated
        is_one_way = len(pair.directions) == 1
        self._report.notes[ONE_WAY] += is_one_way
        [first, *_] = pair.directions
        is_plain = is_undated and len(stages) == 1
        return Partnership(
            id=f"{self._dataset}/{key[0]}_{key[1]}",
            municipalities=tuple(f"{self._dataset}/{name}" for name in key),
            kind=stages[0][0] if is_plain else None,
            stages=() if is_plain else tuple(Stage(kind=k, years=y) for k, y in stages),
            source=(
                self._dataset,
                *(f"{self._dataset}/{name}" for name in sorted(pair.references)),
            ),
            note=f"stated of {first[0]} alone" if is_one_way else None,
        )
