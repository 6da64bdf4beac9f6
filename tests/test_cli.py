"""The command line, as a person types it."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import DATA, ROOT, write_folder
from serving import wait_until
from twingraph.cli import cli
from twingraph.show import FORMATS
from twingraph.store.pipeline import build_folder

COMMANDS = sorted(cli.commands)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("example") / "build"
    build_folder(DATA, build)
    return build


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin, prog_name="twingraph")


def ask(built: Path, *arguments: str) -> Result:
    return run("ask", *arguments, "--build", built, "--data", built.parent / "none")


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def process(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "twingraph", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_and_the_readme_names_the_command(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.stdout
    assert f"twingraph {command}" in (ROOT / "README.md").read_text()


def test_help_and_question_import_nothing_heavy(built: Path) -> None:
    """Neither needs the libraries that read records, reason or validate."""
    code = """
import sys
from twingraph.cli import cli
try:
    cli(sys.argv[1:], prog_name="twingraph")
finally:
    heavy = ("rdflib", "owlrl", "pyshacl", "ruamel", "SPARQLWrapper", "http.client")
    print([name for name in heavy if name in sys.modules], file=sys.stderr)
"""
    for arguments in (["--help"], ["ask", "institutions-since", "--build", str(built)]):
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            check=True,
            cwd=built.parent,
        )
        assert result.stderr.splitlines()[-1] == "[]"


def test_institutions_since(built: Path) -> None:
    result = ask(built, "institutions-since", "since=1999", "--format", "csv")
    found = rows(result)
    assert result.stdout.splitlines()[0] == "institution,name,activities,firstYear,lastYear"
    names = {row["institution"].rpartition("/")[2]: row for row in found}
    assert {"sportkreis-heidelberg", "stadtjugendring-heidelberg"} <= names.keys()
    assert {"city-of-heidelberg", "heidelberg-university"} <= names.keys()
    societies = {"society-of-deaf-people-heidelberg", "society-of-deaf-people-kumamoto"}
    assert not societies & names.keys()
    undated = rows(ask(built, "institutions-undated"))
    assert societies <= {row["institution"].rpartition("/")[2] for row in undated}
    assert int(names["stadtjugendring-heidelberg"]["firstYear"]) < 1999
    assert "institutions-undated" in result.stderr


def test_institutions_started_since(built: Path) -> None:
    found = rows(ask(built, "institutions-started-since", "since=1999"))
    names = {row["institution"].rpartition("/")[2] for row in found}
    assert "sportkreis-heidelberg" in names
    assert "stadtjugendring-heidelberg" not in names


def test_parameters_of_the_wrong_kind(built: Path) -> None:
    for arguments, message in (
        (["institutions-sinc"], "did you mean 'institutions-since'?"),
        (["institutions-since", "sinse=1999"], "no parameter 'sinse'"),
        (["institutions-since", "since=2O19"], "since: '2O19' is not a year"),
        (["institutions-since", "since=1999 } DROP ALL {"], "is not a year"),
        (["institutions-since", "1999"], "expected e.g. since=1999"),
        (["institutions-since", "since=1999", "since=2000"], "given twice"),
        (["institutions-since", "lang=1"], "not a language tag"),
        (["evidence", "activity=heidelberg-kumamoto/youth-exchang"], "did you mean"),
        (["evidence", "activity=a b"], "not an identifier"),
        (["activities-by-topic", "topic=a\\q"], "not an identifier"),
        (["activities-by-topic", "topic=x> } ?s ?p ?o . #"], "not an identifier"),
        (["activities-by-topic", "topic="], "not an identifier"),
        (
            ["timeline", "partnership=https://w3id.org/twingraph/topic/youth"],
            "knows no partnership",
        ),
        (["activities-between", "from=2000", "to=1990"], "from=2000 is after to=1990"),
        (["evidence", "activity=https://example.org/> } #"], "is not an IRI"),
    ):
        result = ask(built, *arguments)
        assert result.exit_code == 2, arguments
        assert message in result.stderr
        assert result.stdout == ""


@pytest.mark.parametrize("format_", FORMATS)
def test_formats(built: Path, format_: str) -> None:
    result = ask(built, "institutions-since", "--format", format_)
    assert result.exit_code == 0
    assert "Sportkreis Heidelberg" in " ".join(result.stdout.split())
    if format_ == "json":
        assert json.loads(result.stdout)["head"]["vars"][0] == "institution"


def test_list_of_questions(built: Path) -> None:
    result = ask(built)
    assert result.exit_code == 0
    assert "institutions-since since=1999" in result.stdout


def test_questions_of_ones_own(built: Path, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/how-many.rq").write_text(
        "# How many activities are there?\n#+ returns: n; one row; no order\n"
        "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a <https://w3id.org/twingraph/ns#Activity> }"
    )
    result = run("ask", "how-many", "--build", built, "--data", tmp_path, "--format", "csv")
    assert int(rows(result)[0]["n"]) > 20
    assert "how-many" in run("ask", "--build", built, "--data", tmp_path).stdout


def test_query_from_standard_input(built: Path) -> None:
    select = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert int(rows(run("query", "-", "--build", built, stdin=select))[0]["n"]) > 100
    asked = run("query", "-", "--build", built, stdin="ASK { ?s ?p ?o }")
    assert asked.stdout == "true\n"
    asked = run("query", "-", "--build", built, "--format", "json", stdin="ASK { ?s ?p ?o }")
    assert json.loads(asked.stdout) == {"head": {}, "boolean": True}
    built_graph = run(
        "query", "-", "--build", built, stdin="CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 1"
    )
    assert built_graph.stdout.endswith(" .\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT", "not a SPARQL query"),
        ("DELETE WHERE { ?s ?p ?o }", "not a SPARQL query"),
        ("SELECT * WHERE { ?s nope:p ?o }", "not a SPARQL query"),
    ],
)
def test_bad_sparql(built: Path, text: str, message: str) -> None:
    result = run("query", "-", "--build", built, stdin=text)
    assert result.exit_code == 2
    assert message in result.stderr


def test_ask_builds_first_and_warns_when_older(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    first = process("ask", "undated", "--format", "csv", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "built" in first.stderr
    page = data / "institutions.yaml"
    page.write_text(page.read_text() + "\n")
    second = process("ask", "undated", "--format", "csv", cwd=tmp_path)
    assert "data has changed since the build: run `twingraph build data`" in second.stderr
    assert second.stdout == first.stdout
    assert process("build", cwd=tmp_path).returncode == 0
    page.touch()
    third = process("ask", "undated", "--format", "csv", cwd=tmp_path)
    assert "has changed" not in third.stderr
    (data / "sources/page/activities.yaml").unlink()
    fourth = process("ask", "undated", "--format", "csv", cwd=tmp_path)
    assert "has changed" in fourth.stderr


def test_build_and_errors_as_a_process(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    good = process("build", cwd=tmp_path)
    assert (good.returncode, good.stdout) == (0, "")
    page = data / "sources/page/activities.yaml"
    page.write_text(page.read_text().replace("1993/..", "2O19").replace("YouthEx", "YuthEx"))
    bad = process("build", cwd=tmp_path)
    assert bad.returncode == 2
    assert "data/sources/page/activities.yaml:" in bad.stderr
    assert "2O19" in bad.stderr
    assert "did you mean 'YouthExchange'?" in bad.stderr
    assert "Traceback" not in bad.stderr
    checked = process("check", cwd=tmp_path)
    assert checked.returncode == 1
    assert "2O19" in checked.stdout


def test_no_build_and_no_data(tmp_path: Path) -> None:
    result = process("ask", "undated", cwd=tmp_path)
    assert result.returncode == 2
    assert "holds no build" in result.stderr
    result = process("build", "nowhere", cwd=tmp_path)
    assert result.returncode == 2
    assert "nowhere: no such folder" in result.stderr


def test_check_of_the_example_finds_nothing() -> None:
    result = run("check", DATA)
    assert result.exit_code == 0, result.stdout
    assert "0 findings" in result.stderr


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


def test_no_contact_in_any_answer(built: Path) -> None:
    """The names that the pages give as contacts stand in no answer of the catalogue."""
    from twingraph.ontology import read_vocabulary
    from twingraph.queries import read_catalogue
    from twingraph.records import open_folder

    contacts = open_folder(DATA, read_vocabulary()).contact_names
    assert contacts
    for name in read_catalogue():
        result = ask(built, name, "--format", "tsv")
        assert result.exit_code == 0, result.output
        assert not [contact for contact in contacts if contact.split()[-1] in result.stdout]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["schema"], ["ask", "undated"], ["rules", "--sparql"]])
def test_output_that_cannot_be_written(built: Path, arguments: list[str]) -> None:
    """A full disk is no finding."""
    command = [sys.executable, "-m", "twingraph", *arguments]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=built.parent, check=False
        )
    assert done.stderr == "the output cannot be written: No space left on device\n"
    assert done.returncode == 2


def start_query(built: Path, folder: Path, text: str) -> subprocess.Popen[str]:
    (folder / "question.rq").write_text(text)
    command = [sys.executable, "-m", "twingraph", "query", str(folder / "question.rq")]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=built.parent
    )


def test_reader_that_has_had_enough(built: Path, tmp_path: Path) -> None:
    many = "SELECT * WHERE { ?s ?p ?o . ?x a ?class } LIMIT 20000"
    with start_query(built, tmp_path, many) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr is not None
        assert child.stderr.read() == ""


def test_interrupt_ends_a_long_query(built: Path, tmp_path: Path) -> None:
    """Python would not hear it before the engine has its answer."""
    triples = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
    endless = f"ASK {{ {triples} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }}"
    with start_query(built, tmp_path, endless) as child:
        try:
            wait_until(lambda: used_seconds(child.pid) > IN_QUERY, 60)
            child.send_signal(signal.SIGINT)
            assert child.communicate(timeout=10) == ("", "")
            assert child.returncode == -signal.SIGINT
        finally:
            child.kill()  # else a failure would wait for the end of the query


IN_QUERY = 2.0  # seconds of processor time after which the engine is at work: to start takes 0.3


def used_seconds(process: int) -> float:
    """The processor time of a process; where no system tells it, the time since the first call."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return time.monotonic() - _begun.setdefault(process, time.monotonic())
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


_begun: dict[int, float] = {}
