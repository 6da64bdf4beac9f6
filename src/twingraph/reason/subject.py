"""The closure of one subject's statements, with the tables of `reason.rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.quads import Term, Triple
    from twingraph.reason.rules import Rules


def close_subject(stated: Iterable[Triple], rules: Rules) -> set[Triple]:
    """The stated triples and all that follows from them and the topics alone.

    Joins are made where both statements are among `stated` or what follows from it, or where the
    second is about a topic; transitivity between subjects is `reason.closure`'s.
    """
    known = set(stated)
    waiting = list(known)
    # (predicate, subject) -> objects and (predicate, object) -> subjects, of the chains' steps
    objects: dict[tuple[Term, Term], list[Term]] = {}
    subjects: dict[tuple[Term, Term], list[Term]] = {}
    while waiting:
        triple = waiting.pop()
        subject, predicate, object_ = triple
        following = [*_from_one(triple, rules)]
        for second, whole in rules.chains.get(predicate, ()):
            subjects.setdefault((predicate, object_), []).append(subject)
            ends = (*rules.static.get((object_, second), ()), *objects.get((second, object_), ()))
            following += [(subject, whole, end) for end in ends]
        for first, whole in rules.chains_by_second.get(predicate, ()):
            objects.setdefault((predicate, subject), []).append(object_)
            starts = subjects.get((first, subject), ())
            following += [(start, whole, object_) for start in starts]
        for new in following:
            if new not in known:
                known.add(new)
                waiting.append(new)
    return known


def _from_one(triple: Triple, rules: Rules) -> Iterator[Triple]:
    """What follows from a single statement."""
    subject, predicate, object_ = triple
    if predicate == TYPE:
        for superclass in rules.superclasses.get(object_, ()):
            yield subject, TYPE, superclass
        return
    is_resource = object_[0] == "<"
    for other, swapped in rules.implied.get(predicate, ()):
        if not swapped:
            yield subject, other, object_
        elif is_resource:
            yield object_, other, subject
    for name in rules.subject_types.get(predicate, ()):
        yield subject, TYPE, name
    if is_resource:
        for name in rules.object_types.get(predicate, ()):
            yield object_, TYPE, name
