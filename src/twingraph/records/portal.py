"""dataset.yaml: what a portal shows of the data as a whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from twingraph import vocab
from twingraph.errors import Finding, IriError
from twingraph.facts import Dataset
from twingraph.records.fields import Located, read_record
from twingraph.records.references import LANGUAGE
from twingraph.records.tables import read_yaml_file
from twingraph.records.text import Reporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

DATASET: Final = "dataset.yaml"


def read_dataset(
    folder: Path, mask: Callable[[str], str], findings: list[Finding]
) -> Located[Dataset] | None:
    """The dataset's record, with where it stands; None where there is no such file.

    `mask` covers the names of contacts: a text that holds one is a finding, as all else is that
    is wrong.
    """
    path = folder / DATASET
    if not path.exists():
        return None
    report = Reporter(str(path), findings)
    node = read_yaml_file(path, report)
    located = None if node is None else read_record(node, Dataset, str(path), report)
    if located is None:
        return None
    for key, message in _find_wrong(located.record, mask):
        report(located.line_of(key), key, message)
    return located


def _find_wrong(record: Dataset, mask: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """What is wrong beyond the types: the key, and a message."""
    for key, texts in _texts(record):
        for tag, text in texts.items():
            if not LANGUAGE.fullmatch(tag):
                yield key, f"{tag!r} is not a language tag; expected e.g. en, pt-BR"
            if mask(text) != text:
                yield key, "holds the name of a contact, which is never published"
    for key, address in _addresses(record):
        yield from ((key, message) for message in _find_wrong_address(address))
    yield from _find_unfit(record)


def _find_unfit(record: Dataset) -> Iterator[tuple[str, str]]:
    """What values cannot be, or cannot be together: the key, and a message."""
    if record.published_at and not record.published_at.endswith("/"):
        yield "published_at", f"{record.published_at!r} is no folder; expected it to end in '/'"
    if record.contact and not (record.contact.email or record.contact.url):
        yield "contact", "cannot be reached; expected email or url"
    for key in ("issued", "modified"):
        try:
            date.fromisoformat(getattr(record, key) or "2000-01-01")
        except ValueError:
            yield key, f"{getattr(record, key)!r} is not a day; expected e.g. 2026-11-23"
    if record.issued and record.modified and record.modified < record.issued:
        yield "modified", f"{record.modified} is before issued, {record.issued}"


def _texts(record: Dataset) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text by its language, with the key it stands under."""
    yield "title", record.title or {}
    yield "description", record.description or {}
    yield "legal_basis", record.legal_basis or {}
    yield "publisher", record.publisher.name if record.publisher else {}
    yield "contact", record.contact.name if record.contact else {}
    yield "keywords", {tag: "; ".join(words) for tag, words in record.keywords.items()}


def _addresses(record: Dataset) -> Iterator[tuple[str, str | None]]:
    for key in ("licence", "published_at", "endpoint", "contributor"):
        yield key, getattr(record, key)
    yield "publisher", record.publisher.homepage if record.publisher else None
    yield "contact", record.contact.url if record.contact else None
    if record.geocoding:
        yield "geocoding", record.geocoding.area
        yield "geocoding", record.geocoding.level


def _find_wrong_address(address: str | None) -> Iterator[str]:
    try:
        if address and not vocab.read_iri(address).startswith(("http://", "https://")):
            yield f"{address!r} is no web address; expected http(s)://…"
    except IriError as error:
        yield str(error)
