"""The closure of quads that fit in memory. A build closes part by part, with the same pieces.

Two passes. `Index` learns in the first what a subject alone cannot know: who is based where, which
activities are series, which are told in several places or tied to one another. In the second each
subject is closed by itself (`reason.closer`); what others may give too is gathered
(`reason.gather`) and put together at the end (`reason.whole`).
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from twingraph.quads import Quad, Term, Triple
from twingraph.reason.closer import Closer
from twingraph.reason.expand import Expander
from twingraph.reason.index import Index
from twingraph.reason.whole import common_triples, gather_series, gather_static, put_together

_SUBJECTS: Final = 300  # in a bucket: its tables are to fit the processor's cache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twingraph.reason.rules import Rules
    from twingraph.vocab import Minter


def close(quads: Iterable[Quad], index: Index, rules: Rules, mint: Minter) -> Iterator[str]:
    """Every triple `s p o` that follows from the quads, none of them asserted, each once.

    `quads` are those that `index` has seen, in the same order; the order of the result follows from
    theirs alone.

    :raises InconsistentGraph: if something is in two classes that are declared disjoint.
    """
    buckets = 1 + len(index.seen) // _SUBJECTS
    closer = Closer(index, rules, Expander(rules, mint), buckets)
    gather_static(rules, closer.gathered)
    aside: dict[Term, list[Quad]] = {}
    for subject, group in groupby(quads, key=itemgetter(0)):
        if index.is_told_once(subject):
            yield from closer.close(subject, group)
        else:
            aside.setdefault(subject, []).extend(group)
    for subject in sorted(aside):
        yield from closer.close(subject, aside[subject])
    gather_series(closer.totals, closer.gathered)
    for _, bucket in closer.gathered.take():
        yield from put_together(bucket, rules, mint).triples
    yield from common_triples(closer.totals, rules, mint)


def close_quads(quads: Iterable[Quad], rules: Rules, mint: Minter) -> Iterator[Triple]:
    """The same of quads in any order, as terms."""
    ordered = sorted(set(quads))
    index = Index(rules)
    index.learn(ordered)
    for text in close(ordered, index, rules, mint):
        subject, predicate, object_ = text.split(" ", 2)
        yield Term(subject), Term(predicate), Term(object_)
