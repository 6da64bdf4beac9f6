"""A build folder holds a whole generation at every moment."""

import fcntl
from pathlib import Path

import pytest

from twingraph.errors import FileError
from twingraph.store.generations import MANIFEST, find_current, hold_current, publish, stage


def put(build: Path, name: str, content: str = "{}") -> Path:
    with stage(build) as staging:
        (staging / MANIFEST).write_text(content)
        return publish(build, staging, name)


def test_nothing_built(tmp_path: Path) -> None:
    assert find_current(tmp_path / "build") is None
    with pytest.raises(FileError, match="holds no build"):
        hold_current(tmp_path / "build")


def test_new_generation_replaces_the_old_one(tmp_path: Path) -> None:
    old = put(tmp_path / "build", "a", "1")
    new = put(tmp_path / "build", "b", "2")
    generation, manifest = hold_current(tmp_path / "build")
    with manifest:
        assert generation == new.resolve()
        assert manifest.read() == "2"
    assert not old.exists()


def test_generation_stays_while_it_is_read(tmp_path: Path) -> None:
    build = tmp_path / "build"
    old = put(build, "a", "1")
    _, manifest = hold_current(build)
    put(build, "b")
    assert old.exists()
    assert manifest.read() == "1"
    manifest.close()
    put(build, "c")
    assert not old.exists()


def test_same_content_again_is_published_beside(tmp_path: Path) -> None:
    first = put(tmp_path / "build", "a")
    second = put(tmp_path / "build", "a")
    assert second.name == "a-2"
    assert find_current(tmp_path / "build") == second.resolve()
    assert not first.exists()


def test_failed_build_leaves_no_trace(tmp_path: Path) -> None:
    old = put(tmp_path / "build", "a")

    def fail() -> None:
        with stage(tmp_path / "build") as staging:
            (staging / "half").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(old.parent.iterdir()) == [old]
    assert find_current(tmp_path / "build") == old.resolve()


def test_leftovers_of_a_killed_build_go(tmp_path: Path) -> None:
    old = put(tmp_path / "build", "a")
    (old.parent / ".new-1").mkdir()
    (old.parent / ".new-1" / "half").write_text("half")
    new = put(tmp_path / "build", "b")
    assert list(new.parent.iterdir()) == [new]


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    put(tmp_path / "build", "a")
    with (tmp_path / "build" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(FileError, match="another process is building"):
            put(tmp_path / "build", "b")


def test_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FileError, match="not empty and not a build"):
        put(tmp_path, "a")
    with pytest.raises(FileError, match="is a file"):
        put(tmp_path / "thesis.txt", "a")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
