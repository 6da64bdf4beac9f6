"""Names found by what a person types: whole, by the beginning of words, within them, near them.

The words of all names stand sorted, once forwards and once backwards, each with the names that have
it. So a search looks at words, not at names, and what is held in memory is small.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph.names import spellings
from twingraph.pages.naming import KINDS, TERM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from twingraph.pages.naming import Named

    _Finder = Callable[[str], Iterable[str]]

# How a name is found, the best way first; or not.
WHOLE, BEGINNING, WORDS, WITHIN, NEAR, NOT = range(6)
_WAY: Final = 3  # bits that tell how a name is found
MOST: Final = 200  # characters that are looked for
_MOST_WORDS: Final = 24
_FEW: Final = 10  # found, below which near words are looked for too
_SHORTEST_PART: Final = 3  # letters of a word that is looked for within others
_SHORTEST_NEAR: Final = 4  # letters of a word that may have a slip
_SHORTEST_UNSPACED: Final = 3  # the same in scripts without spaces
_AFTER: Final = "\U0010ffff"  # sorts after all that can follow a prefix
# Scripts that are written without spaces, where a word is whatever is found: Thai to Burmese,
# Khmer, kana, Chinese characters; and Hangul, whose words take endings.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Hit(NamedTuple):
    """A resource that is found: the plain form of the name, and how it is found."""

    iri: str
    kind: str
    form: str
    how: int


class Found(NamedTuple):
    """How much is found of each kind; the resources asked for, the best first."""

    counts: dict[str, int]
    hits: list[Hit]


class NameIndex:
    """The names of resources, to be searched; built once, and read only.

    >>> from twingraph.pages.naming import Named, Text
    >>> names = [Text(each, "", is_hidden=False) for each in ("Kumamoto", "熊本市")]
    >>> index = NameIndex([Named("https://example.org/k", "municipality", names)])
    >>> [hit.form for text in ("kum", "本市", "Kumomoto") for hit in index.search(text).hits]
    ['kumamoto', '熊本市', 'kumamoto']
    """

    def __init__(self, named: Iterable[Named]) -> None:
        order = {kind: number for number, kind in enumerate(KINDS)}
        self._iris: list[str] = []
        self._kinds = bytearray()  # of each resource
        rows: list[tuple[int, str, int, bool]] = []
        for number, each in enumerate(named):
            self._iris.append(each.iri)
            self._kinds.append(order[each.kind])
            forms: dict[str, bool] = {}
            for name in sorted(each.names, key=lambda name: name.is_hidden):
                for form in spellings(name.text):
                    forms.setdefault(form, name.is_hidden)
            rows += [(order[each.kind], form, number, forms[form]) for form in forms if form]
        rows.sort()
        self._forms = [form for _, form, _, _ in rows]  # by kind
        self._holders = array("I", (number for _, _, number, _ in rows))
        self._hidden = frozenset(n for n, (_, _, _, is_hidden) in enumerate(rows) if is_hidden)
        starts = (bisect_left(rows, (number,)) for number in range(len(KINDS)))
        self._starts = [*starts, len(rows)]
        self._having: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, form in enumerate(self._forms):
            for word in dict.fromkeys(form.split(" ")):
                self._having[word].append(number)
        self._words = sorted(self._having)
        self._text = "\n".join(("", *self._words, ""))
        self._backwards = sorted(word[::-1] for word in self._words)

    def search(self, text: str, kind: str = "", start: int = 0, end: int | None = None) -> Found:
        """What has such a name, of all kinds or of one; of that a part, all unless it is named.

        Only the first 200 characters are looked for.
        """
        forms = [form for form in spellings(text[:MOST]) if form]
        first: dict[int, int] = {}  # resource -> its best name, and how that is found
        taken: set[int] = set()
        whole, beginning = self._beginning(forms)
        self._take(first, taken, whole, WHOLE)
        self._take(first, taken, beginning, BEGINNING)
        finders: list[_Finder] = []
        for how, finder in (
            (WORDS, self._words_with),
            (WITHIN, self._words_around),
            (NEAR, self._words_near),
        ):
            if how == NEAR and len(first) >= _FEW:
                break
            finders.append(finder)
            having = set().union(*(self._having_all(form, finders) for form in forms))
            self._take(first, taken, having, how)
        names = list(KINDS)
        counted = Counter(map(self._kinds.__getitem__, first))
        counts = {names[number]: counted[number] for number in sorted(counted)}
        chosen = first.items()
        if kind:
            wanted = names.index(kind)
            chosen = [each for each in chosen if self._kinds[each[0]] == wanted]  # type: ignore[assignment]
        return Found(counts, [self._hit(*each) for each in islice(chosen, start, end)])

    def _take(self, first: dict[int, int], taken: set[int], numbers: set[int], how: int) -> None:
        """Add the holders of names that are found, unless they are by a better one."""
        for number in sorted(numbers - taken):
            first.setdefault(self._holders[number], number << _WAY | how)
        taken |= numbers

    def _hit(self, resource: int, found: int) -> Hit:
        kind = list(KINDS)[self._kinds[resource]]
        return Hit(self._iris[resource], kind, self._forms[found >> _WAY], found & (1 << _WAY) - 1)

    def _beginning(self, forms: Iterable[str]) -> tuple[set[int], set[int]]:
        """Names that are one of the forms, and those that begin with it."""
        whole: set[int] = set()
        beginning: set[int] = set()
        terms = self._starts[list(KINDS).index(TERM)]
        for form in forms:
            for start, end in zip(self._starts, self._starts[1:], strict=False):
                first = bisect_left(self._forms, form, start, end)
                last = bisect_left(self._forms, form + _AFTER, first, end)
                after = bisect_left(self._forms, form + "\0", first, last)
                beginning.update(range(first, last))
                # A term is no more what is meant than what begins with its name.
                whole.update(range(first, after) if start < terms else ())
        return whole - self._hidden, beginning - self._hidden

    def _having_all(self, form: str, finders: Iterable[_Finder]) -> set[int]:
        """Names that have all words of a form, each in one of the ways."""
        found: set[int] | None = None
        for word in list(dict.fromkeys(form.split(" ")))[:_MOST_WORDS]:
            words = dict.fromkeys(chain.from_iterable(finder(word) for finder in finders))
            having: set[int] = set().union(*(self._having[each] for each in words))
            found = having if found is None else found & having
            if not found:
                return set()
        return found or set()

    def _words_with(self, beginning: str) -> list[str]:
        """Words that begin so."""
        return _between(self._words, beginning)

    def _words_around(self, part: str) -> list[str]:
        """Words that it is a part of; of what is short, only in scripts without spaces."""
        if not can_be_part(part):
            return []
        found = []
        at = self._text.find(part)
        while at >= 0:
            end = self._text.index("\n", at)
            found.append(self._text[self._text.rindex("\n", 0, at) + 1 : end])
            at = self._text.find(part, end)
        return found

    def _words_near(self, word: str) -> list[str]:
        """Words that differ by one letter: more, less, another, or two that change places.

        Whatever the slip, the word is right either before its middle or after it.
        """
        if not can_slip(word):
            return []
        middle = len(word) // 2
        before = _between(self._words, word[: max(middle - 1, 0)])
        after = _between(self._backwards, word[:middle:-1])
        candidates = dict.fromkeys(chain(before, (each[::-1] for each in after)))
        return [each for each in candidates if is_near(word, each)]


def is_unspaced(text: str) -> bool:
    """Whether a text has characters of a script that is written without spaces."""
    return _UNSPACED.search(text) is not None


def can_be_part(word: str) -> bool:
    """Whether a word is looked for within others: a short one only in scripts without spaces."""
    return len(word) >= _SHORTEST_PART or is_unspaced(word)


def can_slip(word: str) -> bool:
    """Whether a word may stand for one that differs by a letter: no short one, and no number."""
    shortest = _SHORTEST_UNSPACED if is_unspaced(word) else _SHORTEST_NEAR
    return len(word) >= shortest and not word.isdigit()


def tell_how(form: str, asked: str) -> int:
    """How a plain form has what is asked for, another plain form; `NOT` where it has it in no way.

    >>> asked = ("city", "heidel", "delberg", "heidelbreg", "bonn")
    >>> [tell_how("city of heidelberg", each) for each in asked]
    [1, 2, 3, 4, 5]
    """
    if form.startswith(asked):
        return WHOLE if form == asked else BEGINNING
    own = form.split(" ")
    return max(_tell_word(word, own) for word in asked.split(" "))


def _tell_word(word: str, own: list[str]) -> int:
    if any(each.startswith(word) for each in own):
        return WORDS
    if can_be_part(word) and any(word in each for each in own):
        return WITHIN
    return NEAR if can_slip(word) and any(is_near(word, each) for each in own) else NOT


def _between(words: list[str], beginning: str) -> list[str]:
    """Those of sorted words that begin so."""
    start = bisect_left(words, beginning)
    return words[start : bisect_left(words, beginning + _AFTER, start)]


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by a letter, or by two neighbours that change places.

    >>> [is_near("heidelberg", each) for each in ("heidelbreg", "heidelber", "hiedelbreg")]
    [True, True, False]
    """
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    rest, others = one[start:], other[start:]
    return rest[1:] == others[1:] or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
