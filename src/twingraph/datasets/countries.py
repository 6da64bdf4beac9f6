"""Names of countries -> ISO 3166-1 codes, by Unicode's names of territories in many languages."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from twingraph.errors import FileError

_LANGUAGES: Final = (
    *("en", "de", "fr", "es", "it", "nl", "pl", "pt", "cs", "sk", "hu", "ro", "bg", "hr", "sl"),
    *("da", "sv", "fi", "et", "lv", "lt", "el", "ja", "zh", "ko", "ru", "uk", "tr"),
)
_CODE: Final = re.compile(r"[A-Za-z]{2}")
# What lists call countries, and Unicode does not.
_OTHERS: Final = {
    "bosnia and herzegovina": "ba",
    "czech republic": "cz",
    "east timor": "tl",
    "england": "gb",
    "ivory coast": "ci",
    "kingdom of the netherlands": "nl",
    "northern ireland": "gb",
    "palestine": "ps",
    "palestinian national authority": "ps",
    "people's republic of china": "cn",
    "republic of ireland": "ie",
    "republic of macedonia": "mk",
    "republic of the congo": "cg",
    "sao tomé and príncipe": "st",
    "scotland": "gb",
    "swaziland": "sz",
    "trinidad and tobago": "tt",
    "turkey": "tr",
    "united states of america": "us",
    "usa": "us",
    "wales": "gb",
}


def find_country(text: str) -> str | None:
    """The code of a country by its code or name, in small letters; None where it is unknown.

    >>> find_country("Deutschland"), find_country("US"), find_country("Prussia")
    ('de', 'us', None)

    :raises FileError: if Babel is missing, which has the names.
    """
    plain = " ".join(text.split()).casefold()
    return _names().get(plain)


@cache
def _names() -> dict[str, str]:
    try:
        from babel import Locale
    except ImportError as error:
        raise FileError(
            "Babel is missing, which has the names of countries; pip install 'twingraph[datasets]'"
        ) from error
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if _CODE.fullmatch(code) and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"):
                found.setdefault(code.lower(), code.lower())
                found.setdefault(name.casefold(), code.lower())
    return found | _OTHERS
