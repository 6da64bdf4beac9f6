"""How long a person waits: bare Python, the help, and a catalogue question on the example.

    python benchmarks/start_up.py [--json]

Each is a whole process, the median of 15 runs; the ratio is to bare Python in the same run.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from twingraph.store.pipeline import build_folder

ROOT = Path(__file__).parents[1]
RUNS = 15


def median_ms(command: list[str]) -> float:
    """The median wall time of a process, in milliseconds."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def measure() -> dict[str, float]:
    """Milliseconds by name."""
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        build_folder(ROOT / "data", build)
        twingraph = [sys.executable, "-m", "twingraph"]
        question = ["ask", "institutions-since", "since=1999", "--build", str(build)]
        return {
            "python": median_ms([sys.executable, "-c", "pass"]),
            "help": median_ms([*twingraph, "--help"]),
            "institutions-since": median_ms([*twingraph, *question]),
            "institutions-since --format table": median_ms(
                [*twingraph, *question, "--format", "table"]
            ),
        }


def main() -> None:
    """Print the figures, as a table or as JSON."""
    figures = measure()
    if "--json" in sys.argv[1:]:
        print(json.dumps(figures, indent=2))
        return
    for name, milliseconds in figures.items():
        print(f"{name:40} {milliseconds:7.1f} ms {milliseconds / figures['python']:6.1f} x python")


if __name__ == "__main__":
    main()
