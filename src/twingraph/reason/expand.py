"""What one statement implies by itself, worked out once for each predicate and object, and kept.

Texts are pieces of N-Triples around the subject S that is closed: ` p o` goes behind S, `o p `
stands before it. What a source says is mostly what others say too (topics, forms, partnerships,
institutions), so closing an activity is little more than putting such pieces together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.errors import OntologyError
from twingraph.quads import Term, Triple
from twingraph.reason.dating import activity_statements, bound_statements, read_dating
from twingraph.reason.subject import close_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.quads import Quad
    from twingraph.reason.dating import Dating
    from twingraph.reason.rules import Rules
    from twingraph.vocab import Minter

    Dates = tuple[tuple[str, int | None], ...]

SUBJECT: Final = Term("<urn:subject>")
_OBJECT: Final = Term("<urn:object>")
_LITERAL: Final = Term('"literal"')
ACTIVITY: Final = "activity"
SERIES: Final = "series"
STAGE: Final = "stage"
_KEPT: Final = 20_000  # expansions remembered


@dataclass(frozen=True, slots=True)
class Expansion:
    """What follows from a statement (S p o) and the topics. Dicts keep the order of their keys."""

    after: dict[str, None]  # " p o": what follows about S
    before: dict[str, None]  # "o p ": what follows about others and S
    apart: tuple[str, ...]  # "s p o": what follows about others alone
    types: frozenset[Term]  # the classes of S, the stated one among them
    starts: tuple[tuple[int, Term], ...]  # number of a chain and x, where (x first S)
    ends: tuple[tuple[int, Term], ...]  # number of a chain and y, where (S second y)
    edges: tuple[tuple[Term, Term, Term], ...]  # transitive (s, p, o), S as `SUBJECT`
    involved: tuple[Term, ...]  # institutions that S involves
    is_about_subject: bool  # whether `after` and `types` are all of it


@dataclass(frozen=True, slots=True)
class Timed:
    """What follows from a stated time: the dating, its statements, and what these give."""

    dating: Dating | None
    stated: dict[str, None]  # " p o"
    expansion: Expansion


class Expander:
    """Expands statements and times by the rules; use one for all that is closed in a process.

    `chains` are the property chains that are joined at a subject: first, second, whole.

    :raises OntologyError: if what a chain gives would have to be joined again.
    """

    def __init__(self, rules: Rules, mint: Minter) -> None:
        self._rules = rules
        self._mint = mint
        self.expand_time = lru_cache(maxsize=1 << 14)(self._expand_time)
        self._static = {subject for subject, _ in rules.static}
        seconds = {second for _, second in rules.static}
        self.chains = tuple(
            (first, second, whole)
            for first, joins in sorted(rules.chains.items())
            for second, whole in joins
            if second not in seconds
        )
        # " p o" of the types that are known of a subject elsewhere: nobody derives them once more
        self.typed: dict[Term, frozenset[str]] = {}
        self._templates: dict[Term, Expansion] = {}
        self._known: dict[tuple[Term, Term], Expansion] = {}
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

    def expand(self, predicate: Term, object_: Term) -> Expansion:
        """What follows from a statement of S with this predicate and object."""
        if object_[0] != "<":
            object_ = _LITERAL
        found = self._known.get((predicate, object_))
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[predicate, object_] = self._expand(predicate, object_)
        return found

    def _expand_time(self, dates: Dates, kind: str) -> Timed:
        """What follows from statements of (EDTF, as_of) about an activity, a series or a stage."""
        dating = read_dating(dates)
        if kind == STAGE:
            statements = list(bound_statements(dating.bounds)) if dating else []
        else:
            is_series = kind == SERIES
            statements = list(activity_statements(dating, self._mint, is_series=is_series))
        texts = dict.fromkeys(f" {predicate} {object_}" for predicate, object_ in statements)
        return Timed(dating, texts, self.merge(statements))

    def _expand(self, predicate: Term, object_: Term) -> Expansion:
        if predicate == t.TYPE or object_ in self._static:
            return self.merge([(predicate, object_)])
        if object_ == _LITERAL:
            return self.merge([(predicate, object_)])
        template = self._templates.get(predicate)
        if template is None:
            template = self._templates[predicate] = self.merge([(predicate, _OBJECT)])
        return self._fill(template, object_)

    def _fill(self, template: Expansion, object_: Term) -> Expansion:
        """An expansion with its object in the place of `_OBJECT`."""
        known = self.typed.get(object_, ())
        texts = (each for each in template.apart if each.removeprefix(_OBJECT) not in known)
        return Expansion(
            {text.replace(_OBJECT, object_): None for text in template.after},
            {text.replace(_OBJECT, object_): None for text in template.before},
            tuple(text.replace(_OBJECT, object_) for text in texts),
            template.types,
            tuple((n, object_ if node == _OBJECT else node) for n, node in template.starts),
            tuple((n, object_ if node == _OBJECT else node) for n, node in template.ends),
            tuple(_put(edge, object_) for edge in template.edges),
            tuple(object_ if node == _OBJECT else node for node in template.involved),
            template.is_about_subject,
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
        involved: list[Term] = []
        for triple in triples:
            s, p, o = triple
            if s == SUBJECT:
                if p == t.TYPE:
                    types.add(o)
                elif p == t.INVOLVES:
                    involved.append(o)
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
        return Expansion(
            after,
            before,
            tuple(apart),
            frozenset(types),
            tuple(starts),
            tuple(ends),
            tuple(edges),
            tuple(involved),
            not (before or apart or starts or ends or edges or involved),
        )


def _put(triple: Triple, object_: Term) -> Triple:
    s, p, o = triple
    return object_ if s == _OBJECT else s, p, object_ if o == _OBJECT else o
