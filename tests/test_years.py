"""Stated times: DESIGN.md, 5, row by row; readings enumerated by brute force; what is refused."""

import ast
import calendar
import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

import twingraph.years
from twingraph.years import Bounds, YearsError, read_years

AS_OF = 2021
unhurried = settings(deadline=None)  # an oracle takes its time


def span(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(first, last + 1))


# The table of section 5: text, certain, possible, bounds; for a source of 2021.
TABLE = [
    ("1999", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05-04", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1994/1998", span(1994, 1998), (), Bounds(1994, 1994, 1998, 1998)),
    ("1993/..", span(1993, AS_OF), (), Bounds(1993, 1993, AS_OF, None)),
    ("1993/", (1993,), (), Bounds(1993, 1993, 1993, None)),
    ("../2014", (2014,), (), Bounds(None, 2014, 2014, 2014)),
    ("/2014", (2014,), (), Bounds(None, 2014, 2014, 2014)),
    ("198X", (), span(1980, 1989), Bounds(1980, 1989, 1980, 1989)),
    ("1990~", (), (1990,), Bounds(1990, 1990, 1990, 1990)),
    ("1990?", (), (1990,), Bounds(1990, 1990, 1990, 1990)),
    ("1990%", (), (1990,), Bounds(1990, 1990, 1990, 1990)),
    ("196X/..", span(1969, AS_OF), span(1960, 1968), Bounds(1960, 1969, AS_OF, None)),
    ("1990~/..", span(1991, AS_OF), (1990,), Bounds(1990, 1990, AS_OF, None)),
    ("199X/2004", span(1999, 2004), span(1990, 1998), Bounds(1990, 1999, 2004, 2004)),
    ("1960~/1964~", span(1961, 1963), (1960, 1964), Bounds(1960, 1960, 1964, 1964)),
    ("2003-21", (2003,), (), Bounds(2003, 2003, 2003, 2003)),
    ("1993-12/1994-02", (1993, 1994), (), Bounds(1993, 1993, 1994, 1994)),
    ("{1980,2002,2006}", (1980, 2002, 2006), (), None),
    ("[1980,1982]", (), (1980, 1982), Bounds(1980, 1982, 1980, 1982)),
]
# What the table implies.
IMPLIED = [
    ("19XX", (), span(1900, 1999), Bounds(1900, 1999, 1900, 1999)),
    ("0001", (1,), (), Bounds(1, 1, 1, 1)),
    ("1999-XX", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-XX-XX", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05-XX", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("2000-02-29", (2000,), (), Bounds(2000, 2000, 2000, 2000)),
    ("1999-05~", (), (1999,), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05-04?", (), (1999,), Bounds(1999, 1999, 1999, 1999)),
    ("2003-24%", (), (2003,), Bounds(2003, 2003, 2003, 2003)),
    ("198X~", (), span(1980, 1989), Bounds(1980, 1989, 1980, 1989)),
    ("1999/1999", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1994/1994-02", (1994,), (), Bounds(1994, 1994, 1994, 1994)),
    ("1994-05/1994", (1994,), (), Bounds(1994, 1994, 1994, 1994)),
    ("1994-05-04/1994-05", (1994,), (), Bounds(1994, 1994, 1994, 1994)),
    # Which months a season has depends on the hemisphere.
    ("2003-22/2003-21", (2003,), (), Bounds(2003, 2003, 2003, 2003)),
    ("2003-11/2003-21", (2003,), (), Bounds(2003, 2003, 2003, 2003)),
    ("2003-22/2004-24", (2003, 2004), (), Bounds(2003, 2003, 2004, 2004)),
    # Both ends may lie in one year: only what every reading has is certain.
    (
        "199X/200X",
        (1999, 2000),
        (*span(1990, 1998), *span(2001, 2009)),
        Bounds(1990, 1999, 2000, 2009),
    ),
    ("199X/199X", (), span(1990, 1999), Bounds(1990, 1999, 1990, 1999)),
    ("199X/1994", (1994,), span(1990, 1993), Bounds(1990, 1994, 1994, 1994)),
    ("1994/199X", (1994,), span(1995, 1999), Bounds(1994, 1994, 1994, 1999)),
    ("1999/199X", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("199X/1990", (1990,), (), Bounds(1990, 1990, 1990, 1990)),
    # A qualified end does not vouch for its year; the other end may.
    ("1994~/1994", (1994,), (), Bounds(1994, 1994, 1994, 1994)),
    ("1994/1994~", (1994,), (), Bounds(1994, 1994, 1994, 1994)),
    ("1994~/1994~", (), (1994,), Bounds(1994, 1994, 1994, 1994)),
    ("1994~/1995~", (), (1994, 1995), Bounds(1994, 1994, 1995, 1995)),
    ("198X~/1985", (1985,), span(1980, 1984), Bounds(1980, 1985, 1985, 1985)),
    ("198X~/1994", span(1990, 1994), span(1980, 1989), Bounds(1980, 1989, 1994, 1994)),
    ("199X/1994~", (), span(1990, 1994), Bounds(1990, 1994, 1994, 1994)),
    # An end that is not known adds no year.
    ("198X/", (), span(1980, 1989), Bounds(1980, 1989, 1980, None)),
    ("1960~/", (), (1960,), Bounds(1960, 1960, 1960, None)),
    ("1993-05/", (1993,), (), Bounds(1993, 1993, 1993, None)),
    ("/2014?", (), (2014,), Bounds(None, 2014, 2014, 2014)),
    ("../2014~", (), (2014,), Bounds(None, 2014, 2014, 2014)),
    ("../196X", (), span(1960, 1969), Bounds(None, 1969, 1960, 1969)),
    # What goes on is under way in as_of, however vague its start.
    ("2021/..", (2021,), (), Bounds(2021, 2021, AS_OF, None)),
    ("2021~/..", (2021,), (), Bounds(2021, 2021, AS_OF, None)),
    ("202X/..", (2021,), (2020,), Bounds(2020, 2021, AS_OF, None)),
    ("20XX/..", (2021,), span(2000, 2020), Bounds(2000, 2021, AS_OF, None)),
    # A year after as_of is planned, not done.
    ("2019/2024", (2019, 2020, 2021), (), Bounds(2019, 2019, 2024, 2024)),
    ("2019/202X", (2019, 2020), (2021,), Bounds(2019, 2019, 2020, 2029)),
    ("202X", (), (2020, 2021), Bounds(2020, 2029, 2020, 2029)),
    ("2022", (), (), None),
    ("2025/..", (), (), None),
    ("2025/", (), (), None),
    ("../2025", (), (), None),
    ("{2019,2023}", (2019,), (), None),
    ("[2019,2023]", (), (2019,), Bounds(2019, 2023, 2019, 2023)),
    # Sets.
    ("{2002,1980}", (1980, 2002), (), None),
    ("{1980}", (1980,), (), None),
    ("[1982,1980]", (), (1980, 1982), Bounds(1980, 1982, 1980, 1982)),
    ("[1980]", (1980,), (), Bounds(1980, 1980, 1980, 1980)),
]


@pytest.mark.parametrize(
    ("text", "certain", "possible", "bounds"),
    TABLE + IMPLIED,
    ids=[row[0] for row in TABLE + IMPLIED],
)
def test_table(
    text: str, certain: tuple[int, ...], possible: tuple[int, ...], bounds: Bounds | None
) -> None:
    years = read_years(text)
    assert years.text == text
    assert years.certain(AS_OF) == certain
    assert years.possible(AS_OF) == possible
    assert years.bounds(AS_OF) == bounds
    assert years.is_open == text.endswith("/..")


def test_without_as_of_nothing_is_cut_off() -> None:
    years = read_years("2019/209X")
    assert years.certain(None) == span(2019, 2090)
    assert years.possible(None) == span(2091, 2099)
    assert years.bounds(None) == Bounds(2019, 2019, 2090, 2099)
    assert not years.is_planned(None)


@pytest.mark.parametrize("method", ["certain", "possible", "bounds"])
@pytest.mark.parametrize("text", ["1993/..", "1990~/..", "2025/.."])
def test_what_goes_on_needs_as_of(text: str, method: str) -> None:
    with pytest.raises(YearsError, match=r"'.+/\.\.' goes on: the source needs as_of"):
        getattr(read_years(text), method)(None)
    assert not read_years(text).is_planned(None)


@pytest.mark.parametrize(
    ("text", "members"),
    [("{2006,1980,2002}", (1980, 2002, 2006)), ("{1980}", (1980,)), ("{1980,1981}", (1980, 1981))]
    + [(text, ()) for text in ("1980", "[1980,1982]", "1980/1982", "198X")],
)
def test_members(text: str, members: tuple[int, ...]) -> None:
    assert read_years(text).members == members


@pytest.mark.parametrize(
    ("text", "first"),
    [("1999-05", 1999), ("198X/..", 1980), ("../2014", 2014), ("{2002,1980}", 1980)],
)
def test_first(text: str, first: int) -> None:
    assert read_years(text).first == first


@pytest.mark.parametrize(
    "text", ["2022", "2022~", "2022-01/2024", "2025/..", "203X", "2022/", "../2025"]
)
def test_planned(text: str) -> None:
    assert read_years(text).is_planned(AS_OF)


@pytest.mark.parametrize("text", ["{2022,2024}", "[2022,2024]"])
def test_set_is_planned_if_all_of_it_is(text: str) -> None:
    assert read_years(text).is_planned(AS_OF)
    assert not read_years(text).is_planned(2022)


@pytest.mark.parametrize("text", ["2021", "2019/2024", "202X", "2021/..", "../2020"])
def test_not_planned(text: str) -> None:
    assert not read_years(text).is_planned(AS_OF)


@pytest.mark.parametrize(
    "texts",
    [
        ("1993", "1993-05", "1993-05-04", "1993-XX", "1993-21", "1993~", "1993/1993", "[1993]"),
        ("1993/..", "1993-05/..", "1993?/.."),
        ("1993/", "1993-05/"),
        ("1993-12/1994-02", "1993/1994", "1993~/1994-21"),
        ("../2014", "/2014", "/2014-05"),
        ("{1980,1982}", "{1982,1980}"),
        ("199X/1994", "199X/1994-05~"),
    ],
)
def test_signature_is_the_same(texts: tuple[str, ...]) -> None:
    assert len({read_years(text).signature for text in texts}) == 1


def test_signature_differs() -> None:
    texts = ["1993", "1993/", "/1993", "1993/..", "1994", "1993/1994", "199X", "199X/..", "199X/"]
    texts += ["{1990,1999}", "[1990,1999]", "1990/1999", "[1990,1998,1999]", "{1990,1998,1999}"]
    assert len({read_years(text).signature for text in texts}) == len(texts)


ACCEPTED = "accepted are 1999, 1999-05,"
REFUSED = [
    # Nothing, or no year.
    ("", "it names no year"),
    ("..", "it names no year"),
    ("/", "it names no year"),
    ("../..", "it names no year"),
    ("/..", "it names no year"),
    ("../", "it names no year"),
    ("?", "'?' is no year of four digits"),
    ("unknown", "'unknown' is no year"),
    # Slips in digits.
    ("2O19", "the letter O stands for the digit 0; write 2019"),
    ("l999", "a letter stands for the digit 1; write 1999"),
    ("{198O,2002}", "write {1980,2002}"),
    ("198x", "a digit left open is a capital X; write 198X"),
    ("19uu", "write 19XX"),
    ("99", "'99' is no year of four digits"),
    ("36281", "'36281' is no year of four digits"),
    ("１９９９", "'１' is no character of EDTF"),
    ("1999-०5", "'०' is no character of EDTF"),
    ("1999\x00", r"'1999\x00' is no year"),
    # Months and days.
    ("1999-5", "months and days have two digits; write 1999-05"),
    ("1999-5-4", "write 1999-05-04"),
    ("1999/5", "a month is year-month; write 1999-05"),
    ("1999/05/04", "a day is year-month-day; write 1999-05-04"),
    ("19990504", "write 1999-05-04"),
    ("1999-00-00", "an unknown month or day is left out; write 1999"),
    ("1999-13", "there is no month 13"),
    ("1999-20", "there is no month 20"),
    ("2003-25", "there is no month 25; seasons are 21 to 24"),
    ("2003-21-05", "there is no month 21; seasons are 21 to 24, without a day"),
    ("2023-02-29", "2023-02 has no day 29"),
    ("1900-02-29", "1900-02 has no day 29"),
    ("1999-04-31", "1999-04 has no day 31"),
    ("1999-12-32", "1999-12 has no day 32"),
    # Spreadsheets.
    ("01.05.1999", "write 1999-05-01"),
    ("1.5.1999", "write 1999-05-01"),
    ("05.1999", "a month is year-month; write 1999-05"),
    ("5/4/1999", "it has more than one '/'; a day is year-month-day"),
    ("1999-05-04 00:00:00", "a time of day is not kept; write 1999-05-04"),
    ("1999-05-04T10:00Z", "a time of day is not kept; write 1999-05-04"),
    ("1999.0", "a year has no decimals; write 1999"),
    (" 1999", "it has a space; write 1999"),
    ("1999\xa0", "it has a space; write 1999"),
    ("1999\n", "it has a space; write 1999"),
    ('"{1980,2002}"', "it has quotation marks; write {1980,2002}"),
    # Intervals.
    ("1994–1998", "an interval has '/', not a dash; write 1994/1998"),
    ("1994-05 – 1998-06", "write 1994-05/1998-06"),
    ("1994 — 1998", "write 1994/1998"),
    ("1994-1998", "an interval has '/'; write 1994/1998"),
    ("1994..1998", "an interval has '/'; write 1994/1998"),
    ("1994 to 1998", "write 1994/1998"),
    ("1994 / 1998", "it has a space; write 1994/1998"),
    ("2003/15", "'15' is no year of four digits"),
    ("1994/98", "an end has a year of four digits; write 1994/1998"),
    ("1999-05/06", "'06' is no year of four digits"),
    ("1994/1998/2002", "it has more than one '/'"),
    ("1994/1998-13", "there is no month 13"),
    ("1993/../1998", "it has more than one '/'"),
    ("1998/1994", "it ends before it starts"),
    ("1994-05/1994-02", "it ends before it starts"),
    ("1994-05-04/1994-05-03", "it ends before it starts"),
    ("1994-05-04/1994-04-XX", "it ends before it starts"),
    ("1999~/1998~", "it ends before it starts"),
    ("199X/1989", "it ends before it starts"),
    ("199X/198X", "it ends before it starts"),
    # Words.
    ("since 1993", "what goes on ends in '/..'; write 1993/.."),
    ("seit 1993", "write 1993/.."),
    ("1993-", "write 1993/.."),
    ("1993/…", "write 1993/.."),
    ("1993/present", "write 1993/.."),
    ("until 2014", "write ../2014"),
    ("bis 2014", "an open start is '../'; write ../2014"),
    ("circa 1990", "'about' is '~'; write 1990~"),
    ("ca. 1990", "write 1990~"),
    ("um 1990", "write 1990~"),
    ("1980s", "a digit left open is X; write 198X"),
    ("1980er Jahre", "write 198X"),
    ("next year", "'next year' is no year"),
    # Qualifiers.
    ("~1990", "a qualifier stands at the end of a date; write 1990~"),
    ("1999-~05", "write 1999-05~"),
    ("1999?-05", "write 1999-05?"),
    ("~1960/1964", "write 1960~/1964"),
    ("1990~?", "'1990~?' is no year"),
    # Sets.
    ("{1980, 2002}", "it has a space; write {1980,2002}"),
    ("1980,2002", "years of a series stand in braces; write {1980,2002}"),
    ("{1980..1984}", "'1980..1984' in it is not a year; a set names each of its years"),
    ("[..1984]", "'..1984' in it is not a year"),
    ("{1980-05,1982}", "'1980-05' in it is not a year"),
    ("{198X}", "'198X' in it is not a year"),
    ("{1980~,1982}", "'1980~' in it is not a year"),
    ("{0000,1982}", "'0000' in it is not a year"),
    ("{1980,}", "'' in it is not a year"),
    ("{}", "'' in it is not a year"),
    ("{1980,1982,1980}", "it names a year twice"),
    ("[1980,1980]", "it names a year twice"),
    ("{1980,1982", "'{' is not closed by '}'"),
    ("[1980}", "'[' is not closed by ']'"),
    # Beyond level 1.
    ("1XXX", "'1XXX' is no year of four digits, month or day of EDTF level 1"),
    ("XXXX", "'XXXX' is no year"),
    ("1XXX-12", "'1XXX-12' is no year"),
    ("156X-12-25", "a month needs a year without X, not 156X"),
    ("198X-XX", "a month needs a year without X, not 198X"),
    ("1999-XX-04", "day 04 needs its month"),
    ("1999-1X", "'1999-1X' is no year"),
    ("1950S2", "'1950S2' is no year"),
    ("Y-17E7", "'Y-17E7' is no year"),
    ("Y170000002", "'Y170000002' is no year"),
    ("-0044", "'-0044' is no year"),
    ("0000", "years begin with 0001"),
    ("00XX", "years begin with 0001"),
    ("1999-W05", "'1999-W05' is no year"),
    # Long ones are refused before they are looked at.
    ("9" * 1_000_000, "1000000 characters are too many for a time"),
    ("{" + ",".join(f"{year}" for year in range(1500, 2000)) + "}", "2501 characters are too many"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[repr(row[0][:25]) for row in REFUSED])
def test_refused(text: str, message: str) -> None:
    with pytest.raises(YearsError) as caught:
        read_years(text)
    told = str(caught.value)
    assert message in told
    assert told.startswith((repr(text), repr(text[:60] + "…")))
    if "; write " in told:
        read_years(told.rpartition("; write ")[2])  # a hint is itself accepted
    else:
        assert ACCEPTED in told


def test_every_example_of_what_is_accepted_is() -> None:
    with pytest.raises(YearsError) as caught:
        read_years("")
    examples = str(caught.value).partition("accepted are ")[2]
    for example in examples.split(", "):
        read_years(example.split(" (", maxsplit=1)[0])


@unhurried
@given(
    st.text(max_size=30)
    | st.text("0123456789X~?%/.-,{}[] Ol–", max_size=14)
    | st.text("19X-/.", min_size=4, max_size=9)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    told = refusal(text)
    if not told:
        assert text.isascii()
        fit_together(text, AS_OF)
    else:
        assert told.startswith(repr(text))
        assert "; write " not in told or not refusal(told.rpartition("; write ")[2])


def refusal(text: str) -> str:
    try:
        read_years(text)
    except YearsError as error:
        return str(error)
    return ""


# The readings of a text, enumerated independently of the module.


@dataclass(frozen=True)
class Point:
    """A date as text, with what it may mean, worked out by the calendar."""

    text: str
    years: range
    earliest: dt.date
    latest: dt.date
    is_qualified: bool


PLAIN = ("{year}", "{year}-{month:02}", "{year}-{month:02}-{day:02}", "{year}-{season}")
YEAR_X = ("{decade}X", "{century}XX")
MONTH_X = ("{year}-XX", "{year}-XX-XX", "{year}-{month:02}-XX")
YEARS = st.integers(1978, 2032)
AS_OFS = st.integers(1970, 2040)


@st.composite
def points(
    draw: st.DrawFn, forms: tuple[str, ...] = PLAIN + YEAR_X + MONTH_X, qualifiers: str = "~?%"
) -> Point:
    form, year, month = draw(st.sampled_from(forms)), draw(YEARS), draw(st.integers(1, 12))
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    qualifier = draw(st.sampled_from(["", *qualifiers]))
    text = form.format(
        year=year,
        month=month,
        day=day,
        season=20 + (month + 2) // 3,
        decade=year // 10,
        century=year // 100,
    )
    size = {"{decade}X": 10, "{century}XX": 100}.get(form, 1)
    first = year // size * size
    first_month, last_month = (month, month) if "{month" in form else (1, 12)
    first_day, last_day = 1, calendar.monthrange(year, last_month)[1]
    if "{day" in form:
        first_day = last_day = day
    return Point(
        text + qualifier,
        range(first, first + size),
        dt.date(first, first_month, first_day),
        dt.date(first + size - 1, last_month, last_day),
        bool(qualifier),
    )


def in_order(pair: tuple[Point, Point]) -> tuple[Point, Point]:
    start, end = pair
    return (start, end) if start.earliest <= end.latest else (end, start)


@dataclass(frozen=True)
class Reading:
    """One start and end, and which of the two vouch for their own year."""

    start: int
    end: int
    is_start_sure: bool = True
    is_end_sure: bool = True

    @property
    def years(self) -> set[int]:
        return set(range(self.start, self.end + 1))

    @property
    def sure_years(self) -> set[int]:
        sure = set(range(self.start + 1, self.end))
        sure |= {self.start} if self.is_start_sure else set()
        return sure | ({self.end} if self.is_end_sure else set())


def expected(
    readings: list[Reading], as_of: int | None
) -> tuple[tuple[int, ...], tuple[int, ...], Bounds]:
    certain = set.intersection(*(reading.sure_years for reading in readings))
    spoken = set[int]().union(*(reading.years for reading in readings))
    starts, ends = {reading.start for reading in readings}, {reading.end for reading in readings}
    return (
        tuple(year for year in sorted(certain) if as_of is None or year <= as_of),
        tuple(year for year in sorted(spoken - certain) if as_of is None or year <= as_of),
        Bounds(min(starts), max(starts), min(ends), max(ends)),
    )


def assert_reads(text: str, as_of: int | None, readings: list[Reading], **unbounded: None) -> None:
    certain, possible, bounds = expected(readings, as_of)
    stated = {name: getattr(bounds, name) for name in Bounds.__slots__} | unbounded
    years = read_years(text)
    is_planned = as_of is not None and min(reading.start for reading in readings) > as_of
    assert years.certain(as_of) == certain
    assert years.possible(as_of) == possible
    assert years.is_planned(as_of) == is_planned
    assert years.bounds(as_of) == (None if is_planned else Bounds(**stated))
    assert years.first == min(reading.start for reading in readings)


@unhurried
@given(points(), st.none() | AS_OFS)
def test_date_by_its_readings(date: Point, as_of: int | None) -> None:
    is_sure = not date.is_qualified
    readings = [Reading(year, year, is_sure, is_sure) for year in date.years]
    assert_reads(date.text, as_of, readings)
    assert_reads(f"{date.text}/", as_of, readings, latest_end=None)
    for start in ("", ".."):
        assert_reads(f"{start}/{date.text}", as_of, readings, earliest_start=None)


@unhurried
@given(points(), points(), st.none() | AS_OFS)
def test_interval_by_its_readings(start: Point, end: Point, as_of: int | None) -> None:
    text = f"{start.text}/{end.text}"
    if start.earliest > end.latest:
        with pytest.raises(YearsError, match="it ends before it starts"):
            read_years(text)
        return
    readings = [
        Reading(first, last, not start.is_qualified, not end.is_qualified)
        for first in start.years
        for last in end.years
        if first <= last
    ]
    assert_reads(text, as_of, readings)


@unhurried
@given(points(), AS_OFS)
def test_what_goes_on_by_its_readings(start: Point, as_of: int) -> None:
    """If a text goes on, then it is under way in as_of: no reading starts later or ends earlier."""
    text, starts = f"{start.text}/..", [year for year in start.years if year <= as_of]
    if not starts:
        years = read_years(text)
        assert years.is_planned(as_of)
        assert (years.certain(as_of), years.possible(as_of), years.bounds(as_of)) == ((), (), None)
        return
    readings = [
        Reading(year, end, not start.is_qualified, is_end_sure=True)
        for year in starts
        for end in (as_of, as_of + 1, as_of + 50)
    ]
    # In as_of itself it is under way in each of them, whatever its start is worth.
    certain, possible, bounds = expected(readings, as_of)
    years = read_years(text)
    assert years.certain(as_of) == tuple(sorted({*certain, as_of}))
    assert years.possible(as_of) == tuple(year for year in possible if year != as_of)
    stated = (bounds.earliest_start, bounds.latest_start, bounds.earliest_end)
    assert years.bounds(as_of) == Bounds(*stated, None)


@given(st.lists(YEARS, min_size=1, max_size=8, unique=True), st.none() | AS_OFS)
def test_set_by_its_members(members: list[int], as_of: int | None) -> None:
    listed, ascending = ",".join(map(str, members)), tuple(sorted(members))
    done = tuple(year for year in ascending if as_of is None or year <= as_of)
    every = read_years(f"{{{listed}}}")
    assert (every.members, every.certain(as_of), every.possible(as_of)) == (ascending, done, ())
    assert every.bounds(as_of) is None
    assert every.is_planned(as_of) == (not done)
    assert_reads(f"[{listed}]", as_of, [Reading(year, year) for year in members])


DATES = points().map(lambda date: date.text)
LISTS = st.lists(YEARS.map(str), min_size=1, max_size=5, unique=True).map(",".join)
TEXTS = st.one_of(
    DATES,
    st.builds("{}/..".format, DATES),
    st.builds("{}/".format, DATES),
    st.builds("../{}".format, DATES),
    st.tuples(points(), points()).map(in_order).map(lambda ends: f"{ends[0].text}/{ends[1].text}"),
    st.builds("{{{}}}".format, LISTS),
    st.builds("[{}]".format, LISTS),
)


def fit_together(text: str, as_of: int) -> None:
    years = read_years(text)
    certain, possible, bounds = years.certain(as_of), years.possible(as_of), years.bounds(as_of)
    assert not set(certain) & set(possible)
    assert list(certain) == sorted(set(certain))
    assert list(possible) == sorted(set(possible))
    assert all(years.first <= year <= as_of for year in certain + possible)
    assert years.members or certain == tuple(
        range(min(certain, default=0), max(certain, default=-1) + 1)
    )
    if bounds is None:
        assert years.members or not certain + possible
        return
    assert not years.is_open or as_of in certain
    least = bounds.earliest_start or 0
    greatest = as_of if bounds.latest_end is None else bounds.latest_end
    assert all(least <= year <= greatest for year in certain + possible)
    for lower, upper in (
        (bounds.earliest_start, bounds.latest_start),
        (bounds.earliest_end, bounds.latest_end),
        (bounds.earliest_start, bounds.earliest_end),
        (bounds.latest_start, bounds.latest_end),
    ):
        assert lower is None or upper is None or lower <= upper


@given(TEXTS, AS_OFS, st.integers(0, 30))
def test_years_and_bounds_fit_together(text: str, as_of: int, later: int) -> None:
    fit_together(text, as_of)
    years = read_years(text)
    if not years.is_open:  # then a later as_of only adds years
        for tell in (years.certain, years.possible):
            assert tell(as_of) == tuple(year for year in tell(as_of + later) if year <= as_of)


BARE = points(qualifiers="")
MARKS = st.sampled_from(["", "~", "?", "%"])


@given(st.tuples(BARE, BARE).map(in_order), MARKS, MARKS)
def test_qualifier_takes_certainty_and_widens_nothing(
    ends: tuple[Point, Point], start_mark: str, end_mark: str
) -> None:
    bare = read_years(f"{ends[0].text}/{ends[1].text}")
    marked = read_years(f"{ends[0].text}{start_mark}/{ends[1].text}{end_mark}")
    assert set(marked.certain(None)) <= set(bare.certain(None))
    assert {*marked.certain(None), *marked.possible(None)} == {
        *bare.certain(None),
        *bare.possible(None),
    }
    assert marked.bounds(None) == bare.bounds(None)
    assert marked.signature == bare.signature


# The edtf library reads closed and unspecified forms as we do, at the precision of years.


def bounds_by_library(text: str) -> tuple[int, int]:
    parsed = parse_edtf(text)
    return parsed.lower_strict().tm_year, parsed.upper_strict().tm_year


def assert_as_the_library(text: str) -> None:
    bounds = read_years(text).bounds(None)
    assert bounds is not None
    assert (bounds.earliest_start, bounds.latest_end) == bounds_by_library(text)


@unhurried
@given(points(qualifiers="") | points(forms=(*PLAIN[:3], *YEAR_X, *MONTH_X)))
def test_date_as_the_library_reads_it(date: Point) -> None:
    assert_as_the_library(date.text)


# Not compared are ends that the library refuses: see below.
PLAIN_ENDS = st.tuples(points(PLAIN), points(PLAIN))
VAGUE_ENDS = st.tuples(points(PLAIN + YEAR_X, ""), points(PLAIN + YEAR_X, ""))


@unhurried
@given((PLAIN_ENDS | VAGUE_ENDS).map(in_order))
def test_interval_as_the_library_reads_it(ends: tuple[Point, Point]) -> None:
    assert_as_the_library(f"{ends[0].text}/{ends[1].text}")


@pytest.mark.parametrize("text", ["{1980,2002,2006}", "[1980,1982]", "{2002,1980}"])
def test_set_as_the_library_reads_it(text: str) -> None:
    certain, possible = read_years(text).certain(None), read_years(text).possible(None)
    together = sorted(certain + possible)
    assert (together[0], together[-1]) == bounds_by_library(text)


@pytest.mark.parametrize(
    "text",
    ["196X/..", "198X~/1994", "1999-XX/2001", "2003-21~", "{1980}"],
)
def test_library_refuses_what_the_design_accepts(text: str) -> None:
    read_years(text)
    # AttributeError: it fails on 1999-XX/2001.
    with pytest.raises((EDTFParseException, AttributeError)):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("1900-02-29", "has no day 29"),
        ("1998/1994", "ends before it starts"),
        ("1994-05/1994-02", "ends before it starts"),
        ("1XXX", "is no year"),
        ("0000", "years begin with 0001"),
        ("{1980, 2002}", "it has a space"),
        ("{1980,1980}", "a year twice"),
        ("../..", "names no year"),
    ],
)
def test_library_accepts_what_is_refused_here(text: str, wrong: str) -> None:
    assert parse_edtf(text)
    with pytest.raises(YearsError, match=wrong):
        read_years(text)


@pytest.mark.parametrize(("text", "padded"), [("1993/", (1993, 2003)), ("/2014", (2004, 2014))])
def test_library_pads_an_unknown_end_by_ten_years(text: str, padded: tuple[int, int]) -> None:
    assert bounds_by_library(text) == padded
    assert len(read_years(text).certain(None)) == 1


def test_standard_library_alone_is_needed() -> None:
    for path in Path(twingraph.years.__file__).parent.glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        found = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        found |= {
            each.name for node in nodes if isinstance(node, ast.Import) for each in node.names
        }
        assert found
        own = {name for name in found if name.startswith("twingraph.years.")}
        assert {name.partition(".")[0] for name in found - own} <= sys.stdlib_module_names
