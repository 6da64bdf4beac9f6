"""A temporal mention, and what a page says beyond its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DateKind = Literal[
    "point",
    "since",
    "until",
    "interval",
    "decade",
    "century",
    "season",
    "recurrence",
    "anniversary",
    "relative",
    "duration",
    "vague",
    "negated",
    "planned",
]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time that a text names: where it stands, what it says, and the rule that found it.

    `edtf` is accepted by `read_years`, or None where the words give none; `recurrence` is a value
    of `facts.Recurrence`.
    """

    start: int
    end: int
    kind: DateKind
    edtf: str | None
    recurrence: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class DateContext:
    """What a page or a heading says beyond the text itself; None where it is not known.

    `year` is the year spoken of, for days and months without one; `written` is the EDTF date on
    which the page was written, for "this year" and "vor 2 Jahren".
    """

    year: int | None = None
    written: str | None = None
