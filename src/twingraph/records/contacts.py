"""The names of contacts alone, for who masks them in words of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twingraph.facts import Source
from twingraph.records.fields import read_record
from twingraph.records.tables import read_yaml_file
from twingraph.records.text import Reporter

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.errors import Finding


def read_contacts(path: Path) -> frozenset[str]:
    """The names of all contacts of the sources below a data folder that has been built."""
    findings: list[Finding] = []
    names: set[str] = set()
    for file in sorted((path / "sources").glob("*/source.yaml")):
        if b"contacts" not in file.read_bytes():  # to find that out takes no parser
            continue
        report = Reporter(str(file), findings)
        node = read_yaml_file(file, report)
        found = None if node is None else read_record(node, Source, str(file), report)
        if found is not None:
            names.update(contact.name for contact in found.record.contacts)
    return frozenset(names)
