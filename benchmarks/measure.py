"""What a command costs: its wall time, and the memory that it and its children hold at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SOON = 0.05  # seconds between two looks at the memory, at first, and later
_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall time, and megabytes at most: of all processes, shared pages counted once."""

    seconds: float
    megabytes: float
    output: str


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end.

    :raises RuntimeError: if it fails.
    """
    os.sync()  # what others have written is not this one's to wait for
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    most, pause = 0.0, _SOON
    while True:
        most = max(most, sum(map(_held, _with_children(process.pid))))
        try:
            output, errors = process.communicate(timeout=pause)
            break
        except subprocess.TimeoutExpired:
            pause = min(2 * pause, _EVERY)
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}: {errors[-2000:]}")
    return Cost(seconds, most, output)


def run_task(name: str, *arguments: object) -> tuple[dict[str, Any], float]:
    """What a task of `benchmarks.engines` gives, run in a process of its own, and its megabytes."""
    command = [sys.executable, "-m", "benchmarks.engines", name, *map(str, arguments)]
    cost = run(command)
    found: dict[str, Any] = json.loads(cost.output.splitlines()[-1])
    return found, cost.megabytes


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return  # it has ended, or this system has no /proc: then no memory is told
    for child in children:
        yield from _with_children(int(child))


def _held(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)
