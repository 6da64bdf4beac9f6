"""What portals must know of a dataset, and that it is all there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError, Finding, RecordErrors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.facts import Dataset, Publisher
    from twingraph.records import Located

PROFILES: Final = ("dcat-ap", "dcat-ap-de")

_DCAT_AP: Final = "DCAT-AP 3.0.1"
# Key -> who wants it, and what is to be written.
_WANTED: Final = {
    "title": (_DCAT_AP, "title: {en: …, de: …}"),
    "description": (_DCAT_AP, "description: {en: …, de: …}"),
    "publisher": (f"{_DCAT_AP} (of a catalogue)", "publisher: {name: {en: …}}"),
    "published_at": (
        f"{_DCAT_AP} (an accessURL of each distribution)",
        "published_at: https://your.example/data/",
    ),
}
# The same for single profiles.
_WANTED_BY: Final = {
    "dcat-ap": {},
    "dcat-ap-de": {
        "licence": (
            "DCAT-AP.de (of each distribution; GovData)",
            "licence: https://creativecommons.org/licenses/by/4.0/",
        ),
    },
}
_FOR_CONTACTS: Final = {
    "legal_basis": (
        "--with-contacts, to publish names of persons",
        "legal_basis: {en: what allows it}",
    )
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a package says of itself: the record, and of it what must be there."""

    record: Dataset
    profile: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    publisher: Publisher
    place: str  # the address of the package's folder, ending in a slash

    def iri(self, name: str) -> str:
        """The IRI of something that the package describes: the same in every export."""
        return f"{self.place}#{name}"


def check_metadata(
    located: Located[Dataset] | None, data: str, profile: str, *, with_contacts: bool = False
) -> Metadata:
    """The metadata of a dataset, all that the profile demands being there.

    `data` is the folder of records, for the message.

    :raises RecordErrors: if anything is missing; who wants it is told.
    :raises FileError: if there is no dataset.yaml at all.
    """
    wanted = {**_WANTED, **_WANTED_BY[profile], **(_FOR_CONTACTS if with_contacts else {})}
    if located is None:
        keys = ", ".join(wanted)
        raise FileError(f"{data}/dataset.yaml: is missing; expected {keys}: see docs/package.md")
    record = located.record
    missing = [
        Finding(located.path, located.line, key, f"is missing; wanted by {who}; expected {how}")
        for key, (who, how) in wanted.items()
        if not getattr(record, key)
    ]
    if missing:
        raise RecordErrors(missing)
    assert record.title
    assert record.description
    assert record.publisher
    assert record.published_at
    return Metadata(
        record, profile, record.title, record.description, record.publisher, record.published_at
    )
