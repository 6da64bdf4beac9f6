"""Rules of time as patterns over classes of tokens; what each reads stands with it.

In a pattern a name stands for one token of that class, or for a pattern of PARTS. The first rule
that matches and makes sense wins, so longer ones stand before shorter. Every repeat is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.found import Found
from twingraph.extract.dates.readings import (
    read_after,
    read_centuries,
    read_days,
    read_from,
    read_interval,
    read_list,
    read_months,
    read_named_year,
    read_open,
    read_point,
    read_school_years,
    read_short_range,
    read_since,
    read_since_count,
    read_until,
    relative_to,
)
from twingraph.extract.dates.repeats import (
    read_ago,
    read_always,
    read_anniversary,
    read_duration,
    read_every,
    read_later,
    read_recurrence,
    read_times,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from twingraph.extract.dates.mention import DateKind
    from twingraph.extract.dates.tokens import Tokens

    Read = Callable[[Tokens, re.Match[str]], Found | None]

PARTS: Final = {
    "LINK": "(?:THE|OF|OFFROM){0,2}",
    "SEP": "(?:TO|UNTIL|DASH|INTO|SLASH)",
    "YEARS": "(?:YEARWORD|DECWORD)",
    "COUNT_OF": "(?:NUM|CARD|N)",
    "DAY": "(?:NUM DOT?|ORD)",
    "WEEK": "(?:WEEKDAY COMMA?THE?)?",
    "DAYOF": "WEEK DAY (?:LINK|PREP) MONTH",
    "MONTHDAY": "WEEK MONTH DOT?(?:NUM|ORD)(?!DOT?MONTH)",
    "JOIN": "DOT?COMMA?(?:THE|OF|OFFROM|PREP){0,2}YEARWORD?OF?",
    "PARTOF": "PART(?:DASH|LINK YEARWORD?OFFROM?)",
    "DATED": (
        "(?:FULL|DAYOF JOIN YEAR|MONTHDAY COMMA?YEAR|PARTOF?MONTH JOIN YEAR|PARTOF?SEASON JOIN YEAR"
        "(?:(?:SLASH|DASH)(?:NUM|YEAR))?)"
    ),
    "DECADES": "(?:PARTOF)?(?:DECADE YEARWORD?|DECWORD LINK (?:YEAR|NUM|CARD))",
    "CENTURIES": "(?:PARTOF)?(?:(?:ORD|NUM DOT?|ROMAN DOT?)DASH?CENTURY|CENTURY (?:ROMAN|NUM|ORD))",
    "PLAIN": "(?:PARTOF)?ABOUT(?:YEARWORD LINK)?ABOUT YEAR",
    "ABOUT": "(?:APPROX DOT?LINK)?",
    "WHEN": "(?:DATED|DECADES|CENTURIES|PLAIN)",
    "PARTIAL": "(?:DAYOF|MONTHDAY|DAYMONTH|(?:PARTOF)?MONTH|SEASON)",
    "GAP": "(?:WORD|THE|OF|OFFROM|IN|INTO|PREP|DASH|PART|ROMAN|TIE|ORD|TO)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, the kind of what it finds, its pattern, and how a match is read."""

    name: str
    kind: DateKind
    pattern: str
    read: Read


RULES: Final = (
    # two ends
    Rule("winter", "season", "PRE SEASON LINK YEAR(?:SLASH|DASH)(?:NUM|YEAR)", read_point),
    Rule(
        "centuries",
        "interval",
        "PRE ((?:ORD|NUM DOT?|ROMAN DOT?))(?:AND|SEP)THE?(CENTURIES)",
        read_centuries,
    ),
    Rule(
        "school-years",
        "interval",
        "PRE (YEAR)(?:DASH|SLASH)NUM SEP LINK (YEAR)(?:DASH|SLASH)(NUM)",
        read_school_years,
    ),
    Rule("short-range", "interval", "PRE YEARWORD?(YEAR)(?:DASH|SLASH)(NUM)", read_short_range),
    Rule(
        "between",
        "interval",
        "BETWEEN LINK (WHEN|PARTIAL|DAY)AND LINK (WHEN|PARTIAL)",
        read_interval,
    ),
    Rule(
        "interval",
        "interval",
        "PRE (?:SINCE LINK)?(WHEN|PARTIAL|DAY)SEP (?:IN|INTO|PREP)?LINK (WHEN|PARTIAL)",
        read_interval,
    ),
    Rule(
        "days",
        "interval",
        "PRE MONTH((?:NUM|ORD))(?:SEP|AND)((?:NUM|ORD))(?:COMMA?YEAR)?",
        read_days,
    ),
    Rule("days", "interval", "PRE (DAY)COMMA?(?:AND|COMMA)THE?(DAYOF)(?:JOIN YEAR)?", read_days),
    Rule("months", "interval", "PRE (MONTH)AND LINK (MONTH JOIN YEAR)", read_months),
    Rule("to-today", "since", "PRE (?:SINCE LINK)?(WHEN)SEP (?:IN|INTO|THE){0,2}TODAY", read_open),
    Rule("open-dash", "since", "(YEAR)DASH(?=CLOSE)", read_open),
    # a beginning or an end
    Rule("from-on", "since", "FROM LINK (WHEN)(?:ONWARD|IN)", read_from),
    Rule("from-first", "since", "FROM LINK (WHEN)", read_from),
    Rule(
        "since",
        "since",
        "(?:SINCE|SINCETHEN)COLON?QUANT?(?:LINK|IN LINK)(WHEN|PARTIAL)",
        read_since,
    ),
    Rule("since-then", "since", "SINCETHEN", relative_to("year before", 0, goes_on=True)),
    Rule(
        "since-count",
        "since",
        "SINCE(?:WORD|QUANT|APPROX|THE|VOR|ONLY|OFFROM){0,3}(COUNT_OF)(?:YEARS|UNIT)",
        read_since_count,
    ),
    Rule(
        "since-vague",
        "vague",
        "SINCE VOR?(?:WORD|THE){0,2}MANY?(?:WORD)?(?:YEARS|UNIT)",
        read_duration,
    ),
    Rule("since-vague", "vague", "LONG", read_duration),
    Rule("since-event", "since", "SINCE(?:GAP){1,7}?(DATED|DECADES|PLAIN)", read_since),
    Rule("not-until", "point", "NEG UNTIL(?:IN|PREP)?LINK (WHEN|PARTIAL)", read_point),
    Rule("until", "until", "UNTIL(?:IN|INTO|PREP|TO|AFTER)?LINK (WHEN|PARTIAL)", read_until),
    Rule("until-today", "vague", "UNTIL(?:IN|INTO|THE|TO){0,2}TODAY", read_duration),
    Rule("until-event", "until", "UNTIL(?:GAP){1,7}?(DATED|DECADES|PLAIN)", read_until),
    # several years
    Rule(
        "years",
        "point",
        "PRE YEARS?(YEAR(?:(?:COMMA?(?:AND|OR)|COMMA|SLASH|(?:AND|OR)(?:IN|INTO)LINK)YEARWORD?YEAR"
        "(?!SEP (?:YEAR|NUM))){1,40})",
        read_list,
    ),
    # one time
    Rule("century", "century", "PRE (CENTURIES)", read_point),
    Rule("decade", "decade", "PRE (DECADES)", read_point),
    Rule("date", "point", "PRE (DATED)", read_point),
    Rule("year", "point", "PRE (PLAIN)", read_point),
    Rule("day-same-year", "relative", "PRE (DAYOF|MONTHDAY|MONTH)LINK SAME YEARWORD", read_point),
    # repeats
    Rule(
        "every",
        "recurrence",
        "EVERY THE?(?:COUNT_OF(?:OR|AND|SEP))?(?:COUNT_OF DOT?|ORD|OTHER)?"
        "(?:YEARS|UNIT|SEASON|MONTH|WEEKDAY)",
        read_every,
    ),
    Rule(
        "times-a-year",
        "recurrence",
        "COUNT_OF?TIMES(?:PER|IN|TO|THE|EVERY|PREP){1,2}COUNT_OF?(?:YEARS|UNIT)",
        read_times,
    ),
    Rule("times-yearly", "recurrence", "COUNT_OF?TIMES RECUR", read_times),
    Rule("rhythm", "recurrence", "(?:NYEARLY|COUNT_OF DASH?YEARWORD)DASH?RHYTHM", read_recurrence),
    Rule("rhythm", "recurrence", "RHYTHM(?:OF|OFFROM|FROM|PREP)COUNT_OF YEARS", read_recurrence),
    Rule("yearly", "recurrence", "COUNT_OF DASH RECUR", read_recurrence),
    Rule("recurrence", "recurrence", "RECUR RHYTHM?", read_recurrence),
    Rule("always", "recurrence", "ALWAYS(?=IN|PREP)", read_always),
    Rule("per-year", "recurrence", "PER YEARWORD", read_recurrence),
    Rule("alternating", "recurrence", "ALTERNATING", lambda _tokens, _match: Found()),
    # counted in years
    Rule(
        "anniversary",
        "anniversary",
        "(?:NYEARLY|COUNT_OF DOT?|ORD|ROMAN)(?:DASH|YEARWORD|OFFROM|WORD|TIE){0,3}ANNIV",
        read_anniversary,
    ),
    Rule("ago", "relative", "VOR(?:WORD|QUANT|APPROX){0,2}(?:COUNT_OF|MANY)YEARS", read_ago),
    Rule("ago", "relative", "(?:QUANT|APPROX)?(?:COUNT_OF|MANY)YEARS AGO", read_ago),
    Rule(
        "later",
        "relative",
        "(?:THE|COUNT_OF|MANY)YEARS(?:LATER|EARLIER|AFTER(?=COMMA|DOT))",
        read_later,
    ),
    Rule("later", "relative", "IN YEARWORD(?:LATER|EARLIER)", read_later),
    Rule("tie", "anniversary", "COUNT_OF YEARS (?:LINK|OF)(?:WORD){0,2}TIE", read_anniversary),
    # a year or a day by another
    Rule(
        "same-year",
        "relative",
        "PRE THIS?SAME YEARWORD",
        relative_to("year before", 0),
    ),
    Rule(
        "following-year",
        "relative",
        "PRE (?:FOLLOWING YEARWORD|YEARWORD FOLLOWING)",
        relative_to("year before", 1),
    ),
    Rule("following-year", "relative", "THE NEXT YEARWORD", relative_to("year before", 1)),
    Rule(
        "previous-year",
        "relative",
        "PRE (?:PREVIOUS YEARWORD|YEARWORD PREVIOUS)",
        relative_to("year before", -1),
    ),
    Rule(
        "this-year",
        "relative",
        "PRE THIS YEARWORD",
        relative_to("written", 0),
    ),
    Rule(
        "last-year",
        "relative",
        "PRE (?:LAST YEARWORD|YEARWORD LAST)",
        relative_to("written", -1),
    ),
    Rule(
        "next-year",
        "relative",
        "PRE (?:NEXT YEARWORD|YEARWORD NEXT)",
        relative_to("written", 1),
    ),
    Rule("this-year", "relative", "PRE THISYEAR", read_named_year("written")),
    Rule("following-year", "relative", "PRE THATYEAR", read_named_year("year before")),
    Rule("next-day", "relative", "NEXTDAY", relative_to("day before", 1)),
    # a day or a month of a year said elsewhere
    Rule("day", "point", "PRE (DAYOF|MONTHDAY)", read_point),
    Rule("day", "point", "PRE (DAYMONTH)", read_after(("IN", "FROM", "TO", "UNTIL", "COMMA"))),
    Rule("month", "point", "PRE (PARTOF MONTH)", read_point),
    Rule("month", "point", "PRE (MONTH)", read_after(("IN", "INTO", "THIS"))),
    Rule("season", "season", "PRE ((?:PARTOF)?SEASON)", read_after(("IN", "INTO"))),
    # how long
    Rule(
        "duration", "duration", "(?:COUNT_OF DASH?(?:YEARS|UNIT)|NYEARLY|DURATION)", read_duration
    ),
    Rule("duration", "vague", "MANY (?:YEARS|UNIT)", read_duration),
)
