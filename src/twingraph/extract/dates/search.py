"""Where the rules of `dates_rules` match in the classes of a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.found import Draft
from twingraph.extract.dates.rules import PARTS, RULES
from twingraph.extract.dates.tokens import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.extract.dates.tokens import Tokens

_BEFORE: Final = frozenset(CODES[name] for name in ("THE", "OF", "OFFROM"))
_PREPOSITIONS: Final = _BEFORE | {CODES[name] for name in ("IN", "INTO", "PREP", "FROM", "TO")}
# No rule begins with them, and most tokens are of these classes.
_NEVER_FIRST: Final = [
    "WORD",
    "MARKS",
    "DOT",
    "COMMA",
    "DASH",
    "SLASH",
    "OPEN",
    "CLOSE",
    "STOP",
    "COLON",
    "UNITMARK",
    "AND",
    "OR",
    "COUNT",
    "LABEL",
    "STREET",
    "ANNIV",
    "TIE",
    "MARK",
    "PLAN",
    "ONLY",
    "OLD",
]
_NUMBER_ALONE: Final = "(?:NUM|N)(?:NUM|N|YEAR|OPEN|CLOSE|MARKS|STOP|COLON|UNITMARK|COUNT|FULL)"
_PREFIX: Final = "PRE "


def _compile(pattern: str) -> str:
    """A pattern over characters of classes, without the prepositions before it."""
    pattern = pattern.removeprefix(_PREFIX)
    while re.search("|".join(rf"\b{name}\b" for name in PARTS), pattern):
        pattern = re.sub(
            r"[A-Z_]+",
            lambda match: f"(?:{PARTS[match[0]]})" if match[0] in PARTS else match[0],
            pattern,
        )
    return re.sub(r"[A-Z_]+", lambda match: CODES[match[0]], pattern).replace(" ", "")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """All rules in one pattern, each a group `r<number>`, and each rule by itself."""
    compiled = [_compile(rule.pattern) for rule in RULES]
    never = "".join(CODES[name] for name in _NEVER_FIRST)
    groups = "|".join(f"(?P<r{number}>{pattern})" for number, pattern in enumerate(compiled))
    alone = _compile(_NUMBER_ALONE)
    return re.compile(f"(?![{never}]|{alone})(?:{groups})"), tuple(map(re.compile, compiled))


def find_drafts(tokens: Tokens) -> Iterator[Draft]:
    """What the rules find, from left to right, never overlapping."""
    scan, _ = _patterns()
    position = 0
    while match := scan.search(tokens.codes, position):
        draft = _first_sense(tokens, match, position)
        if draft is None:
            position = match.start() + 1
            continue
        yield draft
        position = draft.last


def _first_sense(tokens: Tokens, match: re.Match[str], low: int) -> Draft | None:
    """The first rule that matches here and makes sense of it."""
    first = int((match.lastgroup or "r0")[1:])
    for rule, pattern in zip(RULES[first:], _patterns()[1][first:], strict=True):
        own = pattern.match(tokens.codes, match.start())
        found = rule.read(tokens, own) if own is not None else None
        if own is not None and found is not None:
            start = (
                _before(tokens, own.start(), low) if rule.pattern[:4] == _PREFIX else own.start()
            )
            return Draft(start, own.end(), found.kind or rule.kind, rule.name, found)
    return None


def _before(tokens: Tokens, start: int, low: int) -> int:
    """Where a time begins with its preposition and articles."""
    first = start
    while first > low and start - first < 2 and tokens.codes[first - 1] in _BEFORE:  # noqa: PLR2004
        first -= 1
    return first - (first > low and tokens.codes[first - 1] in _PREPOSITIONS)
