"""The pages of dated and undated activities: each activity once, in order, however it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example import write_folder
from twingraph import build_folder, open_build
from twingraph.pages import longest
from twingraph.pages.longest import find_longest
from twingraph.plot import dated
from twingraph.plot.asking import Scope, read_scope
from twingraph.plot.dated import count_activities, find_dated, find_undated, list_undated
from twingraph.queries import query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from twingraph.plot.dated import Part
    from twingraph.store import Build

SIZE = 7
OTHER = "id: {}\ntitle: {}\npartnership: {}\nas_of: 2021\nas_of_reason: its date\n"
PARTNERSHIP = "  - {{id: {}, municipalities: [de/heidelberg, {}], kind: twinning, source: page}}\n"
CITY = "  - {{id: fr/{0}, label: {{en: {0}}}, country: FR, source: page}}\n"
THINGS: tuple[dict[str, str], ...] = (
    {},
    {"partnership": "a"},
    {"partnership": "b"},
    {"municipality": "de/heidelberg"},
    {"institution": "club"},
    {"topic": "culture"},
)


def activities(partnership: str) -> str:
    """Half of them undated, a series with editions, and two that several sources tell of."""
    lines = [
        f"  - {{id: {partnership}-{i}, label: {{en: No {i}}}, form: Visit, topics: [music], "
        f"organizers: [club]{f', years: {1960 + i * i % 11}' if i % 2 else ''}}}\n"
        for i in range(60)
    ]
    series = '  - {id: set, label: {en: Set}, form: Festival, years: "{1961,1965}"}\n'
    return f"activities:\n{''.join(lines)}{series}"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    files = {
        "municipalities.yaml": "municipalities:\n"
        "  - {id: de/heidelberg, label: {en: Heidelberg}, country: DE, source: page}\n"
        "  - {id: jp/kumamoto, label: {en: Kumamoto}, country: JP, source: page}\n"
        f"{CITY.format('a')}{CITY.format('b')}",
        "partnerships.yaml": "partnerships:\n"
        "  - id: heidelberg-kumamoto\n"
        "    municipalities: [de/heidelberg, jp/kumamoto]\n"
        "    kind: twinning\n"
        "    source: page\n"
        '    stages: [{kind: friendship, years: "1962"}, {kind: twinning, years: "1964"}]\n'
        f"{PARTNERSHIP.format('a', 'fr/a')}{PARTNERSHIP.format('b', 'fr/b')}",
        "institutions.yaml": "institutions:\n"
        "  - {id: club, label: {en: Club}, based_in: de/heidelberg}\n"
        "  - {id: youth-council, label: {en: Youth council}}\n",
    }
    for name in ("a", "b"):
        for source in (f"{name}1", f"{name}2"):  # both tell of all
            files[f"sources/{source}/source.yaml"] = OTHER.format(source, source, name)
            files[f"sources/{source}/activities.yaml"] = activities(name)
    folder = tmp_path_factory.mktemp("dated")
    build_folder(write_folder(folder / "data", files), folder / "build")
    with open_build(folder / "build") as opened:
        yield opened


@pytest.fixture(
    params=[
        {},
        {"_FEW": 0},
        {"_FEW": 0, "_MARGIN": 0},
        {"_FEW": 0, "_FIRST": 9},
        {"_FEW": 0, "_EARLY": 2},
    ]
)
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As few activities are found, as many, and where what is expected of the first is wrong."""
    for name, value in request.param.items():
        monkeypatch.setattr(dated, name, value)


def read_all(find: Callable[[int], Part]) -> list[str]:
    found: list[str] = []
    for page in range(1, 50):
        part = find(page)
        assert len(part.activities) <= SIZE
        found += part.activities
        if part.number is not None and part.number <= page * SIZE:
            assert part.number == len(found)
            after = find(page + 1)
            assert (after.activities, after.number) == ([], len(found))
            return found
    raise AssertionError("there is no last page")


def rows(scope: Scope, select: str, pattern: str) -> set[tuple[object, ...]]:
    return set(list_rows(scope, select, pattern))


def list_rows(scope: Scope, select: str, pattern: str) -> list[tuple[object, ...]]:
    text = f"PREFIX tg: <https://w3id.org/twingraph/ns#> {select} {pattern}"
    return list(dict.fromkeys(query(scope.target, text).rows()))


def list_all(scope: Scope) -> list[str]:
    """In the order of the store, which is that within a year, and of the undated."""
    pattern = f"{{ {{ SELECT ?activity {{ {scope.pattern} }} }} }}"
    return [str(activity) for (activity,) in list_rows(scope, "SELECT ?activity", pattern)]


@pytest.mark.usefixtures("_ways")
@pytest.mark.parametrize("given", THINGS, ids=str)
def test_each_dated_activity_stands_on_one_page_in_the_order_of_time(
    build: Build, given: dict[str, str]
) -> None:
    scope = read_scope(build, given)
    number = count_activities(scope)
    started = {
        str(activity): int(str(year))
        for activity, year in rows(
            scope,
            "SELECT ?activity ?year",
            f"{{ {scope.pattern} ?activity a tg:Activity ; tg:latestStart ?year }}",
        )
    }
    found = read_all(lambda page: find_dated(scope, page, SIZE, number))
    assert len(found) == len(set(found))
    assert set(found) == started.keys()
    in_order = [each for each in list_all(scope) if each in started]
    assert found == sorted(in_order, key=lambda each: started[each])
    assert find_dated(scope, 1, SIZE, number, is_counted=True).number == len(started)


@pytest.mark.usefixtures("_ways")
@pytest.mark.parametrize("given", THINGS, ids=str)
def test_each_undated_activity_stands_on_one_page(build: Build, given: dict[str, str]) -> None:
    scope = read_scope(build, given)
    number = count_activities(scope)
    undated = rows(
        scope, "SELECT ?activity", f"{{ {scope.pattern} ?activity a tg:UndatedActivity }}"
    )
    found = read_all(lambda page: find_undated(scope, page, SIZE, number))
    assert found == [each for each in list_all(scope) if (each,) in undated]
    assert len(found) == len(undated)
    list_undated(scope, number)
    part = find_undated(scope, 2, SIZE, number)
    assert (part.activities, part.number) == (found[SIZE : 2 * SIZE], len(found))
    dated._lists.clear()


def test_longest_lists_are_found_in_a_sample(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_longest(build) == []  # a page of any is soon found
    number = build.manifest["counts"]["activities"]
    monkeypatch.setattr(longest, "_LONG", number // 3)
    monkeypatch.setattr(longest, "_SAMPLE", number)
    monkeypatch.setattr(longest, "_MOST", 2)
    found = find_longest(build)
    given = [each for each in THINGS if each and each != {"municipality": "de/heidelberg"}]
    expected = [read_scope(build, each).pattern for each in given]
    expected.append(read_scope(build, {"topic": "music"}).pattern)
    cities = [each for each in found if each.municipality]
    assert len(cities) == 2
    assert f"<{build.mint.municipality('de/heidelberg')}>" in {each.municipality for each in cities}
    assert {each.pattern for each in found if not each.municipality} == set(expected)
    assert all(count_activities(each) >= number // 3 for each in found)
    monkeypatch.setattr(longest, "_SAMPLE", number // 2)
    assert {each.topic for each in found if each.topic} == {
        each.topic for each in find_longest(build) if each.topic
    }


@pytest.mark.parametrize("given", THINGS, ids=str)
def test_activities_of_several_sources_count_once(build: Build, given: dict[str, str]) -> None:
    scope = read_scope(build, given)
    assert count_activities(scope) == len(
        rows(scope, "SELECT ?activity", f"{{ {scope.pattern} ?activity a tg:Activity }}")
    )
