"""A build that cannot be finished: a plain word, exit code 2, and the last whole build stays."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from benchmarks.generate import generate

from example import DATA, write_folder
from test_build import built_files
from twingraph.errors import FileError
from twingraph.store import open_build
from twingraph.store.pipeline import build_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUILD = [sys.executable, "-m", "twingraph", "build"]


def run_build(
    data: Path, build: Path, jobs: int = 1, before: Callable[[], None] | None = None
) -> tuple[int, str]:
    """The exit code of the command, and what it says."""
    command = [*BUILD, str(data), "-o", str(build), "--jobs", str(jobs)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, preexec_fn=before
    )
    assert not done.stdout
    return done.returncode, done.stderr


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand activities."""
    folder = tmp_path_factory.mktemp("records") / "data"
    generate(2000, folder, seed=5)
    return folder


class Disk:
    """A small disk in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> None:
        """Write something, so that it is never empty: a limit of zero would be none."""
        (self.path / "other").write_bytes(bytes(4096))

    def limit(self, kilobytes: int) -> None:
        """Let so much more be written."""
        used = os.statvfs(self.path)
        taken = (used.f_blocks - used.f_bfree) * used.f_frsize // 1024
        options = f"remount,size={taken + kilobytes}k"
        subprocess.run(["mount", "-o", options, str(self.path)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    path = tmp_path / "disk"
    path.mkdir()
    try:
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "twingraph-test", str(path)]
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk cannot be mounted here: that is for root, on Linux")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", str(path)], check=True)


FULL = "the disk is full; the last whole build stays: make room, and build again"


def fill(disk: Disk, data: Path, build: Path, step: int, jobs: int = 1) -> Iterator[int]:
    """Build with ever more room: each time it is too little, and at the end it is enough."""
    for room in range(0, 50 * step, step):
        disk.limit(room)
        code, told = run_build(data, build, jobs)
        if code == 0:
            return
        assert (code, told) == (2, f"{build}: {FULL}\n")
        yield room
    pytest.fail("there is room, and it is not built")


def test_first_build_on_a_full_disk(disk: Disk) -> None:
    """It is full when quads are written, the store is made, is loaded, and is flushed."""
    build = disk.path / "build"
    disk.fill()
    failed = 0
    for _ in fill(disk, DATA, build, 700):
        assert not [path for path in build.glob("*/*") if path.is_file()]
        assert not (build / "current").exists()
        failed += 1
    assert failed > 3
    with open_build(build) as opened:
        assert len(opened.store) == sum(opened.manifest["quads"].values())


@pytest.mark.parametrize(("change", "step"), [("page", 280), ("table", 1100)])
def test_second_build_on_a_full_disk(disk: Disk, tmp_path: Path, change: str, step: int) -> None:
    """A page's change is put into a copy of the store; after a table's the store is loaded anew."""
    data, build = tmp_path / "data", disk.path / "build"
    shutil.copytree(DATA, data)
    disk.limit(8000)
    assert run_build(data, build)[0] == 0
    before = built_files(build)
    if change == "page":
        edit(data / "sources/heidelberg-kumamoto/activities.yaml", "recurrence: annual", "")
    else:
        edit(data / "institutions.yaml", "en: EMBL", "en: E.M.B.L.")
    failed = 0
    for _ in fill(disk, data, build, step):
        assert built_files(build) == before
        assert len(list((build / "generations").iterdir())) == 1
        with open_build(build) as opened:
            assert len(opened.store) == sum(opened.manifest["quads"].values())
        failed += 1
    assert failed > 3
    build_folder(data, tmp_path / "anew")
    assert built_files(build) == built_files(tmp_path / "anew")


def test_processes_on_a_full_disk(disk: Disk, records: Path, tmp_path: Path) -> None:
    data, build = tmp_path / "data", disk.path / "build"
    shutil.copytree(records, data)
    disk.fill()
    assert len(list(fill(disk, data, build, 12_000, jobs=2))) > 2
    before = built_files(build)
    edit(data / "sources/list-00001/activities.jsonl", '"form":"', '"note":"x","form":"')
    failed = 0
    for _ in fill(disk, data, build, 4000, jobs=2):
        assert built_files(build) == before
        failed += 1
    assert failed
    assert built_files(build) != before


@pytest.mark.parametrize("size", [50_000, 1_000_000])
def test_file_that_may_not_grow(records: Path, tmp_path: Path, size: int) -> None:
    """As with a quota: a file of quads, or one of the store's, cannot be written to its end."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, told = run_build(records, tmp_path / "build", jobs=2, before=limit)
    assert code == 2
    assert re.fullmatch(r".*/build: cannot be written: .*File too large.*\n", told)
    assert not list((tmp_path / "build/generations").iterdir())


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("write_bytes", "kept.msgpack"),
        ("write_bytes", "manifest.json"),
        ("rename", r"\.new-\d+"),
        ("symlink_to", r"\.current"),
        ("replace", r"\.current"),
    ],
)
def test_last_steps_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, name: str
) -> None:
    data, build = write_folder(tmp_path / "data"), tmp_path / "build"
    build_folder(data, build)
    before = built_files(build)
    edit(data / "municipalities.yaml", "en: Kumamoto", "en: Kumamoto City")
    done = getattr(Path, method)
    failed = []

    def fail(path: Path, *given: object, **options: object) -> object:
        if re.fullmatch(name, path.name):
            failed.append(path)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return done(path, *given, **options)

    monkeypatch.setattr(Path, method, fail)
    with pytest.raises(FileError, match=FULL):
        build_folder(data, build)
    assert failed
    assert built_files(build) == before
    assert len(list((build / "generations").iterdir())) == 1
    monkeypatch.undo()
    assert build_folder(data, build).is_new
    assert {path.name for path in build.iterdir()} == {".lock", "current", "generations"}


def test_build_that_was_copied_without_its_link_is_not_touched(tmp_path: Path) -> None:
    data, build = write_folder(tmp_path / "data"), tmp_path / "build"
    build_folder(data, build)
    shutil.copytree(build, tmp_path / "copy")
    with pytest.raises(FileError, match="copy/current: is no link"):
        build_folder(data, tmp_path / "copy", force=True)
    assert len(list((tmp_path / "copy/generations").iterdir())) == 1


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, parent in pairs if int(parent) == process.pid]


def is_alive(pid: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return state.stdout.strip()[:1] not in {"", "Z"}


@contextmanager
def building(data: Path, build: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """The command with two worker processes, once these are there."""
    command = [*BUILD, str(data), "-o", str(build), "--jobs", "2", "--force"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            while len(workers := workers_of(process)) < 2:
                assert process.poll() is None
                time.sleep(0.01)
            yield process, workers
        finally:
            process.kill()


@pytest.fixture(scope="module")
def built(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("built") / "build"
    build_folder(records, build, jobs=1)
    return build


@pytest.mark.parametrize("after", [0, 0.1, 0.4, 0.8])
def test_workers_of_a_killed_build_end(records: Path, built: Path, after: float) -> None:
    expected = built_files(built)
    with building(records, built) as (process, workers):
        time.sleep(after)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 10
        while any(map(is_alive, workers)):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert built_files(built) == expected
    build_folder(records, built, jobs=1)
    assert len(list((built / "generations").iterdir())) <= 2


@pytest.mark.parametrize("after", [0, 0.3])
@pytest.mark.parametrize("whom", ["all", "parent"])
def test_interrupted_build(records: Path, built: Path, whom: str, after: float) -> None:
    """Ctrl-C in a terminal reaches the workers too."""
    expected = built_files(built)
    with building(records, built) as (process, workers):
        time.sleep(after)
        (os.killpg if whom == "all" else os.kill)(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert not any(map(is_alive, workers))
    if after and process.returncode == 0:
        pytest.skip("the build was quicker than the interrupt")
    assert process.returncode == 130
    assert told == f"{built}: the last whole build stays\ninterrupted\n"
    assert built_files(built) == expected
    assert len(list((built / "generations").iterdir())) == 1
