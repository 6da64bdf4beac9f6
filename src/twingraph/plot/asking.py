"""What pictures ask of a graph: names, sources, and the activities that a picture is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from twingraph.draw.frame import About
from twingraph.errors import QueryError
from twingraph.queries import Parameter, find_resource, query
from twingraph.queries.catalogue import read_value, suggest
from twingraph.vocab import DC, DCTERMS, GEO, RDFS_LABEL, SKOS, TG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from twingraph.queries.run import Target

_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{space}> "
    for name, space in (
        ("dc", DC),
        ("dcterms", DCTERMS),
        ("geo", GEO),
        ("skos", SKOS),
        ("tg", TG),
    )
)
_PARAMETERS: Final = {
    parameter.name: parameter
    for parameter in (
        Parameter("partnership", "partnership", None),
        Parameter("municipality", "municipality", None),
        Parameter("institution", "institution", None),
        Parameter("topic", "topic", None),
        Parameter("lang", "language", "en"),
        Parameter("most", "count", None),
        Parameter("page", "count", None),
    )
}
_THINGS: Final = ("partnership", "municipality", "institution", "topic")
_FALLING_BACK: Final = ("en", "de")
_SOURCES: Final = 3  # that a picture names


@dataclass(frozen=True, slots=True)
class Scope:
    """What a picture is about, and of which graph: all activities, or those of one thing.

    `partnership`, `municipality`, `institution` and `topic` are SPARQL terms, at most one of them
    given; `name` is that of the thing, empty for all. `chosen` are the activities in question,
    where they are known by their IRIs; `where` is the SPARQL of them, where none of that tells it.
    """

    target: Target
    language: str
    name: str = ""
    partnership: str = ""
    municipality: str = ""
    institution: str = ""
    topic: str = ""
    most: int | None = None
    page: int | None = None
    chosen: tuple[str, ...] = ()
    where: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether it is about some of the activities, not all."""
        return bool(self.name or self.chosen or self.where)

    @property
    def pattern(self) -> str:
        """The SPARQL of `?activity`."""
        if self.chosen:
            return values("activity", self.chosen)
        if self.municipality:
            return (
                "{ SELECT DISTINCT ?activity WHERE { "
                f"{self.municipality} tg:hasPartnership ?home . "
                "?home tg:hasActivity ?activity } }"
            )
        of_one = (
            (self.where, self.where),
            (self.partnership, f"{self.partnership} tg:hasActivity ?activity ."),
            (self.institution, f"{self.institution} tg:involvedIn ?activity ."),
            (self.topic, f"?activity tg:about {self.topic} ."),
        )
        chosen = (pattern for given, pattern in of_one if given)
        return next(chosen, "?activity a tg:Activity .")

    def rows(
        self, select: str, where: str, group: str = "", end: str = "", *, is_distinct: bool = True
    ) -> list[tuple[Any, ...]]:
        """The rows of a query, each once if they are to be; `end` has its order and limits.

        In it `$activities` gives `?activity` the activities in question, and `$within` narrows it
        to them: by nothing, where all are.
        """
        within = self.pattern if self.is_narrow else ""
        where = where.replace("$activities", self.pattern).replace("$within", within)
        grouped = f"GROUP BY {group}" if group else ""
        once = "DISTINCT " if is_distinct else ""
        sparql = f"{_PREFIXES} SELECT {once}{select} WHERE {{ {where} }} {grouped} {end}"
        return query(self.target, sparql).rows()

    def say(self, english: str, german: str) -> str:
        """The words in the language of the picture."""
        return About("", language=self.language).say(english, german)

    def names(self, things: Iterable[str]) -> dict[str, str]:
        """The name of each thing in the language, else in English, German, or the least; else its
        IRI's end."""
        found: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
        wanted = list(dict.fromkeys(things))
        ranks = {language: rank for rank, language in enumerate((self.language, *_FALLING_BACK))}
        ranks[self.language] = 0
        for thing, label, language in self.rows(
            "?thing ?label ?language",
            f"{values('thing', wanted)} ?thing <{RDFS_LABEL}> ?label . "
            "BIND(LANG(?label) AS ?language)",
        ):
            found[thing].add((ranks.get(str(language), len(ranks) + 1), str(label)))
        return {
            thing: min(found[thing])[1] if thing in found else thing.rpartition("/")[2]
            for thing in wanted
        }

    def editions(self) -> dict[str, set[str]]:
        """The series of each edition among the activities."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for edition, series in self.rows(
            "?activity ?series", "$within ?activity tg:editionOf ?series ."
        ):
            found[edition].add(series)
        return found

    def about(self, title: str, subtitle: str, notes: Iterable[str], sources: str = "") -> About:
        """What stands around the drawing; `sources` is the SPARQL of what rests on a `?source`."""
        chosen = sources or "$within ?activity tg:evidence ?passage ."
        return About(
            title, subtitle, self._sources(chosen), tuple(filter(None, notes)), self.language
        )

    def _sources(self, pattern: str) -> tuple[str, ...]:
        """The sources that most passages are of, and how many more there are."""
        rows = self.rows(
            "?source (COUNT(DISTINCT ?passage) AS ?passages)",
            f"{{ SELECT DISTINCT ?passage WHERE {{ {pattern} }} }} "
            "?passage tg:fromSource ?source .",
            "?source",
        )
        ranked = sorted(rows, key=lambda row: (-row[1], row[0]))
        told = self._told_sources([row[0] for row in ranked[:_SOURCES]])
        if (more := len(ranked) - _SOURCES) > 0:
            told.append(self.say(f"{more} more", f"{more} weitere"))
        return tuple(told)

    def _told_sources(self, sources: list[str]) -> list[str]:
        told: dict[str, str] = {}
        for source, title, publisher, year in sorted(
            self.rows(
                "?source ?title ?publisher ?year",
                f"{values('source', sources)} OPTIONAL {{ ?source dcterms:title ?title }} "
                "OPTIONAL { ?source dc:publisher ?publisher } OPTIONAL { ?source tg:asOf ?year }",
            ),
            key=str,
        ):
            name = ": ".join(filter(None, (publisher, title))) or source
            as_of = self.say(f" (as of {year})", f" (Stand {year})") if year else ""
            told.setdefault(source, name + as_of)
        return [told[source] for source in sources]


def values(name: str, iris: Iterable[str]) -> str:
    """The SPARQL that gives a variable each of the IRIs."""
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def without_series(activities: set[str], editions: Mapping[str, set[str]]) -> set[str]:
    """The activities without the series of which an edition is among them.

    >>> without_series({"week", "week/1980"}, {"week/1980": {"week"}})
    {'week/1980'}
    """
    return activities - {series for each in activities for series in editions.get(each, ())}


def read_scope(target: Target, given: Mapping[str, str | int]) -> Scope:
    """What the parameters of a picture say.

    :raises QueryError: if one is unknown, of the wrong type or names nothing in the graph.
    """
    for name in given:
        if name not in _PARAMETERS:
            known = ", ".join(map(str, _PARAMETERS.values()))
            raise QueryError(
                f"no parameter {name!r}; a picture has: {known}{suggest(name, _PARAMETERS)}"
            )
    if len(chosen := [name for name in _THINGS if name in given]) > 1:
        raise QueryError(f"{' and '.join(chosen)} exclude each other")
    terms = {name: find_resource(target, _PARAMETERS[name], given[name]) for name in chosen}
    language = read_value(_PARAMETERS["lang"], given.get("lang", "en"), target.mint)[1:-1]
    numbers: dict[str, int] = {}
    for name in ("most", "page"):
        if name in given:
            numbers[name] = int(read_value(_PARAMETERS[name], given[name], target.mint))
            if not numbers[name]:
                raise QueryError(f"{name}: expected a number from 1, found 0")
    scope = Scope(target, language, most=numbers.get("most"), page=numbers.get("page"))
    iri = next(iter(terms.values()), "<>")[1:-1]
    return replace(scope, name=scope.names([iri])[iri] if terms else "", **terms)  # type: ignore[arg-type]
