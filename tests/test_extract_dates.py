"""Temporal mentions: sentences by language, kinds and spans, properties, linear time.

A row of `data/dates.tsv` holds a text, what its mentions give, and what is known beyond it. A
mention is shown by its EDTF, else by its recurrence, else by its kind.
"""

import csv
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twingraph.extract.dates import DateContext, DateKind, DateMention, find_dates
from twingraph.extract.dates.rules import RULES
from twingraph.extract.dates.tokens import CODES, LANGUAGES, read_tokens
from twingraph.facts import Recurrence
from twingraph.years import read_years

ALL_LANGUAGES = (*LANGUAGES, "ja")
WRITTEN = DateContext(written="2016-04-15")
with (Path(__file__).parent / "data" / "dates.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(mention: DateMention) -> str:
    return mention.edtf or mention.recurrence or mention.kind


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language']}: {row['text'][:60]}")
def test_sentence(row: dict[str, str]) -> None:
    context = DateContext(int(row["year"]) if row["year"] else None, row["written"] or None)
    found = find_dates(row["text"], row["language"], context)
    assert " ".join(map(shown, found)) == row["gives"]


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_enough_sentences(language: str) -> None:
    assert sum(row["language"] == language for row in ROWS) >= 30


# Language, text, the mentions: words, kind, EDTF, recurrence, rule.
SPANS = [
    (
        "en",
        "Annual youth exchange in Kiel since 1993",
        [
            ("Annual", "recurrence", None, "annual", "recurrence"),
            ("since 1993", "since", "1993/..", None, "since"),
        ],
    ),
    (
        "en",
        "Both cities received a prize in the winter of 1993-94.",
        [("in the winter of 1993-94", "season", "1993-12/1994-02", None, "winter")],
    ),
    (
        "en",
        "Heidelberg Week in 1980, 2002 and 2006 as a focal point",
        [("in 1980, 2002 and 2006", "point", "{1980,2002,2006}", None, "years")],
    ),
    (
        "en",
        "The church was finished in the fourteenth century.",
        [("in the fourteenth century", "century", "13XX", None, "century")],
    ),
    (
        "en",
        "2017 marks 60 years of the tie.",
        [
            ("2017", "point", "2017", None, "year"),
            ("60 years", "anniversary", "1957", None, "duration"),
        ],
    ),
    (
        "en",
        "A visit is planned for 2022.",
        [("for 2022", "planned", "2022", None, "year")],
    ),
    (
        "de",
        "Kontakte reichen in die frühen 60-er Jahre zurück.",
        [("in die frühen 60-er Jahre", "decade", "1960~/1964~", None, "decade")],
    ),
    (
        "de",
        "bis zur Unterzeichnung des Vertrages 1992 trafen sich Vereine",
        [("bis zur Unterzeichnung des Vertrages 1992", "until", "../1992", None, "until-event")],
    ),
    (
        "de",
        "Zum 25jährigen Partnerschafts-Jubiläum 2013 kam er, im selben Jahr der Chor.",
        [
            (
                "25jährigen Partnerschafts-Jubiläum",
                "anniversary",
                "1988",
                None,
                "anniversary",
            ),
            ("2013", "point", "2013", None, "year"),
            ("im selben Jahr", "relative", "2013", None, "same-year"),
        ],
    ),
    (
        "de",
        "Einen regelmäßigen Austausch gibt es nicht.",
        [("regelmäßigen", "negated", None, None, "recurrence")],
    ),
    (
        "de",
        "Seit vielen Jahren im zweijährigen Rhythmus",
        [
            ("Seit vielen Jahren", "vague", None, None, "since-vague"),
            ("zweijährigen Rhythmus", "recurrence", None, "biennial", "rhythm"),
        ],
    ),
    (
        "fr",
        "Depuis 1982, un échange tous les deux ans",
        [
            ("Depuis 1982", "since", "1982/..", None, "since"),
            ("tous les deux ans", "recurrence", None, "biennial", "every"),
        ],
    ),
    (
        "ja",
        "平成4年5月に調印、以来隔年で開催",
        [
            ("平成4年5月", "point", "1992-05", None, "point"),
            ("隔年", "recurrence", None, "biennial", "biennial"),
        ],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), SPANS)
def test_span_kind_and_rule(
    language: str, text: str, expected: list[tuple[str, str, str | None, str | None, str]]
) -> None:
    assert [
        (text[m.start : m.end], m.kind, m.edtf, m.recurrence, m.rule)
        for m in find_dates(text, language)
    ] == expected


def test_a_year_is_that_of_the_sentence_then_the_heading_then_the_text_then_the_writing() -> None:
    def year(text: str, context: DateContext) -> str | None:
        return find_dates(text, "en", context)[-1].edtf

    known = DateContext(year=2010, written="2016-04-15")
    assert year("In 1999 they met, and in May they sang.", known) == "1999-05"
    assert year("In 1999 they met. In May they sang.", known) == "2010-05"
    assert year("In 1999 they met. In May they sang.", WRITTEN) == "1999-05"
    assert year("In May they sang.", WRITTEN) == "2016-05"
    assert year("In May they sang.", DateContext()) is None


def test_an_unknown_language_is_read_by_its_numbers() -> None:
    assert [m.edtf for m in find_dates("1961, 1986 (2001-2005)", "it")] == [
        "{1961,1986}",
        "2001/2005",
    ]


PIECES = [row["text"] for row in ROWS[::7]]
WORDS = (
    "1999 2000 12 4. 12.05.1999 1993-94 60-er 1950s May Mai mai 1992年 5月 毎年 since seit depuis"
    " desde until bis from von every alle tous cada two zwei year years Jahr Jahre ans años in im"
    " en of the der , . ; ( ) - – / und and et y"
)
PIECES += WORDS.split()
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)
contexts = st.builds(
    DateContext,
    st.none() | st.integers(1, 9999),
    st.none() | st.sampled_from(["2016", "2016-04", "2016-04-15", "0001", "9999", ""]),
)


@settings(deadline=None)
@given(texts, st.sampled_from((*ALL_LANGUAGES, "nl")), contexts)
def test_mentions_are_sound(text: str, language: str, context: DateContext) -> None:
    found = find_dates(text, language, context)
    assert found == find_dates(text, language, context)
    position = 0
    for mention in found:
        assert position <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip()
        position = mention.end
        assert mention.kind in get_args(DateKind)
        assert mention.recurrence is None or mention.recurrence in get_args(Recurrence)
        if mention.edtf is not None:
            read_years(mention.edtf)


@given(texts, st.sampled_from(LANGUAGES))
def test_tokens_lie_side_by_side(text: str, language: str) -> None:
    tokens = read_tokens(text, language)
    assert len(tokens.codes) == len(tokens.starts) == len(tokens.ends) == len(tokens.values)
    assert set(tokens.codes) <= set(CODES.values())
    position = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert position <= start < end
        position = end


def test_every_rule_finds_something_in_the_sentences() -> None:
    used = {
        mention.rule
        for row in ROWS
        for mention in find_dates(row["text"], row["language"], WRITTEN)
    }
    assert {rule.name for rule in RULES} <= used


# Runs of every class of token, and of what a pattern might retry without end.
CLOSE = (
    "1999 1 19991999 a 1999- 1999, ( - ' _ 1. 12.05. 1.000. x1 1_ II d' 毎年 1992年 平成 1992年の"
)
SPACED = (
    *("1 ", "1999 ", "a ", "seit ", "since a the ", "every ", "1999 und ", "von 1990 bis ", "vor "),
    *("um 1990 ", "in der ", "May 1, ", "1 Mai 1999 ", "no regular ", "10 Jahre ", "60-jährig "),
    *("the of ", "https://", "zwei Jahre feiern ", " ", "\n", "\0"),
)


@pytest.mark.parametrize("run", [*CLOSE.split(), *SPACED], ids=ascii)
def test_time_is_linear(run: str) -> None:
    def seconds(length: int, language: str) -> float:
        text = (run * (length // len(run) + 1))[:length]
        start = time.process_time()
        find_dates(text, language)
        return time.process_time() - start

    for language in ("de", "ja"):
        seconds(1_000, language)  # the rules are compiled
        # Four times the text: 4 if linear, 16 if not; and small times say little.
        assert seconds(80_000, language) < 10 * seconds(20_000, language) + 0.5
