"""`twingraph extract` as a person calls it."""

import subprocess
import sys
from pathlib import Path

from example import write_folder

PAGE = "Youth:\n\n- Annual youth exchange since 1993\n\nLyon lies on the Rhone.\n"
BETWEEN = ("--between", "de/heidelberg", "jp/kumamoto")


def extract(*arguments: object, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "twingraph", "extract", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, check=False, input=given, encoding="utf-8"
    )


def test_drafts_on_standard_output_and_the_rest_told(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    result = extract("page.txt", *BETWEEN, "--report", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "form: YouthExchange" in result.stdout
    assert "page.txt: 1 activities" in result.stderr
    assert "unread: page.txt:5: Lyon lies on the Rhone." in result.stderr


def test_standard_input(tmp_path: Path) -> None:
    result = extract("-", *BETWEEN, cwd=tmp_path, given=PAGE)
    assert "years: 1993/.." in result.stdout


def test_file_and_folder(tmp_path: Path) -> None:
    write_folder(tmp_path / "data")
    (tmp_path / "page.txt").write_text(PAGE)
    assert extract("page.txt", *BETWEEN, "-o", "draft.yaml", cwd=tmp_path).returncode == 0
    assert "status: draft" in (tmp_path / "draft.yaml").read_text()
    again = extract("page.txt", *BETWEEN, "-o", "draft.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert "drafts never overwrite records" in again.stderr
    source = ("-o", "data/sources/new", "--date", "2021")
    assert extract("page.txt", *BETWEEN, *source, cwd=tmp_path).returncode == 0
    build = [sys.executable, "-m", "twingraph", "build", "--drafts"]
    built = subprocess.run(build, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert built.returncode == 0, built.stderr
    assert "1 drafts are in it" in built.stderr


def test_folder_of_pages_in_two_processes(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"pages/{name}.txt").write_text(PAGE)
    result = extract("pages", *BETWEEN, "-o", "out", "--jobs", 2, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "b"]


def test_against(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    extract("page.txt", *BETWEEN, "-o", "old.yaml", cwd=tmp_path)
    (tmp_path / "page.txt").write_text(PAGE.replace("1993", "1994") + "\nA concert in 2020.\n")
    result = extract("page.txt", "--against", "old.yaml", "-o", "new.yaml", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "changed: annual-youth-exchange" in result.stdout
    assert "new: concert" in result.stdout


def test_bad_input_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    for arguments, message in (
        (("nowhere.txt",), "nowhere.txt: no such file"),
        (("page.txt", "--between", "Heidelberg", "x"), "'Heidelberg' is not a municipality"),
        (("page.txt", "--against", "page.txt"), "expected activities.yaml"),
        (("page.txt", "--date", "yesterday"), "'yesterday' is not"),
    ):
        result = extract(*arguments, cwd=tmp_path)
        assert result.returncode == 2, arguments
        assert message in result.stderr
        assert "Traceback" not in result.stderr
