"""A build takes over what has not changed, and is what a build from nothing is."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from benchmarks.generate import generate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example import SMALL, write_folder
from generated import Records, folders
from test_build import built_files, quads_of
from twingraph.errors import FileError, RecordErrors
from twingraph.store import crew, load, open_build, pipeline, work
from twingraph.store.pipeline import build_folder

if TYPE_CHECKING:
    from twingraph.store.parts import Asserted


def stored(build: Path) -> set[str]:
    with open_build(build) as opened:
        return {str(quad) for quad in opened.store}


def assert_same(again: Path, anew: Path) -> None:
    assert built_files(again) == built_files(anew)
    assert stored(again) == stored(anew)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(folders(), min_size=2, max_size=4))
def test_build_after_changes_is_the_build_from_nothing(states: list[Records]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for state in states:
            shutil.rmtree(root / "data", ignore_errors=True)
            (root / "data").mkdir()
            state.write(root / "data")
            build_folder(root / "data", root / "again")
            shutil.rmtree(root / "anew", ignore_errors=True)
            build_folder(root / "data", root / "anew")
            assert_same(root / "again", root / "anew")


@contextmanager
def as_if_many() -> Iterator[None]:
    """Records of a few hundred kilobytes are built as many are: in 64 buckets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "_SMALL", 100_000)
        patch.setattr(pipeline, "_BUCKETS", ((1000, 1), (100_000, 8)))
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("many")
    with as_if_many():
        generate(1000, root / "data", seed=3, per_source=250)
        build_folder(root / "data", root / "build", jobs=1)
    assert len(list((root / "build/current/inferred/shared").iterdir())) > 50
    return root


@pytest.fixture
def many(made: Path) -> Iterator[Path]:
    """A thousand activities of eight sources, built."""
    with as_if_many():
        yield made


@pytest.fixture
def copied(many: Path, tmp_path: Path) -> Path:
    shutil.copytree(many / "data", tmp_path / "data")
    shutil.copytree(many / "build", tmp_path / "build", symlinks=True)
    return tmp_path


def test_store_holds_the_quads_of_the_files(many: Path) -> None:
    quads = pyoxigraph.parse(quads_of(many / "build"), format=pyoxigraph.RdfFormat.N_QUADS)
    assert stored(many / "build") == {str(quad) for quad in quads}


def read_parts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that are read from now on."""
    read: list[str] = []
    assert_source = work.assert_source

    def noted(shop: work.Workshop, source: str) -> "Asserted":
        read.append(source)
        return assert_source(shop, source)

    monkeypatch.setattr(work, "assert_source", noted)
    return read


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_change_in_one_source_reads_that_source(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_parts(monkeypatch)
    monkeypatch.setattr(load.Loader, "add", lambda *_: pytest.fail("the store is loaded anew"))
    edit(copied / "data/sources/list-00001/activities.jsonl", '"form":"', '"note":"x","form":"')
    build_folder(copied / "data", copied / "build", jobs=1)
    assert read == ["list-00001"]
    monkeypatch.undo()
    build_folder(copied / "data", copied / "anew")
    assert_same(copied / "build", copied / "anew")


@pytest.mark.parametrize("change", ["removed", "added", "told again", "table", "as_of"])
def test_each_kind_of_change(copied: Path, change: str) -> None:
    sources = copied / "data/sources"
    if change == "removed":
        shutil.rmtree(sources / "list-00002")
    elif change == "added":
        shutil.copytree(sources / "list-00000", sources / "more")
        edit(sources / "more/source.yaml", "id: list-00000", "id: more")
    elif change == "told again":
        told = (sources / "list-00000/activities.jsonl").read_text().splitlines(keepends=True)
        with (sources / "page-00003/activities.jsonl").open("a") as file:
            file.write(told[0].replace('"label"', '"note":"again","label"'))
    elif change == "table":
        edit(copied / "data/institutions.jsonl", '"en":"', '"en":"Old ')
    else:
        edit(sources / "list-00001/source.yaml", "as_of: 2024", "as_of: 2020")
    build_folder(copied / "data", copied / "build")
    build_folder(copied / "data", copied / "anew")
    assert_same(copied / "build", copied / "anew")


def test_last_build_stays_as_it_was(copied: Path) -> None:
    """The new store shares table files with the old one."""
    before = stored(copied / "build")
    with open_build(copied / "build") as old:
        edit(copied / "data/sources/list-00001/activities.jsonl", '"form":"', '"note":"x","form":"')
        build_folder(copied / "data", copied / "build")
        assert {str(quad) for quad in old.store} == before
    assert stored(copied / "build") != before


def test_error_in_a_changed_source_is_told_and_the_build_stays(copied: Path) -> None:
    before = built_files(copied / "build")
    path = copied / "data/sources/list-00001/activities.jsonl"
    edit(path, '"form":"', '"form":"X')
    with pytest.raises(RecordErrors, match=r"list-00001/activities.jsonl:\d+: form: unknown form"):
        build_folder(copied / "data", copied / "build")
    assert built_files(copied / "build") == before


def test_reference_to_a_source_that_is_gone_is_told(tmp_path: Path) -> None:
    more = {
        "sources/other/source.yaml": "id: other\ntitle: Other\npartnership: heidelberg-kumamoto\n",
        "sources/other/activities.yaml": (
            "activities:\n- id: day\n  label: {en: Day}\n  part_of: [week]\n"
        ),
        "sources/third/source.yaml": "id: third\ntitle: Third\npartnership: heidelberg-kumamoto\n",
        "sources/third/activities.yaml": "activities:\n- id: week\n  label: {en: Week}\n",
    }
    data = write_folder(tmp_path / "data", SMALL | more)
    build_folder(data, tmp_path / "build")
    shutil.rmtree(data / "sources/third")
    with pytest.raises(RecordErrors, match="unknown activity 'heidelberg-kumamoto/week'"):
        build_folder(data, tmp_path / "build")


def test_number_of_processes_changes_nothing(many: Path, tmp_path: Path) -> None:
    for jobs in (1, 3):
        build_folder(many / "data", tmp_path / str(jobs), jobs=jobs)
        assert_same(tmp_path / str(jobs), many / "build")


def test_damaged_memory_is_no_memory(copied: Path) -> None:
    memory = copied / "build/current/parts/kept.msgpack"
    memory.write_bytes(memory.read_bytes()[:-100])
    edit(copied / "data/sources/list-00001/source.yaml", "List", "Register")
    build_folder(copied / "data", copied / "build")
    build_folder(copied / "data", copied / "anew")
    assert_same(copied / "build", copied / "anew")


def test_killed_worker_is_told(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_work", _die)
    with pytest.raises(FileError, match="a process that took part was killed"):
        build_folder(many / "data", tmp_path / "build", jobs=2)
    assert not (tmp_path / "build/current").exists()


def _die(*_: object) -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)


def test_many_batches_load_the_same(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "_BATCH", 250_000)
    build_folder(many / "data", tmp_path / "build")
    assert stored(tmp_path / "build") == stored(many / "build")
    assert quads_of(tmp_path / "build") == quads_of(many / "build")
