"""Hypothesis strategies for whole folders of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from twingraph.facts import (
    Activity,
    Institution,
    Municipality,
    Partnership,
    Programme,
    Source,
    Stage,
)
from twingraph.records import write_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from twingraph.facts import PartnershipKind, Record

CITIES: Final = ("de/a", "jp/b", "fr/c")
INSTITUTIONS: Final = (*(f"i{number}" for number in range(8)), "i1-8")  # one begins another
PARTNERSHIPS: Final = ("a-b", "a-c", "a-b-c")
SOURCES: Final = ("one", "two", "three")
KEYS: Final = tuple(f"{PARTNERSHIPS[i % 2]}/x{i}" for i in range(4))
PROGRAMME: Final = "de/a/school"
TIMES: Final = (
    None,
    "1999",
    "1999-05",
    "1998/2001",
    "200X",
    "2000~",
    "2001~/2003",
    "1999/",
    "../2000",
)
MORE_TIMES: Final = ("{1999,2001}", "[1999,2002]", "2004/2008", "2010", "1997-21", "/2001~")
OPEN_TIMES: Final = ("1999/..", "199X/..", "2000~/..", "2010/..")
FORMS: Final = (None, "Visit", "Workshop", "Exhibition", "YouthExchange")
TOPICS: Final = ("climate", "environment", "music", "sport", "emergency-services")


@dataclass(frozen=True)
class Records:
    """A folder's content."""

    municipalities: Sequence[Municipality]
    institutions: Sequence[Institution]
    partnerships: Sequence[Partnership]
    programmes: Sequence[Programme]
    sources: Sequence[Source]
    activities: dict[str, Sequence[Activity]]

    def write(self, folder: Path) -> Path:
        """Write the records below a folder, as JSON Lines and YAML."""
        tables: dict[str, Sequence[Record]] = {
            "municipalities": self.municipalities,
            "institutions": self.institutions,
            "partnerships": self.partnerships,
            "programmes": self.programmes,
        }
        for name, records in tables.items():
            _write(folder / f"{name}.jsonl", records, name)
        for source in self.sources:
            place = folder / "sources" / source.id
            place.mkdir(parents=True)
            lines = [f"{key}: {getattr(source, key)}" for key in ("id", "title")]
            if source.as_of is not None:
                lines += [f"as_of: {source.as_of}", "as_of_reason: given"]
            if source.partnership is not None:
                lines.append(f"partnership: {source.partnership}")
            (place / "source.yaml").write_text("\n".join(lines) + "\n")
            _write(place / "activities.jsonl", self.activities[source.id], "activities")
        return folder


def _write(path: Path, records: Sequence[Record], key: str) -> None:
    if records:
        with path.open("w") as file:
            write_records(records, key, "jsonl", file)


def subsets(values: Sequence[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


@st.composite
def activities(draw: st.DrawFn, source: Source) -> list[Activity]:
    """What a source tells: some of the activities, with values of its own."""
    times = TIMES + MORE_TIMES + (OPEN_TIMES if source.as_of else ())
    told = []
    for i, key in enumerate(KEYS):
        # The first source tells all, so that every reference is to something told.
        if source.id != "one" and not draw(st.booleans()):
            continue
        earlier = (*KEYS[:i], PROGRAMME)
        home = key.partition("/")[0]
        told.append(
            Activity(
                id=key,
                label={"en": key},
                form=draw(st.sampled_from(FORMS)),
                topics=draw(subsets(TOPICS)),
                years=draw(st.sampled_from(times)),
                organizers=draw(subsets(INSTITUTIONS, 1)),
                participants=draw(subsets(INSTITUTIONS, 1)),
                hosts=draw(subsets(INSTITUTIONS, 1)),
                supporters=draw(subsets(INSTITUTIONS, 1)),
                held_in=draw(subsets(CITIES)),
                within=tuple(dict.fromkeys((home, *draw(subsets(PARTNERSHIPS, 1))))),
                part_of=draw(subsets(earlier)),
                edition_of=draw(st.none() | st.sampled_from(earlier)),
            )
        )
    return told


@st.composite
def folders(draw: st.DrawFn) -> Records:
    """A folder of records in which several sources tell of the same activities."""
    kinds: st.SearchStrategy[PartnershipKind | None] = st.sampled_from(
        [None, "twinning", "friendship"]
    )
    sources = [
        Source(
            id=name,
            title=name,
            as_of=draw(st.sampled_from([None, 2002, 2005])),
            as_of_reason="given",
            partnership="a-b",
        )
        for name in SOURCES
    ]
    partners = (CITIES[:2], CITIES[::2], CITIES)
    stages = (Stage(kind="twinning", years="1992/", source="two"),)
    return Records(
        municipalities=[Municipality(id=c, label={"en": c}, country=c[:2]) for c in CITIES],
        institutions=[
            Institution(
                id=name,
                label={"en": name},
                kind=draw(st.sampled_from([None, "University", "FriendshipSociety"])),
                based_in=draw(st.none() | st.sampled_from(CITIES)),
            )
            for name in INSTITUTIONS
        ],
        partnerships=[
            Partnership(
                id=name,
                municipalities=cities,
                kind=draw(kinds),
                stages=stages if draw(st.booleans()) else (),
                source=draw(subsets(SOURCES)),
            )
            for name, cities in zip(PARTNERSHIPS, partners, strict=True)
        ],
        programmes=[
            Programme(
                id="school",
                owner="de/a",
                label={"en": "School"},
                years=draw(st.sampled_from(TIMES)),
                organizers=draw(subsets(INSTITUTIONS, 1)),
                source=draw(st.none() | st.sampled_from(SOURCES)),
            )
        ],
        sources=sources,
        activities={source.id: draw(activities(source)) for source in sources},
    )
