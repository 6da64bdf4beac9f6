"""What statements, times and ends of chains imply: what `reason.expand` works out and keeps.

Texts are pieces of N-Triples around the subject S that is closed: ` p o` goes behind S, `o p `
stands before it.
"""

from __future__ import annotations

from msgspec import Struct

from twingraph.quads import Term
from twingraph.reason.dating import Dating
from twingraph.reason.gather import Link


class Expansion(Struct, frozen=True, eq=False, gc=False):
    """What follows from a statement (S p o) and the topics. Dicts keep the order of their keys."""

    text: str  # " p o" itself; "" of a literal, or of several statements
    after: dict[str, None]  # " p o": what follows about S
    before: dict[str, None]  # "o p ": what follows about others and S
    apart: tuple[str, ...]  # "s p o": what follows about others alone
    types: frozenset[Term]  # the classes of S, the stated one among them
    starts: tuple[tuple[int, Term], ...]  # number of a chain and x, where (x first S)
    ends: tuple[tuple[int, Term], ...]  # number of a chain and y, where (S second y)
    edges: tuple[tuple[Term, Term, Term], ...]  # transitive (s, p, o), S as `reason.expand.SUBJECT`
    involved: dict[Term, None]  # institutions that S involves
    noted: tuple[Term, Term] | None  # the statement itself (p, o), if p is one of `NOTED`
    is_tie: bool  # whether there is more than `text`, `after`, `apart` and `types`


class Template(Struct, frozen=True, eq=False, gc=False):
    """What follows from (S p o), whatever resource o is: pieces of text to put o behind or before.

    There are many such resources (institutions, partnerships), each in few statements: to put
    pieces together is cheaper than to remember what came of it.
    """

    text: str  # " p "
    fixed: dict[str, None]  # " p o" about S in which o is not
    after: tuple[str, ...]  # " p ": o goes behind
    before: tuple[str, ...]  # " p ": o goes before, S behind
    apart: tuple[str, ...]  # " p o" about the resource
    types: frozenset[Term]
    starts: tuple[int, ...]  # numbers of the chains whose first step leads from o to S
    ends: tuple[int, ...]  # numbers of the chains whose second step leads from S to o
    edges: tuple[tuple[Term, bool], ...]  # transitive predicates, and whether they lead from o
    is_involving: bool
    is_exchanging: bool  # whether the predicate is one of `EXCHANGING`
    is_telling: bool  # whether something is told of the resource
    noted: Term | None  # the predicate, if it is one of `NOTED` and not of `EXCHANGING`


class Timed(Struct, frozen=True, eq=False, gc=False):
    """What follows from a stated time: the dating, and its statements with what these give."""

    dating: Dating | None
    after: dict[str, None]
    apart: tuple[str, ...]
    types: frozenset[Term]


class Joined(Struct, frozen=True, eq=False, gc=False):
    """What the ends of chains at a subject give to each start. Keys are numbers of chains."""

    links: dict[int, Link]
    apart: tuple[str, ...]  # "s p o": what follows about the ends alone
    telling: dict[int, list[tuple[Term, Term]]]  # whole and end of which more follows for a start
