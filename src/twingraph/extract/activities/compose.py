"""What a page tells of: which words belong to which activity, and which belong to none.

A block is read sentence by sentence and clause by clause. A clause with a word for a form (visit,
Konzert) of its own and a time, a body or a subject of its own is an activity; without them it adds
to the one before. Items below a lead sentence take their form from it. A statement that two cities
are partners is the partnership's own beginning. Population, foundings, births and terms of office
are background.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from twingraph.extract.activities.forms import choose_form, choose_topics
from twingraph.extract.activities.judgement import (
    dated,
    has_subject,
    heads,
    is_day,
    is_list_of_names,
    is_other,
    names_of,
    recurs,
    says_anything,
    tells,
    years_of,
)
from twingraph.extract.activities.labels import make_label, past_bracket, past_bullet
from twingraph.extract.activities.segments import Piece, split_clauses, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twingraph.extract.activities.found import Found, Named
    from twingraph.extract.institutions import InstitutionMention

_SIGNED: Final = re.compile(
    r"\b(?:signed|signing|unterzeich\w+|unterschrieb\w+|besiegelt\w*|signée?s?|signature|firm(?:ó|ado|a)"
    r"|celebrat\w+|anniversary|jubilee|jubiläum\w*|marked|marks|gefeiert|feier\w+|vertrag\w*|treaty"
    r"|agreement|official|officially|調印|締結|周年)\b",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"\b(?:gibt es nicht|there (?:is|are) no|kein\w* |cancelled|abgesagt|fiel\w* aus|entfiel"
    r"|annulée?|cancelad[oa]|n[’']y a pas|no hay)\b",
    re.IGNORECASE,
)
_SOME: Final = re.compile(
    r"\b(?:some|many|one|several) of (?:them|which)\b|\bteilweise\b|\beinige davon\b", re.IGNORECASE
)
_STARTS_NOUN: Final = re.compile(
    r"(?:and |und |sowie |et |y )?(?:an?|the|eine?n?|der|die|das|une?) ", re.IGNORECASE
)
# Bodies that stand for their place; clubs that are twinned are an exchange of citizens.
_CAN_BE_TWINNED: Final = (None, "CityAdministration", "PublicAuthority", "Company")


@dataclass(frozen=True, slots=True)
class Drafted:
    """One activity as it was found, or the beginning of the partnership (form "Partnership")."""

    line: int
    start: int
    end: int
    label: str
    form: str
    years: str | None
    recurrence: str | None
    topics: tuple[str, ...]
    institutions: tuple[InstitutionMention, ...]
    places: tuple[str, ...]
    because: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands over a block: the form and topics of headings and lead sentences."""

    form: str | None = None
    topics: tuple[str, ...] = ()
    recurrence: str | None = None
    is_partnership: bool = False
    text: str = ""


class Composer:
    """Puts together what was found in a block."""

    def read_lead(self, found: Found) -> Lead:
        """What a heading or lead sentence says for all that stands below it."""
        topics = tuple(dict.fromkeys(hit.concept.id for hit in found.of_role("topic")))
        chosen = choose_form(found.of_role("form"), topics)
        recurrence = next((date.recurrence for date in found.dates if date.recurrence), None)
        form = chosen[0] if chosen else None
        is_partnership = bool(found.of_role("partnership"))
        return Lead(form, topics, recurrence, is_partnership, found.text)

    def compose(self, found: Found, lead: Lead, *, is_item: bool) -> Iterator[Drafted]:
        """The activities of a block, by position (in the block; the line is left 0)."""
        is_partnership = lead.is_partnership
        for sentence in split_sentences(found.text):
            groups = self._groups(found, sentence, is_item=is_item)
            is_partnership = is_partnership or bool(
                found.between(sentence.start, sentence.end).of_role("partnership")
            )
            drafted: list[Drafted] = []
            years: str | None = None
            for group in groups:
                part = found.between(group.start, group.end)
                for each in self._draft(part, group, lead, is_partnership=is_partnership):
                    inherits = each.years is None and _STARTS_NOUN.match(_words_of(part, group))
                    drafted.append(_with_years(each, years) if years and inherits else each)
                    years = drafted[-1].years
            if is_item and not drafted and sentence.start == 0 and tells(found, sentence):
                drafted = [self._activity(found.between(0, len(found.text)), sentence, lead, None)]
            yield from drafted

    def _groups(self, found: Found, sentence: Piece, *, is_item: bool) -> list[Piece]:
        """The clauses of a sentence, joined to what each tells of."""
        groups: list[Piece] = []
        for clause in split_clauses(found.text, sentence.start, sentence.end):
            part = found.between(clause.start, clause.end)
            if groups and not self._stands_alone(part, clause, found, groups[-1], is_item=is_item):
                groups[-1] = Piece(groups[-1].start, clause.end, groups[-1].joined_by)
            else:
                groups.append(clause)
        return groups

    def _stands_alone(
        self, part: Found, clause: Piece, found: Found, before: Piece, *, is_item: bool
    ) -> bool:
        """Whether a clause tells of something else than the words before it."""
        text = part.text[clause.start : clause.end]
        if clause.joined_by == "(":
            return False
        earlier = found.between(before.start, before.end)
        if is_list_of_names(part, clause):
            return clause.joined_by in {";", ":"} or (dated(part) and dated(earlier))
        if _SOME.search(text):
            return True
        named, former = heads(part), heads(earlier)
        if not (named and former):
            return clause.joined_by == ";" and bool(named or part.institutions)
        has_bodies = bool(part.institutions and earlier.institutions)
        has_other_time = bool(part.dates and (earlier.dates or named.isdisjoint(former)))
        is_noun = _STARTS_NOUN.match(text) is not None
        return (
            clause.joined_by == ";"
            or has_other_time
            or (has_bodies and not is_item and clause.joined_by == ",")
            or (is_noun and bool(part.institutions or part.places or is_item))
        )

    def _draft(
        self, part: Found, group: Piece, lead: Lead, *, is_partnership: bool
    ) -> Iterator[Drafted]:
        text = part.text[group.start : group.end]
        if not says_anything(part, group) or _NOTHING.search(text):
            return
        partnership = part.of_role("partnership")
        if is_list_of_names(part, group) and not partnership:
            if not (is_partnership and dated(part)):
                return
            for name in names_of(part, group):
                yield replace(self._partnership(part, group), label=name)
            return
        forms = part.of_role("form")
        strong = [hit for hit in forms if hit.concept.weight > 1 or not hit.is_part]
        is_of_cities = all(each.kind in _CAN_BE_TWINNED for each in part.institutions)
        if partnership and part.dates and is_of_cities and not is_other(forms):
            if _SIGNED.search(text) or is_day(part):
                yield self._activity(part, group, lead, "Ceremony")
            else:
                yield self._partnership(part, group)
            return
        if (
            strong
            or _SOME.search(text)
            or (part.institutions and (dated(part) or recurs(part) or has_subject(part)))
        ):
            yield self._activity(part, group, lead, None)

    def _partnership(self, part: Found, group: Piece) -> Drafted:
        years = years_of(part)
        if years is not None and re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", years):
            years += "/.."
        drafted = self._activity(part, group, Lead(), "Partnership")
        return replace(drafted, years=years, recurrence=None, topics=("partnership",))

    def _activity(self, part: Found, group: Piece, lead: Lead, form: str | None) -> Drafted:
        own = [hit.concept.id for hit in part.of_role("topic")]
        chosen = choose_form(part.of_role("form"), own)
        name = form or (chosen[0] if chosen else None) or lead.form or "Activity"
        because = {"form": _why(chosen[1]) if chosen and not form else _why_not(form, lead)}
        kinds = [each.kind for each in part.institutions]
        topics = choose_topics(own, part.topics_of_names(), kinds, lead.topics, name)
        because["topics"] = ", ".join(dict.fromkeys(map(_why, part.of_role("topic")))) or "the form"
        dates = [date for date in part.dates if date.edtf or date.recurrence]
        if dates:
            because["years"] = ", ".join(
                f"{date.rule}: {part.text[date.start : date.end]}" for date in dates
            )
        if part.institutions:
            because["institutions"] = ", ".join(f"{i.rule}: {i.name}" for i in part.institutions)
        return Drafted(
            line=0,
            start=past_bullet(part.text, group),
            end=past_bracket(part.text, group),
            label=make_label(part.text[group.start : group.end], lead.text),
            form=name,
            years=years_of(part),
            recurrence=recurs(part) or lead.recurrence,
            topics=topics,
            institutions=tuple(part.institutions),
            places=tuple(dict.fromkeys(place for _, _, place in part.places)),
            because=because,
        )


def _words_of(part: Found, group: Piece) -> str:
    return part.text[group.start : group.end]


def _with_years(drafted: Drafted, years: str) -> Drafted:
    """One of several that a sentence lists: the time before them is theirs."""
    return replace(drafted, years=years, because={**drafted.because, "years": "as before it"})


def _why(hit: Named) -> str:
    part = "part of a word: " if hit.is_part else ""
    return f"{part}{hit.concept.label} ({hit.concept.id})"


def _why_not(form: str | None, lead: Lead) -> str:
    if form:
        return "what is said of the partnership itself"
    return "the lead" if lead.form else "no word for a form"
