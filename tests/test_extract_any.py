"""Any page is survived; what comes out is a part of it, valid, and the same twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twingraph.errors import SourceError
from twingraph.extract import Extraction, extract_page, read_page
from twingraph.years import read_years

_WORDS = """
since seit 1993 1980, 2002 and 2006 annual jährlich youth exchange Jugendaustausch Heidelberg
Kumamoto City Hospital e.V. twinned Partnerstadt • - : ; , . ( ) „ “ in der des the of and und
Universität University Chor concert Ausstellung 1992年 姉妹都市 depuis jumelée desde 198X St. Nr.
5 Mai 2004 4. Juni von bis to 60th anniversary 40-jährigen Jubiläum Club SV 03 EMBL
"""
WORDS = [*_WORDS.split(), "\n", "\n\n"]
PAGES = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def extract(content: bytes, name: str = "page.txt") -> Extraction:
    return extract_page(read_page(content, name), ("Heidelberg", "Kumamoto"), "2021-05-04")


def check(found: Extraction) -> None:
    text = found.page.text
    spans = [(each.start, each.end) for each in found.activities]
    spans += [(each.start, each.end) for each in found.institutions]
    spans += [(each.start, each.end) for each in found.dates]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for date in found.dates:
        assert date.edtf is None or read_years(date.edtf).text == date.edtf
    for activity in found.activities:
        assert activity.years is None or read_years(activity.years)
        assert activity.line == text.count("\n", 0, activity.start) + 1
        assert text[activity.start : activity.end].strip()
        assert activity.label
        assert activity.topics


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_pages_of_the_words_that_rules_look_for(text: str) -> None:
    found = extract(text.encode())
    check(found)
    assert extract(text.encode()) == found


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.sampled_from(["p.txt", "p.html", "p.md", "-"]))
def test_any_bytes(content: bytes, name: str) -> None:
    check(extract(content, name))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe" + "Besuch 1999".encode("utf-16-le"),
        "Städtepartnerschaft seit 1999".encode("latin-1"),
        b"Visit\x00 in 1999",
        b"<html><meta charset=utf-8><p>Besuch der St\xe4dte 1999</p>",
    ],
)
def test_wrong_bytes_are_read_and_told(content: bytes) -> None:
    found = extract(content, "-")
    check(found)
    assert found.page.notes


def test_what_is_no_page_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"report\.pdf.*PDF"):
        read_page(b"%PDF-1.7 " + b"x" * 1000, "report.pdf")


RUNS = [
    *("1999 ", "1999, ", "1999-", "since ", "Heidelberg ", "A", "(", "„", "• ", "\n• x", "a, "),
    *("und ", "of the ", "e.V. ", "St. ", "1. ", "-", "||", "年", "City of ", "Universität "),
    "x" * 50 + " ",
]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_take_time_in_proportion(run: str) -> None:
    """Four times the text may take some ten times as long, not sixteen and more."""

    def seconds(size: int) -> float:
        content = (run * (size // len(run.encode()) + 1)).encode()
        best = 1e9
        for _ in range(2):
            start = time.process_time()
            extract(content)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(80_000) < 12 * seconds(20_000) + 0.25
