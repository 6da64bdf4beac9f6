"""Stated times -> years and bounds: the rules of time (DESIGN.md, 5) for one subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from twingraph import terms as t
from twingraph.quads import Term, integer_term, iri_term
from twingraph.years import Bounds, read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.vocab import Minter


class Dating(Struct, frozen=True, gc=False):
    """What the sources' statements of time come to, taken together."""

    certain: frozenset[int]
    possible: frozenset[int]
    bounds: Bounds | None
    is_ongoing: bool
    is_planned: bool
    is_disputed: bool
    first: int | None  # certain year
    last: int | None  # certain year
    decades: list[int]  # the first years of those with a certain year, ascending

    @property
    def is_dated(self) -> bool:
        """Whether there is a year in which the activity certainly or possibly took place."""
        return bool(self.certain or self.possible)


def read_dating(statements: Iterable[tuple[str, int | None]]) -> Dating | None:
    """The dating by statements of (EDTF, the source's as_of); None where nothing is stated.

    Years are the union, a year that one source makes certain is not also possible, and bounds are
    the widest: an absent end is wider than any.
    """
    stated = [(read_years(text), as_of) for text, as_of in statements]
    if not stated:
        return None
    done = [(years, as_of) for years, as_of in stated if not years.is_planned(as_of)]
    certain = frozenset(year for years, as_of in done for year in years.certain(as_of))
    possible = frozenset(year for years, as_of in done for year in years.possible(as_of))
    bounds = [found for years, as_of in done if (found := years.bounds(as_of)) is not None]
    return Dating(
        certain=certain,
        possible=possible - certain,
        bounds=_widest(bounds) if bounds else None,
        is_ongoing=any(years.is_open for years, _ in done),
        is_planned=not done,
        is_disputed=len({years.signature for years, _ in stated}) > 1,
        first=min(certain, default=None),
        last=max(certain, default=None),
        decades=sorted({year - year % 10 for year in certain}),
    )


def _widest(bounds: list[Bounds]) -> Bounds:
    starts = [each.earliest_start for each in bounds], [each.latest_start for each in bounds]
    ends = [each.earliest_end for each in bounds], [each.latest_end for each in bounds]
    return Bounds(_least(starts[0]), _greatest(starts[1]), _least(ends[0]), _greatest(ends[1]))


def _least(years: list[int | None]) -> int | None:
    known = [year for year in years if year is not None]
    return min(known) if len(known) == len(years) else None


def _greatest(years: list[int | None]) -> int | None:
    known = [year for year in years if year is not None]
    return max(known) if len(known) == len(years) else None


def bound_statements(bounds: Bounds | None) -> Iterator[tuple[Term, Term]]:
    """The bounds as predicates and xsd:integers; an absent bound is not stated."""
    if bounds is None:
        return
    for predicate, year in (
        (t.EARLIEST_START, bounds.earliest_start),
        (t.LATEST_START, bounds.latest_start),
        (t.EARLIEST_END, bounds.earliest_end),
        (t.LATEST_END, bounds.latest_end),
    ):
        if year is not None:
            yield predicate, integer_term(year)


def activity_statements(
    dating: Dating | None, mint: Minter, *, is_series: bool
) -> Iterator[tuple[Term, Term]]:
    """What an activity's dating says of it: years, bounds and state. A series is never undated."""
    if dating is None:
        if not is_series:
            yield t.TYPE, t.UNDATED_ACTIVITY
        return
    for year in sorted(dating.certain):
        yield t.ACTIVE_IN, iri_term(mint.year(year))
    for year in sorted(dating.possible):
        yield t.POSSIBLY_ACTIVE_IN, iri_term(mint.year(year))
    yield from bound_statements(dating.bounds)
    for is_so, state in (
        (dating.is_ongoing, t.ONGOING_ACTIVITY),
        (dating.is_planned, t.PLANNED_ACTIVITY),
        (dating.is_disputed, t.DISPUTED_ACTIVITY),
    ):
        if is_so:
            yield t.TYPE, state
