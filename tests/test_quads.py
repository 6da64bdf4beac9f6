"""Terms are written as the engines write them, and lines are read back as they were."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.quads import (
    Quad,
    Term,
    decimal_term,
    edtf_term,
    integer_term,
    iri_term,
    read_lines,
    read_text,
    text_term,
    write_line,
)
from twingraph.vocab import Iri

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(TEXTS, st.sampled_from([None, "en", "de-AT"]))
def test_text_is_the_engines_own_form(text: str, language: str | None) -> None:
    term = text_term(text, language)
    [triple] = pyoxigraph.parse(
        f"<a:a> <a:b> {term} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    assert isinstance(triple.object, pyoxigraph.Literal)
    assert triple.object.value == text
    assert triple.object.language == (language.lower() if language else None)


@given(TEXTS, st.sampled_from([None, "en", "de-AT"]))
def test_text_is_read_back(text: str, language: str | None) -> None:
    assert read_text(text_term(text, language)) == (text, (language or "").lower())


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (r'"\u0041 \U0001F600 \\u0041"', "A \N{GRINNING FACE} \\u0041"),
        (r'"a\tb\"@en"^^<https://example.org/#a>', 'a\tb"@en'),
        (r'"\\\\n"', r"\\n"),
    ],
)
def test_escapes_of_others_are_read(term: str, text: str) -> None:
    assert read_text(Term(term)) == (text, "")


@given(TEXTS)
def test_line_is_read_back(text: str) -> None:
    quad: Quad = (
        iri_term(Iri("a:a")),
        iri_term(Iri("a:b")),
        text_term(text, "en"),
        iri_term(Iri("a:g")),
    )
    line = write_line(quad)
    assert line.count("\n") == 1
    assert list(read_lines([line])) == [quad]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (integer_term(1999), "1999"),
        (decimal_term(49.0), "49.0"),
        (decimal_term(-8.69079), "-8.69079"),
        (decimal_term(0.00001), "0.00001"),
        (edtf_term("1993/.."), "1993/.."),
    ],
)
def test_typed_literal(term: str, value: str) -> None:
    [triple] = pyoxigraph.parse(
        f"<a:a> <a:b> {term} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    assert isinstance(triple.object, pyoxigraph.Literal)
    assert triple.object.value == value
