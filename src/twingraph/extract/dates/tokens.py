"""A text -> its tokens of time: each word, number and mark with its class and what it is worth.

The classes of a text are a string of one character a token, so that the rules of `dates_rules` are
regular expressions over classes and hold for every language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates import (
    words_de,
    words_en,
    words_es,
    words_fr,
)
from twingraph.extract.dates.numbers import NUMBER, SUFFIXES, read_number, read_suffixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CLASSES: Final = (
    # numbers
    "YEAR NUM ORD N FULL DAYMONTH ROMAN DECADE CARD NYEARLY DURATION"
    # words that join
    " IN INTO PREP OF OFFROM THE APPROX AND OR TO BETWEEN FROM SINCE SINCETHEN UNTIL ONWARD TODAY"
    # units and names of time
    " YEARWORD DECWORD MONTH SEASON WEEKDAY UNIT CENTURY PART ANNIV TIE MARK OLD"
    # repeats
    " EVERY OTHER PER TIMES RHYTHM RECUR ALTERNATING ALWAYS"
    # relative
    " THIS LAST NEXT SAME FOLLOWING PREVIOUS THISYEAR THATYEAR NEXTDAY AGO VOR LATER EARLIER AFTER"
    " MANY LONG"
    # what changes or forbids a reading
    " NEG ONLY PLAN QUANT LABEL COUNT STREET"
    # marks and the rest
    " DOT COMMA DASH SLASH OPEN CLOSE STOP COLON UNITMARK MARKS WORD"
)
CODES: Final = {name: chr(0xE000 + index) for index, name in enumerate(_CLASSES.split())}
_WORDS_AND_MARKS: Final = frozenset(("word", "mark"))
_MARKS: Final = {
    ".": "DOT",
    ",": "COMMA",
    "、": "COMMA",
    "(": "OPEN",
    "[": "OPEN",
    ")": "CLOSE",
    "]": "CLOSE",
    "/": "SLASH",
    ":": "COLON",
    "&": "AND",
    "§": "LABEL",
    "~": "APPROX",
    **dict.fromkeys("-‐‑‒–—−", "DASH"),
    **dict.fromkeys(";!?…", "STOP"),
    **dict.fromkeys("%€$£¥°²³‰", "UNITMARK"),
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "de": words_de.WORDS,
    "en": words_en.WORDS,
    "es": words_es.WORDS,
    "fr": words_fr.WORDS,
}
LANGUAGES: Final = tuple(_WORDS)
_LONGEST_PHRASE: Final = 4
_CAPITAL_MONTHS: Final = ("de", "en")  # `may` and `march` are other words


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a text, in parallel: class as a character, position, worth ("" for none)."""

    text: str
    language: str
    codes: str
    starts: list[int]
    ends: list[int]
    values: list[str]

    def is_adjacent(self, index: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return index > 0 and self.ends[index - 1] == self.starts[index]

    def raw(self, index: int) -> str:
        """The characters of a token."""
        return self.text[self.starts[index] : self.ends[index]]

    def find(self, name: str, low: int, high: int) -> int:
        """The first token of a class in a range, else -1."""
        return self.codes.find(CODES[name], low, high)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: dict[str, tuple[str, str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    last_words: tuple[tuple[tuple[str, ...], str], ...]
    scan: re.Pattern[str]


def read_tokens(text: str, language: str) -> Tokens:
    """The tokens of a text in one of LANGUAGES.

    >>> read_tokens("Since May 1961", "en").values
    ['', '5', '1961']
    """
    lexicon = _read_lexicon(language)
    found = [(match.lastgroup, *match.span()) for match in lexicon.scan.finditer(text)]
    folded = [
        text[start:end].casefold().replace("’", "'") if kind in _WORDS_AND_MARKS else ""
        for kind, start, end in found
    ]
    known, phrases = lexicon.words, lexicon.phrases
    codes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[str] = []
    past = 0  # a phrase is one token
    for index, (kind, start, end) in enumerate(found):
        if index < past:
            continue
        word = folded[index]
        phrase = _find_phrase(lexicon, folded, index) if word in phrases else None
        if phrase is not None:
            length, name, value = phrase
            past = index + length
            end = found[past - 1][2]  # noqa: PLW2901 - the end of the phrase
        else:
            name, value = known.get(word) or _classify(
                lexicon, language, kind or "", text[start:end], word
            )
            if name == "MONTH" and language in _CAPITAL_MONTHS and text[start].islower():
                name, value = "WORD", ""
        codes.append(CODES[name])
        values.append(value)
        starts.append(start)
        ends.append(end)
    return Tokens(text, language, "".join(codes), starts, ends, values)


def _classify(
    lexicon: _Lexicon, language: str, kind: str, raw: str, folded: str
) -> tuple[str, str]:
    """Class and worth of a token that is no word of the lexicon."""
    if kind == "word":
        return _read_word(lexicon, raw, folded)
    if kind == "mark":
        return _MARKS.get(folded[0], "MARKS"), ""
    if kind == "suffixed":
        return read_suffixed(raw, language)
    return read_number(kind, raw, language)


def _find_phrase(lexicon: _Lexicon, folded: list[str], index: int) -> tuple[int, str, str] | None:
    for words, name, value in lexicon.phrases[folded[index]]:
        if tuple(folded[index : index + len(words)]) == words:
            return len(words), name, value
    return None


def _read_word(lexicon: _Lexicon, raw: str, folded: str) -> tuple[str, str]:
    for endings, name in lexicon.last_words:
        if folded.endswith(endings):
            return name, ""
    if len(raw) <= 8 and raw[0] in "IVX":  # noqa: PLR2004 - XXXVIII, XVIIIe
        numeral = re.fullmatch("(X{0,3}(?:IX|IV|V?I{0,3}))(?:e|ème)?", raw)
        if numeral:
            return "ROMAN", str(_read_roman(numeral[1]))
    return "WORD", ""


def _read_roman(numeral: str) -> int:
    worth = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    pairs = zip(worth, [*worth[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


@lru_cache
def _read_lexicon(language: str) -> _Lexicon:
    words: dict[str, tuple[str, str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    entries = list(_entries(_WORDS[language]))
    if language == "de":
        entries += _inflected()
    for name, written, value in entries:
        form = written.casefold()  # ß is ss
        parts = tuple(re.findall(r"[^\W\d_]+'(?=_)|[^\W\d_]+|[^\w\s]", form))
        if len(parts) == 1 or form.endswith("'"):
            words.setdefault(form, (name, value))
        else:
            phrases.setdefault(parts[0], []).append((parts, name, value))
    for listed in phrases.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    last_words = words_de.LAST_WORDS if language == "de" else {}
    return _Lexicon(
        words,
        {first: tuple(listed) for first, listed in phrases.items()},
        tuple((endings, name) for name, endings in last_words.items()),
        _compile_scan(language),
    )


def _entries(table: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, listed in table.items():
        for entry in listed.split():
            form, _, value = entry.partition("=")
            yield name, form, value


def _inflected() -> Iterator[tuple[str, str, str]]:
    """German adjectives in all their endings, with and without a number before them."""
    for name, form, value in _entries(words_de.STEMS):
        for ending in words_de.ENDINGS:
            yield name, form + ending, value
    for _, number, value in _entries({"": words_de.NUMBERS}):
        for ending in words_de.ENDINGS:
            yield "RECUR", f"{number}jährlich{ending}", to_recurrence(int(value))
            yield "NYEARLY", f"{number}jährig{ending}", value
            for unit in ("wöchig", "tägig", "monatig", "stündig"):
                yield "DURATION", f"{number}{unit}{ending}", value


def to_recurrence(years: int) -> str:
    """What comes every so many years, as a value of `facts.Recurrence`."""
    return {1: "annual", 2: "biennial", 3: "triennial", 4: "quadrennial"}.get(years, "regular")


def _compile_scan(language: str) -> re.Pattern[str]:
    elided = r"[^\W\d_]{1,8}['’](?=[^\W\d_])|" if language == "fr" else ""
    suffixed = rf"(?P<suffixed>(?<!\w)[0-9]{{1,4}}(?:{SUFFIXES[language]})(?!\w))|"
    return re.compile(
        rf"{NUMBER['link']}|{NUMBER['dates']}|{suffixed}{NUMBER['numbers']}"
        rf"|(?P<word>{elided}[^\W\d_]+)|(?P<junk>\w+)|(?P<mark>(?P<sign>[^\w\s])(?P=sign)*)",
        re.IGNORECASE,
    )
