"""What a rule says of the tokens that it matched, before the rest of the text is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from twingraph.extract.dates.mention import DateKind
    from twingraph.extract.dates.when import Span

# What a relative time counts from: the writing, the year or the day told of before; or the year
# in which an anniversary is held.
Anchor = Literal["written", "year before", "day before", "anniversary"]


@dataclass(frozen=True, slots=True)
class Found:
    """A time in the making.

    `goes_on` and `began_before` are open ends. `number` is what an anchor is counted by: years
    from it, days from it, or the years of an anniversary. `kind` takes the place of the rule's.
    """

    span: Span | None = None
    goes_on: bool = False
    began_before: bool = False
    recurrence: str | None = None
    number: int | None = None
    anchor: Anchor | None = None
    kind: DateKind | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found, with the tokens `first` to `last` (exclusive) and the rule that found it."""

    first: int
    last: int
    kind: DateKind
    rule: str
    found: Found
