"""The questions that are put to an endpoint with Wikidata's statements, as SPARQL 1.1.

They use nothing but the terms of Wikibase's RDF
(https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format), so that they run unchanged at
https://query.wikidata.org/sparql and on any store that holds such statements. Each is of one page
of municipalities, short enough for a limit of 60 s, and joins one thing alone: two OPTIONALs with
several values each would multiply their rows.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from twingraph.vocab import WIKIDATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PREFIXES: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX prv: <http://www.wikidata.org/prop/reference/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""

# The statements of municipalities of the countries, and those of others about them: without the
# second, every partnership across a border would seem to be stated from one side alone.
_SELECTION: Final = """\
  {
    ?item p:P190 ?statement ;
      wdt:P17 ?country .
  } UNION {
    ?item p:P190 ?statement .
    ?statement ps:P190 ?partner .
    ?partner wdt:P17 ?country .
  }
  FILTER (?country IN ($countries))
"""

_COUNT: Final = Template(
    f"""{_PREFIXES}
SELECT (COUNT(DISTINCT ?item) AS ?items)
WHERE {{
{_SELECTION}}}
"""
)

# The next page begins after the last item of the one before. An OFFSET would have the endpoint find
# all earlier rows again each time, and would skip or repeat some where the data change meanwhile.
_PAGE: Final = Template(
    f"""{_PREFIXES}
SELECT ?item (COUNT(DISTINCT ?statement) AS ?statements)
WHERE {{
{_SELECTION}  FILTER (STR(?item) > "$after")
}}
GROUP BY ?item
ORDER BY STR(?item)
LIMIT $limit
"""
)

_STATEMENTS: Final = Template(
    f"""{_PREFIXES}
SELECT DISTINCT ?item ?statement ?value ?rank
WHERE {{
  VALUES ?item {{ $items }}
{_SELECTION}  OPTIONAL {{ ?statement ps:P190 ?value . }}
  OPTIONAL {{ ?statement wikibase:rank ?rank . }}
}}
"""
)

# The precision stands at a node of its own, which has the same time; a store may lack the nodes.
_TIMES: Final = Template(
    f"""{_PREFIXES}
SELECT DISTINCT ?statement ?property ?value ?precision
WHERE {{
  VALUES ?item {{ $items }}
  VALUES (?property ?node) {{ (pq:P580 pqv:P580) (pq:P582 pqv:P582) }}
  ?item p:P190 ?statement .
  ?statement ?property ?value .
  OPTIONAL {{
    ?statement ?node ?time .
    ?time wikibase:timeValue ?value ;
      wikibase:timePrecision ?precision .
  }}
}}
"""
)

_REFERENCES: Final = Template(
    f"""{_PREFIXES}
SELECT DISTINCT ?statement ?reference ?property ?value ?precision
WHERE {{
  VALUES ?item {{ $items }}
  VALUES ?property {{ pr:P143 pr:P248 pr:P813 pr:P854 }}
  ?item p:P190 ?statement .
  ?statement prov:wasDerivedFrom ?reference .
  ?reference ?property ?value .
  OPTIONAL {{
    ?reference prv:P813 ?time .
    ?time wikibase:timeValue ?value ;
      wikibase:timePrecision ?precision .
  }}
}}
"""
)

# Country, its code, coordinates, population, GeoNames id: of the best rank that there is.
_CLAIMS: Final = Template(
    f"""{_PREFIXES}
SELECT DISTINCT ?item ?property ?value
WHERE {{
  VALUES ?item {{ $items }}
  VALUES ?property {{ wdt:P17 wdt:P297 wdt:P625 wdt:P1082 wdt:P1566 }}
  ?item ?property ?value .
}}
"""
)

_NAMES: Final = Template(
    f"""{_PREFIXES}
SELECT DISTINCT ?item ?property ?value
WHERE {{
  VALUES ?item {{ $items }}
  VALUES ?property {{ rdfs:label skos:altLabel }}
  ?item ?property ?value .
$languages}}
"""
)


def write_count(countries: Iterable[str]) -> str:
    """How many items have statements of the countries."""
    return _COUNT.substitute(countries=", ".join(map(_name, countries)))


def write_page(countries: Iterable[str], after: str, limit: int) -> str:
    """The items after one, in the order of their IRIs as text, each with its number of statements.

    `after` may be empty.
    """
    return _PAGE.substitute(
        countries=", ".join(map(_name, countries)), after=WIKIDATA + after, limit=limit
    )


def write_statements(countries: Iterable[str], items: Iterable[str]) -> str:
    """The statements of items, what they name, and their rank."""
    return _STATEMENTS.substitute(
        countries=", ".join(map(_name, countries)), items=" ".join(map(_name, items))
    )


def write_times(items: Iterable[str]) -> str:
    """Start and end of the statements of items."""
    return _TIMES.substitute(items=" ".join(map(_name, items)))


def write_references(items: Iterable[str]) -> str:
    """What the statements of items cite."""
    return _REFERENCES.substitute(items=" ".join(map(_name, items)))


def write_claims(items: Iterable[str]) -> str:
    """What is stated of items themselves."""
    return _CLAIMS.substitute(items=" ".join(map(_name, items)))


def write_names(items: Iterable[str], languages: Sequence[str]) -> str:
    """Labels and aliases of items, in all languages where none are given.

    `mul` is Wikidata's tag of a label that serves all languages.
    """
    tags = ", ".join(f'"{tag}"' for tag in (*languages, "mul")) if languages else ""
    wanted = f"  FILTER (LCASE(LANG(?value)) IN ({tags}))\n" if languages else ""
    return _NAMES.substitute(items=" ".join(map(_name, items)), languages=wanted)


def _name(item: str) -> str:
    return f"wd:{item}"
