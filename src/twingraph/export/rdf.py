"""N-Quads, TriG and Turtle. Oxigraph writes what is more than lines; it streams."""

from __future__ import annotations

import gzip
import os
import shutil
from typing import TYPE_CHECKING, Final

from twingraph.export.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyoxigraph

    from twingraph.export.material import Material

_LEVEL: Final = 6
_BUFFER: Final = 2**20


def write_nquads(material: Material, target: Path) -> None:
    """Write the quads as they are: one a line, in the order of the build's files."""
    os.link(material.quads, target)


def write_nquads_gzip(material: Material, target: Path) -> None:
    """Write the quads as N-Quads, compressed."""
    pack(material.quads, target)


def pack(source: Path, target: Path) -> None:
    """Write a file as gzip; no time and no name stand in it."""
    with (
        source.open("rb") as content,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
    ):
        shutil.copyfileobj(content, packed, _BUFFER)


def write_trig(material: Material, target: Path) -> None:
    """Write the quads as TriG, a block for each stretch of quads of one graph."""
    import pyoxigraph

    quads = pyoxigraph.parse(path=material.quads, format=pyoxigraph.RdfFormat.N_QUADS)
    _serialize(quads, target, pyoxigraph.RdfFormat.TRIG, material.base)


def write_turtle(material: Material, target: Path) -> None:
    """Write the union of all graphs as Turtle, a block for each subject."""
    import pyoxigraph

    quads = pyoxigraph.parse(path=material.union, format=pyoxigraph.RdfFormat.N_TRIPLES)
    triples = (quad.triple for quad in quads)
    _serialize(triples, target, pyoxigraph.RdfFormat.TURTLE, material.base)


def _serialize(
    content: Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple],
    target: Path,
    format_: pyoxigraph.RdfFormat,
    base: str,
) -> None:
    import pyoxigraph

    with target.open("wb", _BUFFER) as file:
        pyoxigraph.serialize(content, file, format_, prefixes=PREFIXES, base_iri=base)
