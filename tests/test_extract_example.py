"""The first real page: every dated fact, every institution, every reviewed record, and no more."""

from __future__ import annotations

from functools import cache

import pytest
from ruamel.yaml import YAML

from example import DATA
from twingraph.extract import Extraction, extract_page, read_page

SOURCE = DATA / "sources/heidelberg-kumamoto"
RECORDS = YAML(typ="safe").load(SOURCE / "activities.yaml")["activities"]
# What the page says of time, by line; the contact blocks and the rest say nothing.
DATES = {
    38: ["annual", "1993/.."],
    39: ["1997/..", "annual"],
    44: ["annual"],
    45: ["1999/.."],
    47: ["2008"],
    51: ["{1980,2002,2006}"],
    52: ["1986", "2000"],
    28: ["regular"],
}
INSTITUTIONS = {
    "Environmental Protection department",
    "Health Promotion department",
    "Heidelberg association of youth organizations",
    "City of Heidelberg",
    "Heidelberg University Hospital",
    "Kumamoto Municipal Hospital",
    "Sportkreis Heidelberg",
    "Heidelberg University",
    "society of deaf people in Heidelberg",
    "society of deaf people in Kumamoto",
    "German Olympic swimming team",
    "museum of ethnology",
    "Heidelberg-Kumamoto friendship society",
}


@cache
def extraction() -> Extraction:
    page = read_page((SOURCE / "page.txt").read_bytes(), "page.txt")
    return extract_page(page, ("Heidelberg", "Kumamoto"))


def line_of(position: int) -> int:
    return extraction().page.text.count("\n", 0, position) + 1


def test_page_is_the_stored_one() -> None:
    assert extraction().page.text == (SOURCE / "page.txt").read_text(encoding="utf-8")
    assert extraction().page.language == "en"
    assert extraction().page.notes == ()


def test_dates_are_all_and_no_other() -> None:
    found: dict[int, list[str]] = {}
    for date in extraction().dates:
        if date.edtf or date.recurrence:  # `alternating` says neither
            found.setdefault(line_of(date.start), []).append(date.edtf or date.recurrence or "")
    assert found == DATES


def test_institutions_are_all_and_one_more() -> None:
    """One more: the summer school, which the records keep as a programme."""
    names = {each.name for each in extraction().institutions}
    assert names - INSTITUTIONS == {"International Summer Science School Heidelberg"}
    assert names >= INSTITUTIONS


@pytest.mark.parametrize("record", RECORDS, ids=[record["id"] for record in RECORDS])
def test_reviewed_record_is_found(record: dict[str, object]) -> None:
    quote = record["quote"]
    words = quote if isinstance(quote, str) else quote[-1]  # type: ignore[index]
    text = extraction().page.text
    start = text.index(str(words))
    end = start + len(str(words))
    overlaps = [each for each in extraction().activities if each.start < end and start < each.end]
    assert overlaps


def test_forms_and_times_are_the_reviewed_ones() -> None:
    """Where a record quotes the words of one draft alone, both read the same time from them."""
    text = extraction().page.text
    compared = 0
    for record in RECORDS:
        words = record["quote"] if isinstance(record["quote"], str) else record["quote"][-1]
        drafts = [each for each in extraction().activities if text[each.start : each.end] in words]
        if len(drafts) == 1 and record["quote"] == text[drafts[0].start : drafts[0].end]:
            compared += 1
            assert drafts[0].years == (str(record["years"]) if "years" in record else None)
    assert compared >= 10


def test_at_least_twenty_activities_and_none_of_what_is_no_text() -> None:
    drafts = extraction().activities
    assert len(drafts) >= 20
    words = [extraction().page.text[each.start : each.end] for each in drafts]
    for furniture in ("Scholl", "Marktplatz", "Zur Ämterseite", "Main focus", "contact us"):
        assert not [text for text in words if furniture in text]
    assert extraction().unread == ()
