"""`extract`: pages -> files of draft records; each page for itself, in several processes."""

from __future__ import annotations

import gc
import io
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from twingraph.errors import FileError, RecordErrors, SourceError
from twingraph.extract.compare import Difference, compare
from twingraph.extract.draft import Drafts, draft_records
from twingraph.extract.extraction import extract_page
from twingraph.extract.page import Page, read_page
from twingraph.extract.resolve import Known
from twingraph.facts import Activity, Source
from twingraph.files import write_whole
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder, read_table, record_as_yaml, write_records
from twingraph.years import YearsError, read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twingraph.errors import Finding

_COLLECT_EVERY: Final = 100_000  # objects more than were freed
_PAGES: Final = (".html", ".htm", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class Options:
    """What is known of pages beyond themselves: municipality ids, date (EDTF), language."""

    between: tuple[str, ...] = ()
    date: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The drafts of a page, and what was not taken for anything: `line: words`."""

    page: Page
    drafts: Drafts
    unread: tuple[str, ...]


def find_pages(paths: Iterable[Path]) -> list[Path]:
    """The pages: files as they are given (`-` for standard input), of folders all that are pages.

    :raises FileError: if a file is absent, or a folder holds no page.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix in _PAGES and p.is_file())
            if not inside:
                raise FileError(f"{path}: holds no page; expected files of {', '.join(_PAGES)}")
            found += inside
        elif path.exists() or str(path) == "-":
            found.append(path)
        else:
            raise FileError(f"{path}: no such file")
    return found


def read_known(data: Path) -> Known:
    """What the records of a data folder name; nothing where there is no folder."""
    if not data.is_dir():
        return Known()
    folder = open_folder(data, read_vocabulary())
    if folder.findings:
        raise RecordErrors(folder.findings)
    return Known(folder.municipalities, folder.institutions, folder.partnerships)


def spare_collector() -> None:
    """Have this process look for cyclic garbage less often: pages are read into trees and tuples.

    What is loaded lives as long as the process. For a process of one's own, such as a command; a
    sixth of the time is saved.
    """
    read_vocabulary()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_EVERY)


def extract_files(
    paths: Sequence[Path], known: Known, options: Options, jobs: int = 1
) -> Iterator[Extracted]:
    """The drafts of each page, in the order of the paths.

    :raises SourceError: if a page cannot be read at all, or a municipality is no id.
    """
    known.place_names(options.between)
    if options.date is not None:
        _check_date(options.date)
    work = partial(extract_file, known=known, options=options)
    if jobs == 1 or len(paths) == 1:
        yield from map(work, paths)
        return
    with ProcessPoolExecutor(max_workers=jobs, initializer=spare_collector) as pool:
        yield from pool.map(work, paths, chunksize=8)


def _check_date(date: str) -> None:
    try:
        read_years(date)
    except YearsError as error:
        raise SourceError(f"--date: {error}") from error


def extract_file(path: Path, known: Known, options: Options) -> Extracted:
    """The drafts of one page."""
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from error
    page = read_page(content, str(path))
    places = known.place_names(options.between)
    extraction = extract_page(page, tuple(places), options.date, options.language)
    unread = tuple(
        f"{block.line}: {' '.join(page.text[block.start : block.end].split())}"
        for block in extraction.unread
    )
    return Extracted(page, draft_records(extraction, known, places), unread)


def drafts_as_yaml(extracted: Extracted) -> str:
    """The drafts as an `activities.yaml`: what the page says of the partnership as comments."""
    file = io.StringIO()
    name = Path(extracted.page.name).name
    file.write(
        f"# Drafted from {name}: a person reviews each record, then sets status: reviewed.\n"
    )
    for stage in extracted.drafts.stages:
        said = ", ".join(f"{key}: {' '.join(value.split())}" for key, value in stage.items())
        file.write(f"# Of the partnership itself, for partnerships.yaml: {said}\n")
    write_records(extracted.drafts.activities, "activities", "yaml", file)
    if extracted.drafts.institutions:
        file.write("# Institutions that no record names yet.\n")
        write_records(extracted.drafts.institutions, "institutions", "yaml", file)
    return file.getvalue()


def write_drafts(extracted: Extracted, path: Path) -> None:
    """Write the drafts to a file, whole or not at all.

    :raises FileError: if the file is there already: reviewed records are never overwritten.
    """
    if path.exists():
        raise FileError(f"{path}: exists; drafts never overwrite records, name another file")
    with write_whole(path) as file:
        file.write(drafts_as_yaml(extracted).encode())


def write_source(extracted: Extracted, folder: Path, known: Known, options: Options) -> None:
    """Write a source folder: the page as it is quoted, where it is from, and the drafts.

    :raises FileError: if there is such a source already: reviewed records are never overwritten.
    """
    if (folder / "activities.yaml").exists():
        raise FileError(f"{folder}: is a source already; compare with --against, write elsewhere")
    folder.mkdir(parents=True, exist_ok=True)
    page, date = extracted.page, options.date or extracted.page.date
    source = Source(
        id=folder.name,
        title=page.title or Path(page.name).stem,
        language=options.language or page.language,
        partnership=known.partnership(options.between),
        as_of=int(date[:4]) if date else None,
        as_of_reason="the page's own date" if date else None,
        note="url is missing" if date else "url and as_of are missing",
    )
    for name, text in (
        ("page.txt", page.text),
        ("source.yaml", record_as_yaml(source)),
        ("activities.yaml", drafts_as_yaml(extracted)),
    ):
        with write_whole(folder / name) as whole:
            whole.write(text.encode())


def compare_with(extracted: Extracted, against: Path) -> tuple[list[Difference], Extracted]:
    """How drafts differ from an activities file, and the drafts that are new or changed.

    :raises RecordErrors: if the file cannot be read.
    """
    findings: list[Finding] = []
    if against.suffix not in (".yaml", ".jsonl", ".csv"):
        raise SourceError(f"{against}: expected activities.yaml, .jsonl or .csv")
    located = list(read_table(against, Activity, "activities", findings))
    if findings:
        raise RecordErrors(findings)
    differences = compare(extracted.drafts.activities, [each.record for each in located])
    kept = tuple(each.draft for each in differences if each.draft is not None)
    named = {name for each in kept for role in _ROLES for name in getattr(each, role)}
    proposed = tuple(each for each in extracted.drafts.institutions if each.id in named)
    drafts = Drafts(kept, proposed, extracted.drafts.stages)
    return differences, Extracted(extracted.page, drafts, extracted.unread)


_ROLES: Final = ("organizers", "participants", "hosts", "supporters")
