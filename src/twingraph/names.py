"""Names as they are compared: a name has several plain forms, the first of them whole."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_KEPT: Final = 1 << 19  # names whose forms are remembered
# Letters that Unicode does not take apart into a base and a mark.
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ə": "a",
        "ʻ": "",
        "ʼ": "",
        "’": "",
        "'": "",
    }
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_BRACKETS: Final = re.compile(r"[(\[（].*?[)\]）]")
_NO_WORD: Final = re.compile(r"[\W_]+")
# Words that say what kind of place it is, in the languages of the lists: "Calamba City".
_KINDS: Final = frozenset(
    (
        *("city", "town", "township", "village", "municipality", "borough", "district", "county"),
        *("region", "stadt", "gemeinde", "markt", "kreis", "landkreis", "samtgemeinde"),
        *("verbandsgemeinde", "hansestadt", "ville", "commune", "comune", "citta", "ciudad"),
        *("municipio", "cidade", "municipi", "miasto", "gmina", "powiat", "mesto", "obec"),
        *("kommune", "kommun", "kommuna", "shi", "ku", "cho", "machi", "gun"),
    )
)
# What follows a name to tell it from its namesakes: "Frankfurt am Main", "Stratford-upon-Avon".
_BY: Final = re.compile(
    r" (?:an der|am|an|bei|im|in|ob der|vor der|sur|les|lez|en|upon|on|under|nad|pod|pri|del|della"
    r"|sul|aan de|aan den|de la|do|da) "
)


@lru_cache(maxsize=_KEPT)
def plain(name: str) -> str:
    """A name in small letters without marks, its words parted by single spaces.

    >>> plain("Reẖovot"), plain("Großräschen"), plain("’s-Hertogenbosch"), plain("Kōchi")
    ('rehovot', 'grossraschen', 's hertogenbosch', 'kochi')
    """
    if name.isascii():
        return _NO_WORD.sub(" ", name.lower().replace("'", "")).strip()
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", bare)).strip()


def spellings(name: str) -> tuple[str, ...]:
    """The plain form of a name, and that with its umlauts spelt out where it has any.

    >>> spellings("Köln"), spellings("Bonn")
    (('koln', 'koeln'), ('bonn',))
    """
    lowered = unicodedata.normalize("NFC", name).casefold()
    spelt = lowered.translate(_UMLAUTS)
    of_all = (lowered,) if spelt == lowered else (lowered, spelt)
    return tuple(dict.fromkeys(map(plain.__wrapped__, of_all)))


@lru_cache(maxsize=_KEPT)
def forms(name: str) -> tuple[str, ...]:
    """The plain forms of a name: whole, with umlauts spelt out, without what is added to it.

    >>> forms("Calamba City")
    ('calamba city', 'calamba')
    >>> forms("Lüdenscheid (Mark)")
    ('ludenscheid mark', 'luedenscheid mark', 'ludenscheid', 'luedenscheid')
    >>> forms("Frankfurt am Main")
    ('frankfurt am main', 'frankfurt')
    """
    found: dict[str, None] = {}
    lowered = name.casefold()
    for text in (lowered, _BRACKETS.sub(" ", lowered), lowered.partition(",")[0]):
        for spelt in (text, text.translate(_UMLAUTS)):
            found[plain(spelt)] = None
    for form in list(found):
        words = [word for word in form.split(" ") if word not in _KINDS]
        found[" ".join(words)] = None
        found[_BY.split(form, maxsplit=1)[0]] = None
    return tuple(form for form in found if form)


def deletions(form: str) -> set[str]:
    """All that a form becomes by leaving out one letter: near forms share one, or are one.

    >>> sorted(deletions("abc"))
    ['ab', 'ac', 'bc']
    """
    return {form[:i] + form[i + 1 :] for i in range(len(form))}
