"""What the README shows is what a reader gets."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from example import DATA, ROOT
from twingraph.cli import cli
from twingraph.store.pipeline import build_folder

README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUTS = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
ASKED = (
    "twingraph ask institutions-since since=1999",
    *re.findall(r"^    (twingraph ask institutions-since-evidence .*)$", README, re.MULTILINE),
)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("readme") / "build"
    build_folder(DATA, build)
    return build


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines() if line.strip()]


@pytest.mark.parametrize(("command", "shown"), list(zip(ASKED, OUTPUTS, strict=True)))
def test_output_is_the_one_shown(build: Path, command: str, shown: str) -> None:
    arguments = [*shlex.split(command)[1:], "--build", str(build), "--format", "table"]
    result = CliRunner().invoke(cli, arguments, prog_name="twingraph")
    assert lines(result.stdout) == lines(shown)


def test_python_example_runs(
    build: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(build.parent)
    (build.parent / "data").symlink_to(DATA)
    exec(compile(code, "README.md", "exec"), {})
    assert "Sportkreis Heidelberg 1999 2021" in capsys.readouterr().out


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
