"""Counts of right and wrong, their precision, recall and F1, and what an error was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong findings, found and missed entries of the gold.

    `found` is `right` but for topics, where one may stand for two; `partial` of `right` are so by
    tolerance.
    """

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    partial: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.wrong + other.wrong,
            self.found + other.found,
            self.missed + other.missed,
            self.partial + other.partial,
        )

    @property
    def precision(self) -> float:
        """Right of all findings; 1 without any."""
        return _share(self.right, self.wrong)

    @property
    def recall(self) -> float:
        """Found of all that there is to find; 1 where nothing is."""
        return _share(self.found, self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both.

        >>> Counts(right=3, wrong=1, found=3, missed=3).f1
        0.6
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_json(self) -> dict[str, float]:
        """Precision, recall and F1, to four digits, and what they come from."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "tp": self.right,
            "fp": self.wrong,
            "fn": self.missed,
            "found": self.found,
            "partial": self.partial,
        }


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0


@dataclass(frozen=True, slots=True, order=True)
class Error:
    """What was expected on a line, and what was found; "-" for nothing."""

    slug: str
    line: int
    kind: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.slug}:{self.line} {self.kind}: expected {self.expected}, found {self.found}"


@dataclass(slots=True)
class Outcome:
    """The score of one kind: counts by page, and the errors."""

    kind: str
    counts: dict[str, Counts] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    def add(self, place: tuple[str, int], counts: Counts) -> None:
        """Add the counts of a line."""
        self.counts[place[0]] = self.counts.get(place[0], Counts()) + counts

    def blame(self, place: tuple[str, int], expected: str, found: str) -> None:
        """Add an error; "" is nothing."""
        self.errors.append(Error(*place, self.kind, expected or NOTHING, found or NOTHING))

    def total(self, slugs: Iterable[str]) -> Counts:
        """The counts of some pages together."""
        return sum((self.counts.get(slug, Counts()) for slug in slugs), Counts())
