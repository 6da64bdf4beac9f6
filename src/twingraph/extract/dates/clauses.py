"""What the clause around a time says of it: that it is not so, or only planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.tokens import CODES

if TYPE_CHECKING:
    from twingraph.extract.dates.found import Draft
    from twingraph.extract.dates.tokens import Tokens

_CLAUSE_ENDS: Final = frozenset(CODES[name] for name in ("COMMA", "DOT", "STOP", "CLOSE", "OPEN"))
_NEAR, _FAR = 3, 8


def is_negated(tokens: Tokens, draft: Draft) -> bool:
    """Whether a `no` stands before, or a `nicht` ends the clause."""
    codes = tokens.codes
    for index in range(draft.first - 1, max(-1, draft.first - 1 - _NEAR), -1):
        if codes[index] in _CLAUSE_ENDS or codes[index] == CODES["AND"]:
            break
        if codes[index] == CODES["NEG"]:
            return codes[index + 1] != CODES["ONLY"]
    for index in range(draft.last, min(len(codes), draft.last + _FAR)):
        if codes[index] in _CLAUSE_ENDS:
            return False
        if codes[index] == CODES["NEG"]:
            after = codes[index + 1 : index + 2]
            return not after or after in _CLAUSE_ENDS or tokens.raw(index + 1) == "mehr"
    return False


def is_planned(tokens: Tokens, draft: Draft) -> bool:
    """Whether a word for a plan stands near, in the same clause."""
    codes = tokens.codes
    for index in range(draft.first - 1, max(-1, draft.first - 1 - _NEAR), -1):
        if codes[index] in _CLAUSE_ENDS:
            break
        if codes[index] == CODES["PLAN"]:
            return True
    reach = _FAR if codes[draft.first] == CODES["PREP"] else _NEAR
    for index in range(draft.last, min(len(codes), draft.last + reach)):
        if codes[index] in _CLAUSE_ENDS:
            break
        if codes[index] == CODES["PLAN"]:
            return True
    return False
