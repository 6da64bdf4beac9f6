"""One subject after another, closed: what follows about it alone, and what it tells of others."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from twingraph import terms as t
from twingraph.errors import InconsistentGraph
from twingraph.quads import Quad, Term, lexical_form
from twingraph.reason.expand import ACTIVITY, SERIES, STAGE, SUBJECT
from twingraph.reason.gather import DERIVED, STATED, Career, Gathered, by_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.reason.dating import Dating
    from twingraph.reason.expand import Dates, Expander, Expansion
    from twingraph.reason.index import Index
    from twingraph.reason.rules import Rules

# Who has exchanged: each had a part of its own in one activity (DESIGN.md, 3).
_EXCHANGING: Final = frozenset({t.ORGANIZER, t.PARTICIPANT, t.HOST})
_Pairs = list[tuple[Term, Term]]


class Totals(Struct):
    """What is counted over subjects. A series counts where none of its editions does."""

    types: dict[str, int] = field(default_factory=dict)  # classes, joined by spaces -> subjects
    years: set[int] = field(default_factory=set)
    decades: dict[int, int] = field(default_factory=dict)  # first year -> activities, no series
    edges: list[tuple[Term, Term, Term]] = field(default_factory=list)  # of transitive predicates
    # series -> its decades, and the pairs that exchanged in it
    series: dict[Term, tuple[list[int], _Pairs]] = field(default_factory=dict)
    # series, decades of an edition of it, institutions involved in that
    editions: list[tuple[Term, list[int], list[Term]]] = field(default_factory=list)

    def count(self, types: set[Term], decades: Iterable[int]) -> None:
        """Count a subject of these classes, and an activity in these decades."""
        name = " ".join(sorted(types))
        self.types[name] = self.types.get(name, 0) + 1
        for decade in decades:
            self.decades[decade] = self.decades.get(decade, 0) + 1

    def join(self, other: Totals) -> None:
        """Add what was counted elsewhere."""
        for name, number in other.types.items():
            self.types[name] = self.types.get(name, 0) + number
        for decade, number in other.decades.items():
            self.decades[decade] = self.decades.get(decade, 0) + number
        self.years |= other.years
        self.edges += other.edges
        self.series |= other.series
        self.editions += other.editions

    def tally(self) -> Counter[Term]:
        """How many subjects there are of each class."""
        found: Counter[Term] = Counter()
        for name, number in self.types.items():
            for each in name.split(" ") if name else ():
                found[Term(each)] += number
        return found


class _Subject(Struct):
    """What is known of the subject that is being closed."""

    name: Term
    stated: dict[str, None] = field(default_factory=dict)  # " p o"
    after: dict[str, None] = field(default_factory=dict)
    before: dict[str, None] = field(default_factory=dict)
    types: set[Term] = field(default_factory=set)
    starts: list[tuple[int, Term]] = field(default_factory=list)
    ends: list[tuple[int, Term]] = field(default_factory=list)
    involved: list[Term] = field(default_factory=list)
    parties: dict[Term, None] = field(default_factory=dict)
    partners: list[Term] = field(default_factory=list)
    series: list[Term] = field(default_factory=list)
    is_twinning: bool = False


class Closer:
    """Closes subjects; what it gathers and counts over them is `gathered` and `totals`."""

    def __init__(self, index: Index, rules: Rules, expander: Expander) -> None:
        self.gathered = Gathered()
        self.totals = Totals()
        self.index = index
        self._rules = rules
        self._expander = expander

    def close(self, subject: Term, quads: Iterable[Quad]) -> list[str]:
        """The triples `s p o` that follow about an activity that nobody else tells of.

        Of any other subject the triples are gathered, since others may give them too.

        :raises InconsistentGraph: if it is in two classes that are declared disjoint.
        """
        known = _Subject(subject)
        dates: list[tuple[str, int | None]] = []
        for _, predicate, object_, graph in quads:
            if predicate == t.DATE:
                dates.append((lexical_form(object_), self.index.as_of_graph(graph)))
            self._state(known, predicate, object_)
        is_activity = t.ACTIVITY in known.types
        dating = self._take_time(known, tuple(dates), is_activity=is_activity)
        self._exchange(known, dating)
        self._twin(known)
        self._join_chains(known)
        self._count(known, dating, is_activity=is_activity)
        lines = self._derived(known)
        if is_activity and subject not in self.index.linked:
            self._check_disjoint(known)
            return lines
        self._keep_apart(known, lines)
        return []

    def _state(self, known: _Subject, predicate: Term, object_: Term) -> None:
        text = f" {predicate} {object_}"
        if text in known.stated:
            return
        known.stated[text] = None
        self._add(known, self._expander.expand(predicate, object_))
        if predicate in _EXCHANGING:
            known.parties[object_] = None
        elif predicate == t.PARTNER:
            known.partners.append(object_)
        elif predicate == t.EDITION_OF:
            known.series.append(object_)
        elif predicate == t.KIND and object_ == t.TWINNING:
            known.is_twinning = True

    def _add(self, known: _Subject, expansion: Expansion) -> None:
        known.after |= expansion.after
        known.types |= expansion.types
        if expansion.is_about_subject:
            return
        known.before |= expansion.before
        known.starts += expansion.starts
        known.ends += expansion.ends
        known.involved += expansion.involved
        self.gathered.derive(expansion.apart)
        for edge in expansion.edges:
            s, p, o = (known.name if node == SUBJECT else node for node in edge)
            self.totals.edges.append((s, p, o))

    def _take_time(self, known: _Subject, dates: Dates, *, is_activity: bool) -> Dating | None:
        kind = STAGE
        if is_activity:
            kind = SERIES if known.name in self.index.series else ACTIVITY
        timed = self._expander.expand_time(dates, kind)
        known.after |= timed.stated
        self._add(known, timed.expansion)
        dating = timed.dating
        if dating is not None and is_activity:
            self.totals.years |= dating.certain
            self.totals.years |= dating.possible
        return dating

    def _exchange(self, known: _Subject, dating: Dating | None) -> None:
        """Pairs of institutions of different municipalities that each had a part of their own."""
        if dating is not None and dating.is_planned:
            return
        homes = [(who, self.index.home.get(who)) for who in sorted(known.parties, key=by_iri)]
        pairs = [
            (one, other)
            for number, (one, here) in enumerate(homes)
            for other, there in homes[number + 1 :]
            if here is not None and there is not None and here != there
        ]
        if known.name in self.index.series:
            decades = [] if dating is None else dating.decades
            self.totals.series[known.name] = decades, pairs
        else:
            self.gathered.pairs.update(pairs)

    def _twin(self, known: _Subject) -> None:
        """The pairs of partners of a twinning."""
        if known.is_twinning:
            for one in known.partners:
                for other in known.partners:
                    if one != other:
                        self._relate(one, t.TWINNED_WITH, other)

    def _relate(self, subject: Term, predicate: Term, object_: Term) -> None:
        """Gather a triple that is not about the subject that is closed, and what follows."""
        line = f"{DERIVED}{subject} {predicate} {object_}"
        if line in self.gathered.lines:
            return
        self.gathered.lines[line] = None
        expansion = self._expander.expand(predicate, object_)
        if expansion.after:
            known = self._expander.typed.get(subject, ())
            self.gathered.derive(subject + text for text in expansion.after if text not in known)
        if expansion.before:
            self.gathered.derive(text + subject for text in expansion.before)
        if expansion.apart:
            self.gathered.derive(expansion.apart)

    def _join_chains(self, known: _Subject) -> None:
        for number, start in known.starts:
            whole = self._expander.chains[number][2]
            for other, end in known.ends:
                if other == number:
                    self._relate(start, whole, end)

    def _count(self, known: _Subject, dating: Dating | None, *, is_activity: bool) -> None:
        is_series = known.name in self.index.series
        decades = dating.decades if dating is not None and is_activity else []
        self.totals.count(known.types, () if is_series else decades)
        if not is_activity:
            return
        for series in known.series:
            self.totals.editions.append((series, decades, list(dict.fromkeys(known.involved))))
        if dating is None or not dating.is_dated or (dating.bounds is None and is_series):
            return  # a set of years: its editions have them
        for institution in dict.fromkeys(known.involved):
            career = self.gathered.careers.get(institution)
            if career is None:
                career = self.gathered.careers[institution] = Career()
            career.add(dating)

    def _derived(self, known: _Subject) -> list[str]:
        name = known.name
        lines = [name + text for text in known.after if text not in known.stated]
        lines += [text + name for text in known.before]
        return lines

    def _check_disjoint(self, known: _Subject) -> None:
        if clash := find_clash(frozenset(known.types), self._rules):
            raise_clash(known.name, clash)

    def _keep_apart(self, known: _Subject, lines: Iterable[str]) -> None:
        for text in known.stated:
            predicate = text[1 : text.index(" ", 1)]
            if predicate in self._rules.implied or predicate == t.TYPE:
                self.gathered.lines[f"{STATED}{known.name}{text}"] = None
        self.gathered.derive(lines)


@lru_cache(maxsize=1 << 12)
def _find_clash(
    types: frozenset[Term], disjoint: frozenset[tuple[Term, Term]]
) -> tuple[Term, Term] | None:
    return next((pair for pair in sorted(disjoint) if types.issuperset(pair)), None)


def find_clash(types: frozenset[Term], rules: Rules) -> tuple[Term, Term] | None:
    """Two of the classes that the ontology declares disjoint, or None."""
    return _find_clash(types, rules.disjoint)


def raise_clash(subject: str, clash: tuple[Term, Term]) -> None:
    """Refuse a subject that is in two disjoint classes.

    :raises InconsistentGraph: always.
    """
    one, other = clash
    raise InconsistentGraph(
        f"{subject} is both {one} and {other}, which the ontology declares disjoint"
    )
