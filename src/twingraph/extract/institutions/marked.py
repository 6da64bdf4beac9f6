"""Names of bodies by their form: quotation marks, `e.V.`, the letters of a club, an acronym."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.extract.grammar import AND, word_set
from twingraph.extract.institutions.spans import CITY, Reader, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLUBS: Final = word_set(
    "SV TSV TV SC FC VfL VfB SG ASC USC HSC TG TuS SSV TTC HC RC KSV ESV PSV BSC FSV MTV AFC RFC"
)
_NO_BODY: Final = word_set(
    "EU EG EC USA US UK GB DDR GDR BRD UdSSR USSR SU OB II III IV VI VII VIII IX XI XII PDF "
    "FAQ TV ISO INTERREG ERASMUS COMENIUS LEADER LIFE URBACT CO NRW AIDS HIV NS "
    "WW WWW HTML AM PM ICE ABC CEO CD DVD"
)
_OPENING: Final = {"„": '“”"', "“": "”", "«": "»", "‚": "‘’", '"': '"', "»": "«"}
_ACRONYM: Final = range(3, 9)  # letters
_LONGEST_QUOTED: Final = 8  # words
_FROM: Final = frozenset(("aus", "from", "of", "de", "der", "des"))


class MarkedNames(Reader):
    """Finds names that their form marks as those of a body."""

    def find(self) -> Iterator[Span]:
        """The spans, in no order; they may overlap."""
        yield from self._quoted()
        yield from self._registered()
        yield from self._clubs()
        yield from self._acronyms()

    def _quoted(self) -> Iterator[Span]:
        """Names in quotation marks that hold a kind word, or say where the body is from."""
        for i, word in enumerate(self.words):
            closing = _OPENING.get(word.text)
            if closing is None or not self.is_name(i + 1):
                continue
            last = next(
                (
                    j
                    for j in range(i + 2, min(i + 2 + _LONGEST_QUOTED, len(self.words)))
                    if self.words[j].text in closing
                ),
                None,
            )
            if last is None:
                continue
            inside = [
                hit
                for hit in self.hits
                if i < hit.first and hit.last <= last and hit.concept.label not in CITY
            ]
            if inside:
                yield Span(i + 1, last, inside[-1].concept.id, "quoted-name", inside[-1].last - 1)
            elif self.text(last + 1).casefold() in _FROM and self.is_name(last + 2):
                yield Span(i + 1, last, None, "quoted-from")
                joined = last + 3
                if self.text(joined) in AND and self.text(joined + 1) in _OPENING:
                    end = joined + 2
                    while end < len(self.words) and self.text(end) not in '“”"»':
                        end += 1
                    if end - joined <= _LONGEST_QUOTED and self.is_name(joined + 2):
                        yield Span(joined + 2, end, None, "quoted-from")

    def _registered(self) -> Iterator[Span]:
        """Registered associations: the name before `e.V.`."""
        for i, word in enumerate(self.words):
            if not (word.text.startswith("e.") and word.text.endswith("V.")):
                continue
            first = i
            while first > 0 and (
                self.is_name(first - 1)
                or self.text(first - 1).isdigit()
                or self.text(first - 1) in {"de", "du", "la", "für", "und", "-", "–", "/"}
            ):
                first -= 1
            while first < i and not self.is_name(first):
                first += 1
            if self.text(first - 1) in {"der", "des"} and first - 2 in self.heads:
                first -= 2  # Verein der Freunde … e.V.
            if first < i:
                head = next((j for j in range(i - 1, first - 1, -1) if j in self.heads), None)
                kind = self.heads[head].concept.id if head is not None else "Association"
                yield Span(first, i + 1, kind, "registered-association", head)

    def _clubs(self) -> Iterator[Span]:
        """Sports clubs by the letters that begin their names."""
        for i, word in enumerate(self.words):
            if word.text not in _CLUBS:
                continue
            last = i + 1
            while (
                self.text(last).isdigit()
                or self.text(last) == "."
                or (last <= i + 4 and self.is_name(last))
            ):
                last += 1
            while last > i + 1 and self.text(last - 1) == ".":
                last -= 1
            if last > i + 1:
                yield Span(i, last, "SportsBody", "club-letters")

    def _acronyms(self) -> Iterator[Span]:
        """Capital letters alone, outside quotation marks and brackets, as the name of a body."""
        quoted = False
        for i, word in enumerate(self.words):
            if word.text in _OPENING or word.text in '“”"»':
                quoted = not quoted
            is_acronym = word.text.isupper() and len(word.text) in _ACRONYM
            if quoted or not is_acronym or not word.text.isalpha() or word.text in _NO_BODY:
                continue
            bracketed = self.text(i - 1) == "(" and self.text(i + 1) == ")"
            if not bracketed and not self.text(i + 1).isdigit():
                yield Span(i, i + 1, None, "acronym")
