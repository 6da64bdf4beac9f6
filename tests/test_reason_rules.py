"""The rules of our own: years, states, twinning, exchange, counts. One rule, one graph."""

import pytest

from twingraph.errors import OntologyError
from twingraph.quads import Quad, Triple
from twingraph.reason import close_quads, shipped_rules
from twingraph.vocab import Minter

PREFIXES = {
    "a": "https://w3id.org/twingraph/id/activity/p/",
    "i": "https://w3id.org/twingraph/id/institution/",
    "m": "https://w3id.org/twingraph/id/municipality/",
    "p": "https://w3id.org/twingraph/id/partnership/",
    "s": "https://w3id.org/twingraph/id/source/",
    "y": "https://w3id.org/twingraph/id/year/",
    "tg": "https://w3id.org/twingraph/ns#",
    "kind": "https://w3id.org/twingraph/kind/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def term(text: str) -> str:
    """`a:x` -> IRI; `1999` -> integer; `"1993/.."` -> EDTF."""
    if text == "a":
        text = "rdf:type"
    if text.startswith('"'):
        return f"{text}^^<http://id.loc.gov/datatypes/edtf/EDTF>"
    if text.isdecimal():
        return f'"{text}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    prefix, _, name = text.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


def read(text: str, *, graph: str = "s:one") -> list[Quad]:
    """Statements, one a line: subject predicate object [graph]."""
    quads = []
    for words in filter(None, map(str.split, text.splitlines())):
        terms = [term(word) for word in (*words[:3], *(words[3:] or [graph]))]
        quads.append((*terms,))
    return quads  # type: ignore[return-value]  # four terms a line


def closed(text: str) -> set[Triple]:
    return set(close_quads(read(text), shipped_rules(), Minter()))


def gives(text: str, subject: str, predicate: str) -> list[str]:
    """The objects that follow, as their last words, sorted."""
    found = [o for s, p, o in closed(text) if (s, p) == (term(subject), term(predicate))]
    return sorted(
        o.split('"')[1] if o.startswith('"') else o[1:-1].replace("#", "/").rpartition("/")[2]
        for o in found
    )


AS_OF = "s:one tg:asOf 2021"


def test_years_of_an_open_time_end_with_the_sources_year() -> None:
    text = f'{AS_OF}\na:x a tg:Visit\na:x dcterms:date "2019/.."'
    assert gives(text, "a:x", "tg:activeIn") == ["2019", "2020", "2021"]
    assert "OngoingActivity" in gives(text, "a:x", "a")
    assert gives(text, "a:x", "tg:earliestStart") == ["2019"]
    assert gives(text, "a:x", "tg:earliestEnd") == ["2021"]
    assert gives(text, "a:x", "tg:latestEnd") == []


def test_year_node() -> None:
    text = 'a:x a tg:Visit\na:x dcterms:date "1999-05"'
    assert gives(text, "y:1999", "a") == ["Year"]
    assert gives(text, "y:1999", "tg:number") == ["1999"]


def test_vague_year_is_possible() -> None:
    text = 'a:x a tg:Visit\na:x dcterms:date "1990~"'
    assert gives(text, "a:x", "tg:activeIn") == []
    assert gives(text, "a:x", "tg:possiblyActiveIn") == ["1990"]


def test_undated() -> None:
    assert "UndatedActivity" in gives("a:x a tg:Visit", "a:x", "a")
    assert "UndatedActivity" not in gives('a:x a tg:Visit\na:x dcterms:date "1999"', "a:x", "a")


def test_series_is_not_undated() -> None:
    text = 'a:x a tg:Visit\na:y a tg:Visit\na:y tg:editionOf a:x\na:y dcterms:date "1999"'
    assert "UndatedActivity" not in gives(text, "a:x", "a")


def test_planned() -> None:
    text = f'{AS_OF}\na:x a tg:Visit\na:x dcterms:date "2022"'
    assert "PlannedActivity" in gives(text, "a:x", "a")
    assert gives(text, "a:x", "tg:activeIn") == []
    assert gives(text, "a:x", "tg:earliestStart") == []


TWO = "a:x a tg:Visit s:one\na:x a tg:Visit s:two\n"


@pytest.mark.parametrize(
    ("one", "two", "is_disputed"),
    [
        ("1993", "1995", True),
        ("1993", "1993-05", False),
        ("1993/..", "1993", True),
        ("1993/..", "1993/..", False),
    ],
)
def test_disputed(one: str, two: str, *, is_disputed: bool) -> None:
    dates = f'a:x dcterms:date "{one}" s:one\na:x dcterms:date "{two}" s:two'
    text = f"{TWO}{AS_OF}\ns:two tg:asOf 2016\n{dates}"
    assert ("DisputedActivity" in gives(text, "a:x", "a")) is is_disputed


def test_source_without_time_does_not_dispute() -> None:
    text = f'{TWO}a:x dcterms:date "1993" s:one'
    assert "DisputedActivity" not in gives(text, "a:x", "a")


def test_disputed_time_is_the_union_and_the_bounds_the_widest() -> None:
    text = f'{TWO}a:x dcterms:date "1993" s:one\na:x dcterms:date "1995/1996" s:two'
    assert gives(text, "a:x", "tg:activeIn") == ["1993", "1995", "1996"]
    bounds = [
        gives(text, "a:x", f"tg:{name}")
        for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
    ]
    assert bounds == [["1993"], ["1995"], ["1993"], ["1996"]]


def test_each_source_speaks_for_its_own_year() -> None:
    dates = 'a:x dcterms:date "2014/.." s:one\na:x dcterms:date "2014/.." s:two'
    text = f"{TWO}s:one tg:asOf 2015\ns:two tg:asOf 2016\n{dates}"
    assert gives(text, "a:x", "tg:activeIn") == ["2014", "2015", "2016"]


TWINNING = "p:x a tg:Partnership\np:x tg:partner m:a\np:x tg:partner m:b\n"


def test_twinning_makes_twins() -> None:
    text = f"{TWINNING}p:x tg:kind kind:twinning"
    assert gives(text, "m:a", "tg:twinnedWith") == ["b"]
    assert gives(text, "m:b", "tg:twinnedWith") == ["a"]


def test_other_partnership_does_not() -> None:
    assert gives(f"{TWINNING}p:x tg:kind kind:friendship", "m:a", "tg:twinnedWith") == []


HOMES = "i:a tg:basedIn m:a\ni:b tg:basedIn m:b\ni:c tg:basedIn m:a\n"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("organizer", "participant"), ["b"]),
        (("host", "organizer"), ["b"]),
        (("organizer", "supporter"), []),
    ],
)
def test_exchange(roles: tuple[str, str], expected: list[str]) -> None:
    text = f"{HOMES}a:x a tg:Visit\na:x tg:{roles[0]} i:a\na:x tg:{roles[1]} i:b"
    assert gives(text, "i:a", "tg:exchangedWith") == expected


def test_institutions_of_one_city_have_not_exchanged() -> None:
    text = f"{HOMES}a:x a tg:Visit\na:x tg:organizer i:a\na:x tg:organizer i:c"
    assert gives(text, "i:a", "tg:exchangedWith") == []


def test_exchange_is_seen_when_each_source_names_one_side() -> None:
    text = f"{HOMES}{TWO}a:x tg:organizer i:a s:one\na:x tg:organizer i:b s:two"
    assert gives(text, "i:b", "tg:exchangedWith") == ["a"]


def test_counts_of_an_institution() -> None:
    text = f"""{AS_OF}
        a:x a tg:Visit
        a:x dcterms:date "1993/.."
        a:x tg:organizer i:a
        a:y a tg:Visit
        a:y dcterms:date "2008"
        a:y tg:supporter i:a
        a:z a tg:Visit
        a:z tg:organizer i:a"""
    counts = [
        gives(text, "i:a", f"tg:{name}")
        for name in ("datedActivities", "firstActive", "lastActive", "lastStarted")
    ]
    assert counts == [["2"], ["1993"], ["2021"], ["2008"]]


def test_counts_take_editions_and_not_the_series() -> None:
    text = """
        a:x a tg:Festival
        a:x dcterms:date "{1980,2002}"
        a:x tg:organizer i:a
        a:x80 a tg:Festival
        a:x80 tg:editionOf a:x
        a:x80 dcterms:date "1980"
        a:x80 tg:organizer i:a"""
    assert gives(text, "i:a", "tg:datedActivities") == ["1"]
    assert gives(text, "a:x", "tg:activeIn") == ["1980", "2002"]
    assert gives(text, "a:x", "tg:earliestStart") == []


def test_what_only_follows_may_not_be_stated() -> None:
    with pytest.raises(OntologyError, match="state its inverse"):
        closed("p:x tg:hasActivity a:x")


def test_nothing_asserted_is_repeated_and_nothing_comes_twice() -> None:
    text = f"""{HOMES}{TWO}
        a:x a tg:Activity
        a:y a tg:Visit
        a:y tg:partOf a:x
        a:y tg:organizer i:a
        a:x tg:organizer i:a
        i:a a tg:Institution"""
    quads = read(text)
    derived = list(close_quads(quads, shipped_rules(), Minter()))
    assert len(derived) == len(set(derived))
    assert not {quad[:3] for quad in quads} & set(derived)


def test_series_with_a_time_of_its_own_counts_beside_its_editions() -> None:
    text = f"""{AS_OF}
    a:week a tg:Festival
    a:week tg:participant i:choir
    a:week dcterms:date "1990/.."
    a:week/2005 tg:editionOf a:week
    a:week/2005 dcterms:date "2005"
    a:week/2005 tg:participant i:band"""
    assert gives(text, "i:choir", "tg:firstActive") == ["1990"]
    assert gives(text, "i:choir", "tg:lastActive") == ["2021"]
    assert gives(text, "i:choir", "tg:datedActivities") == ["1"]
    assert gives(text, "i:band", "tg:firstActive") == ["2005"]


def test_series_made_from_a_set_counts_by_its_editions() -> None:
    text = """a:week a tg:Festival
    a:week tg:participant i:choir
    a:week dcterms:date "{1980,2002}"
    a:week/1980 tg:editionOf a:week
    a:week/1980 dcterms:date "1980"
    a:week/1980 tg:participant i:choir"""
    assert gives(text, "i:choir", "tg:datedActivities") == ["1"]
    assert gives(text, "i:choir", "tg:lastActive") == ["1980"]


@pytest.mark.parametrize(("years", "partners"), [("2030", []), ("2020", ["band"])])
def test_who_only_plans_has_not_exchanged(years: str, partners: list[str]) -> None:
    text = f"""{AS_OF}
    i:choir tg:basedIn m:de/a
    i:band tg:basedIn m:jp/b
    a:x tg:participant i:choir
    a:x tg:participant i:band
    a:x dcterms:date "{years}\""""
    assert gives(text, "i:choir", "tg:exchangedWith") == partners
