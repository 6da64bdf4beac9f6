"""Two things that a page waits for, worked out at the same time: the engine leaves other threads to
go on while it works out a query."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")


@contextmanager
def aside(work: Callable[[], _T]) -> Iterator[Callable[[], _T]]:
    """Begin work in a thread of its own; what comes back waits for what it gives, or raises.

    Where there is no memory for a thread, it is done when it is asked for.

    >>> with aside(lambda: 1 + 1) as two:
    ...     one = 1
    ...     one + two()
    3
    """
    with ThreadPoolExecutor(1) as pool:
        result: Callable[[], _T]
        try:
            result = pool.submit(work).result
        except RuntimeError:
            result = work
        yield result
