"""Names that records leave to be made: a partnership's label, and that of a stage in its IRI."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twingraph.facts import Stage


def join_labels(names: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The partners' names, in each language that all of them have (else each one's first)."""
    shared = [language for language in names[0] if all(language in name for name in names)]
    if not shared:
        return {"en": " – ".join(next(iter(name.values())) for name in names)}
    return {language: " – ".join(name[language] for name in names) for language in shared}


def stage_name(stages: Sequence[Stage], index: int) -> str:
    """The kind of a stage; where a partnership has the kind more than once, numbered from 2 on."""
    kind = stages[index].kind
    before = sum(stage.kind == kind for stage in stages[:index])
    return f"{kind}-{before + 1}" if before else kind
