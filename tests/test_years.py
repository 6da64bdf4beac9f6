"""Stated times: DESIGN.md, section 5, row by row; readings enumerated; what is refused."""

import warnings
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.years import Bounds, YearsError, read_years

AS_OF = 2021


def years(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(first, last + 1))


TABLE = [
    ("1999", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05-04", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1994/1998", years(1994, 1998), (), Bounds(1994, 1994, 1998, 1998)),
    ("1993/..", years(1993, AS_OF), (), Bounds(1993, 1993, AS_OF, None)),
    ("1993/", (1993,), (), Bounds(1993, 1993, 1993, None)),
    ("../2014", (2014,), (), Bounds(None, 2014, 2014, 2014)),
    ("/2014", (2014,), (), Bounds(None, 2014, 2014, 2014)),
    ("198X", (), years(1980, 1989), Bounds(1980, 1989, 1980, 1989)),
    ("1990~", (), (1990,), Bounds(1990, 1990, 1990, 1990)),
    ("1990?", (), (1990,), Bounds(1990, 1990, 1990, 1990)),
    ("1990%", (), (1990,), Bounds(1990, 1990, 1990, 1990)),
    ("196X/..", years(1969, AS_OF), years(1960, 1968), Bounds(1960, 1969, AS_OF, None)),
    ("1990~/..", years(1991, AS_OF), (1990,), Bounds(1990, 1990, AS_OF, None)),
    ("199X/2004", years(1999, 2004), years(1990, 1998), Bounds(1990, 1999, 2004, 2004)),
    ("1960~/1964~", years(1961, 1963), (1960, 1964), Bounds(1960, 1960, 1964, 1964)),
    ("2003-21", (2003,), (), Bounds(2003, 2003, 2003, 2003)),
    ("1993-12/1994-02", (1993, 1994), (), Bounds(1993, 1993, 1994, 1994)),
    ("{1980,2002,2006}", (1980, 2002, 2006), (), None),
    ("[1980,1982]", (), (1980, 1982), Bounds(1980, 1982, 1980, 1982)),
    # What the table implies.
    ("19XX", (), years(1900, 1999), Bounds(1900, 1999, 1900, 1999)),
    ("1999-XX-XX", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05-XX", (1999,), (), Bounds(1999, 1999, 1999, 1999)),
    ("1999-05~", (), (1999,), Bounds(1999, 1999, 1999, 1999)),
    ("../196X", (), years(1960, 1969), Bounds(None, 1969, 1960, 1969)),
    ("1960~/", (), (1960,), Bounds(1960, 1960, 1960, None)),
    ("199X/1994", (1994,), years(1990, 1993), Bounds(1990, 1994, 1994, 1994)),
    ("1994/199X", (1994,), years(1995, 1999), Bounds(1994, 1994, 1994, 1999)),
    ("1994~/1994", (1994,), (), Bounds(1994, 1994, 1994, 1994)),
    ("2003-22/2004-24", (2003, 2004), (), Bounds(2003, 2003, 2004, 2004)),
    # A year after as_of is planned, not done.
    ("2019/2024", years(2019, 2021), (), Bounds(2019, 2019, 2024, 2024)),
    ("2022", (), (), None),
    ("2025/..", (), (), None),
    ("202X", (), (2020, 2021), Bounds(2020, 2029, 2020, 2029)),
    ("202X/..", (2021,), (2020,), Bounds(2020, 2021, AS_OF, None)),
    ("{2019,2023}", (2019,), (), None),
    ("[2019,2023]", (), (2019,), Bounds(2019, 2023, 2019, 2023)),
]


@pytest.mark.parametrize(("text", "certain", "possible", "bounds"), TABLE, ids=[r[0] for r in TABLE])
def test_table(
    text: str, certain: tuple[int, ...], possible: tuple[int, ...], bounds: Bounds | None
) -> None:
    found = read_years(text)
    assert found.certain(AS_OF) == certain
    assert found.possible(AS_OF) == possible
    assert found.bounds(AS_OF) == bounds


@pytest.mark.parametrize(
    ("text", "is_planned"),
    [
        ("2022", True),
        ("2022~", True),
        ("2025/..", True),
        ("{2022,2024}", True),
        ("2021", False),
        ("{2019,2023}", False),
        ("202X", False),
        ("../2025", False),
    ],
)
def test_planned(text: str, *, is_planned: bool) -> None:
    assert read_years(text).is_planned(AS_OF) is is_planned
    assert not read_years(text).is_planned(None)


@pytest.mark.parametrize("method", ["certain", "possible", "bounds"])
def test_open_time_needs_as_of(method: str) -> None:
    with pytest.raises(YearsError, match="goes on: its source needs as_of"):
        getattr(read_years("1993/.."), method)(None)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("1993", "1993-05", True),
        ("1993-05-04", "1993/1993", True),
        ("1993/..", "1993", False),
        ("1993/..", "1993/", False),
        ("1993/..", "1994/..", False),
        ("{1980,1982}", "[1980,1982]", False),
        ("{1980,1982}", "{1982,1980}", True),
    ],
)
def test_signature(one: str, other: str, *, is_same: bool) -> None:
    assert (read_years(one).signature == read_years(other).signature) is is_same


REFUSED = [
    ("", "not a time"),
    ("2O19", "a letter stands where a digit should"),
    ("l999", "a letter stands where a digit should"),
    ("1994–1998", "with a slash: 1994/1998"),
    ("1994 — 1998", "with a slash: 1994/1998"),
    ("1994-1998", "with a slash: 1994/1998"),
    ("1994/98", "with whole years"),
    ("since 1993", "written 1993/.."),
    ("seit 1993", "written 1993/.."),
    ("until 2014", "written ../2014"),
    ("bis 2014", "written ../2014"),
    ("circa 1990", "written 1990~"),
    ("ca. 1990", "written 1990~"),
    ("um 1990", "written 1990~"),
    ("1980s", "written 198X"),
    ("1980er Jahre", "written 198X"),
    ("01.05.1999", "written 1999-05-04"),
    ("5/4/1999", "written 1999-05-04"),
    ("1999-05-04 00:00:00", "without a time"),
    ("1999-05-04T00:00:00Z", "without a time"),
    ("1999-5", "two digits"),
    ("1999-5-4", "two digits"),
    ("1999-05-4", "two digits"),
    ("36281", "four digits"),
    ("99", "four digits"),
    ("-0044", "no sign"),
    ("Y17000", "no sign"),
    ("1999-13", "no month or season 13"),
    ("1999-00", "no month or season 00"),
    ("1999-25", "no month or season 25"),
    ("1999-21-01", "no month or season 21"),
    ("2023-02-29", "no day 2023-02-29"),
    ("1900-02-29", "no day 1900-02-29"),
    ("1999-04-31", "no day"),
    ("1999-XX-04", "a month XX has no day"),
    ("198X-05", "a year with X has no month"),
    ("1XXX", "not a time"),
    ("XXXX", "not a time"),
    ("1950S2", "not a time"),
    ("~1990", "not a time"),
    ("1999-~05", "not a time"),
    ("..", "not a time"),
    ("../..", "neither a start nor an end"),
    ("/", "neither a start nor an end"),
    ("1993/../2000", "not a time"),
    ("1998/1994", "starts after it ends"),
    ("199X/1989", "starts after it ends"),
    ("1994-05/1994-02", "starts after it ends"),
    ("1994-05-04/1994-05-03", "starts after it ends"),
    ("{1980, 2002}", "a comma alone"),
    ("{1980..1984}", "plain years"),
    ("{1980-05}", "plain years"),
    ("{1980,1980}", "names a year twice"),
    ("[..1984]", "plain years"),
    ("{1980]", "plain years"),
    ("{}", "plain years"),
    ("１９９９", "not a time"),
    ("1999\n", "not a time"),
    ("9" * 100_000, "100000 characters"),
    ("{" + "1980," * 300, "plain years"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_refused(text: str, message: str) -> None:
    with pytest.raises(YearsError) as caught:
        read_years(text)
    assert message in str(caught.value)
    assert "accepted are 1999" in str(caught.value)


@given(st.text(max_size=30) | st.text("0123456789X~?%/.-,{}[]", max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_years(text)
    except YearsError:
        return
    check_consistent(text, AS_OF)
    assert found.text == text


# A point in time and, written down independently of the module, the years it may mean.
DIGITS = st.sampled_from(["1998", "1999", "2000", "2001", "199X", "200X", "1999-05", "2000-12-31"])


def readings_of(point: str) -> list[int]:
    year = point[:4]
    return [y for y in range(1985, 2015) if all(a in ("X", b) for a, b in zip(year, str(y), strict=True))]


@given(DIGITS, DIGITS, st.sampled_from(["", "~"]), st.sampled_from(["", "~"]))
def test_interval_is_what_all_its_readings_share(
    start: str, end: str, start_mark: str, end_mark: str
) -> None:
    pairs = [(s, e) for s, e in product(readings_of(start), readings_of(end)) if s <= e]
    text = f"{start}{start_mark}/{end}{end_mark}"
    try:
        found = read_years(text)
    except YearsError as error:
        assert not pairs or start[:4] == end[:4], error
        return
    spans = [set(range(s, e + 1)) for s, e in pairs]
    certain, any_ = set.intersection(*spans), set.union(*spans)
    # A qualified end is only possible, unless an exact other end makes the year certain.
    exact = {
        int(point[:4])
        for point, mark in ((start, start_mark), (end, end_mark))
        if not mark and "X" not in point
    }
    if start_mark:
        certain -= {max(s for s, _ in pairs)} - exact
    if end_mark:
        certain -= {min(e for _, e in pairs)} - exact
    assert set(found.certain(None)) == certain
    assert set(found.possible(None)) == any_ - certain
    assert found.bounds(None) == Bounds(
        min(s for s, _ in pairs),
        max(s for s, _ in pairs),
        min(e for _, e in pairs),
        max(e for _, e in pairs),
    )


POINTS = st.sampled_from(["1960", "196X", "1960~", "2019-05", "2021", "202X", "2025", "1999?"])
TEXTS = st.one_of(
    POINTS,
    st.builds("{}/..".format, POINTS),
    st.builds("{}/".format, POINTS),
    st.builds("../{}".format, POINTS),
    st.builds("{}/{}".format, POINTS, POINTS),
)


@given(TEXTS, st.integers(1995, 2030))
def test_years_and_bounds_fit_together(text: str, as_of: int) -> None:
    try:
        read_years(text)
    except YearsError:
        return
    check_consistent(text, as_of)


def check_consistent(text: str, as_of: int) -> None:
    found = read_years(text)
    certain, possible = found.certain(as_of), found.possible(as_of)
    assert not set(certain) & set(possible)
    assert list(certain) == sorted(certain)
    assert all(year <= as_of for year in (*certain, *possible))
    if certain and not found.members:
        assert certain == years(certain[0], certain[-1])
    bounds = found.bounds(as_of)
    if bounds is None:
        assert found.members or not certain
        return
    low, high = bounds.earliest_start, bounds.latest_end
    for year in (*certain, *possible):
        assert low is None or low <= year
        assert high is None or year <= high
    for least, greatest in (
        (bounds.earliest_start, bounds.latest_start),
        (bounds.earliest_end, bounds.latest_end),
        (bounds.earliest_start, bounds.earliest_end),
    ):
        assert least is None or greatest is None or least <= greatest


@pytest.mark.parametrize(
    "text",
    ["1999", "1999-05", "1999-05-04", "1994/1998", "198X", "19XX", "1993-12/1994-02", "1999-XX"],
)
def test_as_the_edtf_library_reads_it(text: str) -> None:
    """At the precision of years, for closed and unspecified forms (it errs on others)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its grammar uses names that pyparsing renamed
        edtf = pytest.importorskip("edtf", reason="the edtf library is not installed")
        parsed = edtf.parse_edtf(text)
        low, high = parsed.lower_strict().tm_year, parsed.upper_strict().tm_year
    found = read_years(text)
    assert (*found.certain(None), *found.possible(None)) == years(low, high)
