"""Scoring of extraction: small tables, their counts made by hand; no page and no network."""

from __future__ import annotations

import doctest
import itertools
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from benchmarks import counts, gold, matching, names, scoring
from benchmarks.activities import Draft, Row, score_activities
from benchmarks.counts import Counts, Outcome
from benchmarks.extract import by_language, read_relatives
from benchmarks.gold import read_gold
from benchmarks.matching import best_pairs
from benchmarks.names import NO, PARTIAL, SAME, grade_names, is_city_or_office
from benchmarks.pages import Source, read_sources
from benchmarks.rivals import tools
from benchmarks.scoring import (
    Expected,
    Mention,
    score_date_years,
    score_dates,
    score_institutions,
    score_recurrence,
)
from hypothesis import given
from hypothesis import strategies as st

from twingraph.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.matching import Ranks

RELATIVES = {
    "culture": frozenset({"music"}),
    "music": frozenset({"culture"}),
}


def counts_of(outcome: Outcome, slug: str = "a") -> tuple[int, int, int]:
    """Right, wrong and missed."""
    total = outcome.total([slug])
    return total.right, total.wrong, total.missed


def dates(*values: str, line: int = 7) -> list[Expected]:
    return [Expected("a", line, (value,)) for value in values]


def found(*values: str, line: int = 7) -> list[Mention]:
    return [Mention("a", line, value) for value in values]


@pytest.mark.parametrize("module", [counts, gold, matching, names, scoring, tools])
def test_examples_run(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_f1_is_the_harmonic_mean() -> None:
    some = Counts(right=3, wrong=1, found=3, missed=3)
    assert (some.precision, some.recall) == (0.75, 0.5)
    assert some.f1 == pytest.approx(0.6)


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    assert Counts().f1 == 1.0


def test_all_wrong_is_zero() -> None:
    assert Counts(wrong=2, missed=2).f1 == 0.0


def test_counts_of_pages_add_up() -> None:
    outcome = score_dates(
        [*dates("1990"), Expected("b", 1, ("1991",))], [*found("1990"), Mention("b", 1, "1992")]
    )
    assert outcome.total(["a", "b"]) == Counts(right=1, wrong=1, found=1, missed=1)
    assert outcome.total(["b"]) == Counts(wrong=1, missed=1)


@pytest.mark.parametrize(
    ("expected", "mentions", "wanted"),
    [
        (["1990"], ["1990"], (1, 0, 0)),
        (["1990", "1990"], ["1990"], (1, 0, 1)),  # a multiset
        (["1990"], ["1990", "1990"], (1, 1, 0)),
        (["1990/.."], ["1990"], (0, 1, 1)),
        ([], ["1990"], (0, 1, 0)),
    ],
)
def test_dates(expected: list[str], mentions: list[str], wanted: tuple[int, int, int]) -> None:
    assert counts_of(score_dates(dates(*expected), found(*mentions))) == wanted


def test_a_date_on_another_line_is_wrong() -> None:
    assert counts_of(score_dates(dates("1990", line=7), found("1990", line=8))) == (0, 1, 1)


def test_any_alternative_is_right_and_each_mention_is_used_once() -> None:
    expected = [Expected("a", 7, ("1990", "1991")), Expected("a", 7, ("1990",))]
    assert counts_of(score_dates(expected, found("1990", "1991"))) == (2, 0, 0)


def test_optional_counts_when_found_only() -> None:
    expected = [Expected("a", 7, ("1990",), "optional")]
    assert counts_of(score_dates(expected, [])) == (0, 0, 0)
    assert counts_of(score_dates(expected, found("1990"))) == (1, 0, 0)


def test_ignored_takes_a_mention_and_never_counts() -> None:
    expected = [Expected("a", 7, ("annual", "regular"), "ignored")]
    assert counts_of(score_recurrence(expected, [])) == (0, 0, 0)
    assert counts_of(score_recurrence(expected, found("annual"))) == (0, 0, 0)
    assert counts_of(score_recurrence(expected, found("annual", "annual"))) == (0, 1, 0)


def test_what_is_required_is_found_before_what_is_ignored() -> None:
    expected = [
        Expected("a", 7, ("annual", "regular"), "ignored"),
        Expected("a", 7, ("annual",)),
    ]
    assert counts_of(score_recurrence(expected, found("annual"))) == (1, 0, 0)


def test_errors_pair_what_is_missed_with_what_is_wrong() -> None:
    outcome = score_dates(
        [Expected("a", 7, ("1990/..",), words="since 1990")], found("1990", "2000")
    )
    assert [str(error) for error in outcome.errors] == [
        "a:7 dates: expected 1990/.. ('since 1990'), found 1990",
        "a:7 dates: expected -, found 2000",
    ]


@pytest.mark.parametrize(
    ("expected", "mentions", "wanted"),
    [
        (["1992/.."], ["1992"], (1, 0, 0)),
        (["1989/1997"], ["1989", "1997"], (2, 0, 0)),
        (["2017-06-04", "2017"], ["2017"], (1, 0, 0)),  # each year once a line
        (["195X"], ["1950"], (0, 1, 1)),
        (["../1992"], ["1992-05/1993"], (1, 1, 0)),
    ],
)
def test_years_of_dates(
    expected: list[str], mentions: list[str], wanted: tuple[int, int, int]
) -> None:
    assert counts_of(score_date_years(dates(*expected), found(*mentions))) == wanted


def test_a_year_of_only_one_alternative_is_optional() -> None:
    expected = [Expected("a", 7, ("1993/1994", "1993"))]
    assert counts_of(score_date_years(expected, found("1993"))) == (1, 0, 0)
    assert counts_of(score_date_years(expected, found("1993", "1994"))) == (2, 0, 0)
    assert counts_of(score_date_years(expected, found("1994"))) == (1, 0, 1)


@pytest.mark.parametrize(
    ("expected", "mention", "grade"),
    [
        ("Bonn Link", "the BONN link", SAME),
        ("des Städtischen Krankenhauses Kumamoto", "Städtisches Krankenhaus Kumamoto", SAME),
        ("„Stadt Kumamoto-Stiftung“", "Stadt Kumamoto-Stiftung", SAME),
        ("Weltgesundheitsorganisation (WHO)", "der Weltgesundheitsorganisation", SAME),
        ("Weltgesundheitsorganisation (WHO)", "WHO", PARTIAL),
        ("Tübinger Schwimmverein e.V.", "beim Tübinger Schwimmverein", PARTIAL),
        ("Bonn Link", "Oxford Bonn Link", PARTIAL),
        ("Link", "Oxford Bonn Link", NO),  # less than half
        ("Port of Kobe", "Port Kobe", NO),  # not one piece
        ("Cambridge University", "Oxford University", NO),
        ("l'Institut Culturel", "Institut Culturel", SAME),
        ("Bund", "Bunde", SAME),
        ("EU", "E", NO),  # endings only of four letters or more
        ("", "Bonn Link", NO),
    ],
)
def test_names(expected: str, mention: str, grade: int) -> None:
    assert grade_names(expected, mention) == grade
    assert grade_names(mention, expected) == grade


@pytest.mark.parametrize(
    ("name", "neutral"),
    [
        ("City of Palo Alto", True),
        ("Stadt Heidelberg", True),
        ("Stadtverwaltung Jena", True),
        ("Stadtverwaltung", True),
        ("Oxford City Council", True),
        ("Ville de Montpellier", True),
        ("the Mayor’s office", True),
        ("Stadtjugendring Heidelberg", False),
        ("Universität", False),
        ("Port of Kobe", False),
        ("–", False),
    ],
)
def test_cities_and_offices(name: str, neutral: bool) -> None:  # noqa: FBT001 - a table
    assert is_city_or_office(name) is neutral


def test_institutions() -> None:
    expected = [
        Expected("a", 7, ("Rote Kreuz der Stadt Skopje",)),
        Expected("a", 7, ("Universität Skopje",)),
        Expected("a", 7, ("die Universität Skopje",), "optional"),  # the one before, once more
        Expected("a", 7, ("Messe Nürnberg",), "optional"),
    ]
    mentions = found("Rotes Kreuz", "Messe Nürnberg", "Stadt Nürnberg", "Klinik Fürth")
    outcome = score_institutions(expected, mentions)
    # By hand: Kreuz is 2 of 5 tokens: no. Right: Messe. Wrong: Kreuz, Klinik. The city: neither.
    assert counts_of(outcome) == (1, 2, 2)


def test_a_name_counts_once_a_line() -> None:
    expected = [Expected("a", 7, ("Bonn Link",)), Expected("a", 9, ("Bonn Link",))]
    mentions = [*found("Bonn Link", "the Bonn Link"), *found("Bonn Links", line=9)]
    assert counts_of(score_institutions(expected, mentions)) == (2, 0, 0)


def test_half_a_name_is_right_and_shown_as_partial() -> None:
    outcome = score_institutions([Expected("a", 7, ("Bonn Link",))], found("Oxford Bonn Link"))
    assert outcome.total(["a"]) == Counts(right=1, found=1, partial=1)


def test_the_same_name_is_taken_before_half_of_it() -> None:
    expected = [Expected("a", 7, ("Bonn Link",))]
    outcome = score_institutions(expected, found("Oxford Bonn Link", "Bonn Link"))
    assert outcome.total(["a"]) == Counts(right=1, wrong=1, found=1)


def scores(rows: list[Row], drafts: list[Draft]) -> Mapping[str, Outcome]:
    return {outcome.kind: outcome for outcome in score_activities(rows, drafts, RELATIVES)}


def test_activities_by_line() -> None:
    rows = [Row("a", 5, "x"), Row("a", 5, "y"), Row("a", 6, "z")]
    drafts = [Draft("a", 5, "p"), Draft("a", 7, "q")]
    outcome = scores(rows, drafts)["activities"]
    assert counts_of(outcome) == (1, 1, 2)
    assert sorted(map(str, outcome.errors)) == [
        "a:5 activities: expected 'y', found -",
        "a:6 activities: expected 'z', found -",
        "a:7 activities: expected -, found 'q'",
    ]


def test_a_row_of_one_reader_absorbs_a_draft() -> None:
    rows = [Row("a", 5, "x", is_required=False)]
    assert counts_of(scores(rows, [])["activities"]) == (0, 0, 0)
    assert counts_of(scores(rows, [Draft("a", 5, "p")])["activities"]) == (0, 0, 0)
    two = [Draft("a", 5, "p"), Draft("a", 5, "q")]
    assert counts_of(scores(rows, two)["activities"]) == (0, 1, 0)


def test_rows_and_drafts_of_one_form_belong_together() -> None:
    rows = [
        Row("a", 5, "x", forms=("Visit",), dates=("1990",)),
        Row("a", 5, "y", forms=("Concert", "Performance"), dates=("1991",)),
    ]
    drafts = [
        Draft("a", 5, "p", form="Performance", date="1990"),
        Draft("a", 5, "q", form="Visit", date="1990"),
    ]
    of = scores(rows, drafts)
    assert counts_of(of["activities"]) == counts_of(of["forms"]) == (2, 0, 0)
    assert counts_of(of["activity_dates"]) == (1, 1, 1)


def test_then_those_of_one_date_belong_together() -> None:
    rows = [Row("a", 5, str(year), dates=(str(year),)) for year in (1990, 1991, 1992)]
    drafts = [Draft("a", 5, "p", date=str(year)) for year in (1992, 1990, 1991)]
    assert counts_of(scores(rows, drafts)["activity_dates"]) == (3, 0, 0)


def test_nothing_is_right_where_an_alternative_says_so() -> None:
    rows = [Row("a", 5, "x", recurrences=("", "annual"))]
    for said, wanted in (("", (0, 0, 0)), ("annual", (1, 0, 0)), ("monthly", (0, 1, 0))):
        outcome = scores(rows, [Draft("a", 5, "p", recurrence=said)])["activity_recurrence"]
        assert counts_of(outcome) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"music", "youth"}, Counts(2, 0, 2, 0, 0)),
        ({"culture", "youth"}, Counts(2, 0, 2, 0, 1)),  # broader
        ({"culture", "music"}, Counts(2, 0, 1, 1, 1)),  # both stand for one
        ({"sport"}, Counts(0, 1, 0, 1, 0)),  # the other alternative misses less
        (set(), Counts(0, 0, 0, 1, 0)),
    ],
)
def test_topics_are_compared_as_sets(said: set[str], wanted: Counts) -> None:
    rows = [Row("a", 5, "x", topics=(frozenset({"music", "youth"}), frozenset({"health"})))]
    outcome = scores(rows, [Draft("a", 5, "p", topics=frozenset(said))])["topics"]
    assert outcome.total(["a"]) == wanted


def test_relatives_are_at_any_distance_and_both_ways() -> None:
    relatives = read_relatives()
    assert "environment" in relatives["climate"]
    assert "climate" in relatives["environment"]
    assert "transport" not in relatives["climate"]


_RANKS = st.none() | st.tuples(st.just(1), st.integers(0, 1), st.integers(0, 2))
_TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(_RANKS, min_size=width, max_size=width), max_size=4)
)


def total(ranks: list[list[Ranks | None]], pairs: list[tuple[int, int]]) -> Ranks:
    taken = [ranks[row][column] for row, column in pairs]
    return tuple(sum(each[place] for each in taken if each) for place in range(3))


@given(_TABLES)
def test_no_other_pairs_are_better(ranks: list[list[Ranks | None]]) -> None:
    allowed = [(i, j) for i, row in enumerate(ranks) for j, each in enumerate(row) if each]
    best = (0, 0, 0)
    for size in range(1, 5):
        for pairs in itertools.combinations(allowed, size):
            if len({i for i, _ in pairs}) == len({j for _, j in pairs}) == size:
                best = max(best, total(ranks, list(pairs)))  # type: ignore[assignment]
    assert total(ranks, best_pairs(ranks)) == best


TABLES = {
    "activities.tsv": (
        "status\tslug\tline\tlabel\tform\tedtf\trecurrence\tinstitutions\ttopics\tplaces\n"
        "agreed\ta\t5\tRun\tOther | Visit\t1993-12/1994-02~\t- | annual\tClub A; Club B\t"
        "music; youth | sport\tBonn\n"
        "one reader\ta\t6\tTalk\tExchange\t\t\t\t\t\n"
    ),
    "temporal.tsv": """\
slug	line	surface	kind	edtf_or_rrule	lang
a	5	since 1980	since	1980/..	en
a	5	the winter	season	1993-12/1994-02~	en
a	5	for years	vague-since	/..	en
a	5	three weeks	duration	P3W	en
a	5	some years ago	relative		en
a	5	in 1990	point	1990 | -	en
a	6	almost annually	vague-recur	R/P1Y~	en
a	6	regularly	vague-recur		en
a	6	every four years	recur	R/P4Y	en
a	7	in January	recur-month	R/P1Y	en
a	7	every ten years	recur	R/P10Y	en
a	7	in turn	recur-alternating		en
a	7	not regularly	negated-recur		en
""",
    "institutions.tsv": "slug\tline\tinstitution\tlang\na\t5\tClub A\ten\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_gold_dates(folder: Path) -> None:
    assert [(each.values, each.duty) for each in read_gold(folder).dates] == [
        (("1980/..",), "required"),
        (("1993-12/1994-02",), "required"),
        (("1990",), "optional"),
    ]


def test_gold_recurrence(folder: Path) -> None:
    entries = read_gold(folder).recurrence
    assert [(each.line, each.values) for each in entries if each.duty == "required"] == [
        (6, ("annual",)),
        (6, ("regular",)),
        (6, ("quadrennial",)),
    ]
    assert [each.words for each in entries if each.duty == "ignored"] == [
        "in January",
        "every ten years",
    ]


def test_gold_activities(folder: Path) -> None:
    assert read_gold(folder).rows == (
        Row(
            "a",
            5,
            "Run",
            forms=("Activity", "Visit"),
            dates=("1993-12/1994-02",),
            recurrences=("", "annual"),
            topics=(frozenset({"music", "youth"}), frozenset({"sport"})),
        ),
        Row("a", 6, "Talk", is_required=False, forms=("Exchange",)),
    )


def test_gold_institutions_of_activities_are_optional(folder: Path) -> None:
    entries = read_gold(folder).institutions
    assert [(each.values, each.duty) for each in entries] == [
        (("Club A",), "required"),
        (("Club A",), "optional"),
        (("Club B",), "optional"),
    ]


def test_gold_of_some_pages(folder: Path) -> None:
    assert read_gold(folder).slugs == {"a"}
    assert not read_gold(folder).of_pages(["b"]).dates


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("temporal.tsv", "slug\tline\n", r"temporal.tsv:1: the columns are slug, line; expected"),
        (
            "institutions.tsv",
            "slug\tline\tinstitution\tlang\na\tx\tClub\ten\n",
            r"institutions.tsv:2: 'x' is no line number",
        ),
    ],
)
def test_malformed_gold(folder: Path, name: str, text: str, message: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(FileError, match=message):
        read_gold(folder)


def test_the_header_of_a_page(tmp_path: Path) -> None:
    text = "# source: x\n# lang: de; doc-date: 2004-06 (from the URL)\n\n  • Wörter\n# none\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text("# lang: en; doc-date: unknown", encoding="utf-8")
    first, second = read_sources(tmp_path)
    assert (first.slug, first.language, first.written) == ("a", "de", "2004-06")
    assert first.lines == [(4, "Wörter"), (5, "# none")]
    assert (second.language, second.written, second.lines) == ("en", None, [])


def test_a_folder_without_pages(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no page"):
        read_sources(tmp_path)


def test_languages() -> None:
    pages = [Source(slug, b"", language, None, 0) for slug, language in (("a", "en"), ("b", None))]
    assert by_language(pages) == {"en": ["a"], "und": ["b"]}


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ({"timex": "1980"}, "1980"),
        ({"timex": "1980", "Mod": "before"}, "../1980"),
        ({"timex": "1957-10", "Mod": "since"}, "1957-10/.."),
        ({"timex": "1993-WI"}, "1993-24"),
        ({"timex": "(1973-01-01,1979-01-01,P6Y)"}, "1973/1979"),
        ({"timex": "(1973-05-01,1973-08-01,P3M)"}, "1973-05/1973-08"),
        ({"timex": "(1973-05-02,1973-05-08,P6D)"}, "1973-05-02/1973-05-08"),
        ({"timex": "(1300-01-01,1400-01-01,P100Y)"}, "13XX"),
        ({"timex": "XXXX-06-04"}, "2016-06-04"),
        ({"timex": "P4Y"}, None),
    ],
)
def test_values_of_a_recognizer(value: dict[str, str], edtf: str | None) -> None:
    assert tools.edtf_of_value(value, datetime(2016, 4, 15)) == edtf


def test_without_a_date_of_writing_a_day_has_no_year() -> None:
    assert tools.edtf_of_value({"timex": "XXXX-06-04"}, None) is None


@pytest.mark.parametrize(
    ("period", "edtf"), [("year", "1957"), ("month", "1957-10"), ("day", "1957-10-03")]
)
def test_moments_keep_their_precision(period: str, edtf: str) -> None:
    assert tools.edtf_of_moment(datetime(1957, 10, 3), period) == edtf
