"""dataset.jsonld: the package for dataset search (https://schema.org/Dataset)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from twingraph.export.catalogue import Distribution
    from twingraph.export.metadata import Metadata
    from twingraph.export.summary import Summary

SCHEMA_ORG: Final = "dataset.jsonld"


def write_schema_org(
    metadata: Metadata, summary: Summary, distributions: Sequence[Distribution], target: Path
) -> None:
    """Write the dataset as schema.org has it. It can be put into a page: no text ends a script."""
    told = _describe(metadata, summary, distributions)
    text = json.dumps(told, indent=2, ensure_ascii=False).replace("<", "\\u003c")
    target.write_text(f"{text}\n", encoding="utf-8")


def _describe(
    metadata: Metadata, summary: Summary, distributions: Sequence[Distribution]
) -> dict[str, Any]:
    record = metadata.record
    told = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": metadata.iri("dataset"),
        "url": metadata.place,
        "name": _texts(metadata.title),
        "description": _texts(metadata.description),
        "keywords": [
            {"@language": tag, "@value": word}
            for tag, words in record.keywords.items()
            for word in words
        ],
        "license": record.licence,
        "isAccessibleForFree": True,
        "datePublished": record.issued,
        "dateModified": record.modified,
        "inLanguage": sorted(summary.languages),
        "publisher": {
            "@type": "Organization",
            "name": _texts(metadata.publisher.name),
            "url": metadata.publisher.homepage,
        },
        "temporalCoverage": "/".join(f"{year:04d}" for year in summary.years or ()),
        "spatialCoverage": _area(summary),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each.path,
                "description": each.description,
                "contentUrl": metadata.place + each.path,
                "encodingFormat": each.media_type,
                "contentSize": f"{each.size} B",
                "sha256": each.sha256,
            }
            for each in distributions
        ],
    }
    return _without_empty(told)


def _texts(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@language": tag, "@value": text} for tag, text in texts.items()]


def _area(summary: Summary) -> dict[str, Any] | None:
    if summary.latitudes is None or summary.longitudes is None:
        return None
    (south, north), (west, east) = summary.latitudes, summary.longitudes
    box = f"{south:g} {west:g} {north:g} {east:g}"
    return {"@type": "Place", "geo": {"@type": "GeoShape", "box": box}}


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    """What is known: nothing is said of what is not."""
    return {
        key: _without_empty(value) if isinstance(value, dict) else value
        for key, value in told.items()
        if value not in (None, "", [], {})
    }
