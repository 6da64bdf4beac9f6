"""What a piece of text is by what was found in it: dated, background, a list of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from twingraph.extract.dates.countries import COUNTRIES
from twingraph.extract.grammar import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twingraph.extract.activities.found import Found, Named
    from twingraph.extract.activities.segments import Piece
    from twingraph.extract.words import Word

# What is told of a city, a body or a person, and is nothing that a partnership does.
_BACKGROUND: Final = re.compile(
    r"\b(?:einwohner\w*|inhabitants?|population|habitants|habitantes|square (?:miles|kilomet\w+)"
    r"|born (?:in|on|at)|geboren\w*|né en|nacido|was founded|were founded|founded in"
    r"|gegründet|gründung der (?:stadt|universität)|fondée? en|fundada? en"
    r"|was built|erbaut"
    r"|was finished|wurde fertig\w*|century|jahrhundert\w*|siècle|siglo|elected|election of"
    r"|gewählt\w*|(?:ober)?bürgermeister(?:in)? (?:ist|war|von|seit)|mayor (?:since|from)"
    r"|wieder bürgermeister|kilomet(?:er|re)s? (?:from|von|entfernt)|miles from"
    r"|liegt (?:am|an|im|in)|is located|lies on|lies in|se trouve|altitude|inhabitant)\b",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST_LIST: Final = 160  # characters
_MOST_NAMES: Final = 6
_JOINED: Final = frozenset(("followed", "joined", "came", "folgte", "folgten", "kam"))


def heads(part: Found) -> set[str]:
    """The forms that are named, and whether the partnership is."""
    return {hit.concept.id for role in ("form", "partnership") for hit in part.of_role(role)}


def has_subject(part: Found) -> bool:
    """Whether words outside names say what it is about."""
    return any(hit.concept.id != "partnership" for hit in part.of_role("topic"))


def tells(found: Found, sentence: Piece) -> bool:
    """Whether an item that names no form is a subject of what the lead says."""
    return says_anything(found, sentence) and not is_list_of_names(found, sentence)


_TIMES: Final = ("interval", "since", "until", "point", "planned", "season", "decade", "relative")


def dated(part: Found) -> bool:
    """Whether a time is stated that can be an activity's own."""
    return any(date.edtf and date.kind in _TIMES for date in part.dates)


def recurs(part: Found) -> str | None:
    """How often it recurs; None where nothing says so."""
    return next((date.recurrence for date in part.dates if date.recurrence), None)


def is_day(part: Found) -> bool:
    """Whether a day is named."""
    return any(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.edtf or "") for date in part.dates)


def years_of(part: Found) -> str | None:
    """The time of an activity: an interval before a beginning, a beginning before a point."""
    dates = [date for date in part.dates if date.edtf and date.kind in _TIMES]
    dates.sort(key=lambda date: (_TIMES.index(date.kind), date.start))
    return dates[0].edtf if dates else None


def is_other(forms: Sequence[Named]) -> bool:
    """Whether a form is named that is more than that there is a tie."""
    ties = ("Exchange", "CitizenExchange", "Ceremony", "Activity", "Project")
    return any(hit.concept.id not in ties and not hit.is_part for hit in forms)


def is_background(part: Found, group: Piece) -> bool:
    """Whether it tells of a city, a body or a person, and of nothing that was done together."""
    if not _BACKGROUND.search(part.text, group.start, group.end):
        return False
    within = part.between(group.start, group.end)
    return not any(hit.concept.weight > 1 for hit in within.of_role("form"))


def is_list_of_names(part: Found, group: Piece) -> bool:
    """Whether words say no more than names and a year: `Ulsan and Ashkelon in 1987`."""
    if group.end - group.start > _LONGEST_LIST or part.institutions:
        return False
    if part.of_role("form") or part.of_role("topic"):
        return False
    words = [word for word in part.words_outside_dates(group) if word.is_word]
    said = [word for word in words if word.text.casefold() not in FUNCTION]
    names = [word for word in said if word.is_name]
    return 0 < len(names) <= _MOST_NAMES and all(
        word.is_name or word.text in _JOINED for word in said
    )


def names_of(part: Found, group: Piece) -> list[str]:
    """The names of such a list, each one or more words with capital letters side by side."""
    found: list[list[Word]] = []
    previous: Word | None = None
    for word in part.words_outside_dates(group):
        if not word.is_name or word.text.casefold() in FUNCTION:
            previous = None
            continue
        if previous is not None and word.start - previous.end <= 1:
            found[-1].append(word)
        else:
            found.append([word])
        previous = word
    names = [" ".join(word.text for word in name) for name in found]
    return [name for name in names if name.casefold() not in COUNTRIES] or names[:1]


def says_anything(part: Found, group: Piece) -> bool:
    """Whether there are words, and they are no background."""
    has_words = _LETTER.search(part.text, group.start, group.end) is not None
    return has_words and not is_background(part, group)
