"""What a site of files costs: pages a second, and the memory of all processes together.

    python -m benchmarks.site [--size 10000] [--json figures.json]

Records are made by `benchmarks.generate` and built; then `twingraph site` runs as a command, with
as many processes as there are cores. A tenth of the size is measured too: it tells how the memory
grows.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import run
from benchmarks.package import make_build

_TOLD = re.compile(r"([0-9,]+) bytes in ([0-9,]+) files, of which ([0-9,]+) pages")


def measure_site(folder: Path) -> dict[str, float]:
    """What the whole command costs, and what comes of it."""
    told = folder / "told.txt"
    code = (
        f"import sys; sys.stderr = open({str(told)!r}, 'w'); from twingraph.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "site", "-o", str(folder / "public")]
    cost = run([*command, "--build", str(folder / "build"), "--data", str(folder / "data")])
    match = _TOLD.search(told.read_text(encoding="utf-8"))
    assert match is not None
    size, files, pages = (int(each.replace(",", "")) for each in match.groups())
    return {
        "seconds": cost.seconds,
        "megabytes": cost.megabytes,
        "pages": pages,
        "pages a second": pages / cost.seconds,
        "files": files,
        "megabytes written": size / 1e6,
    }


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, float] = {}
    for size in (options.size // 10, options.size):
        with tempfile.TemporaryDirectory(prefix="twingraph-") as folder:
            make_build(size, Path(folder))
            found = measure_site(Path(folder))
            figures |= {f"site.{size}.{name}": value for name, value in found.items()}
    for name, value in figures.items():
        print(f"{name:<48} {value:12.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
