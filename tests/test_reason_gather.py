"""What is told of others: by bucket, counted, as text and back, and the same in any buckets."""

from __future__ import annotations

import pytest

from example import DATA
from twingraph.graph import build_asserted
from twingraph.ontology import read_vocabulary
from twingraph.quads import Quad, Term
from twingraph.reason import Index, close, closure, gather, shipped_rules
from twingraph.reason.dating import read_dating
from twingraph.reason.gather import Bucket, Gathered, Link
from twingraph.reason.whole import put_together
from twingraph.records import open_folder
from twingraph.vocab import Minter

MINT = Minter()
A, B, C = (Term(f"<{MINT.institution(name)}>") for name in "abc")
P, Q = Term("<urn:p>"), Term("<urn:q>")


def told(buckets: int = 1) -> Gathered:
    """A exchanged with B twice and with C in a series that its editions count; and more."""
    gathered = Gathered(buckets, {A: P, B: Q})
    a, b, c = (gathered.resources[name] for name in (A, B, C))
    gathered.state(A, [f" {P} {B}"])
    gathered.derive_about(A, [f" {P} {B}", f" {P} {C}"])
    gathered.derive([f"{B} {P} {C}", f"{B} {P} {C}"])
    gathered.relate(B, Q, C)
    gathered.link(a, Link(Q, {B: None, C: None}))
    gathered.link(a, Link(Q, {C: None, A: None}))
    for year in ("1999", "2001"):
        dating = read_dating([(year, None)])
        assert dating is not None
        gathered.date([a, b], dating)
    gathered.meet(a, b)
    gathered.meet(a, b)
    gathered.meet(a, c, 0)
    return gathered


def test_bucket_as_text_comes_to_the_same() -> None:
    """If a bucket is written and read, then the same triples come of it, in the same order."""
    [(_, bucket)] = told().take()
    written = list(bucket.write())
    triples = put_together(bucket, shipped_rules(), MINT).triples
    assert put_together(Bucket.read(written), shipped_rules(), MINT).triples == triples
    assert len(triples) == len(set(triples))


def test_what_is_told_is_put_together() -> None:
    """If something is stated, then it is not derived; a pair counts its activities, if any."""
    [(_, bucket)] = told().take()
    triples = put_together(bucket, shipped_rules(), MINT).triples
    assert f"{A} {P} {B}" not in triples
    assert {f"{A} {P} {C}", f"{B} {P} {C}", f"{B} {Q} {C}"} <= set(triples)
    assert [text for text in triples if text.startswith(f"{A} {Q} ")] == [
        f"{A} {Q} {object_}" for object_ in (B, C, A)
    ]
    joint = [text for text in triples if "jointActivities" in text]
    assert len(joint) == 1
    assert f"<{MINT.pair(A[1:-1], B[1:-1])}> " in joint[0]
    assert '"2"^^' in joint[0]
    exchanged = {tuple(text.split(" ")[::2]) for text in triples if "exchangedWith" in text}
    assert exchanged == {(A, B), (B, A), (A, C), (C, A)}


def test_counts_of_several_places_are_added_up() -> None:
    """If several parts tell of one bucket, then what they count is added up."""
    lines = [line for _ in range(3) for _, bucket in told().take() for line in bucket.write()]
    bucket = Bucket.read(lines)
    assert (bucket.pairs[A, B], bucket.pairs[A, C]) == (6, 0)
    assert bucket.careers[A].activities == 6


def test_each_subject_is_in_its_bucket() -> None:
    """If there are several buckets, then each tells of its own subjects alone, in their order."""
    gathered = told(buckets=16)
    numbers = {name: gathered.resources[name].number for name in (A, B, C)}
    taken = list(gathered.take())
    assert len(set(numbers.values())) == 3
    assert [number for number, _ in taken] == sorted(numbers.values())
    for number, bucket in taken:
        for line in bucket.write():
            assert numbers[Term(line[1 : line.index(" ")])] == number


def test_taking_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """If all is taken, then nothing is held; the same may be told again."""
    gathered = told()
    assert not gathered.is_full
    monkeypatch.setattr(gather, "_HELD", 3)
    assert gathered.is_full
    list(gathered.take())
    assert not gathered.is_full
    assert list(gathered.take()) == []
    assert gathered.relate(B, Q, C)


def test_names_alone_are_not_held_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """If many are named, and nothing is told of them, then it is time to take all the same."""
    gathered = Gathered(1, {})
    assert [gathered.resources[name].name for name in (A, B, C)] == [A, B, C]
    assert not gathered.is_full
    monkeypatch.setattr(gather, "_KNOWN", 2)
    assert gathered.is_full
    assert list(gathered.take()) == []
    assert not gathered.is_full


@pytest.fixture(scope="module")
def example() -> list[Quad]:
    opened = open_folder(DATA, read_vocabulary())
    quads = list(build_asserted(opened, read_vocabulary()))
    opened.finish()
    return quads


@pytest.mark.parametrize("subjects", [1, 7, 1_000_000])
def test_closure_is_the_same_in_any_buckets(
    example: list[Quad], subjects: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there are few buckets or many, then the same follows, each triple once."""

    def closed() -> list[str]:
        index = Index(shipped_rules())
        index.learn(example)
        return list(close(example, index, shipped_rules(), MINT))

    expected = closed()
    monkeypatch.setattr(closure, "_SUBJECTS", subjects)
    derived = closed()
    assert len(derived) == len(set(derived))
    assert set(derived) == set(expected)
