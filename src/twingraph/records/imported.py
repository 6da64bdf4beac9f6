"""The tables of an imported dataset: records in a space of their own, which its source tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from twingraph.errors import Finding
from twingraph.facts import Institution, Municipality, Partnership, Source
from twingraph.records.references import References
from twingraph.records.tables import SUFFIXES, read_unique
from twingraph.vocab import is_dataset_id, refuse_dataset_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from twingraph.ontology import Vocabulary

MUNICIPALITIES: Final = "municipalities"
INSTITUTIONS: Final = "institutions"
PARTNERSHIPS: Final = "partnerships"
CITED: Final = "cited"  # the sources that a dataset itself cites
FILES: Final = tuple(
    name + suffix
    for name in (MUNICIPALITIES, INSTITUTIONS, PARTNERSHIPS, CITED)
    for suffix in SUFFIXES
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a dataset holds, by id and in the order of ids."""

    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    partnerships: Mapping[str, Partnership] = field(default_factory=dict)
    cited: Mapping[str, Source] = field(default_factory=dict)
    institutions: Mapping[str, Institution] = field(default_factory=dict)


def read_imported(
    folder: Path, source: Source, vocabulary: Vocabulary, findings: list[Finding]
) -> Imported | None:
    """The tables in a source's folder; None where there are none.

    Its records refer to one another alone: what is ours is tied to them by links.
    """
    if not any((folder / name).exists() for name in FILES):
        return None
    if not is_dataset_id(source.id):
        path = str(folder / "source.yaml")
        findings.append(Finding(path, 0, "id", refuse_dataset_id(source.id)))
        return None
    municipalities = read_unique(folder, MUNICIPALITIES, Municipality, findings)
    institutions = read_unique(folder, INSTITUTIONS, Institution, findings)
    partnerships = read_unique(folder, PARTNERSHIPS, Partnership, findings)
    cited = read_unique(folder, CITED, Source, findings)
    found = Imported(
        {name: each.record for name, each in municipalities.items()},
        {name: each.record for name, each in partnerships.items()},
        {name: each.record for name, each in cited.items()},
        {name: each.record for name, each in institutions.items()},
    )
    for proposed in institutions.values():
        if proposed.record.status == "draft":
            message = "an imported dataset has no drafts; leave the key away"
            line = proposed.line_of("status")
            findings.append(Finding(proposed.path, line, "status", message))
    references = References(vocabulary, findings, source.id)
    references.municipalities = found.municipalities
    references.institutions = found.institutions
    references.partnerships = found.partnerships
    references.sources = {source.id: source, **found.cited}
    for table in (municipalities, institutions, partnerships, cited):
        for located in table.values():
            references.check(located)
    return found
