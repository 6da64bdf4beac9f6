"""What is counted over subjects, in whatever part and process they are closed."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from twingraph.quads import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT: Final = 1 << 12  # sets of classes remembered
Pairs = list[tuple[Term, Term]]


class Totals(Struct):
    """What is counted over subjects. A series counts where none of its editions does."""

    types: dict[str, int] = field(default_factory=dict)  # classes, joined by spaces -> subjects
    years: set[int] = field(default_factory=set)
    decades: dict[int, int] = field(default_factory=dict)  # first year -> activities, no series
    edges: list[tuple[Term, Term, Term]] = field(default_factory=list)  # of transitive predicates
    # series -> its decades, and the pairs that exchanged in it
    series: dict[Term, tuple[list[int], Pairs]] = field(default_factory=dict)
    # series, decades of an edition of it, institutions involved in that
    editions: list[tuple[Term, list[int], list[Term]]] = field(default_factory=list)

    def count(self, types: frozenset[Term], decades: Iterable[int]) -> None:
        """Count a subject of these classes, and an activity in these decades."""
        name = _write_types(types)
        self.types[name] = self.types.get(name, 0) + 1
        for decade in decades:
            self.decades[decade] = self.decades.get(decade, 0) + 1

    def join(self, other: Totals) -> None:
        """Add what was counted elsewhere."""
        for name, number in other.types.items():
            self.types[name] = self.types.get(name, 0) + number
        for decade, number in other.decades.items():
            self.decades[decade] = self.decades.get(decade, 0) + number
        self.years |= other.years
        self.edges += other.edges
        self.series |= other.series
        self.editions += other.editions

    def tally(self) -> Counter[Term]:
        """How many subjects there are of each class."""
        found: Counter[Term] = Counter()
        for name, number in self.types.items():
            for each in name.split(" ") if name else ():
                found[Term(each)] += number
        return found


@lru_cache(maxsize=_KEPT)
def _write_types(types: frozenset[Term]) -> str:
    return " ".join(sorted(types))
