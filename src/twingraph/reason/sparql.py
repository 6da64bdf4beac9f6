"""The closure as SPARQL 1.1 Update: for a store that infers for itself.

Each rule reads all graphs but those of links and, but for the second step of a chain, the
ontology, and writes to the graph of what is inferred. What EDTF means cannot be said in SPARQL:
years, decades, bounds and states of activities (`TIME`, `CLASSES`) must stand in that graph
before.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.quads import iri_term
from twingraph.vocab import INFERRED, LINKS, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.quads import Term
    from twingraph.reason.rules import Rules
    from twingraph.vocab import Minter

# What is derived from stated times, and not by the rules that are written here.
TIME: Final = (
    *(t.ACTIVE_IN, t.POSSIBLY_ACTIVE_IN, t.NUMBER, t.LABEL),
    *(t.EARLIEST_START, t.LATEST_START, t.EARLIEST_END, t.LATEST_END),
    *(t.IN_DECADE, t.FIRST_YEAR),
)
CLASSES: Final = (
    *(t.UNDATED_ACTIVITY, t.ONGOING_ACTIVITY, t.PLANNED_ACTIVITY, t.DISPUTED_ACTIVITY),
    t.DECADE,
)
_DOUBLINGS: Final = 6  # of the length of the paths that a transitive property is followed along
_EXCHANGING: Final = (t.ORGANIZER, t.PARTICIPANT, t.HOST)


def write_rules(rules: Rules, mint: Minter) -> str:
    """The rules as one text of SPARQL 1.1 Update, for data below a base."""
    return "\n".join(_Writer(rules, mint).write())


class _Writer:
    def __init__(self, rules: Rules, mint: Minter) -> None:
        self._rules = rules
        self._inferred = iri_term(mint.graph(INFERRED))
        self._links = iri_term(mint.graph(LINKS))
        self._ontology = iri_term(mint.graph(ONTOLOGY))
        self._base = mint.base
        self._numbers = count(1)

    def write(self) -> Iterator[str]:
        yield f"# What the ontology implies, as SPARQL 1.1 Update, into {self._inferred}."
        yield "# Years, decades, bounds and states come from EDTF, which SPARQL cannot read: that"
        yield "# graph must hold them before, as a pushed build does (its triples with these):"
        yield from (f"#   {term}" for term in (*TIME, *CLASSES))
        yield "# Run it anew, from these triples, when a statement was taken away."
        yield ""
        yield "# What follows about topics and kinds"
        yield f"INSERT DATA {{ GRAPH {self._inferred} {{"
        yield from (f"  {' '.join(triple)} ." for triple in self._rules.vocabulary)
        yield "} } ;"
        yield from self._own_relations()
        # A chain's whole may be a step of another, so as many rounds as there are chains, and one.
        for _ in range(sum(map(len, self._rules.chains.values())) + 1):
            yield from self._implied()
            yield from self._chains()
            yield from self._transitive()
        yield from self._types()
        yield from self._counts()
        yield from self._decades()
        yield from self._pairs()
        yield "# What is stated is not repeated"
        yield f"DELETE {{ GRAPH {self._inferred} {{ ?s ?p ?o }} }}"
        yield f"WHERE {{\n  GRAPH {self._inferred} {{ ?s ?p ?o }}\n  GRAPH ?g {{ ?s ?p ?o }}"
        yield f"  FILTER(?g NOT IN ({self._inferred}, {self._links}))\n}}"

    def _told(self, pattern: str, *, in_ontology: bool = False) -> str:
        """A pattern in any graph that is reasoned over."""
        graph = f"?g{next(self._numbers)}"
        left_out = self._links if in_ontology else f"{self._links}, {self._ontology}"
        return f"  GRAPH {graph} {{ {pattern} }}\n  FILTER({graph} NOT IN ({left_out}))"

    def _insert(self, name: str, triples: str, *where: str) -> Iterator[str]:
        yield f"# {name}"
        yield f"INSERT {{ GRAPH {self._inferred} {{ {triples} }} }}"
        yield "WHERE {"
        yield from where
        yield "} ;"

    def _own_relations(self) -> Iterator[str]:
        yield from self._insert(
            "The partners of a twinning are twinned with one another",
            f"?one {t.TWINNED_WITH} ?other",
            self._told(f"?partnership {t.KIND} {t.TWINNING}"),
            self._told(f"?partnership {t.PARTNER} ?one"),
            self._told(f"?partnership {t.PARTNER} ?other"),
            "  FILTER(?one != ?other)",
        )
        parts = " ".join(_EXCHANGING)
        yield from self._insert(
            "Institutions of two municipalities that had a part in one activity have exchanged",
            f"?one {t.EXCHANGED_WITH} ?other",
            f"  VALUES ?part {{ {parts} }}",
            self._told("?activity ?part ?one"),
            f"  VALUES ?otherPart {{ {parts} }}",
            self._told("?activity ?otherPart ?other"),
            self._told(f"?one {t.BASED_IN} ?here"),
            self._told(f"?other {t.BASED_IN} ?there"),
            "  FILTER(?here != ?there)",
            f"  FILTER NOT EXISTS {{ GRAPH {self._inferred} "
            f"{{ ?activity a {t.PLANNED_ACTIVITY} }} }}",
        )

    def _implied(self) -> Iterator[str]:
        for is_swapped, name in ((False, "Super-properties"), (True, "Inverse and symmetric ones")):
            pairs = [
                (predicate, other)
                for predicate, others in sorted(self._rules.implied.items())
                for other, swapped in others
                if swapped == is_swapped
            ]
            yield from self._insert(
                name,
                "?o ?q ?s" if is_swapped else "?s ?q ?o",
                _values("?p ?q", pairs),
                self._told("?s ?p ?o"),
                *(["  FILTER(isIRI(?o))"] if is_swapped else []),
            )

    def _chains(self) -> Iterator[str]:
        for first, steps in sorted(self._rules.chains.items()):
            for second, whole in steps:
                yield from self._insert(
                    "A chain of two properties",
                    f"?x {whole} ?y",
                    self._told(f"?x {first} ?middle"),
                    self._told(f"?middle {second} ?y", in_ontology=True),
                )

    def _transitive(self) -> Iterator[str]:
        for predicate in sorted(self._rules.transitive):
            for _ in range(_DOUBLINGS):
                yield from self._insert(
                    "A transitive property, twice as far",
                    f"?x {predicate} ?y",
                    self._told(f"?x {predicate} ?middle"),
                    self._told(f"?middle {predicate} ?y"),
                )

    def _types(self) -> Iterator[str]:
        for name, node, table in (
            ("Domains", "?s", self._rules.subject_types),
            ("Ranges", "?o", self._rules.object_types),
        ):
            pairs = [(p, class_) for p, classes in sorted(table.items()) for class_ in classes]
            yield from self._insert(
                name,
                f"{node} a ?class",
                _values("?p ?class", pairs),
                self._told("?s ?p ?o"),
                f"  FILTER(isIRI({node}))",
            )
        above = [(c, s) for c, supers in sorted(self._rules.superclasses.items()) for s in supers]
        yield from self._insert(
            "Superclasses",
            "?s a ?above",
            _values("?class ?above", above),
            self._told("?s a ?class"),
        )

    def _counts(self) -> Iterator[str]:
        """What an institution's dated activities come to; a series counts by its editions."""
        counted = (
            self._told(f"?activity {t.INVOLVES} ?institution"),
            f"  FILTER(EXISTS {{ GRAPH {self._inferred} {{ ?activity {t.LATEST_START} ?any }} }}",
            f"    || NOT EXISTS {{ GRAPH ?any {{ ?edition {t.EDITION_OF} ?activity }} }})",
        )
        certain = (
            f"  GRAPH {self._inferred} {{ ?activity {t.ACTIVE_IN} ?year . "
            f"?year {t.NUMBER} ?number }}"
        )
        dated = (
            f"  GRAPH {self._inferred} {{ ?activity ?dated ?year }}\n"
            f"  FILTER(?dated IN ({t.ACTIVE_IN}, {t.POSSIBLY_ACTIVE_IN}))"
        )
        started = f"  GRAPH {self._inferred} {{ ?activity {t.EARLIEST_START} ?number }}"
        for predicate, sum_, times in (
            (t.DATED_ACTIVITIES, "COUNT(DISTINCT ?activity)", dated),
            (t.FIRST_ACTIVE, "MIN(?number)", certain),
            (t.LAST_ACTIVE, "MAX(?number)", certain),
            (t.LAST_STARTED, "MAX(?number)", f"{started}\n{dated}"),
        ):
            yield from self._insert(
                "Over the dated activities of an institution",
                f"?institution {predicate} ?found",
                f"  {{ SELECT ?institution ({sum_} AS ?found) WHERE {{",
                *counted,
                times,
                "  } GROUP BY ?institution }",
            )

    def _decades(self) -> Iterator[str]:
        """How many activities were certainly under way; a series counts by its editions."""
        yield from self._insert(
            "Over the activities of a decade",
            f"?decade {t.ACTIVITIES_UNDER_WAY} ?found",
            "  { SELECT ?decade (COUNT(DISTINCT ?activity) AS ?found) WHERE {",
            f"  GRAPH {self._inferred} {{ ?decade a {t.DECADE} }}",
            f"  OPTIONAL {{\n  GRAPH {self._inferred} {{",
            f"    ?year {t.IN_DECADE} ?decade . ?activity {t.ACTIVE_IN} ?year",
            "  }\n  FILTER NOT EXISTS {",
            f"    GRAPH ?any {{ ?edition {t.EDITION_OF} ?activity }}",
            f"    GRAPH {self._inferred} {{",
            f"      ?edition {t.ACTIVE_IN} ?other . ?other {t.IN_DECADE} ?decade",
            "    }\n  }\n  }",
            "  } GROUP BY ?decade }",
        )

    def _pairs(self) -> Iterator[str]:
        """In how many activities two institutions exchanged; a series counts by its editions."""
        parts = " ".join(_EXCHANGING)
        space = f"{self._base}institution/"
        names = (f'STRAFTER(STR({each}), "{space}")' for each in ("?one", "?other"))
        joined = ', "~", '.join(names)
        yield from self._insert(
            "Over the activities in which two institutions exchanged",
            f"?pair a {t.INSTITUTION_PAIR} ; {t.FIRST_MEMBER} ?one ; {t.SECOND_MEMBER} ?other ; "
            f"{t.JOINT_ACTIVITIES} ?found",
            "  { SELECT ?one ?other (COUNT(DISTINCT ?activity) AS ?found) WHERE {",
            self._told(f"?one {t.EXCHANGED_WITH} ?other"),
            "  FILTER(STR(?one) < STR(?other))",
            f"  VALUES ?part {{ {parts} }}",
            self._told("?activity ?part ?one"),
            f"  VALUES ?otherPart {{ {parts} }}",
            self._told("?activity ?otherPart ?other"),
            f"  FILTER NOT EXISTS {{ GRAPH {self._inferred} "
            f"{{ ?activity a {t.PLANNED_ACTIVITY} }} }}",
            "  FILTER NOT EXISTS {",
            f"    GRAPH ?a {{ ?edition {t.EDITION_OF} ?activity }}",
            f"    GRAPH ?b {{ ?edition {t.INVOLVES} ?one }}",
            f"    GRAPH ?c {{ ?edition {t.INVOLVES} ?other }}",
            "  }",
            "  } GROUP BY ?one ?other }",
            f'  BIND(IRI(CONCAT("{self._base}pair/", {joined})) AS ?pair)',
        )


def _values(variables: str, rows: Iterable[tuple[Term, Term]]) -> str:
    lines = "\n".join(f"    ({one} {other})" for one, other in rows)
    return f"  VALUES ({variables}) {{\n{lines}\n  }}"
