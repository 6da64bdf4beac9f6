"""Names of institutions, folded: whether two name the same, and whether one is only a city's."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, Literal

Grade = Literal[0, 1, 2]  # no; one holds the other; the same
NO: Final = 0
PARTIAL: Final = 1
SAME: Final = 2

Tokens = tuple[str, ...]

_TOKEN: Final = re.compile(r"\w+(?:\.\w+)*")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_SHORTEST_INFLECTED: Final = 4
_SHORTEST_STEM: Final = 3
_ENDINGS: Final = ("es", "en", "er", "em", "s", "e", "n")
# Articles, and prepositions with or without them, in German, English, French and Spanish.
_LEADING_WORDS: Final = """
    der die das des dem den ein eine einer eines einem einen im am zum zur vom beim ins in an zu von
    bei mit durch für the a by with from to for of at le la les l un une du d de au aux à et el los
    las una unos unas del al en con
"""
_CITY: Final = re.compile(
    r"(?:the )?(?:(?:city|town|municipality|borough|prefecture) of |(?:hanse|landeshaupt)?stadt "
    r"|gemeinde |(?:stadt|gemeinde|kommunal)verwaltung (?:von )?"
    r"|(?:la )?(?:ville|mairie|commune) d(?:e |u |['’])"
    r"|(?:el )?ayuntamiento de |(?:la )?ciudad de )"
    r"\w[\w.'’-]*(?: [\w.'’-]+){0,2}"
    r"|(?:\w[\w.'’-]* ){1,3}(?:city|town|borough) (?:council|administration|government)"
)
_OFFICE_WORDS: Final = """
    s and of the lord mayor office council councils city town borough hall parliament government
    administration municipal department ministry embassy consulate rathaus oberbürgermeister
    bürgermeister bürgermeisteramt oberbürgermeisteramt büro amt stadt stadtverwaltung gemeinde
    gemeindeverwaltung verwaltung gemeinderat stadtrat stadtparlament kreistag landratsamt
    ministerium konsulat generalkonsulat botschaft und der des mairie maire conseil municipal hôtel
    ville ministère consulat ambassade ayuntamiento alcalde alcaldía consejo concejo ministerio
    consulado embajada
"""
_LEADING: Final = frozenset(_LEADING_WORDS.split())
_OFFICES: Final = frozenset(_OFFICE_WORDS.split())


def grade_names(expected: str, found: str) -> Grade:
    """SAME after folding; PARTIAL if one holds the other and is at least half of its tokens; NO.

    Folded are case, leading articles and prepositions, quotation marks, German endings of each
    token, and a bracketed abbreviation may be left out.

    >>> grade_names("des Städtischen Krankenhauses Kumamoto", "Städtisches Krankenhaus Kumamoto")
    2
    >>> grade_names("Bonn Link", "Oxford Bonn Link"), grade_names("Bonn Link", "Bonn")
    (1, 1)
    """
    pairs = [(one, other) for one in _fold(expected) for other in _fold(found)]
    if any(len(one) == len(other) and _begins(one, other) for one, other in pairs):
        return SAME
    return PARTIAL if any(_covers(one, other) for one, other in pairs) else NO


def is_city_or_office(name: str) -> bool:
    """Whether a name is a city's administration or an office without a name of its own.

    >>> [is_city_or_office(x) for x in ("City of Bonn", "the Mayor's office", "Bonn University")]
    [True, True, False]
    """
    if _CITY.fullmatch(" ".join(_normal(name).split())):
        return True
    tokens = _fold(name)[0]
    return bool(tokens) and all(any(_alike(x, office) for office in _OFFICES) for x in tokens)


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip("„“”\"'«»‚‘’ ")


@cache
def _fold(name: str) -> tuple[Tokens, ...]:
    """The tokens of a name, without what stands in brackets and with it."""
    text = _normal(name)
    readings = (_BRACKETED.sub(" ", text), text)
    return tuple(dict.fromkeys(_without_leading(_TOKEN.findall(each)) for each in readings))


def _without_leading(tokens: list[str]) -> Tokens:
    while len(tokens) > 1 and tokens[0] in _LEADING:
        tokens = tokens[1:]
    return tuple(tokens)


def _covers(one: Tokens, other: Tokens) -> bool:
    short, long = sorted((one, other), key=len)
    if not short or 2 * len(short) < len(long):
        return False
    return any(_begins(short, long[start:]) for start in range(len(long) - len(short) + 1))


def _begins(short: Tokens, long: Tokens) -> bool:
    return bool(short) and all(_alike(x, y) for x, y in zip(short, long, strict=False))


def _alike(one: str, other: str) -> bool:
    return not _stems(one).isdisjoint(_stems(other))


@cache
def _stems(token: str) -> frozenset[str]:
    """A token, and what is left of it without a German ending."""
    if len(token) < _SHORTEST_INFLECTED:
        return frozenset([token])
    stems = {token.removesuffix(ending) for ending in _ENDINGS}
    return frozenset({token, *(stem for stem in stems if len(stem) >= _SHORTEST_STEM)})
