"""The JSON Schema of the record files, for editors that complete and check them."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from twingraph.facts import (
    Activity,
    Dataset,
    Institution,
    Municipality,
    Partnership,
    Programme,
    Record,
    Source,
)
from twingraph.records.tables import PROPOSED

# Top-level key of a file -> the type of its records; source.yaml and dataset.yaml are one record.
_FILES: Final[dict[str, type[Record]]] = {
    "activities": Activity,
    "institutions": Institution,
    "municipalities": Municipality,
    "partnerships": Partnership,
    "programmes": Programme,
}


def json_schema() -> dict[str, Any]:
    """One schema (JSON Schema 2020-12) that any of the YAML files of a data folder satisfies.

    Its `$defs` hold one type a record, and one a file: `activities.yaml` and so on.
    """
    (*_, source, dataset), definitions = msgspec.json.schema_components(
        [*_FILES.values(), Source, Dataset], ref_template="#/$defs/{name}"
    )
    schemas = {name: _as_written(schema) for name, schema in definitions.items()}
    files: dict[str, Any] = {
        f"{key}.yaml": {
            "type": "object",
            "properties": {
                name: {"type": "array", "items": {"$ref": f"#/$defs/{_FILES[name].__name__}"}}
                for name in (key, *PROPOSED.get(key, ()))
            },
            "required": [key],
            "additionalProperties": False,
        }
        for key in _FILES
    }
    files |= {"source.yaml": source, "dataset.yaml": dataset}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "twingraph records",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in files],
        "$defs": {**files, **schemas},
    }


def _as_written(schema: Any) -> Any:
    """The schema of what a person writes: one value may stand for a list, and what an editor takes
    for a number (1999) for a text."""
    if isinstance(schema, list):
        return [_as_written(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: _as_written(value) for key, value in schema.items()}
    if changed.get("type") == "string" and "enum" not in changed:
        changed["type"] = ["string", "number"]
    if changed.get("type") == "array" and "$ref" not in changed.get("items", {}):
        changed.pop("default", None)
        return {"anyOf": [changed["items"], changed]}
    return changed
