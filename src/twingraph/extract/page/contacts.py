"""Which lines of a page are furniture: menus, and contacts with the names and offices in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from twingraph.extract.page.furniture import (
    is_address,
    is_menu,
    is_menu_beside,
    is_over_contacts,
    is_reached,
    is_surely_contacts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.extract.page.lines import Line

_ENTRY: Final = 80  # characters of a line of an address
_NAMES: Final = 2  # paragraphs with a name or an office before the address itself
_PLACES, _PLACE = 3, 5  # of a trail, at least; words of one, at most
_TOP: Final = 3  # lines before which a trail without a home stands


def mark_furniture(lines: list[Line]) -> None:
    """Marks menus and contacts as furniture, wherever they stand."""
    content = 0
    for line in lines:
        if (line.is_plain or line.kind == "cell") and (
            is_menu(line.words)
            or (content < _TOP and _is_path(line.words))
            or (line.is_plain and is_reached(line.words))
        ):
            line.kind = "furniture"
        content += line.kind != "furniture"
    for run in _runs(lines):
        if _is_menu_run(run) or _is_contact_run(run):
            for line in run:
                line.kind = "furniture"
    _mark_contacts(lines)


def _is_path(words: str) -> bool:
    """Whether a line is a trail of short places, as `Stadt / Partner / Kumamoto`."""
    parts = words.split(" / ") if " / " in words else words.split(" > ")
    return (
        len(parts) >= _PLACES
        and words[-1] != "."
        and all(0 < len(part.split()) <= _PLACE for part in parts)
    )


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines without a gap between them."""
    run: list[Line] = []
    for line in lines:
        if line.gap and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_menu_run(run: list[Line]) -> bool:
    words = [line.words.lstrip("•-*·–+ ") for line in run]
    if len(run) == 1 or any(len(entry) > _ENTRY for entry in words):
        return False
    menu = sum(map(is_menu, words))
    return menu > 0 and (menu + sum(map(is_menu_beside, words))) * 5 >= len(run) * 3


def _is_contact_run(run: list[Line]) -> bool:
    """Whether short lines, one below the other, are an address or a way to be reached."""
    if len(run) == 1 or not _are_entries(run):
        return False
    reached = sum(is_reached(line.words) for line in run)
    shown = reached + sum(is_address(line.words) for line in run)
    return (reached > 0 or shown > 1) and shown * 4 >= len(run)


def _are_entries(run: list[Line]) -> bool:
    return all(
        line.kind in (None, "furniture")
        and len(line.words) <= _ENTRY
        and not line.is_sentence
        and (not line.is_over or is_over_contacts(line.words))
        for line in run
    )


def _mark_contacts(lines: list[Line]) -> None:
    """Marks what stands below a line that is over contacts, if an address follows."""
    runs = list(_runs(lines))
    for index, run in enumerate(runs):
        at = next((i for i, line in enumerate(run) if _is_over(line)), None)
        if at is None:
            continue
        if is_surely_contacts(run[at].words):
            run[at].kind = "furniture"
        held = [run[at + 1 :]] if run[at + 1 :] else []
        held += runs[index + 1 : index + 2 + _NAMES - len(held)]
        shown = _until_address(held)
        for line in (run[at], *(line for part in held[:shown] for line in part)) if shown else ():
            line.kind = "furniture"


def _is_over(line: Line) -> bool:
    return (
        line.kind in (None, "heading")
        and not line.is_sentence
        and is_over_contacts(line.words.lstrip("# ").strip("*_ "))
    )


def _until_address(runs: list[list[Line]]) -> int:
    """How many of the runs, from the first, are contacts: up to the first with an address."""
    for count, run in enumerate(runs, start=1):
        if not _are_entries(run):
            return 0
        if any(is_address(line.words) or is_reached(line.words) for line in run):
            return count
    return 0
