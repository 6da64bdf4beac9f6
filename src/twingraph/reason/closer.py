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
from twingraph.reason.gather import STATED, Career, Gathered, by_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.reason.dating import Dating
    from twingraph.reason.expand import Dates, Expander, Expansion, Timed
    from twingraph.reason.index import Index
    from twingraph.reason.rules import Rules

# Who has exchanged: each had a part of its own in one activity (DESIGN.md, 3).
_EXCHANGING: Final = frozenset({t.ORGANIZER, t.PARTICIPANT, t.HOST})
_NOTED: Final = _EXCHANGING | {t.PARTNER, t.EDITION_OF, t.KIND}
_NO_CLASS: Final = frozenset[Term]()
_KEPT: Final = 1 << 12  # sets of classes remembered
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

    def count(self, types: frozenset[Term], decades: Iterable[int]) -> None:
        """Count a subject of these classes, and an activity in these decades."""
        name = _write_types(types)
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


class _Subject(Struct, gc=False):
    """What is known of the subject that is being closed."""

    name: Term
    types: frozenset[Term]
    stated: dict[str, None] = field(default_factory=dict)  # " p o"
    after: dict[str, None] = field(default_factory=dict)
    before: dict[str, None] = field(default_factory=dict)
    starts: list[tuple[int, Term]] = field(default_factory=list)
    ends: list[tuple[int, Term]] = field(default_factory=list)
    involved: dict[Term, None] = field(default_factory=dict)
    parties: dict[Term, None] = field(default_factory=dict)
    partners: tuple[Term, ...] = ()
    series: tuple[Term, ...] = ()
    is_twinning: bool = False

    def note(self, predicate: Term, object_: Term) -> None:
        """Note a statement with one of the predicates `_NOTED`."""
        if predicate in _EXCHANGING:
            self.parties[object_] = None
        elif predicate == t.PARTNER:
            self.partners += (object_,)
        elif predicate == t.EDITION_OF:
            self.series += (object_,)
        elif object_ == t.TWINNING:
            self.is_twinning = True


class Closer:
    """Closes subjects; what it gathers and counts over them is `gathered` and `totals`."""

    def __init__(self, index: Index, rules: Rules, expander: Expander) -> None:
        self.gathered = Gathered()
        self.totals = Totals()
        self.index = index
        self._rules = rules
        self._expander = expander
        self._timed: set[Timed] = set()  # what has been gathered of

    def close(self, subject: Term, quads: Iterable[Quad]) -> list[str]:
        """The triples `s p o` that follow about an activity that nobody else tells of.

        Of any other subject the triples are gathered, since others may give them too.

        :raises InconsistentGraph: if it is in two classes that are declared disjoint.
        """
        known = _Subject(subject, _NO_CLASS)
        dates = self._read(known, quads)
        is_activity = t.ACTIVITY in known.types
        is_series = subject in self.index.series
        kind = (SERIES if is_series else ACTIVITY) if is_activity else STAGE
        dating = self._take_time(known, dates, kind) if dates or is_activity else None
        self._exchange(known, dating, is_series=is_series)
        if known.is_twinning:
            self._twin(known)
        if known.starts:
            self._join_chains(known)
        if is_activity:
            self._count(known, dating, is_series=is_series)
        else:
            self.totals.count(known.types, ())
        lines = [subject + text for text in known.after if text not in known.stated]
        lines += [text + subject for text in known.before]
        if is_activity and subject not in self.index.linked:
            if clash := find_clash(known.types, self._rules):
                raise_clash(subject, clash)
            return lines
        self._keep_apart(known, lines)
        return []

    def _read(self, known: _Subject, quads: Iterable[Quad]) -> Dates:
        """Take all that is stated of a subject; its dates are returned."""
        dates: Dates = ()
        ties: list[Expansion] = []
        stated, after, types = known.stated, known.after, known.types
        found, expand = self._expander.found, self._expander.expand
        for _, predicate, object_, graph in quads:
            if predicate == t.DATE:
                dates += ((lexical_form(object_), self.index.as_of_graph(graph)),)
            expansion = found.get((predicate, object_)) or expand(predicate, object_)
            text = expansion.text or f" {predicate} {object_}"
            if text in stated:
                continue
            stated[text] = None
            if expansion.after:
                after |= expansion.after
            if expansion.types:
                types = _join(types, expansion.types)
            if expansion.apart:
                self.gathered.derive_once(expansion.apart)
            if expansion.is_tie:
                ties.append(expansion)
            if predicate in _NOTED:
                known.note(predicate, object_)
        known.types = types
        self._tie(known, ties)
        return dates

    def _tie(self, known: _Subject, ties: Iterable[Expansion]) -> None:
        """Take what ties the subject to others."""
        known.before |= {text: None for tie in ties for text in tie.before}
        known.starts += [start for tie in ties for start in tie.starts]
        known.ends += [end for tie in ties for end in tie.ends]
        known.involved |= {one: None for tie in ties for one in tie.involved}
        for tie in ties:
            for edge in tie.edges:
                s, p, o = (known.name if node == SUBJECT else node for node in edge)
                self.totals.edges.append((s, p, o))

    def _take_time(self, known: _Subject, dates: Dates, kind: str) -> Dating | None:
        timed = self._expander.expand_time(dates, kind)
        expansion, dating = timed.expansion, timed.dating
        known.after |= expansion.after
        known.types = _join(known.types, expansion.types)
        if expansion.is_tie:
            self._tie(known, (expansion,))
        if timed not in self._timed:
            self._timed.add(timed)
            self.gathered.derive(expansion.apart)
            if dating is not None and kind != STAGE:
                self.totals.years |= dating.certain | dating.possible
        return dating

    def _exchange(self, known: _Subject, dating: Dating | None, *, is_series: bool) -> None:
        """Pairs of institutions of different municipalities that each had a part of their own."""
        if dating is not None and dating.is_planned:
            return
        pairs = self._pairs(known.parties) if len(known.parties) > 1 else []
        if is_series:
            self.totals.series[known.name] = [] if dating is None else dating.decades, pairs
            return
        counts = self.gathered.pairs
        for pair in pairs:
            counts[pair] = counts.get(pair, 0) + 1

    def _pairs(self, parties: Iterable[Term]) -> _Pairs:
        homes = [(who, self.index.home.get(who)) for who in sorted(parties, key=by_iri)]
        return [
            (one, other)
            for number, (one, here) in enumerate(homes)
            for other, there in homes[number + 1 :]
            if here is not None and there is not None and here != there
        ]

    def _twin(self, known: _Subject) -> None:
        """The pairs of partners of a twinning."""
        for one in known.partners:
            for other in known.partners:
                if one != other:
                    self._relate(one, t.TWINNED_WITH, other)

    def _relate(self, subject: Term, predicate: Term, object_: Term) -> None:
        """Gather a triple that is not about the subject that is closed, and what follows."""
        self.gathered.relations[subject, predicate, object_] = None
        expansion = self._expander.expand(predicate, object_)
        if expansion.after:
            known = self._expander.typed.get(subject, ())
            self.gathered.derive(subject + text for text in expansion.after if text not in known)
        if expansion.before:
            self.gathered.derive(text + subject for text in expansion.before)
        if expansion.apart:
            self.gathered.derive_once(expansion.apart)

    def _join_chains(self, known: _Subject) -> None:
        relations = self.gathered.relations
        for number, start in known.starts:
            whole = self._expander.chains[number][2]
            for other, end in known.ends:
                if other == number and (start, whole, end) not in relations:
                    self._relate(start, whole, end)

    def _count(self, known: _Subject, dating: Dating | None, *, is_series: bool) -> None:
        """Count an activity."""
        decades = [] if dating is None else dating.decades
        self.totals.count(known.types, () if is_series else decades)
        for series in known.series:
            self.totals.editions.append((series, decades, list(known.involved)))
        if dating is None or not dating.is_dated or (dating.bounds is None and is_series):
            return  # a set of years: its editions have them
        careers = self.gathered.careers
        for institution in known.involved:
            career = careers.get(institution)
            if career is None:
                career = careers[institution] = Career()
            career.add(dating)

    def _keep_apart(self, known: _Subject, lines: Iterable[str]) -> None:
        for text in known.stated:
            predicate = text[1 : text.index(" ", 1)]
            if predicate in self._rules.implied or predicate == t.TYPE:
                self.gathered.lines[f"{STATED}{known.name}{text}"] = None
        self.gathered.derive(lines)


@lru_cache(maxsize=_KEPT)
def _join(one: frozenset[Term], other: frozenset[Term]) -> frozenset[Term]:
    return one | other


@lru_cache(maxsize=_KEPT)
def _write_types(types: frozenset[Term]) -> str:
    return " ".join(sorted(types))


@lru_cache(maxsize=_KEPT)
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
