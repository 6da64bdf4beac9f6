"""A build -> a folder with the analyst's tables as CSV and Parquet."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.errors import FileError
from twingraph.export.folder import replace_folder, write_manifest
from twingraph.export.parquet import write_parquet
from twingraph.export.readme import write_readme
from twingraph.export.rows import Describer
from twingraph.export.schema import TABLES
from twingraph.export.subjects import read_subjects
from twingraph.files import hash_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from twingraph.export.rows import Row
    from twingraph.export.subjects import Progress
    from twingraph.store import Build
    from twingraph.vocab import Iri

FORMATS: Final = ("parquet", "csv")
KIND: Final = "tables"
_TICK: Final = 100_000


def has_parquet() -> bool:
    """Whether the library that writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def write_tables(
    build: Build,
    path: str | Path,
    formats: Collection[str] = FORMATS,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write every table of a build into the folder `path`, all or nothing; rows by table.

    The rows of a table are ordered by its key, and the same build gives the same bytes. A former
    export there is replaced. `progress` is told a step and how many quads or rows of it are done.

    :raises FileError: if `path` holds anything else or cannot be written, or if Parquet is asked
        for where pyarrow is not installed.
    """
    path = Path(path)
    if not formats or not set(formats) <= set(FORMATS):
        found = next(iter(set(formats) - set(FORMATS)), "")
        raise FileError(f"no table format {found!r}; expected {', '.join(FORMATS)}")
    if "parquet" in formats and not has_parquet():
        raise FileError("Parquet needs pyarrow: pip install 'twingraph[tables]'")
    try:
        with replace_folder(path, KIND) as folder:
            inferred = build.mint.graph(vocab.INFERRED)
            rows = write_csv(build.quad_files, inferred, folder, progress or _silent)
            for table in TABLES:
                text = folder / f"{table.name}.csv"
                if "parquet" in formats:
                    write_parquet(table, text, folder / f"{table.name}.parquet")
                if "csv" not in formats:
                    text.unlink()
            write_readme(folder, rows)
            write_manifest(folder, KIND, _manifest(build, folder, rows))
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error}") from error
    return rows


def _silent(step: str, done: int) -> None:
    """Show no progress."""


def write_csv(
    quad_files: Sequence[Path], inferred: Iri, folder: Path, progress: Progress
) -> dict[str, int]:
    """Write each table as CSV (RFC 4180, UTF-8) into `folder`; the number of rows by table.

    `inferred` is the graph of what follows.

    Lines end in CR LF: Python before 3.13 quotes a lone CR or LF in a text only then.
    """
    rows = Counter({table.name: 0 for table in TABLES})
    found = _rows(quad_files, inferred, folder, progress)
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            writers[table.name] = csv.writer(stack.enter_context(file))
            writers[table.name].writerow(table.column_names)
        for count, (name, row) in enumerate(found, start=1):
            writers[name].writerow(row)
            rows[name] += 1
            if count % _TICK == 0:
                progress("rows written", count)
    return dict(rows)


def _rows(
    quad_files: Sequence[Path], inferred: Iri, folder: Path, progress: Progress
) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table; the rows of a table in the order of its key."""
    describer = Describer(inferred)
    with tempfile.TemporaryDirectory(dir=folder) as runs:
        for subject, facts in read_subjects(quad_files, Path(runs), progress):
            yield from describer.rows(subject, facts)


def _manifest(build: Build, folder: Path, rows: dict[str, int]) -> dict[str, Any]:
    """What the tables were made of, and how to see that they are whole."""
    files = sorted(path for path in folder.iterdir() if path.stem in rows)
    return {
        "generation": build.generation.name,
        "base": build.mint.base,
        "rows": rows,
        "sha256": {path.name: hash_file(path) for path in files},
    }
