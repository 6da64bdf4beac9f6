"""What the pages tell of the data as a whole: title, publisher, licence, and which build it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from twingraph.files import hash_file
from twingraph.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.errors import Finding


class About(msgspec.Struct, frozen=True):
    """Title, description and publisher by language, each empty where it is not stated."""

    title: dict[str, str] = {}
    description: dict[str, str] = {}
    publisher: dict[str, str] = {}
    licence: str = ""
    issued: str = ""
    build: str = ""  # the hash that names the generation
    base: str = DEFAULT_BASE
    place: str = ""  # the address at which the data are published
    url: str = ""  # that of the server, without a slash at its end; empty where there is none


UNKNOWN: Final = About()


def read_about(data: Path | None, manifest: Mapping[str, Any], build: str) -> About:
    """What `dataset.yaml` says, where it is as it was when the build was made; else nothing of it.

    A text that the build has checked names no contact.
    """
    from twingraph.records.portal import DATASET, read_dataset

    own = About(build=build, base=manifest["base"])
    path = None if data is None else data / DATASET
    if (
        data is None
        or path is None
        or not path.is_file()
        or hash_file(path) != manifest["inputs"].get(DATASET)
    ):
        return own
    findings: list[Finding] = []
    located = read_dataset(data, lambda text: text, findings)
    if located is None or findings:
        return own
    record = located.record
    return msgspec.structs.replace(
        own,
        title=dict(record.title or {}),
        description=dict(record.description or {}),
        publisher=dict(record.publisher.name) if record.publisher else {},
        licence=record.licence or "",
        issued=str(record.issued or ""),
        place=record.published_at or "",
    )
