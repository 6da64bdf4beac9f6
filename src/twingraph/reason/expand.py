"""What one statement implies by itself, worked out once and kept.

Texts are pieces of N-Triples around the subject S that is closed: ` p o` goes behind S, `o p `
stands before it. Of topics and forms, which the ontology knows, what follows is kept for each
predicate and object; of all other resources (institutions, partnerships) it is the same but for
the name, and kept for each predicate. So closing an activity is little more than putting such
pieces together.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.errors import OntologyError
from twingraph.quads import Term, Triple
from twingraph.reason.dating import activity_statements, bound_statements, read_dating
from twingraph.reason.gather import Link
from twingraph.reason.pieces import Expansion, Joined, Template, Timed
from twingraph.reason.subject import close_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.quads import Quad
    from twingraph.reason.rules import Rules
    from twingraph.vocab import Minter

    Dates = tuple[tuple[str, int | None], ...]

SUBJECT: Final = Term("<urn:subject>")
_OBJECT: Final = Term("<urn:object>")
_LITERAL: Final = Term('"literal"')
ACTIVITY: Final = "activity"
SERIES: Final = "series"
STAGE: Final = "stage"
# Who has exchanged: each had a part of its own in one activity (DESIGN.md, 3).
EXCHANGING: Final = frozenset({t.ORGANIZER, t.PARTICIPANT, t.HOST})
# Predicates that count for more than the rules say.
NOTED: Final = EXCHANGING | {t.PARTNER, t.EDITION_OF, t.KIND}
_KEPT: Final = 1 << 12  # expansions of resources remembered


class Expander:
    """Expands statements and times by the rules; use one for all that is closed in a process.

    `chains` are the property chains that are joined at a subject: first, second, whole.

    :raises OntologyError: if what a chain gives would have to be joined again.
    """

    def __init__(self, rules: Rules, mint: Minter) -> None:
        self._rules = rules
        self._mint = mint
        self.expand_time = lru_cache(maxsize=1 << 14)(self._expand_time)
        self.join = lru_cache(maxsize=1 << 14)(self._join)
        self._fill = lru_cache(maxsize=_KEPT)(self._fill_pattern)
        self.static = {subject for subject, _ in rules.static}  # what the ontology speaks of
        seconds = {second for _, second in rules.static}
        self.chains = tuple(
            (first, second, whole)
            for first, joins in sorted(rules.chains.items())
            for second, whole in joins
            if second not in seconds
        )
        # " p o" of the types that are known of a subject elsewhere: nobody derives them once more
        self.typed: dict[Term, frozenset[str]] = {}
        # What `expand` has found of literals, classes and what the ontology speaks of.
        self.found: dict[tuple[Term, Term], Expansion] = {}
        self.templates: dict[Term, Template] = {}  # what `template` has found
        self._patterns: dict[Term, Expansion] = {}
        self._check_chains()

    def _check_chains(self) -> None:
        steps = {step for first, second, _ in self.chains for step in (first, second)}
        for first, _, whole in self.chains:
            given = {p for _, p, _ in close_subject({(SUBJECT, whole, _OBJECT)}, self._rules)}
            if given & steps:
                raise OntologyError(f"{whole[1:-1]}: what a chain gives begins a chain again")
            for predicate in self._rules.implied:
                closed = close_subject({(SUBJECT, predicate, _OBJECT)}, self._rules)
                if predicate != first and any(s == SUBJECT and p == first for s, p, _ in closed):
                    raise OntologyError(f"{first[1:-1]}: begins a chain and is not only derived")

    def know_types(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """The quads, of which the types are noted: whoever closes these derives theirs."""
        known: dict[frozenset[Term], frozenset[str]] = {}
        found: dict[Term, frozenset[Term]] = {}
        for quad in quads:
            subject, predicate, object_, _ = quad
            if predicate == t.TYPE:
                found[subject] = found.get(subject, frozenset()) | {object_}
            yield quad
        for subject, classes in found.items():
            if classes not in known:
                expansion = self.merge([(predicate, each) for each in classes])
                known[classes] = frozenset(expansion.after) | {f" {t.TYPE} {c}" for c in classes}
            self.typed[subject] = known[classes]

    def is_open(self, predicate: Term, object_: Term) -> bool:
        """Whether the object is a resource of which the ontology itself says nothing."""
        return predicate != t.TYPE and object_[0] == "<" and object_ not in self.static

    def template(self, predicate: Term) -> Template:
        """What follows from a statement of S with this predicate and such a resource."""
        found = self.templates.get(predicate)
        if found is None:
            found = self.templates[predicate] = _cut(self._pattern(predicate), predicate)
        return found

    def _pattern(self, predicate: Term) -> Expansion:
        found = self._patterns.get(predicate)
        if found is None:
            found = self._patterns[predicate] = self.merge([(predicate, _OBJECT)])
        return found

    def expand(self, predicate: Term, object_: Term) -> Expansion:
        """What follows from a statement of S with this predicate and object."""
        if self.is_open(predicate, object_):
            return self._fill(predicate, object_)
        if object_[0] != "<":
            object_ = _LITERAL
        found = self.found.get((predicate, object_))
        if found is None:
            found = self.found[predicate, object_] = self.merge([(predicate, object_)])
        return found

    def _expand_time(self, dates: Dates, kind: str) -> Timed:
        """What follows from statements of (EDTF, as_of) about an activity, a series or a stage."""
        dating = read_dating(dates)
        if kind == STAGE:
            statements = list(bound_statements(dating.bounds)) if dating else []
        else:
            is_series = kind == SERIES
            statements = list(activity_statements(dating, self._mint, is_series=is_series))
        texts = [f" {predicate} {object_}" for predicate, object_ in statements]
        expansions = [self.expand(*each) for each in statements]
        if any(each.is_tie for each in expansions):
            raise OntologyError("a derived time ties an activity to others; expected years alone")
        return Timed(
            dating,
            # Times are many, and the years in them few: a year's text is kept once.
            dict.fromkeys(map(intern, chain(texts, *(each.after for each in expansions)))),
            tuple(text for each in expansions for text in each.apart),
            frozenset().union(*(each.types for each in expansions)),
        )

    def _join(self, ends: tuple[tuple[int, Term], ...]) -> Joined:
        """What ends of chains, by number, give to each start."""
        links: dict[int, Link] = {}
        apart: dict[str, None] = {}
        telling: dict[int, list[tuple[Term, Term]]] = {}
        for number, end in ends:
            whole = self.chains[number][2]
            links.setdefault(number, Link(whole, {})).objects[end] = None
            expansion = self.expand(whole, end)
            apart |= dict.fromkeys(expansion.apart)
            if expansion.after or expansion.before:
                telling.setdefault(number, []).append((whole, end))
        return Joined(links, tuple(apart), telling)

    def _fill_pattern(self, predicate: Term, object_: Term) -> Expansion:
        """What follows, from the pattern, with the object in the place of `_OBJECT`."""
        pattern = self._pattern(predicate)
        known = self.typed.get(object_, ())
        texts = (each for each in pattern.apart if each.removeprefix(_OBJECT) not in known)
        return Expansion(
            pattern.text.replace(_OBJECT, object_),
            dict.fromkeys(_put_all(pattern.after, object_)),
            dict.fromkeys(_put_all(pattern.before, object_)),
            tuple(_put_all(texts, object_)),
            pattern.types,
            tuple([(n, _put(node, object_)) for n, node in pattern.starts]),
            tuple([(n, _put(node, object_)) for n, node in pattern.ends]),
            tuple([(_put(s, object_), p, _put(o, object_)) for s, p, o in pattern.edges]),
            {_put(node, object_): None for node in pattern.involved},
            (pattern.noted[0], object_) if pattern.noted else None,
            pattern.is_tie,
        )

    def merge(self, statements: Iterable[tuple[Term, Term]]) -> Expansion:
        """What follows from several statements of S together, the statements themselves aside."""
        stated = {(SUBJECT, predicate, object_) for predicate, object_ in statements}
        return self._sorted_out(sorted(close_subject(stated, self._rules)), stated)

    def _sorted_out(self, triples: Iterable[Triple], stated: set[Triple]) -> Expansion:
        after: dict[str, None] = {}
        before: dict[str, None] = {}
        apart: list[str] = []
        types: set[Term] = set()
        starts: list[tuple[int, Term]] = []
        ends: list[tuple[int, Term]] = []
        edges: list[Triple] = []
        involved: dict[Term, None] = {}
        for triple in triples:
            s, p, o = triple
            if s == SUBJECT:
                if p == t.TYPE:
                    types.add(o)
                elif p == t.INVOLVES:
                    involved[o] = None
                ends += ((n, o) for n, (_, second, _) in enumerate(self.chains) if p == second)
            if o == SUBJECT:
                starts += ((n, s) for n, (first, _, _) in enumerate(self.chains) if p == first)
            if p in self._rules.transitive:
                edges.append(triple)
            if triple in stated:
                continue
            if s == SUBJECT:
                after[f" {p} {o}"] = None
            elif o == SUBJECT:
                before[f"{s} {p} "] = None
            else:
                apart.append(f"{s} {p} {o}")
        one = next(iter(stated)) if len(stated) == 1 else None
        noted = one[1:] if one and one[1] in NOTED else None
        return Expansion(
            f" {one[1]} {one[2]}" if one and one[2] != _LITERAL else "",
            after,
            before,
            tuple(apart),
            frozenset(types),
            tuple(starts),
            tuple(ends),
            tuple(edges),
            involved,
            noted,
            bool(before or starts or ends or edges or involved or noted),
        )


def _cut(pattern: Expansion, predicate: Term) -> Template:
    """The pieces of what follows from a statement with `_OBJECT`, which stands in each once."""
    starts = tuple(number for number, _ in pattern.starts)
    apart = tuple(text.removeprefix(_OBJECT) for text in pattern.apart)
    is_exchanging = predicate in EXCHANGING
    return Template(
        f" {predicate} ",
        {text: None for text in pattern.after if not text.endswith(_OBJECT)},
        tuple(text.removesuffix(_OBJECT) for text in pattern.after if text.endswith(_OBJECT)),
        tuple(text.removeprefix(_OBJECT) for text in pattern.before),
        _share(apart),
        pattern.types,
        starts,
        tuple(number for number, _ in pattern.ends),
        tuple((p, s == _OBJECT) for s, p, _ in pattern.edges),
        bool(pattern.involved),
        is_exchanging,
        bool(apart or starts or pattern.involved or is_exchanging),
        predicate if predicate in NOTED and not is_exchanging else None,
    )


@cache
def _share(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts: equal ones are the same object."""
    return texts


def _put(node: Term, object_: Term) -> Term:
    return object_ if node == _OBJECT else node


def _put_all(texts: Iterable[str], object_: Term) -> list[str]:
    """The texts with the object in the place of `_OBJECT`; a term holds no line feed."""
    joined = "\n".join(texts)
    return joined.replace(_OBJECT, object_).split("\n") if joined else []
