"""Names of bodies by a word that says their kind, and the capital letters around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.extract.grammar import AND, FUNCTION, word_set
from twingraph.extract.institutions.spans import CITY, Reader, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.extract.lexicon import Hit

# Kinds whose word alone, with a definite article, is one body of the place.
_ONE_OF_A_PLACE: Final = frozenset(("University", "Hospital", "Museum", "CityAdministration"))
_LEAST_COMPOUND: Final = 9
# A `Link` is a society; these are what it keeps up.
_TIES: Final = frozenset(("link", "links", "Links"))
# Kind words that are common words too: only a name beside them makes a body.
_COMMON: Final = word_set(
    "haus house maison casa kreis link links land region port hafen messe band bund markt "
    "bank unit werk werke services service gesellschaft kirche church organisation "
    "organization ministerium regierung verwaltung mannschaft unternehmen "
    "forschungseinrichtung vereinigung society association company government school"
)


class KindNames(Reader):
    """Finds names that hold a word for a kind of body."""

    def find(self) -> Iterator[Span]:
        """The spans, in the order of the kind words; they may overlap."""
        expand = self._german if self.language == "de" else self._of_places
        for hit in self.hits:
            if hit.concept.label == "e.V.":
                continue
            if hit.concept.is_name and self.words[hit.first].is_name:
                yield Span(self._left(hit), hit.last, hit.concept.id, "known-body", hit.last - 1)
            elif hit.concept.label in CITY:
                if (span := self._city(hit)) is not None:
                    yield span
            elif (span := expand(hit)) is not None:
                yield span

    def _city(self, hit: Hit) -> Span | None:
        """`City of X`, `Stadt X`: the city as a body."""
        last = hit.last
        if self.language != "de":
            if self.text(last).casefold() not in {"of", "de", "d"}:
                return None
            last += 1
        if hit.is_part or not self.words[hit.first].is_name or not self.is_name(last):
            return None
        if self.words[hit.first].text not in {"City", "Stadt", "Ville", "Landeshauptstadt", "Town"}:
            return None
        end = last + 1
        while self.is_name(end) and end - last < 3 and end not in self.heads:  # noqa: PLR2004
            end += 1
        return Span(hit.first, end, hit.concept.id, "city-as-body", hit.first)

    def _is_acronym_of(self, last: int) -> bool:
        """Whether an abbreviation in brackets follows, as it follows a name."""
        inside = self.text(last + 1)
        return self.text(last) == "(" and inside.isupper() and self.text(last + 2) == ")"

    def _left(self, hit: Hit) -> int:
        """Where the name begins: capital letters before the kind word."""
        first = hit.first
        while first > 0 and self.is_name(first - 1) and hit.first - first < 5:  # noqa: PLR2004
            first -= 1
        if self.text(first - 1) == "." and self.text(first - 2) == "St":
            first -= 2
        is_shared = self.language == "en" and self.text(hit.last - 1).endswith("s")
        if is_shared and first < hit.first and self._joins_names(first - 1):
            first -= 2  # Environmental Protection and Health Promotion departments
            while first > 0 and self.is_name(first - 1):
                first -= 1
        is_low = not self.words[hit.first].is_name
        if is_low and first == hit.first and self.is_name(first - 2) and self._is_low(first - 1):
            first -= 2  # German Olympic [swimming] team
            while first > 0 and self.is_name(first - 1):
                first -= 1
        return first

    def _right(self, last: int, most: int) -> int:
        """Where the name ends: capital letters after the kind word, `St. Georg`, `Nr. 53`."""
        end = last
        while end - last < most:
            if self.text(end) in {"St", "Nr", "No"} and self.text(end + 1) == ".":
                if not (self.is_name(end + 2) or self.text(end + 2).isdigit()):
                    break
                return end + 3
            is_genitive = self.language == "de" and end > last and self.text(end).endswith("s")
            if not self.is_name(end) or is_genitive:
                break
            end += 1
        return end

    def _is_of(self, i: int) -> bool:
        return self.text(i).casefold() in self.of

    def _is_low(self, i: int) -> bool:
        return not self.is_mark(i) and self.text(i).casefold() not in FUNCTION

    def _of_places(self, hit: Hit) -> Span | None:
        """English, French and Spanish: capitals beside the kind word, and what it is of."""
        first, last = self._left(hit), hit.last
        if self.words[hit.first].is_name or self.language != "en":
            last = self._right(last, 3)
        if self.language in {"fr", "es"} and self._is_low(last) and self._is_of(last + 1):
            last += 1  # Conservatoire régional de
        core = last
        last = self._complement(last, hit)
        is_plural = self.text(hit.last - 1).endswith("s")
        is_definite = self.text(first - 1).casefold() in self.definite and not is_plural
        left = [
            i for i in range(first, hit.first) if not self.starts_sentence(i) or "’" in self.text(i)
        ]
        if first < hit.first and not left:
            left = [first] if hit.first - first > 1 or self.words[hit.first].is_name else []
        has_name = any(self.is_name(i) for i in range(hit.last, last))
        is_foreign = (
            hit.concept.language != self.language
            and self.words[hit.first].is_name
            and not self.starts_sentence(hit.first)
        )
        is_title = hit.last - hit.first > 1 and all(map(self.is_name, range(hit.first, hit.last)))
        is_body = is_foreign or (is_title and is_definite) or self._is_acronym_of(hit.last)
        if not (left or has_name or is_body or (is_definite and last > core)):
            return None
        if self.text(hit.first).casefold() in _COMMON and not (left or has_name):
            return None
        if self.text(hit.first) in _TIES:
            return None
        if first < hit.first and not left:
            first = hit.first
        return Span(first, last, hit.concept.id, "kind-with-name", hit.last - 1)

    def _complement(self, last: int, hit: Hit) -> int:
        """Past what the body is of: of youth organizations, of the deaf of Montpellier."""
        while self.text(last).casefold() in self.of:
            end = last + 1
            while (
                self.text(end).casefold() in self.of or self.text(end).casefold() in self.definite
            ):
                end += 1
            begin = end
            while (
                end - begin < 4  # noqa: PLR2004
                and not self.is_mark(end)
                and (self.is_name(end) or (self._is_low(end) and not self.is_name(end - 1)))
            ):
                end += 1
            if end == begin:
                return last
            last = end
        return self._places(last, hit)

    def _places(self, last: int, hit: Hit) -> int:
        """Past the places of several bodies that share a kind word."""
        is_in = self.text(last).casefold() in {"in", "à", "en"} and self.is_name(last + 1)
        if is_in and last > hit.last and self.text(last - 1).islower():
            last += 2
        if self._joins_names(last) and self.text(hit.last - 1).endswith("s"):
            return last + 2
        return last

    def _joins_names(self, i: int) -> bool:
        return self.text(i) in AND and self.is_name(i - 1) and self.is_name(i + 1)

    def _german(self, hit: Hit) -> Span | None:
        """German: capitals beside the noun, a genitive, a definite article before a compound."""
        word = self.words[hit.last - 1]
        if not word.is_name:
            return None
        first, last = self._left(hit), hit.last
        last = self._right(last, 2)
        if first < hit.first and self.starts_sentence(first) and not self._is_proper(first, hit):
            first += 1
        last = self._genitive(last)
        is_compound = len(word.text) >= _LEAST_COMPOUND or hit.last - hit.first > 1
        is_definite = self.text(first - 1).casefold() in self.definite and not self._is_plural(hit)
        is_one = hit.concept.id in _ONE_OF_A_PLACE or is_compound
        is_named = first < hit.first or last > hit.last or self._is_acronym_of(last)
        if not is_named and self.text(hit.first).casefold() in _COMMON:
            return None
        if is_named or (is_definite and is_one) or ("-" in word.text and word.text.count("-") > 1):
            return Span(first, last, hit.concept.id, "kind-with-name", hit.last - 1)
        return None

    def _is_proper(self, i: int, hit: Hit) -> bool:
        """Whether a capital at the head of a sentence is more than that: a city's adjective."""
        return hit.first - i > 1 or self.text(i).endswith("er") or "-" in self.text(i)

    def _is_plural(self, hit: Hit) -> bool:
        text = self.words[hit.last - 1].text.casefold()
        if self.text(hit.first - 1).casefold() == "des":
            return False
        return text.endswith(("en", "vereine", "chöre", "häuser", "schulen", "verbände", "ämter"))

    def _genitive(self, last: int) -> int:
        """Past a genitive that is itself a body or a place: of the Bavarian Red Cross."""
        folded = self.text(last).casefold()
        if folded == "für" and self.is_name(last + 1):
            end = last + 2
            if self.text(end) == "und" and self.is_name(end + 1):
                end += 2
            return end
        if folded not in {"des", "der"}:
            return last
        end = last + 1
        while self.is_name(end) and end - last < 5:  # noqa: PLR2004
            end += 1
        inside = range(last + 1, end)
        if any(i in self.heads for i in inside) or self.text(last + 1) in {"Stadt", "Landes"}:
            return end
        return last
