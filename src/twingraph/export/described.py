"""The tables as CSV, and beside them what they are: CSVW and a Frictionless data package.

https://www.w3.org/TR/tabular-metadata/, https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from twingraph.export.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from twingraph.export.material import Material
    from twingraph.export.schema import Column, Table, Type

CSVW: Final = "csv-metadata.json"
DATAPACKAGE: Final = "datapackage.json"

# Type of a column -> the same in CSVW and in Table Schema.
_CSVW: Final[dict[Type, str]] = {
    "iri": "anyURI",
    "text": "string",
    "year": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "flag": "boolean",
}
_FRICTIONLESS: Final[dict[Type, str]] = {
    "iri": "string",
    "text": "string",
    "year": "integer",
    "integer": "integer",
    "decimal": "number",
    "flag": "boolean",
}
_KEYS: Final = {table.name: table.key for table in TABLES}


def write_described_csv(material: Material, target: Path) -> None:
    """Put the CSV of the tables into the folder `target`, and both descriptions."""
    target.mkdir()
    for table in material.tables:
        os.link(material.csv / f"{table.name}.csv", target / f"{table.name}.csv")
    write_json(target / CSVW, describe_csvw(material.tables))
    write_json(target / DATAPACKAGE, describe_package(material.tables))


def write_json(path: Path, content: Any) -> None:
    """Write a file of JSON for people and programs to read."""
    text = json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def describe_csvw(tables: Iterable[Table]) -> dict[str, Any]:
    """The tables as a CSVW table group.

    A foreign key is one whose cells are never empty: strict validators demand it.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"]},
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:description": table.description,
                "tableSchema": {
                    "columns": [_csvw_column(table, column) for column in table.columns],
                    "primaryKey": list(table.key),
                    "foreignKeys": [
                        {
                            "columnReference": column.name,
                            "reference": {"resource": f"{other}.csv", "columnReference": key},
                        }
                        for column, other, key in _references(table)
                        if _is_required(table, column)
                    ],
                },
            }
            for table in tables
        ],
    }


def _csvw_column(table: Table, column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": _CSVW[column.type],
        **({"required": True} if _is_required(table, column) else {}),
    }


def describe_package(tables: Iterable[Table]) -> dict[str, Any]:
    """The tables as a tabular data package."""
    return {
        "name": "twingraph-tables",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table.name.replace("_", "-"),
                "path": f"{table.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": table.description,
                "schema": {
                    "fields": [_field(table, column) for column in table.columns],
                    "missingValues": [""],
                    "primaryKey": list(table.key),
                    "foreignKeys": [
                        {
                            "fields": column.name,
                            "reference": {"resource": other.replace("_", "-"), "fields": key},
                        }
                        for column, other, key in _references(table)
                    ],
                },
            }
            for table in tables
        ],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _FRICTIONLESS[column.type],
        "description": column.description,
        **({"constraints": {"required": True}} if _is_required(table, column) else {}),
    }


def _is_required(table: Table, column: Column) -> bool:
    return column.name in table.key or column.type == "flag"


def _references(table: Table) -> list[tuple[Column, str, str]]:
    """The columns that refer to another table, which table, and the key of it."""
    return [(each, each.refers, _KEYS[each.refers][0]) for each in table.columns if each.refers]
