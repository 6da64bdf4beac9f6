"""Who did how much together: institutions and their joint activities, for Gephi and networkx.

GraphML (http://graphml.graphdrawing.org/specification.html) and GEXF 1.3 (https://gexf.net).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from twingraph import terms as t
from twingraph.export.material import read_table
from twingraph.export.rdfxml import escape
from twingraph.export.union import read_below
from twingraph.quads import lexical_form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from twingraph.export.material import Material

_BUFFER: Final = 2**20
# What is told of an institution: key, its type in GraphML, which GEXF shares.
_ATTRIBUTES: Final = {
    "label": "string",
    "kind": "string",
    "municipality": "string",
    "lat": "double",
    "long": "double",
    "dated_activities": "int",
}


class _Node(NamedTuple):
    iri: str
    values: tuple[str, ...]  # in the order of the attributes; an absent one is empty


class _Edge(NamedTuple):
    one: str
    other: str
    activities: str


def write_graphml(material: Material, target: Path) -> None:
    """Write the network as GraphML; the weight of an edge is the number of joint activities."""
    with target.open("w", _BUFFER, encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        for name, kind in _ATTRIBUTES.items():
            file.write(f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>\n')
        file.write('<key id="weight" for="edge" attr.name="weight" attr.type="int"/>\n')
        file.write('<graph edgedefault="undirected">\n')
        for node in _nodes(material):
            data = "".join(
                f'<data key="{name}">{escape(value)}</data>'
                for name, value in zip(_ATTRIBUTES, node.values, strict=True)
                if value
            )
            file.write(f'<node id="{escape(node.iri)}">{data}</node>\n')
        for edge in _edges(material):
            file.write(
                f'<edge source="{escape(edge.one)}" target="{escape(edge.other)}">'
                f'<data key="weight">{edge.activities}</data></edge>\n'
            )
        file.write("</graph>\n</graphml>\n")


def write_gexf(material: Material, target: Path) -> None:
    """Write the same network as GEXF."""
    with target.open("w", _BUFFER, encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
            '<graph defaultedgetype="undirected" mode="static">\n<attributes class="node">\n'
        )
        shown = [(name, kind) for name, kind in _ATTRIBUTES.items() if name != "label"]
        for name, kind in shown:
            named = "integer" if kind == "int" else kind
            file.write(f'<attribute id="{name}" title="{name}" type="{named}"/>\n')
        file.write("</attributes>\n<nodes>\n")
        for node in _nodes(material):
            label, *values = node.values
            told = "".join(
                f'<attvalue for="{name}" value="{escape(value)}"/>'
                for (name, _), value in zip(shown, values, strict=True)
                if value
            )
            file.write(
                f'<node id="{escape(node.iri)}" label="{escape(label)}">'
                f"<attvalues>{told}</attvalues></node>\n"
            )
        file.write("</nodes>\n<edges>\n")
        for number, edge in enumerate(_edges(material)):
            file.write(
                f'<edge id="{number}" source="{escape(edge.one)}" target="{escape(edge.other)}"'
                f' weight="{edge.activities}"/>\n'
            )
        file.write("</edges>\n</graph>\n</gexf>\n")


def _nodes(material: Material) -> Iterator[_Node]:
    """The institutions, each with its seat."""
    seats = {row["municipality"]: row for row in read_table(material, "municipalities")}
    for row in read_table(material, "institutions"):
        seat = seats.get(row["based_in"], {})
        values = (
            row["name"],
            row["kind"].rpartition("#")[2],
            seat.get("name", ""),
            seat.get("lat", ""),
            seat.get("long", ""),
            row["dated_activities"],
        )
        yield _Node(row["institution"], values)


def _edges(material: Material) -> Iterator[_Edge]:
    """The pairs of institutions with how many activities they did together, by their IRI."""
    for _, statements in read_below(material.union, f"<{material.base}pair/"):
        told = dict(statements)
        if t.JOINT_ACTIVITIES in told:
            yield _Edge(
                told[t.FIRST_MEMBER][1:-1],
                told[t.SECOND_MEMBER][1:-1],
                lexical_form(told[t.JOINT_ACTIVITIES]),
            )
