"""A build -> a folder that can be put on a web server and harvested by data portals."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from twingraph import vocab
from twingraph.errors import FileError, RecordErrors
from twingraph.export.about import README, in_english, tell_rights, write_about
from twingraph.export.catalogue import Distribution, Statement, describe_catalogue
from twingraph.export.contacts import CONTACTS, write_contacts
from twingraph.export.context import CONTEXT, build_context
from twingraph.export.folder import replace_folder, write_manifest
from twingraph.export.formats import FORMATS
from twingraph.export.jsonld import format_context
from twingraph.export.making import make_files
from twingraph.export.material import Material
from twingraph.export.metadata import check_metadata
from twingraph.export.schema import TABLES
from twingraph.export.schema_org import SCHEMA_ORG, write_schema_org
from twingraph.export.spreadsheet import HINT, has_xlsx
from twingraph.export.timeline import TIMELINE, write_timeline
from twingraph.export.union import write_quads
from twingraph.export.void import VOID, describe_void
from twingraph.files import find_shipped, hash_file
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder
from twingraph.store.inputs import has_changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from twingraph.export.making import Made, Progress
    from twingraph.export.metadata import Metadata
    from twingraph.export.timeline import Dated
    from twingraph.records import Folder
    from twingraph.store import Build

KIND: Final = "package"
CATALOGUE: Final = ("catalog.ttl", "catalog.jsonld")
_OURS: Final = "https://w3id.org/twingraph/"


@dataclass(frozen=True, slots=True)
class Options:
    """What a package holds, and for which portal it is described."""

    formats: tuple[str, ...] = tuple(FORMATS)
    profile: str = "dcat-ap"
    quotes: str = "short"
    with_contacts: bool = False
    allow_default_base: bool = False


def write_package(
    build: Build,
    data: str | Path,
    path: str | Path,
    options: Options | None = None,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write the package of a build into the folder `path`, all or nothing; its files' sizes.

    `data` is the folder of records that it was built from: its dataset.yaml describes it. The same
    build gives the same bytes. A former package there is replaced. `jobs` processes share the work
    (as many as there are cores, and for little of it one).

    :raises RecordErrors: if metadata are missing or wrong; who wants them is told.
    :raises FileError: if the build is older than its data, holds drafts or IRIs that are not its
        own, if `path` holds anything else or cannot be written, or a library is not installed.
    """
    options, data, path = options or Options(), Path(data), Path(path)
    folder = open_folder(data, read_vocabulary())
    if folder.findings:
        raise RecordErrors(folder.findings)
    metadata = check_metadata(
        folder.dataset, str(data), options.profile, with_contacts=options.with_contacts
    )
    _check_fit(build, data, metadata, options)
    try:
        with (
            replace_folder(path, KIND) as target,
            tempfile.TemporaryDirectory(dir=target.parent) as work,
        ):
            material, contacts = _lay_out(build, folder, Path(work), options)
            made = make_files(material, options.formats, target, jobs, progress or _silent)
            made = made._replace(rows={**made.rows, **contacts})
            _add_pictures(build, made.dated, metadata, target)
            hashes = _describe(material, metadata, target, options, made)
            told = _told(build, material, options, made)
            write_manifest(target, KIND, {**told, "sha256": hashes})
        return dict(_sizes(path))
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error}") from error


def _silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


def _check_fit(build: Build, data: Path, metadata: Metadata, options: Options) -> None:
    """Refuse what should not be published."""
    unknown = sorted(set(options.formats) - set(FORMATS))
    if unknown or not options.formats:
        raise FileError(f"no format {''.join(unknown[:1])!r}; expected {', '.join(FORMATS)}")
    if has_changed(build.generation, data):
        raise FileError(f"{build.path}: is older than {data}; run `twingraph build` first")
    if build.manifest["drafts"]:
        raise FileError(f"{build.path}: holds drafts, which nobody has reviewed; build without")
    is_ours = metadata.place.startswith(_OURS)
    if build.mint.base == vocab.DEFAULT_BASE and not (is_ours or options.allow_default_base):
        raise FileError(
            f"{data}/twingraph.toml: the base {vocab.DEFAULT_BASE} is the one of our example; "
            'set one below an address of yours: base = "https://your.example/id/"'
        )
    if "xlsx" in options.formats and not has_xlsx():
        raise FileError(HINT)


def _lay_out(
    build: Build, folder: Folder, work: Path, options: Options
) -> tuple[Material, dict[str, int]]:
    """What all files are made of, in the folder `work`: the quads; and contacts with their rows."""
    material = Material(
        build.mint.base,
        work / "quads.nq",
        work / "union.nt",
        work / "tables",
        (*TABLES, CONTACTS) if options.with_contacts else TABLES,
    )
    material.csv.mkdir()
    write_quads(build.quad_files, options.quotes, material.quads)
    if not options.with_contacts:
        return material, {}
    number = write_contacts(folder, material.csv / f"{CONTACTS.name}.csv")
    return material, {CONTACTS.name: number}


def _add_pictures(build: Build, dated: Dated, metadata: Metadata, target: Path) -> None:
    """Write the timeline, the context of JSON-LD and the ontology."""
    write_timeline(build, dated, in_english(metadata.title), target / TIMELINE)
    context = format_context(build_context())
    (target / CONTEXT).write_text(f'{{\n"@context": {context}\n}}\n', encoding="utf-8")
    (target / "ontology").mkdir()
    for path in sorted(find_shipped("ontology").glob("*.ttl")):
        shutil.copyfile(path, target / "ontology" / path.name)


def _describe(
    material: Material, metadata: Metadata, target: Path, options: Options, made: Made
) -> dict[str, str]:
    """Write what portals, dataset search and people read of the files; the SHA-256 of the files."""
    hashes = _hash_files(target, made.hashes)
    distributions = list(_distributions(material, target, options, hashes))
    rights = tell_rights(material, metadata, options.quotes, made.summary.datasets)
    said = Statement(" ".join(map(str, rights)), options.with_contacts)
    catalogue = describe_catalogue(metadata, made.summary, distributions, said)
    catalogue.write(*(target / name for name in CATALOGUE))
    dumps = [each.path for each in distributions if each.path.startswith("data.")]
    describe_void(metadata, made.summary, material.base, dumps).write(target / VOID)
    write_schema_org(metadata, made.summary, distributions, target / SCHEMA_ORG)
    about = write_about(metadata, distributions, rights, made.rows)
    (target / README).write_text(about, encoding="utf-8")
    return _hash_files(target, hashes)


def _hash_files(target: Path, known: Mapping[str, str]) -> dict[str, str]:
    """The SHA-256 of each file below a folder, by its path in it; what is known is not read."""
    paths = sorted(path for path in target.rglob("*") if path.is_file())
    names = [path.relative_to(target).as_posix() for path in paths]
    return {name: known.get(name) or hash_file(target / name) for name in names}


def _told(build: Build, material: Material, options: Options, made: Made) -> dict[str, Any]:
    """What the manifest says that the package is of."""
    return {
        "generation": build.generation.name,
        "base": material.base,
        "profile": options.profile,
        "quotes": options.quotes,
        "contacts": options.with_contacts,
        "formats": list(options.formats),
        "quads": made.quads,
        "triples": made.summary.triples,
        "rows": dict(made.rows),
    }


def _distributions(
    material: Material, target: Path, options: Options, hashes: Mapping[str, str]
) -> Iterator[Distribution]:
    """The files that portals show: one for each format, and of CSV one for each table."""
    for name in options.formats:
        format_ = FORMATS[name]
        files = [(format_.path, format_.description)]
        if format_.path.endswith("/"):
            files = [(f"{format_.path}{t.name}.csv", t.description) for t in material.tables]
        for path, description in files:
            yield Distribution(
                path,
                format_.media_type,
                format_.file_type,
                description,
                (target / path).stat().st_size,
                hashes[path],
                format_.is_compressed,
            )


def _sizes(path: Path) -> Iterator[tuple[str, int]]:
    for name in json.loads((path / "manifest.json").read_text(encoding="utf-8"))["files"]:
        yield name, (path / name).stat().st_size
