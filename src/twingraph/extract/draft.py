"""What was extracted -> draft records: ids, roles, quotes, proposals of unknown institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from twingraph.extract.resolve import Ids, Known
from twingraph.facts import Activity, Institution, Recurrence
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from twingraph.extract.activities import Drafted
    from twingraph.extract.extraction import Extraction
    from twingraph.extract.institutions import InstitutionMention

# What stands before a name and says which part it has, in the words between it and the name before.
_ROLES: Final[Mapping[str, re.Pattern[str]]] = {
    "organizers": re.compile(
        r"organi[sz]ed by|organi[sz]ier\w+ (?:von|durch)|veranstaltet (?:von|durch)|led by|run by"
        r"|geleitet von|organisée?s? par|organizad[oa]s? por|on the initiative of|set up by"
        r"|ausgerichtet von|\bdes\b|主催",
        re.IGNORECASE,
    ),
    "hosts": re.compile(
        r"hosted by|\bat(?: the)?\s*$|\bin der\s*$|\bim\s*$|zu Gast (?:bei|im|in)|accueillie? par"
        r"|held at|\bau\s*$|会場",
        re.IGNORECASE,
    ),
    "supporters": re.compile(
        r"supported by|sponsored by|funded by|financed by|paid by|gefördert (?:von|durch)"
        r"|unterstützt (?:von|durch)|finanziert (?:von|durch)|bezahlt|through the contacts of"
        r"|with support from|soutenue? par|financée? par|apoyad[oa] por|後援|協賛",
        re.IGNORECASE,
    ),
}
_LONG: Final = 200_000  # characters of a page
_BEFORE: Final = 40  # characters before a name in which its role is said


@dataclass(frozen=True, slots=True)
class Drafts:
    """Draft records of a page: activities, proposed institutions, stages of the partnership."""

    activities: tuple[Activity, ...]
    institutions: tuple[Institution, ...]
    stages: tuple[Mapping[str, str], ...] = field(default=())


def draft_records(extraction: Extraction, known: Known, places: Mapping[str, str]) -> Drafts:
    """The draft records of a page, in its order; `places` is name -> id of municipalities.

    What a page says of the partnership itself is given as `stages`, since it belongs into
    partnerships.yaml.
    """
    drafter = _Drafter(extraction, known, places)
    activities = [
        drafter.activity(found) for found in extraction.activities if found.form != "Partnership"
    ]
    stages = [
        drafter.stage(found) for found in extraction.activities if found.form == "Partnership"
    ]
    return Drafts(tuple(activities), tuple(drafter.proposed.values()), tuple(stages))


class _Drafter:
    def __init__(self, extraction: Extraction, known: Known, places: Mapping[str, str]) -> None:
        self.page = extraction.page
        self.language = extraction.page.language or "en"
        self.known = known
        self.places = places
        self.proposed: dict[str, Institution] = {}
        self._names: dict[str, str] = {}  # name of a proposal -> id
        self._ids = Ids()
        self._institution_ids = Ids(known.institutions)
        self._is_long = len(self.page.text) > _LONG

    def activity(self, found: Drafted) -> Activity:
        """The draft of one activity."""
        words = found.label.partition(": ")[2] or found.label
        name = self._ids.make(re.sub(r"\b[0-9]{4}\b", "", words))
        roles: dict[str, list[str]] = {}
        for mention in found.institutions:
            role = self._role(found, mention)
            ids = roles.setdefault(role, [])
            if (known := self._institution(mention)) not in ids:
                ids.append(known)
        quote = self.page.text[found.start : found.end]
        values: dict[str, Any] = {key: tuple(ids) for key, ids in roles.items()}
        return Activity(
            id=name,
            label={self.language: found.label},
            form=None if found.form == "Activity" else found.form,
            topics=found.topics,
            years=_accepted(found.years),
            recurrence=_recurrence(found.recurrence),
            held_in=tuple(dict.fromkeys(self.places[place] for place in found.places)),
            quote=(quote,),
            line=self._line(quote, found),
            status="draft",
            because={"place": self._place(found), **found.because},
            **values,
        )

    def stage(self, found: Drafted) -> Mapping[str, str]:
        """What a page says of the partnership itself, as the keys of a stage."""
        quote = self.page.text[found.start : found.end]
        stated = {"kind": "twinning", "years": found.years or "", "quote": quote}
        return {key: value for key, value in stated.items() if value}

    def _line(self, quote: str, found: Drafted) -> tuple[int, ...]:
        """The line, where the words occur more than once; on a long page nobody counts."""
        return (found.line,) if self._is_long or self.page.text.count(quote) > 1 else ()

    def _place(self, found: Drafted) -> str:
        return f"line {found.line}, characters {found.start} to {found.end}"

    def _role(self, found: Drafted, mention: InstitutionMention) -> str:
        before = self.page.text[max(found.start, mention.start - _BEFORE) : mention.start]
        for role, pattern in _ROLES.items():
            if pattern.search(before):
                return role
        return "participants"

    def _institution(self, mention: InstitutionMention) -> str:
        """The id of a known institution, or of the proposal that is made of an unknown one."""
        known = self.known.institution(mention.name, self.language)
        if known is not None:
            return known
        if mention.name not in self._names:
            proposal = self._institution_ids.make(mention.name)
            self._names[mention.name] = proposal
            self.proposed[proposal] = Institution(
                id=proposal,
                label={self.language: mention.name},
                kind=mention.kind,
                based_in=next((self.places[p] for p in self.places if p in mention.name), None),
                status="draft",
                because={"name": mention.rule},
            )
        return self._names[mention.name]


def _accepted(years: str | None) -> str | None:
    """The time, if it is one that records accept."""
    try:
        return None if years is None else read_years(years).text
    except YearsError:
        return None


def _recurrence(found: str | None) -> Recurrence | None:
    return found  # type: ignore[return-value]  # the rules give no other words
