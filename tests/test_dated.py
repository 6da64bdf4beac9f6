"""The pages of dated and undated activities: each activity once, in order, however it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from example import write_folder
from twingraph import build_folder, open_build
from twingraph.plot import dated
from twingraph.plot.asking import Scope, read_scope
from twingraph.plot.dated import count_activities, find_dated, find_undated
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
    found = query(scope.target, f"PREFIX tg: <https://w3id.org/twingraph/ns#> {select} {pattern}")
    return set(found.rows())


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
    assert [started[each] for each in found] == sorted(started.values())
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
    assert len(found) == len(set(found))
    assert {(each,) for each in found} == undated


@pytest.mark.parametrize("given", THINGS, ids=str)
def test_activities_of_several_sources_count_once(build: Build, given: dict[str, str]) -> None:
    scope = read_scope(build, given)
    assert count_activities(scope) == len(
        rows(scope, "SELECT ?activity", f"{{ {scope.pattern} ?activity a tg:Activity }}")
    )
