"""The analyst's tables, declared: the writers, the reference and the tests follow this list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Type = Literal["iri", "text", "year", "integer", "decimal", "flag"]

# What a type is called in the reference.
TYPES: Final[dict[Type, str]] = {
    "iri": "IRI (text)",
    "text": "text",
    "year": "year (int32)",
    "integer": "integer (int32)",
    "decimal": "decimal (double)",
    "flag": "true or false (boolean)",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `refers` names the table that has a row for each of its values."""

    name: str
    type: Type
    description: str
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: no two rows agree in the columns of the `key`, by which the rows are ordered."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _activity(description: str = "The activity.") -> Column:
    return Column("activity", "iri", description, "activities")


def _partnership() -> Column:
    return Column("partnership", "iri", "The partnership.", "partnerships")


_NAMES: Final = (
    Column("name", "text", "The name: in English, else in German, else the first by spelling."),
    Column("name_en", "text", "The English name."),
    Column("name_de", "text", "The German name."),
)
_BOUNDS: Final = (
    Column("earliest_start", "year", "It began in this year or later."),
    Column("latest_start", "year", "It began in this year or earlier."),
    Column("earliest_end", "year", "It ended in this year or later; what goes on, at least then."),
    Column("latest_end", "year", "It ended in this year or earlier; absent where it goes on."),
)
_WIKIDATA: Final = Column("wikidata", "iri", "The same in Wikidata, by a reviewed link.")

TABLES: Final = (
    Table(
        "activities",
        "What partnerships do or did. Counts take the editions of a series, not the series.",
        ("activity",),
        (
            Column("activity", "iri", "The activity."),
            *_NAMES,
            Column("form", "iri", "The most specific form; the first by IRI if several are."),
            Column("recurrence", "iri", "How often it is held; the first by IRI if told twice."),
            Column("owner", "iri", "The municipality whose own it is.", "municipalities"),
            Column("owner_country", "text", "The country whose own it is (ISO 3166-1 alpha-2)."),
            Column("venue", "text", "Where it is held, in words."),
            *_BOUNDS,
            Column("is_ongoing", "flag", "Whether a source says that it goes on."),
            Column("is_undated", "flag", "Whether no source states a time."),
            Column("is_planned", "flag", "Whether it lies after the year of which sources speak."),
            Column("is_disputed", "flag", "Whether sources state different times."),
            Column("is_series", "flag", "Whether it has editions, which are activities too."),
            Column("is_draft", "flag", "Whether nobody has reviewed it yet."),
        ),
    ),
    Table(
        "institutions",
        "The bodies that take part.",
        ("institution",),
        (
            Column("institution", "iri", "The institution."),
            *_NAMES,
            Column("kind", "iri", "The most specific kind; the first by IRI if several are."),
            Column("based_in", "iri", "The municipality of its seat.", "municipalities"),
            Column("part_of", "iri", "The institution that it is a part of.", "institutions"),
            Column("first_active", "year", "The first year of certain activity."),
            Column("last_active", "year", "The last year of certain activity."),
            Column("last_started", "year", "The latest certain start of an activity."),
            Column("dated_activities", "integer", "How many dated activities it takes part in."),
            Column("homepage", "iri", "Its homepage."),
            _WIKIDATA,
            Column("is_draft", "flag", "Whether nobody has reviewed it yet."),
        ),
    ),
    Table(
        "participations",
        "Who takes part in what, and as what.",
        ("activity", "institution", "role"),
        (
            _activity(),
            Column("institution", "iri", "The institution.", "institutions"),
            Column("role", "text", "organizer, participant, host or supporter."),
        ),
    ),
    Table(
        "years",
        "The years in which an activity was under way; an open one until its source's as_of.",
        ("activity", "year"),
        (
            _activity(),
            Column("year", "year", "The calendar year."),
            Column("certainty", "text", "certain or possible."),
        ),
    ),
    Table(
        "dates",
        "The times as they are stated, each with who states it.",
        ("activity", "source", "stated"),
        (
            _activity(),
            Column("source", "iri", "The source; for what curated tables state, their graph."),
            Column("stated", "text", "The time in EDTF, such as 1993/.. for: since 1993."),
        ),
    ),
    Table(
        "topics",
        "What activities are about: the stated topics, and the broader ones that follow.",
        ("activity", "topic"),
        (
            _activity(),
            Column("topic", "iri", "The topic."),
            Column("is_stated", "flag", "Whether a source states it; else a narrower one is."),
        ),
    ),
    Table(
        "editions",
        "The editions of series.",
        ("activity", "series"),
        (_activity("The edition."), Column("series", "iri", "The series.", "activities")),
    ),
    Table(
        "parts",
        "Activities within wider ones: an event in a week, a week in a national year.",
        ("activity", "whole"),
        (
            _activity("The part."),
            Column("whole", "iri", "The wider activity.", "activities"),
            Column("is_stated", "flag", "Whether a source states it; else it follows."),
        ),
    ),
    Table(
        "within",
        "The partnerships of activities.",
        ("activity", "partnership"),
        (_activity(), _partnership()),
    ),
    Table(
        "held_in",
        "The municipalities in which activities are held.",
        ("activity", "municipality"),
        (_activity(), Column("municipality", "iri", "The municipality.", "municipalities")),
    ),
    Table(
        "names",
        "Every name in every language, of activities, institutions, municipalities, partnerships.",
        ("subject", "language", "name"),
        (
            Column("subject", "iri", "The resource."),
            Column("language", "text", "The language tag (BCP 47, in lower case)."),
            Column("name", "text", "The name."),
        ),
    ),
    Table(
        "partnerships",
        "The relations between municipalities.",
        ("partnership",),
        (Column("partnership", "iri", "The partnership."), *_NAMES),
    ),
    Table(
        "partners",
        "The municipalities of partnerships.",
        ("partnership", "municipality"),
        (_partnership(), Column("municipality", "iri", "A partner.", "municipalities")),
    ),
    Table(
        "kinds",
        "What partnerships are or have been: twinning, friendship, contact, project partnership.",
        ("partnership", "kind"),
        (_partnership(), Column("kind", "iri", "The kind.")),
    ),
    Table(
        "stages",
        "The periods of partnerships that have a kind and a time of their own.",
        ("stage",),
        (
            Column("stage", "iri", "The stage."),
            _partnership(),
            Column("kind", "iri", "The kind of partnership it was."),
            Column("stated", "text", "The time in EDTF; the first by spelling if told twice."),
            *_BOUNDS,
        ),
    ),
    Table(
        "municipalities",
        "The cities, towns and districts.",
        ("municipality",),
        (
            Column("municipality", "iri", "The municipality."),
            *_NAMES,
            Column("country", "text", "The country (ISO 3166-1 alpha-2)."),
            Column("lat", "decimal", "The latitude in degrees (WGS 84)."),
            Column("long", "decimal", "The longitude in degrees (WGS 84)."),
            _WIKIDATA,
            Column("geonames", "iri", "The same in GeoNames, by a reviewed link."),
        ),
    ),
    Table(
        "sources",
        "The pages that are read.",
        ("source",),
        (
            Column("source", "iri", "The source, which is also the name of its graph."),
            Column("title", "text", "The title."),
            Column("url", "iri", "The page's address."),
            Column("publisher", "text", "Who publishes it."),
            Column("language", "text", "The language of its words."),
            Column("licence", "text", "The licence: an IRI, or what is said of rights."),
            Column("as_of", "year", "The year for which the page speaks."),
            Column("published", "text", "When it was published (EDTF)."),
            Column("retrieved", "text", "When it was read (EDTF)."),
        ),
    ),
    Table(
        "passages",
        "The words that prove what is stated.",
        ("passage",),
        (
            Column("passage", "iri", "The passage (RFC 5147), or the page as a whole."),
            Column("source", "iri", "The source it stands in.", "sources"),
            Column("url", "iri", "The page's address."),
            Column("quote", "text", "The words; absent where none are kept."),
            Column(
                "start_position", "integer", "The code point of the page they begin at, from 0."
            ),
            Column("end_position", "integer", "The code point after their last."),
            Column("line", "integer", "The line of the page they begin in, from 1."),
        ),
    ),
    Table(
        "evidence",
        "Which passages prove what is stated of an activity, a partnership or a stage.",
        ("subject", "passage"),
        (
            Column("subject", "iri", "The activity, partnership or stage."),
            Column("passage", "iri", "The passage.", "passages"),
        ),
    ),
)
