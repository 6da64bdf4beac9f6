"""The quads of a package and their union, read from files that are larger than what is held."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from twingraph import terms as t
from twingraph.export import quotes
from twingraph.export.union import read_below, read_union

if TYPE_CHECKING:
    from pathlib import Path

SUBJECTS = ("a", "b/1", "b/2", "b/2#x", "b0", "c", "ü/1", "ü/2", "\U0001f3db")


@pytest.fixture
def union(tmp_path: Path) -> Path:
    lines = [f"<{s}> <p> {o} .\n" for s in SUBJECTS for o in ('"one two"', "<b/9>", f'"{s * 40}"')]
    path = tmp_path / "union.nt"
    path.write_bytes(b"".join(sorted(line.encode() for line in lines)))
    return path


@pytest.mark.parametrize(
    "beginning",
    ["<", "<a", "<b", "<b/", "<b/2", "<b/2>", "<b/3", "<c", "<ü/", "<\U0001f3db", "<z", "", "!"],
)
def test_subjects_that_begin_so_are_found_without_the_others(union: Path, beginning: str) -> None:
    expected = [each for each in read_union(union) if each[0].startswith(beginning)]
    assert list(read_below(union, beginning)) == expected


def test_nothing_is_found_in_an_empty_union(tmp_path: Path) -> None:
    (tmp_path / "union.nt").touch()
    assert list(read_below(tmp_path / "union.nt", "<a")) == []


@pytest.mark.parametrize("stretch", [1, 50, 10_000])
def test_quotes_are_found_wherever_a_stretch_ends(
    monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(quotes, "_STRETCH", stretch)
    lines = [
        b'<a> <p> "no quote. At all." <g> .\n',
        f'<a> {t.QUOTE} "One sentence. Another." <g> .\n'.encode(),
        f'<a> <p> "it says {t.QUOTE} here. So." <g> .\n'.encode(),
        b'<b> <p> "the end. It is." <g> .\n',
    ]
    short = lines[1].replace(b" Another.", b"")
    for held, expected in (
        ("full", lines),
        ("short", [lines[0], short, *lines[2:]]),
        ("none", [lines[0], *lines[2:]]),
    ):
        found = b"".join(quotes.filter_quotes(io.BytesIO(b"".join(lines)), held))
        assert found == b"".join(expected), held
