"""The longest lists of activities, of which counting takes longer than a page may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from twingraph.plot.asking import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.store import Build

_LONG: Final = 5_000  # activities; of fewer, a page is soon found
_MOST: Final = 8  # of a kind
_SAMPLE: Final = 400  # activities, of which those of a long list are many
_SURE: Final = 10  # of the sample; of fewer it tells nothing
# What has a list of activities -> what leads to it from one of them.
_KINDS: Final = {
    "topic": "tg:about",
    "partnership": "tg:within",
    "municipality": "tg:within/tg:partner",
    "institution": "tg:involves",
}


def find_longest(build: Build) -> list[Scope]:
    """The longest lists of each kind, of a few thousand activities and more.

    How long they are is told from a sample: the first activities in the order of the store, that
    of the hashes of their IRIs. A list that is taken for a shorter one is not found.
    """
    number = build.manifest["counts"]["activities"]
    if number < _LONG:
        return []
    return [
        Scope(build, "", name=iri, **{kind: f"<{iri}>"})  # type: ignore[arg-type]
        for kind in _KINDS
        for iri, found in _count_in_sample(build, kind)
        if found >= _SURE and found * number >= _LONG * _SAMPLE
    ]


def _count_in_sample(build: Build, kind: str) -> Iterator[tuple[str, int]]:
    sample = f"SELECT DISTINCT ?activity WHERE {{ ?activity a tg:Activity }} LIMIT {_SAMPLE}"
    rows: list[tuple[Any, ...]] = Scope(build, "").rows(
        "?thing (COUNT(DISTINCT ?activity) AS ?number)",
        f"{{ {sample} }} ?activity {_KINDS[kind]} ?thing",
        "?thing",
        f"ORDER BY DESC(?number) LIMIT {_MOST}",
    )
    return ((str(thing), int(number)) for thing, number in rows)
