"""How far a long step is: a bar on a terminal, with the rate and the time that is left."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final, Self

import click

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

_WIDTH: Final = 24
_EVERY: Final = 0.1  # seconds between two drawings


class Progress:
    """Draws the bar of one step after another; nothing where stderr is no terminal.

    `units` names what each step counts.
    """

    def __init__(self, units: Mapping[str, str]) -> None:
        self._units = units
        self._is_shown = sys.stderr.isatty()
        self._step = ""
        self._began = self._drawn = 0.0
        self._first = 0

    def show(self, step: str, done: int, total: int) -> None:
        """Tell that so much of a step is done, of so much."""
        if not self._is_shown:
            return
        now = time.monotonic()
        if step != self._step:
            self._step, self._began, self._first = step, now, done
        elif now - self._drawn < _EVERY and done < total:
            return
        self._drawn = now
        line = draw(done, total, now - self._began, done - self._first)
        click.echo(f"\r\x1b[K{step} {line.replace('@', self._units[step])}", err=True, nl=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_shown and self._step:
            click.echo("\r\x1b[K", err=True, nl=False)


def draw(done: int, total: int, seconds: float, since: int) -> str:
    """A bar, and where it can be told the rate (of @) and the time left.

    `since` is how much was done in the last `seconds`.

    >>> draw(30, 120, 10.0, 30)
    '[######                  ] 30 of 120 @, 3/s, 0:30 left'
    >>> draw(0, 120, 0.0, 0)
    '[                        ] 0 of 120 @'
    """
    filled = _WIDTH * done // total if total else _WIDTH
    bar = f"[{'#' * filled:{_WIDTH}}] {done:,} of {total:,} @"
    if not (since and seconds):
        return bar
    rate = since / seconds
    left = round((total - done) / rate)
    return f"{bar}, {rate:,.0f}/s, {left // 60}:{left % 60:02} left"
