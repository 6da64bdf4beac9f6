"""Other tools on a folder of pages, in a virtual environment that is made when it is missing.

    python -m benchmarks.rivals.run PAGES

Prints JSON: `tools` by name (`kind` of what it finds, its `languages`, `found` as [slug, line,
value, words], `seconds`), and `skipped` by name with the reason. The environment, with what
requirements.txt names, is `.venv` beside this file; making it takes a package index.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.pages import read_sources
from twingraph.errors import TwingraphError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.pages import Source

_HERE: Final = Path(__file__).resolve().parent
_REQUIREMENTS: Final = _HERE / "requirements.txt"
_ENVIRONMENT: Final = _HERE / ".venv"
_INSTALLED: Final = _ENVIRONMENT / "installed"  # the hash of what was installed
_PYTHON: Final = _ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def run_rivals(sources: Iterable[Source]) -> dict[str, Any]:
    """What each tool finds on pages, and which tools cannot be had."""
    failed = _make_environment()
    pages = [
        {
            "slug": source.slug,
            "language": source.language,
            "written": source.written,
            "lines": source.lines,
        }
        for source in sources
    ]
    done = subprocess.run(
        [str(_PYTHON), str(_HERE / "tools.py")],
        input=json.dumps(pages),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    results: dict[str, Any] = json.loads(done.stdout)
    results["skipped"] |= failed
    return results


def _make_environment() -> dict[str, str]:
    """Make the environment where it is missing or old; what could not be installed, and why."""
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if _INSTALLED.is_file() and _INSTALLED.read_text() == wanted:
        return {}
    venv.create(_ENVIRONMENT, clear=True, with_pip=True)
    if not _install("--requirement", str(_REQUIREMENTS)):
        _INSTALLED.write_text(wanted)
        return {}
    lines = (line.partition("#")[0].strip() for line in _REQUIREMENTS.read_text().splitlines())
    reasons = {line: _install(line) for line in lines if line}
    return {line: f"not installed: {reason}" for line, reason in reasons.items() if reason}


def _install(*what: str) -> str:
    """Install into the environment; the last line of what went wrong, else ""."""
    command = [
        str(_PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        *what,
    ]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]


def main() -> None:
    """Print what was found, as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.rivals.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pages", type=Path, metavar="PAGES")
    try:
        results = run_rivals(read_sources(parser.parse_args().pages))
    except TwingraphError as error:
        parser.error(str(error))
    print(json.dumps(results, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
