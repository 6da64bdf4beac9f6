"""What only the whole can say, put together from what was gathered and counted over subjects."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import terms as t
from twingraph.quads import Term, integer_term, iri_term, text_term
from twingraph.reason.disjoint import check_disjoint
from twingraph.reason.expand import SUBJECT, Expander
from twingraph.reason.gather import by_iri, split
from twingraph.reason.subject import close_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.reason.gather import Bucket, Career, Gathered
    from twingraph.reason.rules import Rules
    from twingraph.reason.totals import Totals
    from twingraph.vocab import Minter

_DECADE: Final = 10
_OTHER: Final = Term("<urn:other>")


def gather_static(rules: Rules, gathered: Gathered) -> None:
    """Gather what the topics and kinds state, so that nobody derives it once more."""
    for (subject, predicate), objects in rules.static.items():
        gathered.state(subject, [f" {predicate} {object_}" for object_ in objects])


def gather_series(totals: Totals, gathered: Gathered) -> None:
    """Gather the pairs of institutions of each series; they count that met in no edition of it."""
    met: dict[Term, set[tuple[Term, Term]]] = {}
    for series, _, involved in totals.editions:
        everyone = sorted(involved, key=by_iri)
        met.setdefault(series, set()).update(combinations(everyone, 2))
    for series, (_, pairs) in totals.series.items():
        for one, other in pairs:
            is_met = (one, other) in met.get(series, ())
            gathered.meet(gathered.resources[one], gathered.resources[other], int(not is_met))


class Together(NamedTuple):
    """What a bucket comes to: all triples `s p o`, and apart what some of them say.

    `careers` is by institution; `pairs` are two institutions, the lesser IRI first, and in how many
    activities they exchanged.
    """

    triples: list[str]
    careers: dict[Term, Career]
    pairs: list[tuple[Term, Term, int]]


def put_together(bucket: Bucket, rules: Rules, mint: Minter) -> Together:
    """What a bucket comes to: triples none of which are stated, in an order that follows from that
    in which it was told.

    :raises InconsistentGraph: if something is in two classes that are declared disjoint.
    """
    pairs = list(bucket.counted())
    exchanges = _exchanges(pairs, rules)
    derived = dict.fromkeys(split(bucket.derived))
    stated = set(split(bucket.stated))
    check_disjoint(chain(derived, exchanges, stated), rules)
    derived.update(dict.fromkeys(bucket.related()))
    derived.update(exchanges)
    found = [text for text in derived if text not in stated]
    for institution, career in bucket.careers.items():
        found += _career_triples(institution, career)
    exchanged = [(one, other, number) for one, other, number in pairs if number]
    for one, other, number in exchanged:
        found += _pair_triples(one, other, number, mint)
    return Together(found, bucket.careers, exchanged)


def _exchanges(pairs: Iterable[tuple[Term, Term, int]], rules: Rules) -> dict[str, None]:
    """What follows about s, for pairs s, o of which the reverse is among the pairs as well."""
    pattern = sorted(close_subject({(SUBJECT, t.EXCHANGED_WITH, _OTHER)}, rules))
    middles = [f" {p} " for s, p, o in pattern if (s, o) == (SUBJECT, _OTHER)]
    ends = [f" {p} {o}" for s, p, o in pattern if s == SUBJECT and o != _OTHER]
    found = {one + middle + other: None for one, other, _ in pairs for middle in middles}
    everyone = dict.fromkeys(one for one, _, _ in pairs)
    return found | {one + end: None for one in everyone for end in ends}


def _career_triples(institution: str, career: Career) -> Iterator[str]:
    for predicate, number in (
        (t.DATED_ACTIVITIES, career.activities),
        (t.FIRST_ACTIVE, career.first),
        (t.LAST_ACTIVE, career.last),
        (t.LAST_STARTED, career.last_started),
    ):
        if number is not None:
            yield f"{institution} {predicate} {integer_term(number)}"


def _pair_triples(one: str, other: str, number: int, mint: Minter) -> tuple[str, ...]:
    subject = iri_term(mint.pair(one[1:-1], other[1:-1]))
    return (
        f"{subject} {t.TYPE} {t.INSTITUTION_PAIR}",
        f"{subject} {t.FIRST_MEMBER} {one}",
        f"{subject} {t.SECOND_MEMBER} {other}",
        f"{subject} {t.JOINT_ACTIVITIES} {integer_term(number)}",
    )


def common_triples(totals: Totals, rules: Rules, mint: Minter) -> Iterator[str]:
    """What follows about topics and kinds, over transitive edges, and about years and decades."""
    yield from (" ".join(triple) for triple in rules.vocabulary)
    yield from _transitive(totals, rules, mint)
    yield from _years(totals, mint)


def _transitive(totals: Totals, rules: Rules, mint: Minter) -> Iterator[str]:
    expander = Expander(rules, mint)
    edges: dict[Term, dict[Term, set[Term]]] = {}
    for subject, predicate, object_ in totals.edges:
        edges.setdefault(predicate, {}).setdefault(subject, set()).add(object_)
    for predicate in sorted(edges):
        derived: set[str] = set()
        for subject, ends in edges[predicate].items():
            for end in _reachable(subject, edges[predicate]) - ends:
                derived.add(f"{subject} {predicate} {end}")
                expansion = expander.expand(predicate, end)
                derived.update(subject + text for text in expansion.after if t.TYPE not in text)
                derived.update(text + subject for text in expansion.before)
        yield from sorted(derived)


def _reachable(start: Term, edges: dict[Term, set[Term]]) -> set[Term]:
    found: set[Term] = set()
    waiting = list(edges[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(edges.get(node, ()))
    return found


def _years(totals: Totals, mint: Minter) -> Iterator[str]:
    """Years and decades are labelled and numbered; a decade counts what was certainly under way."""
    counts = Counter(totals.decades)
    covered: dict[Term, set[int]] = {}
    for series, decades, _ in totals.editions:
        covered.setdefault(series, set()).update(decades)
    for series, (decades, _) in totals.series.items():
        counts.update(set(decades) - covered.get(series, set()))
    decades_of_years = {year - year % _DECADE for year in totals.years}
    for year in sorted(totals.years):
        subject = iri_term(mint.year(year))
        yield f"{subject} {t.NUMBER} {integer_term(year)}"
        yield f"{subject} {t.LABEL} {text_term(f'{year:04d}')}"
        yield f"{subject} {t.IN_DECADE} {iri_term(mint.decade(year - year % _DECADE))}"
    for decade in sorted(decades_of_years):
        subject = iri_term(mint.decade(decade))
        yield f"{subject} {t.TYPE} {t.DECADE}"
        yield f"{subject} {t.LABEL} {text_term(f'{decade:04d}s', 'en')}"
        yield f"{subject} {t.LABEL} {text_term(f'{decade:04d}er-Jahre', 'de')}"
        yield f"{subject} {t.FIRST_YEAR} {integer_term(decade)}"
        yield f"{subject} {t.ACTIVITIES_UNDER_WAY} {integer_term(counts[decade])}"
