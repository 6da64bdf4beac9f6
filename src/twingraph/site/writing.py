"""A build -> a folder of files for any web host."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from twingraph.errors import FileError
from twingraph.export.fit import check_fit
from twingraph.export.folder import replace_folder, write_manifest
from twingraph.export.union import write_quads
from twingraph.pages.about import read_about
from twingraph.queries import read_catalogue
from twingraph.site.documents import list_documents
from twingraph.site.sitemap import write_sitemap
from twingraph.site.tasks import do, list_tasks
from twingraph.site.work import Work
from twingraph.store.crew import Crew
from twingraph.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from twingraph.pages.about import About
    from twingraph.site.links import Picture
    from twingraph.store import Build

    Progress = Callable[[str, int, int], None]  # the step, how much of it is done, of how much

KIND: Final = "site"
STEPS: Final = "steps"
PICTURES: Final = "pictures"
_FOREIGN: Final = re.compile(r'[\s<>"{}|\\^`\x00-\x1f]')  # what no address holds
_BLOCK: Final = 2**20
_SMALL: Final = 500  # documents up to which one process is quicker


@dataclass(frozen=True, slots=True)
class Options:
    """How a site is made: its address in the web, and how much of the pages' words it shows."""

    url: str = ""
    quotes: str = "short"
    allow_default_base: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: the address, pages, and by the ends of their names files and bytes."""

    url: str
    pages: int
    files: Mapping[str, tuple[int, int]]


def write_site(
    build: Build,
    path: str | Path,
    data: str | Path | None = None,
    options: Options | None = None,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Site:
    """Write the site of a build into the folder `path`, all or nothing.

    `data` is the folder of records that it was built from: its dataset.yaml describes it, and its
    queries/ adds questions. The same build gives the same bytes. A former site there is replaced.
    `jobs` processes share the work (as many as there are cores, and for little of it one).

    :raises FileError: if the build is older than its data, holds drafts or IRIs that are not its
        own, if `path` holds anything else or cannot be written, or the address is none.
    :raises QueryError: if a question of one's own cannot be read.
    """
    if find_spec("jinja2") is None:
        raise FileError("jinja2 is missing, which makes the pages; pip install 'twingraph[site]'")
    options, path = options or Options(), Path(path)
    if data is not None and not Path(data).is_dir():
        raise FileError(
            f"{data}: no such folder; expected the records of the build, which say whose they are, "
            "and hold your own questions"
        )
    data = Path(data) if data is not None else build.path.with_name("data")
    place = _about(build, data).place
    check_fit(build, data, place, allow_default_base=options.allow_default_base)
    options = replace(options, url=find_url(build, options.url))
    try:
        with (
            replace_folder(path, KIND, of_many=True) as target,
            tempfile.TemporaryDirectory(dir=target.parent) as room,
        ):
            work = _lay_out(build, data, options, Path(room), target)
            pages = _write_files(work, jobs, progress or _silent)
            write_sitemap(target, options.url)
            told = {"generation": build.generation.name, "base": build.mint.base}
            told |= {"url": options.url, "quotes": options.quotes}
            write_manifest(target, KIND, told, of_many=True)
            return Site(options.url, pages, _count_files(target))
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error}") from error


def _silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


def find_url(build: Build, given: str) -> str:
    """The address of the site, which ends in a slash; empty where it is not known.

    Where none is given it is the base of the data's IRIs, unless that is the one of our example.
    Letters beyond ASCII are written as a URI has them, which sitemaps ask for (RFC 3987, 3.1).

    :raises FileError: if what is given is no address.
    """
    if not given:
        return "" if build.mint.base == DEFAULT_BASE else str(build.mint.base)
    try:
        parts = urlsplit(given)
        host = (parts.hostname or "").encode("idna").decode()
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:  # of an address in brackets, a port, or a name that is none
        parts, host, port = urlsplit(""), "", ""
    is_plain = host and ":" not in host and parts.scheme in ("http", "https")
    has_more = "@" in parts.netloc or parts.query or parts.fragment
    if not is_plain or has_more or _FOREIGN.search(given):
        raise FileError(f"--url {given!r}: is no address of a site; expected https://your.example/")
    path = quote(parts.path, safe="/%~:@!$&'()*+,;=")
    return f"{parts.scheme}://{host}{port}{path}".rstrip("/") + "/"


def _about(build: Build, data: Path) -> About:
    return read_about(data if data.is_dir() else None, build.manifest, build.generation.name)


def _lay_out(build: Build, data: Path, options: Options, room: Path, target: Path) -> Work:
    """What all pages are made of, in the folder `room`."""
    quads = room / "quads.nq"
    write_quads(build.quad_files, options.quotes, quads)
    is_whole = _is_same(build.quad_files, quads)
    folders = tuple(each for each in (data / "queries",) if each.is_dir())
    return Work(
        generation=build.generation,
        store=None if is_whole else room / "store",
        quads=quads,
        documents=list_documents(quads, build.mint, room / "documents", room / "runs"),
        mint=build.mint,
        about=_about(build, data),
        questions=read_catalogue(*folders),
        folders=folders,
        url=options.url,
        target=target,
    )


def _is_same(parts: Sequence[Path], whole: Path) -> bool:
    """Whether a file has the bytes of others, one after another."""
    with whole.open("rb") as file:
        for part in parts:
            with part.open("rb") as other:
                while block := other.read(_BLOCK):
                    if file.read(len(block)) != block:
                        return False
        return not file.read(1)


def _write_files(work: Work, jobs: int | None, progress: Progress) -> int:
    """Write all files but those about the whole; the number of pages."""
    if jobs is None:
        jobs = (os.cpu_count() or 1) if work.documents.number > _SMALL else 1
    pages = 0
    pictures: set[Picture] = set()
    tasks = list(list_tasks(work))
    with Crew(work, jobs) as crew:
        if work.store is not None:
            list(crew.run(_load, [()]))
        for number, (_, done) in enumerate(crew.run(do, tasks), 1):
            pages += done.pages
            pictures |= done.pictures
            progress(STEPS, number, len(tasks))
        drawn = [("picture", (picture,)) for picture in sorted(pictures)]
        for number, _ in enumerate(crew.run(do, drawn), 1):
            progress(PICTURES, number, len(drawn))
    work.close()
    return pages


def _load(work: Work) -> None:
    """Load what is shown into a store of its own, where that is less than the build has."""
    import pyoxigraph

    store = pyoxigraph.Store(str(work.store))
    store.bulk_load(path=work.quads, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    store.flush()


def _count_files(folder: Path) -> dict[str, tuple[int, int]]:
    """How many files there are, and how many bytes, by the ends of their names, largest first."""
    numbers: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file():
            end = path.suffix.removeprefix(".") or path.name
            numbers[end] += 1
            sizes[end] += path.stat().st_size
    return {
        end: (numbers[end], size)
        for end, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0]))
    }
