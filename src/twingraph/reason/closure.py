"""The closure of a whole graph, streaming: subject by subject, in the order of the quads.

Two passes. `Index` learns in the first what a subject alone cannot know: who is based where, which
activities are series, which are told in several places or tied to one another. `close` closes each
subject in the second. What several subjects may give (an institution's topics, its partners in
exchange) goes through `reason.spill`, so that memory holds the tables of institutions and the
activities told several times, never all activities.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.errors import InconsistentGraph
from twingraph.quads import Quad, Term, Triple, integer_term, iri_term, lexical_form, text_term
from twingraph.reason.dating import (
    Dating,
    activity_statements,
    bound_statements,
    read_dating,
)
from twingraph.reason.index import Index
from twingraph.reason.spill import Spill
from twingraph.reason.subject import close_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.reason.rules import Rules
    from twingraph.vocab import Minter

# Who has exchanged: each had a part of its own in one activity (DESIGN.md, 3).
_EXCHANGING: Final = frozenset({t.ORGANIZER, t.PARTICIPANT, t.HOST})


@dataclass(slots=True)
class _Record:
    """An institution's years, gathered over its dated activities."""

    activities: int = 0
    first: int | None = None
    last: int | None = None
    last_started: int | None = None

    def add(self, dating: Dating) -> None:
        self.activities += 1
        if dating.certain:
            first, last = min(dating.certain), max(dating.certain)
            self.first = first if self.first is None else min(self.first, first)
            self.last = last if self.last is None else max(self.last, last)
        started = dating.bounds.earliest_start if dating.bounds else None
        if started is not None:
            known = self.last_started
            self.last_started = started if known is None else max(known, started)


@dataclass(slots=True)
class _Closer:
    """The second pass: holds what is gathered over subjects."""

    index: Index
    rules: Rules
    mint: Minter
    spill: Spill
    tally: Counter[Term]
    aside: dict[Term, list[Quad]] = field(default_factory=dict)
    edges: dict[Term, dict[Term, set[Term]]] = field(default_factory=dict)
    records: dict[Term, _Record] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def close(self, quads: Iterable[Quad]) -> Iterator[Triple]:
        yield from self.rules.vocabulary
        for (subject, predicate), objects in self.rules.static.items():
            for object_ in objects:
                self.spill.add((subject, predicate, object_), is_stated=True)
        for subject, group in groupby(quads, key=itemgetter(0)):
            if subject in self.index.several:
                self.aside.setdefault(subject, []).extend(group)
            else:
                yield from self._subject(subject, group)
        for subject in sorted(self.aside):
            yield from self._subject(subject, self.aside[subject])
        yield from self._transitive()
        yield from self._shared()
        yield from self._counts()
        yield from self._year_nodes()

    def _subject(self, subject: Term, quads: Iterable[Quad]) -> Iterator[Triple]:
        """What follows at one subject; what others may give too goes to the spill."""
        stated: set[Triple] = set()
        dates: list[tuple[str, int | None]] = []
        for s, predicate, object_, graph in quads:
            stated.add((s, predicate, object_))
            if predicate == t.DATE:
                dates.append((lexical_form(object_), self.index.as_of_graph(graph)))
        is_activity = self._is_activity(stated)
        dating = read_dating(dates)
        added = {
            (subject, predicate, object_)
            for predicate, object_ in self._of_time(subject, dating, is_activity=is_activity)
        }
        if dating is None or not dating.is_planned:
            added |= self._exchanges(stated)
        added |= _twins(subject, stated)
        known = close_subject(stated | added, self.rules)
        self._gather(subject, known, dating)
        self.tally.update(o for s, p, o in known if p == t.TYPE and s == subject)
        is_own = is_activity and subject not in self.index.linked
        if is_own:
            _check_disjoint(
                ((s, o) for s, p, o in known if p == t.TYPE and s == subject), self.rules
            )
        else:
            for triple in stated:
                if triple[1] in self.rules.implied or triple[1] == t.TYPE:
                    self.spill.add(triple, is_stated=True)
        for triple in sorted(known - stated):
            if is_own and subject in (triple[0], triple[2]):
                yield triple
            else:
                self.spill.add(triple, is_stated=False)

    def _is_activity(self, stated: Iterable[Triple]) -> bool:
        return any(
            object_ == t.ACTIVITY or t.ACTIVITY in self.rules.superclasses.get(object_, ())
            if predicate == t.TYPE
            else t.ACTIVITY in self.rules.subject_types.get(predicate, ())
            for _, predicate, object_ in stated
        )

    def _of_time(
        self, subject: Term, dating: Dating | None, *, is_activity: bool
    ) -> Iterable[tuple[Term, Term]]:
        if is_activity:
            if dating is not None:
                self.years |= dating.certain | dating.possible
            is_series = subject in self.index.series
            return activity_statements(dating, self.mint, is_series=is_series)
        return bound_statements(dating.bounds) if dating is not None else ()

    def _exchanges(self, stated: Iterable[Triple]) -> set[Triple]:
        """Pairs of institutions of different municipalities that each had a part of their own."""
        homes = {o: self.index.home.get(o) for _, p, o in stated if p in _EXCHANGING}
        return {
            (one, t.EXCHANGED_WITH, other)
            for one, here in homes.items()
            for other, there in homes.items()
            if here is not None and there is not None and here != there
        }

    def _gather(self, subject: Term, known: set[Triple], dating: Dating | None) -> None:
        """Keep what is put together only at the end: transitive edges, institutions' years."""
        for s, predicate, object_ in known:
            if predicate in self.rules.transitive:
                self.edges.setdefault(predicate, {}).setdefault(s, set()).add(object_)
        if dating is None or not dating.is_dated:
            return
        if dating.bounds is None and subject in self.index.series:
            return  # a set of years: its editions have them
        for institution in [o for s, p, o in known if p == t.INVOLVES and s == subject]:
            self.records.setdefault(institution, _Record()).add(dating)

    def _transitive(self) -> Iterator[Triple]:
        for predicate in sorted(self.edges):
            edges = self.edges[predicate]
            new = {
                (subject, predicate, end)
                for subject, ends in edges.items()
                for end in _reachable(subject, edges) - ends
            }
            derived = new | {
                (end, other, subject) if swapped else (subject, other, end)
                for subject, _, end in new
                for other, swapped in self.rules.implied.get(predicate, ())
            }
            yield from sorted(derived)

    def _shared(self) -> Iterator[Triple]:
        for stated, derived in self.spill.read():
            told = set(stated)
            types = sorted((s, o) for s, p, o in {*stated, *derived} if p == t.TYPE)
            for _, group in groupby(types, key=itemgetter(0)):
                _check_disjoint(group, self.rules)
            yield from (triple for triple in derived if triple not in told)

    def _counts(self) -> Iterator[Triple]:
        for institution in sorted(self.records):
            record = self.records[institution]
            for predicate, number in (
                (t.DATED_ACTIVITIES, record.activities),
                (t.FIRST_ACTIVE, record.first),
                (t.LAST_ACTIVE, record.last),
                (t.LAST_STARTED, record.last_started),
            ):
                if number is not None:
                    yield institution, predicate, integer_term(number)

    def _year_nodes(self) -> Iterator[Triple]:
        for year in sorted(self.years):
            subject = iri_term(self.mint.year(year))
            yield subject, t.NUMBER, integer_term(year)
            yield subject, t.LABEL, text_term(f"{year:04d}")


def close(
    quads: Iterable[Quad],
    index: Index,
    rules: Rules,
    mint: Minter,
    tally: Counter[Term] | None = None,
) -> Iterator[Triple]:
    """Every triple that follows from the quads, none of them asserted, each once.

    `quads` are those that `index` has seen, in the same order; the order of the result follows from
    theirs alone. `tally` counts the resources of each class, as they are closed.

    :raises InconsistentGraph: if something is in two classes that are declared disjoint.
    """
    with tempfile.TemporaryDirectory(prefix="twingraph-") as folder:
        spill = Spill(Path(folder))
        try:
            yield from _Closer(
                index, rules, mint, spill, Counter() if tally is None else tally
            ).close(quads)
        finally:
            spill.close()


def close_quads(quads: Iterable[Quad], rules: Rules, mint: Minter) -> Iterator[Triple]:
    """The same of quads in any order that fit in memory."""
    ordered = sorted(set(quads))
    index = Index(rules)
    for quad in ordered:
        index.add(quad)
    return close(ordered, index, rules, mint)


def _twins(subject: Term, stated: Iterable[Triple]) -> set[Triple]:
    """The pairs of partners of a twinning."""
    facts = set(stated)
    if (subject, t.KIND, t.TWINNING) not in facts:
        return set()
    partners = sorted(o for _, p, o in facts if p == t.PARTNER)
    return {(one, t.TWINNED_WITH, other) for one in partners for other in partners if one != other}


def _reachable(start: Term, edges: dict[Term, set[Term]]) -> set[Term]:
    found: set[Term] = set()
    waiting = list(edges[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(edges.get(node, ()))
    return found


def _check_disjoint(typed: Iterable[tuple[Term, Term]], rules: Rules) -> None:
    pairs = list(typed)
    types = {name for _, name in pairs}
    for one, other in sorted(rules.disjoint):
        if one in types and other in types:
            raise InconsistentGraph(
                f"{pairs[0][0]} is both {one} and {other}, which the ontology declares disjoint"
            )
