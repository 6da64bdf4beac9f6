"""Whether something is in two classes that the ontology declares disjoint."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from twingraph import terms as t
from twingraph.errors import InconsistentGraph
from twingraph.quads import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twingraph.reason.rules import Rules

_KEPT: Final = 1 << 12  # sets of classes remembered


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


def check_disjoint(triples: Iterable[str], rules: Rules) -> None:
    """Look at the types that triples `s p o` give.

    :raises InconsistentGraph: if something is in two classes that are declared disjoint.
    """
    middle = f" {t.TYPE} "
    types: dict[str, set[Term]] = {}
    for text in triples:
        subject, is_type, name = text.partition(middle)
        if is_type:
            types.setdefault(subject, set()).add(Term(name))
    for subject, names in types.items():
        if clash := find_clash(frozenset(names), rules):
            raise_clash(subject, clash)
