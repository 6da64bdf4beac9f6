"""Processes that share the work: steps that wait for each other, and who may fork."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from example import DATA
from twingraph import FileError, build_folder, open_build
from twingraph.store.crew import Crew

# "late" waits for "slow"; "first" is the first in order of those that may begin.
NEEDS = {"late": ("slow",), "first": (), "slow": (), "last": ("late", "first")}


def note(shop: Path, step: str) -> int:
    """Note that a step begins and that it ends; the process it is done in."""
    log = os.open(shop, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, f"+{step}\n".encode())
    time.sleep(0.2 if step == "slow" else 0)
    os.write(log, f"-{step}\n".encode())
    os.close(log)
    return os.getpid()


def die(_shop: None, _step: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_steps_begin_when_what_they_need_is_done(tmp_path: Path, jobs: int) -> None:
    with Crew(tmp_path / "log", jobs) as crew:
        done = dict(crew.run_steps(note, NEEDS))
    assert done.keys() == NEEDS.keys()
    assert (os.getpid() in done.values()) == (jobs == 1)
    lines = (tmp_path / "log").read_text().split()
    for step, needs in NEEDS.items():
        assert all(lines.index(f"-{needed}") < lines.index(f"+{step}") for needed in needs)


def test_a_step_does_not_wait_for_what_it_does_not_need(tmp_path: Path) -> None:
    needs = {"slow": (), "one": (), "two": ("one",), "three": ("two",)}
    with Crew(tmp_path / "log", 2) as crew:
        done = [step for step, _ in crew.run_steps(note, needs)]
    assert done == ["one", "two", "three", "slow"]


def test_a_killed_step_is_told() -> None:
    with Crew(None, 2) as crew, pytest.raises(FileError, match=r"was killed.*nothing was changed"):
        list(crew.run_steps(die, {"one": ()}))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_started_goes_on_beside(tmp_path: Path, jobs: int) -> None:
    with Crew(tmp_path / "log", jobs) as crew:
        finish = crew.start(note, "slow")
        note(tmp_path / "log", "beside")
        assert (finish() == os.getpid()) == (jobs == 1)
    lines = (tmp_path / "log").read_text().split()
    assert (lines.index("+beside") < lines.index("-slow")) == (jobs == 2)


def test_what_is_started_and_killed_is_told() -> None:
    with Crew(None, 2) as crew, pytest.raises(FileError, match=r"was killed.*nothing was changed"):
        crew.start(die, "one")()


def test_a_build_has_its_store_open_only_once_it_is_asked(tmp_path: Path) -> None:
    build_folder(DATA, tmp_path / "build")
    with open_build(tmp_path / "build") as build:
        assert build.quad_files
        assert "store" not in vars(build)
        assert build.run("ASK { ?s a ?c }") is True
        assert "store" in vars(build)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads, which need /proc")
def test_a_package_is_shared_among_processes_before_any_thread_is_started(tmp_path: Path) -> None:
    """Threads of the engine's store may hold locks that a fork would copy, and never release."""
    build_folder(DATA, tmp_path / "build")
    code = f"""
import os
from twingraph import open_build
from twingraph.export.package import write_package
os.register_at_fork(before=lambda: print(len(os.listdir("/proc/self/task"))))
with open_build("build") as build:
    write_package(build, {str(DATA)!r}, "dist", jobs=2)
"""
    command = [sys.executable, "-W", "error", "-c", code]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1", "1"]
