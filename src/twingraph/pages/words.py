"""The names of columns and parameters of the catalogue as people read them, and of its subjects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from twingraph.years.telling import tell_years

if TYPE_CHECKING:
    from twingraph.pages.view import Words

_NAMES: Final = {
    "activities": ("activities", "Aktivitäten"),
    "activity": ("activity", "Aktivität"),
    "asOf": ("source speaks for", "Stand der Quelle"),
    "certainty": ("certainty", "Gewissheit"),
    "dataset": ("dataset", "Datensatz"),
    "decade": ("decade", "Jahrzehnt"),
    "differs": ("differs", "weicht ab"),
    "disputed": ("sources disagree", "Quellen uneins"),
    "distance": ("distance", "Abstand"),
    "earliestEnd": ("ended not before", "endete frühestens"),
    "earliestStart": ("began not before", "begann frühestens"),
    "endPosition": ("to character", "bis Zeichen"),
    "firstYear": ("first year", "erstes Jahr"),
    "from": ("from", "von"),
    "institution": ("institution", "Institution"),
    "lang": ("language of names", "Sprache der Namen"),
    "lastYear": ("last year", "letztes Jahr"),
    "latestEnd": ("ended by", "endete spätestens"),
    "latestStart": ("began by", "begann spätestens"),
    "line": ("line", "Zeile"),
    "municipality": ("city", "Stadt"),
    "numberOfYears": ("years under way", "Jahre im Gang"),
    "onlyIn": ("only in", "nur in"),
    "other": ("the other", "die andere"),
    "otherPartnership": ("the other partnership", "die andere Partnerschaft"),
    "otherSource": ("the other source", "die andere Quelle"),
    "otherYears": ("years there", "Jahre dort"),
    "partner": ("partner", "Partner"),
    "partnership": ("partnership", "Partnerschaft"),
    "partnerships": ("partnerships", "Partnerschaften"),
    "programme": ("programme", "Programm"),
    "quote": ("quoted words", "zitierte Worte"),
    "recurrence": ("how often", "wie oft"),
    "role": ("role", "Rolle"),
    "since": ("since", "seit"),
    "source": ("source", "Quelle"),
    "startPosition": ("from character", "ab Zeichen"),
    "startYear": ("began in", "begann"),
    "state": ("state", "Stand"),
    "statedTopic": ("topic as stated", "genanntes Thema"),
    "to": ("to", "bis"),
    "topic": ("topic", "Thema"),
    "url": ("address", "Adresse"),
    "year": ("year", "Jahr"),
    "years": ("years", "Jahre"),
}
# What the catalogue's questions say themselves in such a column, in German.
CODED: Final = frozenset(("certainty", "differs", "disputed", "onlyIn", "role", "state"))
STATED: Final = frozenset(("years", "otherYears"))  # times, as EDTF
GERMAN: Final = {
    "certain": "sicher",
    "disputed": "Quellen uneins",
    "end": "Ende",
    "host": "Gastgeber",
    "ongoing": "läuft weiter",
    "open": "offenes Ende",
    "organizer": "Veranstalter",
    "ours": "hier",
    "participant": "Teilnehmer",
    "planned": "geplant",
    "possible": "möglich",
    "start": "Beginn",
    "supporter": "Förderer",
    "theirs": "dort",
    "undated": "ohne Jahresangabe",
    "unknown-end": "Ende unbekannt",
    "unlinked": "nicht verknüpft",
    "vague": "ungenau",
}
# What a statement rests on, or what is to be known of an activity.
MARKS: Final = {
    "asserted": ("asserted", "belegt"),
    "draft": ("draft, not reviewed", "Entwurf, ungeprüft"),
    "inferred": ("inferred", "abgeleitet"),
    "linked": ("linked", "verknüpft"),
    "defined": ("defined", "definiert"),
    "note": ("note of the editors", "Anmerkung der Bearbeitung"),
    "possible": ("possibly", "möglicherweise"),
    "planned": ("planned", "geplant"),
    "ongoing": ("goes on", "läuft weiter"),
    "disputed": ("sources disagree", "Quellen widersprechen sich"),
    "series": ("series", "Reihe"),
    "undated": ("no year stated", "ohne Jahresangabe"),
}
SUBJECTS: Final = {
    "institutions": ("Institutions", "Institutionen"),
    "activities": ("Activities and years", "Aktivitäten und Jahre"),
    "topics": ("Topics", "Themen"),
    "partnerships": ("Partnerships and cities", "Partnerschaften und Städte"),
    "sources": ("Sources and evidence", "Quellen und Belege"),
    "other": ("Further questions", "Weitere Fragen"),
}


def tell_name(words: Words, name: str) -> str:
    """A column or parameter in words; one of a user's own question as it is written, in parts.

    `numberOfYears` becomes `number of years`.
    """
    if name in _NAMES:
        return words.say(*_NAMES[name])
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f" {match[1].lower()}", name)


def tell_value(words: Words, name: str, value: str) -> str:
    """A value in the column of the name as people read it: a stated time, or what a question of
    the catalogue says itself; others as they are."""
    if name in STATED:
        return tell_years(value, words.say)
    return words.say(value, GERMAN.get(value, value)) if name in CODED else value
