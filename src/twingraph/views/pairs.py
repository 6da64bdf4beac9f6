"""The rows of `institution-pairs`, in their order."""

from __future__ import annotations

import json
from itertools import chain, groupby, repeat, starmap
from typing import TYPE_CHECKING, Final

from twingraph.views.results import integer, literal, results, uri
from twingraph.views.sections import pack_numbers, read_json, unpack_numbers

if TYPE_CHECKING:
    from twingraph.views.names import Named
    from twingraph.views.sections import Content, Sections

COLUMNS: Final = ("institution", "name", "other", "otherName", "activities")


def render_pairs(named: Named) -> Sections:
    """The view of the pairs, most activities first, then by the names.

    `members` has two lines for each institution: the beginning of a row in which it is the first,
    and the middle of one in which it is the other. `first` and `second` say for each row which, and
    `counts` how many activities how many rows after one another have.
    """
    first, second, count = named.facts.pairs
    order = _order(named)
    counts = groupby(map(count.__getitem__, order))
    return {
        "members": b"\n".join(chain(*map(_member, named.facts.iris, named.names))),
        "first": pack_numbers(map(first.__getitem__, order)),
        "second": pack_numbers(map(second.__getitem__, order)),
        "counts": json.dumps([(number, sum(1 for _ in rows)) for number, rows in counts]).encode(),
    }


def _order(named: Named) -> list[int]:
    """The places of the pairs in the order of the answer, by numbers that are quick to compare."""
    first, second, count = named.facts.pairs
    ranks, size = named.ranks, len(named.ranks)
    by = [
        (ranks[one] - number * size) * size + ranks[other]
        for one, other, number in zip(first, second, count, strict=True)
    ]
    if len(set(ranks)) < size:  # of the same names the IRIs decide
        by = [
            (key * size + one) * size + other
            for key, one, other in zip(by, first, second, strict=True)
        ]
    return sorted(range(len(by)), key=by.__getitem__)


def _member(iri: str, name: str) -> tuple[bytes, bytes]:
    named, other = uri(iri), literal(name)
    return (
        f'{{"institution":{named},"name":{other},"other":'.encode(),
        f'{named},"otherName":{other},"activities":'.encode(),
    )


def answer_pairs(view: Sections) -> bytes:
    """The answer: a row a pair. There may be millions: each step goes over all of them at once."""
    lines = bytes(view["members"]).split(b"\n")
    first, second = unpack_numbers(view["first"]), unpack_numbers(view["second"])
    tails = ((f"{integer(number)}}},".encode(), rows) for number, rows in read_json(view["counts"]))
    pieces: list[Content] = [b""] * (3 * len(first))
    pieces[0::3] = list(map(lines[0::2].__getitem__, first))
    pieces[1::3] = list(map(lines[1::2].__getitem__, second))
    pieces[2::3] = list(chain.from_iterable(starmap(repeat, tails)))
    return results(COLUMNS, pieces)
