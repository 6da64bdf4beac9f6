"""`build`: the same input gives the same bytes, and the last good build stays."""

import gc
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from example import DATA, SMALL, write_folder
from twingraph.errors import FileError, RecordErrors
from twingraph.store import open_build
from twingraph.store.pipeline import build_folder
from twingraph.vocab import EDTF, XSD


def built_files(build: Path) -> dict[str, bytes]:
    """The manifest of a build, all its quad files and views, by name."""
    generation = build / "current"
    content = (generation / "manifest.json").read_bytes()
    manifest = json.loads(content)
    names = ["manifest.json", *manifest["files"], *manifest["views"]]
    return {name: (generation / name).read_bytes() for name in names}


def quads_of(build: Path) -> str:
    return "".join(
        content.decode() for name, content in built_files(build).items() if name.endswith(".nq")
    )


def build_in_process(data: Path, build: Path, seed: str, shuffle: str) -> None:
    """A build with a hash seed, in which folders are listed in a shuffled order."""
    code = """
import os, random, sys
from pathlib import Path
rng = random.Random(sys.argv[3])
def shuffled(function):
    def listed(*args, **options):
        found = list(function(*args, **options))
        rng.shuffle(found)
        return iter(found)
    return listed
Path.rglob, Path.iterdir, Path.glob = map(shuffled, (Path.rglob, Path.iterdir, Path.glob))
listdir = os.listdir
os.listdir = lambda *a: list(shuffled(listdir)(*a))
from twingraph.store.pipeline import build_folder
build_folder(Path(sys.argv[1]), Path(sys.argv[2]))
"""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", code, str(data), str(build), shuffle]
    subprocess.run(command, check=True, env=environment)


def test_builds_are_byte_identical(tmp_path: Path) -> None:
    build_in_process(DATA, tmp_path / "one", "1", "a")
    build_in_process(DATA, tmp_path / "two", "2", "b")
    assert built_files(tmp_path / "one") == built_files(tmp_path / "two")


def test_manifest_tells_the_hash_of_each_file(tmp_path: Path) -> None:
    build_folder(write_folder(tmp_path / "data"), tmp_path / "build")
    files = built_files(tmp_path / "build")
    manifest = json.loads(files["manifest.json"])
    for name, digest in manifest["files"].items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    page = (tmp_path / "data/sources/page/page.txt").read_bytes()
    assert manifest["inputs"]["sources/page/page.txt"] == hashlib.sha256(page).hexdigest()


def test_quad_files_hold_no_quad_twice_and_no_blank_node(tmp_path: Path) -> None:
    build_folder(DATA, tmp_path / "build")
    lines = [
        line
        for name, content in built_files(tmp_path / "build").items()
        if name.endswith(".nq")
        for line in content.decode().splitlines()
    ]
    assert len(lines) == len(set(lines))
    assert not [line for line in lines if "_:" in line.partition('"')[0]]


def test_unchanged_data_is_not_built_again(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    assert build_folder(data, tmp_path / "build").is_new
    again = build_folder(data, tmp_path / "build")
    assert not again.is_new
    assert build_folder(data, tmp_path / "build", force=True).is_new
    (data / "municipalities.yaml").write_text(
        (data / "municipalities.yaml").read_text().replace("en: Kumamoto", "en: Kumamoto City")
    )
    changed = build_folder(data, tmp_path / "build")
    assert changed.is_new
    assert changed.counts == again.counts


def test_build_in_one_process_leaves_the_callers_heap_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is forked that would share it; to go through all of a great one takes long."""
    monkeypatch.setattr(gc, "collect", lambda *_: pytest.fail("the whole heap is gone through"))
    threshold = gc.get_threshold()
    gc.freeze()
    try:
        assert build_folder(write_folder(tmp_path / "data"), tmp_path / "build", jobs=1).is_new
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == threshold
    finally:
        gc.unfreeze()


def test_broken_records_leave_the_last_good_build(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    build_folder(data, tmp_path / "build")
    before = built_files(tmp_path / "build")
    page = data / "sources/page/activities.yaml"
    page.write_text(page.read_text().replace("1993/..", "2O19"))
    with pytest.raises(RecordErrors, match="2O19"):
        build_folder(data, tmp_path / "build")
    assert built_files(tmp_path / "build") == before
    assert len(list((tmp_path / "build/generations").iterdir())) == 1


def test_absent_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nowhere: no such folder"):
        build_folder(tmp_path / "nowhere", tmp_path / "build")
    assert not (tmp_path / "build").exists()


def test_removed_source_is_not_built(tmp_path: Path) -> None:
    source = """
id: page
title: Main focus
removed: on request, 2026-11-01
"""
    data = write_folder(tmp_path / "data", {"sources/page/source.yaml": source})
    summary = build_folder(data, tmp_path / "build")
    assert summary.counts["activities"] == 0
    assert any("removed" in warning for warning in summary.warnings)
    assert b"youth-exchange" not in b"".join(
        content for name, content in built_files(tmp_path / "build").items() if name.endswith("nq")
    )


def test_contact_names_are_nowhere_below_the_build(tmp_path: Path) -> None:
    """Not even when a label, a note or the quoted words hold the name."""
    files = {
        "sources/page/page.txt": "Visits of citizens, ask Erika Mustermann\n",
        "sources/page/activities.yaml": """
activities:
  - id: visits
    label: {en: Visits by Erika Mustermann}
    note: told by Mustermann, Erika
    quote: Visits of citizens, ask Erika Mustermann
""",
    }
    build_folder(write_folder(tmp_path / "data", files), tmp_path / "build")
    files_built = [path for path in (tmp_path / "build").rglob("*") if path.is_file()]
    assert files_built
    for path in files_built:
        assert b"Mustermann" not in path.read_bytes(), path
    quoted = quads_of(tmp_path / "build")
    assert "Visits of citizens, ask " + "█" * len("Erika Mustermann") in quoted


@pytest.mark.parametrize("process", range(4))
def test_killed_build_leaves_a_whole_one(tmp_path: Path, process: int) -> None:
    """kill -9 at random moments, five a process: the old build or the new one, never a part."""
    build, data = tmp_path / "build", tmp_path / "data"
    shutil.copytree(DATA, data)
    build_folder(data, build)
    code = (
        "import sys; from pathlib import Path; from twingraph import build_folder; "
        "build_folder(Path(sys.argv[1]), Path(sys.argv[2]), force=True)"
    )
    rng = random.Random(process)
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", code, str(data), str(build)], check=True)
    whole = time.monotonic() - started
    expected = built_files(build)
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", code, str(data), str(build)])
        time.sleep(rng.uniform(0.1, 1.0) * whole)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert built_files(build) == expected
        with open_build(build) as opened:
            total = sum(opened.manifest["quads"].values())
            assert len(opened.store) == total
    build_folder(data, build, force=True)
    assert len(list((build / "generations").iterdir())) == 1


def test_store_holds_what_the_quad_files_hold(tmp_path: Path) -> None:
    """Literal by literal: Oxigraph would make `1.50` to `1.5`, and `@EN-us` to `@en-us`."""
    build_folder(DATA, tmp_path / "build")
    quads = quads_of(tmp_path / "build").splitlines()
    with open_build(tmp_path / "build") as opened:
        dumped = opened.store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
        assert len(opened.store) == len(quads) == sum(opened.manifest["quads"].values())
    assert sorted(dumped.decode().splitlines()) == sorted(quads)


def test_literals_are_of_types_that_engines_agree_on(tmp_path: Path) -> None:
    """Comparing an xsd:gYear gives nothing in several, and Virtuoso makes booleans to integers."""
    build_folder(DATA, tmp_path / "build")
    types = set(re.findall(r'"\^\^<([^>]*)>', quads_of(tmp_path / "build")))
    assert types == {EDTF, *(XSD + name for name in ("date", "decimal", "integer"))}


def test_build_stands_outside_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_folder(tmp_path / "data")
    monkeypatch.chdir(data)
    with pytest.raises(FileError, match="a build stands outside its data"):
        build_folder(Path(), Path("build"))
    assert not (data / "build").exists()


def test_unchanged_build_that_lost_its_store_is_built_again(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    first = build_folder(data, tmp_path / "build")
    shutil.rmtree(first.generation / "store")
    assert build_folder(data, tmp_path / "build").is_new
    assert not build_folder(str(data), str(tmp_path / "build")).is_new


def test_other_ontology_is_another_build(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    generation = build_folder(data, tmp_path / "build").generation
    manifest = json.loads((generation / "manifest.json").read_text())
    assert set(manifest["ontology"]) == {"twingraph.ttl", "topics.ttl", "align.ttl"}
    manifest["ontology"]["topics.ttl"] = "0" * 64
    (generation / "manifest.json").write_text(json.dumps(manifest))
    assert build_folder(data, tmp_path / "build").is_new


def test_names_of_contacts_are_masked_wherever_text_goes(tmp_path: Path) -> None:
    source = SMALL["sources/page/source.yaml"] + "licence: (c) Erika Mustermann\n"
    removed = "id: gone\ntitle: Gone\nremoved: Erika J. Mustermann asked us to\n"
    data = write_folder(
        tmp_path / "data",
        {"sources/page/source.yaml": source, "sources/gone/source.yaml": removed},
    )
    summary = build_folder(data, tmp_path / "build")
    assert any("is removed: ███" in warning for warning in summary.warnings)
    for path in (tmp_path / "build").rglob("*"):
        if path.is_file():
            assert b"Mustermann" not in path.read_bytes()


def test_manifest_counts_the_quads_of_each_graph(tmp_path: Path) -> None:
    build_folder(DATA, tmp_path / "build")
    with open_build(tmp_path / "build") as opened:
        counted = Counter(
            line.split(" ")[-2][1:-1]
            for path in opened.quad_files
            for line in path.read_text(encoding="utf-8").splitlines()
        )
        assert opened.manifest["graphs"] == counted


def test_error_in_a_source_is_told_with_its_line(tmp_path: Path) -> None:
    source = SMALL["sources/page/source.yaml"].replace("example.org/page", "example.org:99x/page")
    data = write_folder(tmp_path / "data", {"sources/page/source.yaml": source})
    with pytest.raises(
        RecordErrors, match=r"source.yaml:4: url: 'https://example.org:99x/page' is"
    ):
        build_folder(data, tmp_path / "build")
