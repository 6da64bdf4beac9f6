"""What `check` finds: each shape accepts what is built and rejects a change to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.namespace import SH

from example import write_folder
from twingraph import checks, files
from twingraph.errors import FileError, QueryError
from twingraph.store import open_build
from twingraph.store.pipeline import build_folder

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = """
BASE <https://w3id.org/twingraph/id/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/twingraph/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CITY, COUNCIL = "<municipality/de/heidelberg>", "<institution/youth-council>"
PARTNERS, STAGE = "<partnership/heidelberg-kumamoto>", "<partnership/x/stage/friendship>"
EXCHANGE = "<activity/heidelberg-kumamoto/youth-exchange>"
PAGE = "<source/page>"
PASSAGE = "<source/page/page.txt#char=0,4>"
NEW_STAGE = f"INSERT DATA {{ {STAGE} a tg:PartnershipStage "
NEW_PASSAGE = f"INSERT DATA {{ {PASSAGE} a tg:Passage ; tg:fromSource {PAGE} "

# Update of a valid graph -> the message of the shape that rejects it then.
REJECTED = [
    (f"DELETE WHERE {{ {CITY} rdfs:label ?o }}", "at least one label"),
    (f'INSERT DATA {{ {CITY} tg:country "FR" }}', "at most one country"),
    (f'INSERT DATA {{ {CITY} tg:country "Germany" }}', "at most one country"),
    (f"INSERT DATA {{ {CITY} tg:population 1, 2 }}", "at most one population"),
    (f"INSERT DATA {{ {CITY} tg:population -1 }}", "at most one population"),
    (f"INSERT DATA {{ {CITY} geo:lat 149.4 }}", "at most one latitude"),
    (f'INSERT DATA {{ {CITY} geo:lat "north"^^xsd:decimal }}', "at most one latitude"),
    (f"INSERT DATA {{ {CITY} geo:long 8.7, 8.8 }}", "at most one longitude"),
    (f"INSERT DATA {{ {COUNCIL} tg:basedIn <municipality/jp/kumamoto> }}", "as its seat"),
    (f"INSERT DATA {{ {COUNCIL} tg:datedActivities 0 }}", "count of dated activities"),
    (f"INSERT DATA {{ {COUNCIL} tg:datedActivities 2 }}", "count of dated activities"),
    (f"INSERT DATA {{ {COUNCIL} tg:lastActive 1900 }}", "not after the last"),
    (f"DELETE DATA {{ {PARTNERS} tg:partner {CITY} }}", "at least two municipalities"),
    (f"INSERT DATA {{ {PARTNERS} tg:kind <kind/none> }}", "a kind of partnership"),
    (f"INSERT DATA {{ {PARTNERS} tg:stage {CITY} }}", "a stage of a partnership"),
    (f"{NEW_STAGE} }}", "one kind"),
    (f'{NEW_STAGE} ; dcterms:date "1982" }}', "a time of a stage in EDTF"),
    (f"DELETE WHERE {{ {EXCHANGE} tg:within ?o }}", "a partnership that it is within"),
    (f"INSERT DATA {{ {EXCHANGE} dcterms:date 1993 }}", "a time of an activity in EDTF"),
    (f"INSERT DATA {{ {EXCHANGE} tg:involves {CITY} }}", "an institution"),
    (f"INSERT DATA {{ {EXCHANGE} tg:topic <topic/youth> }}", "a topic"),
    (f"INSERT DATA {{ {EXCHANGE} tg:heldIn {COUNCIL} }}", "a municipality"),
    (f"INSERT DATA {{ {EXCHANGE} tg:editionOf {CITY} }}", "at most one series"),
    (f"INSERT DATA {{ {EXCHANGE} tg:earliestStart 2050 }}", "one earliest start"),
    (f"INSERT DATA {{ {EXCHANGE} tg:latestEnd 1900 }}", "one earliest end"),
    ("DELETE DATA { <year/1993> tg:number 1993 }", "one number"),
    (f"DELETE WHERE {{ {PAGE} dcterms:title ?o }}", "one title"),
    (f"INSERT DATA {{ {PAGE} dcterms:source <javascript:alert> }}", "one web address"),
    (f"INSERT DATA {{ {PAGE} tg:asOf 2022 }}", "at most one year"),
    (f'INSERT DATA {{ {PAGE} dcterms:issued "2021-02-31"^^xsd:date }}', "of publication in EDTF"),
    (f'INSERT DATA {{ {PAGE} tg:retrieved "2021" }}', "of retrieval in EDTF"),
    (f"{NEW_PASSAGE}, <source/other> }}", "the one source"),
    (f"{NEW_PASSAGE}; tg:startPosition 4 ; tg:endPosition 4 }}", "before the end position"),
    (f'{NEW_PASSAGE}; tg:quote "Main" }}', "words with their positions"),
]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    """The small example as built: what is asserted, and what follows."""
    folder = tmp_path_factory.mktemp("checks")
    build_folder(write_folder(folder / "data"), folder / "build")
    with open_build(folder / "build") as build:
        return checks.read_graph(build)


def changed(graph: rdflib.Graph, update: str) -> rdflib.Graph:
    copy = rdflib.Graph()
    copy += graph
    copy.update(PREFIXES + update)
    assert set(copy) != set(graph)
    return copy


def test_shapes_accept_what_is_built(closed: rdflib.Graph) -> None:
    assert checks.check_shapes(closed) == []


@pytest.mark.parametrize(("update", "message"), REJECTED)
def test_shapes_reject(closed: rdflib.Graph, update: str, message: str) -> None:
    found = checks.check_shapes(changed(closed, update))
    assert [each for each in found if message in each.message]
    assert {each.check for each in found} == {"shapes"}


def test_every_shape_is_tested() -> None:
    shapes = rdflib.Graph().parse(files.find_shipped("ontology") / files.SHAPES)
    messages = set(map(str, shapes.objects(None, SH.message)))
    assert not {m for m in messages if not any(part in m for _, part in REJECTED)}


def test_node_is_named_with_path_and_value(closed: rdflib.Graph) -> None:
    (found,) = checks.check_shapes(changed(closed, f"INSERT DATA {{ {CITY} geo:lat 149.4 }}"))
    assert found.severity == "error"
    assert "/id/municipality/de/heidelberg>" in found.message
    assert "149.4" in found.message


OWN_CHECK = """# A municipality has no population.
#+ returns: municipality; one row a municipality; by municipality
#+ severity: warning
#+ solution: Add it.
PREFIX tg: <https://w3id.org/twingraph/ns#>
SELECT DISTINCT ?municipality
WHERE { ?municipality a tg:Municipality }
ORDER BY ?municipality
"""


def test_check_of_the_users_own(tmp_path: Path) -> None:
    data = write_folder(tmp_path, {"queries/checks/no-population.rq": OWN_CHECK})
    found = checks.check_folder(data)
    assert {(each.check, each.severity) for each in found} == {("no-population", "warning")}
    assert len(found) == 2
    assert "A municipality has no population. Add it." in str(found[0])


def test_check_without_its_problem(tmp_path: Path) -> None:
    data = write_folder(tmp_path, {"queries/checks/broken.rq": "SELECT * WHERE { ?s ?p ?o }"})
    with pytest.raises(QueryError, match=r"broken\.rq:1"):
        checks.check_folder(data)


def test_shipped_check_finds_a_slip_in_records(tmp_path: Path) -> None:
    twice = """
institutions:
  - id: youth-council
    label: {en: Youth Council}
    kind: Association
    based_in: de/heidelberg
  - id: council-of-youth
    label: {en: youth council}
    kind: Association
    based_in: de/heidelberg
"""
    (found,) = checks.check_folder(write_folder(tmp_path, {"institutions.yaml": twice}))
    assert (found.check, found.severity) == ("likely-duplicate-institution", "warning")


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such folder"):
        checks.check_folder(tmp_path / "nowhere")
