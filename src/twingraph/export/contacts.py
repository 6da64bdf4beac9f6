"""The persons that pages name as their contacts: shipped only where a legal basis is stated."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from twingraph.export.schema import Column, Table
from twingraph.vocab import Minter

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.records import Folder

CONTACTS: Final = Table(
    "contacts",
    "Persons that pages name as their contacts.",
    ("source", "name"),
    (
        Column("source", "iri", "The source that names the person.", "sources"),
        Column("name", "text", "The name."),
        Column("role", "text", "What the person does."),
        Column("office", "text", "The office."),
        Column("address", "text", "The address."),
    ),
)


def write_contacts(folder: Folder, target: Path) -> int:
    """Write the table as CSV; the number of its rows. What is removed is not in it."""
    mint = Minter(folder.base)
    rows = {
        (mint.source(name), contact.name): (contact.role, contact.office, contact.address)
        for name, source in folder.sources.items()
        for contact in source.contacts
    }
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CONTACTS.column_names)
        writer.writerows([*key, *(cell or "" for cell in rows[key])] for key in sorted(rows))
    return len(rows)
