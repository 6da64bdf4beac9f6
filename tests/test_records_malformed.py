"""Bad input: each is told by file and line, together, and nothing of it is built."""

from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example import PAGE, SMALL, write_folder
from twingraph import build_folder
from twingraph.cli import cli
from twingraph.errors import FileError, RecordErrors
from twingraph.ontology import read_vocabulary
from twingraph.records import open_folder

ACTIVITIES = "sources/page/activities.yaml"
SOURCE = "sources/page/source.yaml"
TEXT = "sources/page/page.txt"


def read_all(folder: Path) -> None:
    """Read every record, as a build does."""
    opened = open_folder(folder, read_vocabulary())
    list(opened.programmes())
    for source in opened.sources:
        list(opened.activities(source))
    opened.finish()


def findings(folder: Path) -> list[str]:
    with pytest.raises(RecordErrors) as caught:
        read_all(folder)
    return [str(finding).removeprefix(f"{folder}/") for finding in caught.value.findings]


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in SMALL[name]
    return {name: SMALL[name].replace(old, new)}


def activity(text: str) -> dict[str, str]:
    """The small folder's activities with one more, of the given lines."""
    lines = "".join(f"\n    {line}" for line in text.splitlines())
    return {
        ACTIVITIES: f"{SMALL[ACTIVITIES].rstrip()}\n  - id: more\n    label: {{en: More}}{lines}\n"
    }


LINE = 16  # the first line that `activity` adds

MALFORMED: dict[str, tuple[dict[str, str], str, str]] = {
    # name: (files, where, what the message holds)
    "quotation with one character changed": (
        changed(ACTIVITIES, "council since 1993", "council since 1994"),
        f"{ACTIVITIES}:9: quote:",
        "is not on the page; the page has 'Annual youth exchange of the youth council since'",
    ),
    "quotation that occurs twice": (
        activity("quote: Annual") | {TEXT: PAGE + "  • Annual fair\n"},
        f"{ACTIVITIES}:{LINE}: quote:",
        "stands 2 times, on lines 3, 5; name one with line:",
    ),
    "line without the quotation": (
        activity("quote: Visits of citizens\nline: 2"),
        f"{ACTIVITIES}:{LINE}: quote:",
        "is not on line 2 of the page, but on 4",
    ),
    "lines for fewer quotations": (
        activity("quote: [Main focus, Visits of citizens]\nline: 1"),
        f"{ACTIVITIES}:{LINE + 1}: line:",
        "1 lines for 2 quotes",
    ),
    "quotation without a page": (
        {TEXT: ""},
        f"{ACTIVITIES}:9: quote:",
        "is not on the page",
    ),
    "page that is not the one that was read": (
        {SOURCE: SMALL[SOURCE] + f"sha256: {'0' * 64}\n"},
        f"{TEXT}: ",
        "is not the page that was read",
    ),
    "unknown key": (
        activity("organisers: youth-council"),
        f"{ACTIVITIES}:{LINE}: organisers:",
        "unknown key (did you mean 'organizers'?)",
    ),
    "unknown institution": (
        activity("organizers: youth-councli"),
        f"{ACTIVITIES}:{LINE}: organizers:",
        "unknown institution 'youth-councli' (did you mean 'youth-council'?)",
    ),
    "unknown municipality": (
        activity("held_in: [de/heidelburg]"),
        f"{ACTIVITIES}:{LINE}: held_in:",
        "unknown municipality 'de/heidelburg' (did you mean 'de/heidelberg'?)",
    ),
    "unknown partnership": (
        activity("within: [heidelberg-kumamoto, x-y]"),
        f"{ACTIVITIES}:{LINE}: within:",
        "unknown partnership 'x-y'",
    ),
    "unknown topic": (
        activity("topics: yuth"),
        f"{ACTIVITIES}:{LINE}: topics:",
        "unknown topic 'yuth' (did you mean 'youth'?)",
    ),
    "unknown form": (
        activity("form: Wokshop"),
        f"{ACTIVITIES}:{LINE}: form:",
        "unknown form of activity 'Wokshop' (did you mean 'Workshop'?)",
    ),
    "unknown kind of institution": (
        changed("institutions.yaml", "kind: Association", "kind: Assocation"),
        "institutions.yaml:5: kind:",
        "unknown kind of institution 'Assocation' (did you mean 'Association'?)",
    ),
    "unknown kind of partnership": (
        changed("partnerships.yaml", "twinning", "twining"),
        "partnerships.yaml:5: kind:",
        "'twining' is none of contact, friendship, project-partnership, twinning (did you mean",
    ),
    "unknown activity": (
        activity("part_of: youth-exchang"),
        f"{ACTIVITIES}:{LINE}: part_of:",
        "unknown activity 'heidelberg-kumamoto/youth-exchang' (did you mean",
    ),
    "part of itself, by a detour": (
        activity("part_of: visits")
        | {
            ACTIVITIES: SMALL[ACTIVITIES].replace("form: Visit", "part_of: more")
            + "  - {id: more, label: {en: More}, part_of: visits}\n"
        },
        f"{ACTIVITIES}:14: part_of:",
        "goes round in a circle: heidelberg-kumamoto/",
    ),
    "year with a letter": (
        activity("years: 2O19"),
        f"{ACTIVITIES}:{LINE}: years:",
        "'2O19'",
    ),
    "unquoted set": (
        activity("years: {1980,2002}"),
        f"{ACTIVITIES}:{LINE}: years:",
        'a set must be quoted: years: "{1980,2002}"',
    ),
    "unquoted one of": (
        activity("years: [1980,2002]"),
        f"{ACTIVITIES}:{LINE}: years:",
        'write years: "{1980,2002}" for all of them, "[1980,2002]" for one of them',
    ),
    "recurrence that has no code": (
        activity("recurrence: anual"),
        f"{ACTIVITIES}:{LINE}: recurrence:",
        "(did you mean 'annual'?)",
    ),
    "duplicate id": (
        activity("form: Visit")
        | {ACTIVITIES: SMALL[ACTIVITIES] + "  - id: visits\n    label: {en: Again}\n"},
        f"{ACTIVITIES}:14: id:",
        "'heidelberg-kumamoto/visits' is told already in line 10",
    ),
    "duplicate id in a table": (
        {
            "institutions.yaml": SMALL["institutions.yaml"]
            + "  - {id: youth-council, label: {en: X}}\n"
        },
        "institutions.yaml:7: id:",
        "'youth-council' is taken: ",
    ),
    "edition told beside its set": (
        activity('years: "{1980,2002}"')
        | {
            ACTIVITIES: SMALL[ACTIVITIES]
            + '  - {id: week, label: {en: Week}, years: "{1980}"}\n'
            + "  - {id: heidelberg-kumamoto/week/1980, label: {en: Week}}\n"
        },
        f"{ACTIVITIES}:15: id:",
        "'heidelberg-kumamoto/week/1980' is told already in line 14",
    ),
    "comment on a quote's line": (
        activity("quote: Visits of citizens # and more"),
        f"{ACTIVITIES}:{LINE}: quote:",
        "a comment on a quote's line; if # belongs to it, write a block scalar",
    ),
    "comment on a quoted quote's line": (
        activity('quote: "Visits of citizens" # and more'),
        f"{ACTIVITIES}:{LINE}: quote:",
        "a comment on a quote's line",
    ),
    "comment on a block's first line": (
        activity("quote: |- # page\n  Visits of citizens"),
        f"{ACTIVITIES}:{LINE}: quote:",
        "a comment on a quote's line",
    ),
    "colon in a plain text": (
        activity("quote: Visits: of citizens"),
        f"{ACTIVITIES}:{LINE}: ",
        "a text with ': ' must be a block scalar",
    ),
    "open record without as_of": (
        {SOURCE: SMALL[SOURCE].replace("as_of: 2021\nas_of_reason: the page's own date\n", "")},
        f"{ACTIVITIES}:7: years:",
        "'1993/..' goes on: source 'page' needs as_of",
    ),
    "as_of without a reason": (
        {SOURCE: SMALL[SOURCE].replace("as_of_reason: the page's own date\n", "")},
        f"{SOURCE}:7: as_of:",
        "as_of_reason is missing: how is this year known?",
    ),
    "carriage returns in a stored page": (
        {TEXT: PAGE.replace("\n", "\r\n")},
        f"{TEXT}:1: ",
        "the page has a carriage return",
    ),
    "byte order mark in a stored page": (
        {TEXT: "\ufeff" + PAGE},
        f"{TEXT}:1: ",
        "byte order mark",
    ),
    "tab": (
        {ACTIVITIES: SMALL[ACTIVITIES].replace("    form: Visit", "\tform: Visit")},
        f"{ACTIVITIES}:12: ",
        "a tab is no space",
    ),
    "empty file": ({ACTIVITIES: ""}, f"{ACTIVITIES}:1: ", "is empty"),
    "only a comment": ({ACTIVITIES: "# nothing\n"}, f"{ACTIVITIES}:1: ", "is empty"),
    "NUL": (
        {ACTIVITIES: SMALL[ACTIVITIES].replace("Visits of", "Visits\0of")},
        f"{ACTIVITIES}:11: ",
        "the control character U+0000",
    ),
    "anchor": (
        activity("topics: &a [youth]"),
        f"{ACTIVITIES}:{LINE}: ",
        "an anchor or alias; write the value out",
    ),
    "alias": (activity("topics: *a"), f"{ACTIVITIES}:{LINE}: ", "an anchor or alias"),
    "tag": (activity("topics: !!str youth"), f"{ACTIVITIES}:{LINE}: ", "a tag"),
    "second document": (
        {ACTIVITIES: SMALL[ACTIVITIES] + "---\nactivities: []\n"},
        f"{ACTIVITIES}:14: ",
        "a second document",
    ),
    "10,000 levels of brackets": (
        activity("topics: " + "[" * 10_000),
        f"{ACTIVITIES}:{LINE}: ",
        "is nested more than",
    ),
    "10,000 levels of braces": (
        activity("topics: " + "{a: " * 10_000),
        f"{ACTIVITIES}:{LINE}: ",
        "is nested more than",
    ),
    "10,000 levels of dashes": (
        {ACTIVITIES: "activities:\n" + "- " * 10_000},
        f"{ACTIVITIES}:2: ",
        "is nested more than",
    ),
    "key that stands twice": (
        activity("form: Visit\nform: Exchange"),
        f"{ACTIVITIES}:{LINE + 1}: form:",
        f"the key stands twice; first in line {LINE}",
    ),
    "list in place of the top-level key": (
        {ACTIVITIES: "- id: visits\n"},
        f"{ACTIVITIES}:1: ",
        "expected `activities:` and a list of records below it",
    ),
    "misspelt top-level key": (
        {ACTIVITIES: SMALL[ACTIVITIES].replace("activities:", "activites:")},
        f"{ACTIVITIES}:2: activites:",
        "unknown key; expected `activities:` alone (did you mean 'activities'?)",
    ),
    "missing label": (
        {ACTIVITIES: SMALL[ACTIVITIES].replace("    label: {en: Visits of citizens}\n", "")},
        f"{ACTIVITIES}:10: label:",
        "is missing",
    ),
    "label without a language": (
        activity("venue: {en: City hall}"),
        f"{ACTIVITIES}:{LINE}: venue:",
        "found a mapping; expected a text",
    ),
    "empty value": (activity("venue:"), f"{ACTIVITIES}:{LINE}: venue:", "is empty; leave the key"),
    "id with a space": (
        changed("institutions.yaml", "id: youth-council", "id: youth council"),
        "institutions.yaml:3: id:",
        "'youth council' is not an id",
    ),
    "latitude that is none": (
        changed("municipalities.yaml", "country: jp", "country: jp\n    lat: 132\n    long: 130"),
        "municipalities.yaml:9: lat:",
        "132.0 is not a number from -90 to 90",
    ),
    "municipality of another country": (
        changed("municipalities.yaml", "country: jp", "country: us"),
        "municipalities.yaml:6: id:",
        "does not begin with its country: 'us/kumamoto'",
    ),
    "partnership with one partner": (
        changed("partnerships.yaml", "[de/heidelberg, jp/kumamoto]", "[de/heidelberg]"),
        "partnerships.yaml:4: municipalities:",
        "found 1; expected at least 2",
    ),
    "address that is none": (
        changed(SOURCE, "https://example.org/page", "javascript:alert(1)"),
        f"{SOURCE}:4: url:",
        "is no web address",
    ),
    "source of another name": (
        changed(SOURCE, "id: page", "id: pages"),
        f"{SOURCE}:2: id:",
        "'pages' is not the folder's name",
    ),
    "misspelt file": (
        {"sources/page/activites.yaml": "activities: []\n"},
        "sources/page/activites.yaml: ",
        "(did you mean 'activities.yaml'?)",
    ),
    "folder without source.yaml": (
        {"sources/other/page.txt": "x"},
        "sources/other/source.yaml: ",
        "is missing",
    ),
    "not UTF-8": (
        {"sources/page/activities.csv": "id,label.en\nx,\udcff\n"},
        "sources/page/activities.csv:2: ",
        "byte 0xff at offset 14 is not UTF-8",
    ),
    "unknown column": (
        {"sources/page/activities.csv": "id,label.en,yeers\nx,X,1999\n"},
        "sources/page/activities.csv:1: yeers:",
        "unknown column (did you mean 'years'?)",
    ),
    "more cells than columns": (
        {"sources/page/activities.csv": "id,label.en\nx,X,1999\n"},
        "sources/page/activities.csv:2: ",
        "3 cells; the header has 2",
    ),
    "date that a spreadsheet wrote": (
        {"sources/page/activities.csv": "id;label.en;years\nx;X;01.05.1999\n"},
        "sources/page/activities.csv:2: years:",
        "1999-05-0",
    ),
    "number that a spreadsheet wrote": (
        {"sources/page/activities.csv": 'id,label.en,years\nx,X,"1,99E+03"\n'},
        "sources/page/activities.csv:2: years:",
        "is not what was typed; format the column as text",
    ),
    "error of a spreadsheet": (
        {"sources/page/activities.csv": "id,label.en,venue\nx,X,#NAME?\n"},
        "sources/page/activities.csv:2: venue:",
        "is not what was typed; format the column as text",
    ),
    "line that is no JSON": (
        {"sources/page/activities.jsonl": '{"id": "x", "label": {"en": "X"}}\n{"id": \n'},
        "sources/page/activities.jsonl:2: ",
        "is not JSON",
    ),
    "JSON with an unknown key": (
        {"sources/page/activities.jsonl": '{"id": "x", "label": {"en": "X"}, "frm": "Visit"}\n'},
        "sources/page/activities.jsonl:1: frm:",
        "unknown key (did you mean 'form'?)",
    ),
    "JSON with a NUL": (
        {"sources/page/activities.jsonl": '{"id": "x", "label": {"en": "X\\u0000"}}\n'},
        "sources/page/activities.jsonl:1: label:",
        "the control character U+0000",
    ),
    "unknown setting": ({"twingraph.toml": 'bas = "x"\n'}, "twingraph.toml: bas:", "unknown key"),
    "base that does not end": (
        {"twingraph.toml": 'base = "https://example.org/a"\n'},
        "twingraph.toml: ",
        "does not end in '/'",
    ),
    "base with a fragment": (
        {"twingraph.toml": 'base = "https://example.org/id#"\n'},
        "twingraph.toml: ",
        "has a '#', as IRIs of passages have after it",
    ),
    "base that goes on after a fragment": (
        {"twingraph.toml": 'base = "https://example.org/id#in/"\n'},
        "twingraph.toml: ",
        "has a '#', as IRIs of passages have after it",
    ),
    "list of two partners, one unknown": (
        changed("partnerships.yaml", "jp/kumamoto", "jp/kumamotto"),
        "partnerships.yaml:4: municipalities:",
        "unknown municipality 'jp/kumamotto' (did you mean 'jp/kumamoto'?)",
    ),
    "address without a host": (
        changed("institutions.yaml", "kind: Association", "homepage: https://"),
        "institutions.yaml:5: homepage:",
        "names no host",
    ),
    "address that engines refuse": (
        changed("institutions.yaml", "kind: Association", "homepage: 'http://a/%zz'"),
        "institutions.yaml:5: homepage:",
        "is not an IRI",
    ),
    "base that engines refuse": (
        {"twingraph.toml": 'base = "https://[x/"\n'},
        "twingraph.toml: ",
        "is not an IRI",
    ),
    "line feed after a Wikidata id": (
        {"institutions.jsonl": '{"id": "x", "label": {"en": "X"}, "wikidata": "Q42\\n"}\n'},
        "institutions.jsonl:1: wikidata:",
        "is not of the form",
    ),
    "key that stands twice in JSON": (
        {"institutions.jsonl": '{"id": "x", "id": "y", "label": {"en": "X"}}\n'},
        "institutions.jsonl:1: ",
        "the key 'id' stands twice",
    ),
    "blank label in JSON": (
        {"institutions.jsonl": '{"id": "x", "label": {"en": "  "}}\n'},
        "institutions.jsonl:1: label:",
        "is empty",
    ),
    "JSON in Latin-1": (
        {"institutions.jsonl": '{"id": "x", "label": {"en": "\udce4"}}\n'},
        "institutions.jsonl:1: ",
        "is not UTF-8",
    ),
    "empty JSON Lines": ({"institutions.jsonl": ""}, "institutions.jsonl:1: ", "is empty"),
    "folder in the place of a file": (
        {"institutions.jsonl/x.md": "x"},
        "institutions.jsonl: ",
        "is not a file that can be read",
    ),
    "language twice": (
        changed("institutions.yaml", "de: Jugendrat", "EN: Youth"),
        "institutions.yaml:4: label:",
        "'EN' is not a language tag",
    ),
    "region of a language twice": (
        changed("institutions.yaml", "de: Jugendrat", "pt-BR: Conselho, pt-br: Conselho"),
        "institutions.yaml:4: label:",
        "the language 'pt-br' stands twice",
    ),
    "institutions that are part of each other": (
        {
            "institutions.yaml": SMALL["institutions.yaml"]
            + "    part_of: b\n  - {id: b, label: {en: B}, part_of: youth-council}\n"
        },
        "institutions.yaml:",
        "goes round in a circle: b -> youth-council -> b",
    ),
    "series that is part of its edition": (
        activity('years: "{1980,2002}"\npart_of: heidelberg-kumamoto/more/1980'),
        f"{ACTIVITIES}:",
        "goes round in a circle",
    ),
    "programme that repeats its owner": (
        {"programmes.yaml": "programmes:\n  - {id: de/p, owner: de, label: {en: P}}\n"},
        "programmes.yaml:2: id:",
        "the owner stands before it already",
    ),
    "removed, but not why": (
        {SOURCE: SMALL[SOURCE] + "removed: no\n"},
        f"{SOURCE}:12: removed:",
        "say why",
    ),
    "line without a quote": (
        {ACTIVITIES: "activities:\n  - {id: x, label: {en: X}, line: 3}\n"},
        f"{ACTIVITIES}:2: line:",
        "is given without a quote",
    ),
    "id that names a contact": (
        {"institutions.jsonl": '{"id": "erika-mustermann", "label": {"en": "X"}}\n'},
        "institutions.jsonl:1: id:",
        "holds the name of a contact",
    ),
    "activity's id that names a contact": (
        {ACTIVITIES: "activities:\n  - {id: talk-erika-mustermann, label: {en: X}}\n"},
        f"{ACTIVITIES}:2: id:",
        "holds the name of a contact",
    ),
    "what a record without a label says besides": (
        {ACTIVITIES: "activities:\n  - {id: x, years: 2O19}\n"},
        f"{ACTIVITIES}:2: years:",
        "write 2019",
    ),
    "partnership with a removed source": (
        {
            SOURCE: "id: page\ntitle: Main focus\nremoved: on request\n",
            "partnerships.yaml": SMALL["partnerships.yaml"] + "    source: page\n",
        },
        "partnerships.yaml:6: source:",
        "source 'page' is removed; name another or none",
    ),
    "unknown theme of a dataset": (
        {"dataset.yaml": "title: {en: Data}\nthemes: [GOVE, CULT]\n"},
        "dataset.yaml:2: themes:",
        "'CULT' is none of AGRI, ECON, EDUC",
    ),
    "publisher of a dataset as a text": (
        {"dataset.yaml": "title: {en: Data}\npublisher: The city\n"},
        "dataset.yaml:2: ",
        "expected a record",
    ),
    "contact of a dataset that is a person": (
        {"dataset.yaml": "contact:\n  name: {en: Erika Mustermann}\n  url: https://a.example/\n"},
        "dataset.yaml:1: contact:",
        "holds the name of a contact",
    ),
    "contact of a dataset that cannot be reached": (
        {"dataset.yaml": "title: {en: Data}\ncontact:\n  name: {en: Office}\n"},
        "dataset.yaml:2: contact:",
        "expected email or url",
    ),
    "place of a dataset that is no folder": (
        {"dataset.yaml": "published_at: https://a.example/data\n"},
        "dataset.yaml:1: published_at:",
        "expected it to end in '/'",
    ),
    "endpoint of a dataset that is no address": (
        {"dataset.yaml": "endpoint: ftp://a.example/sparql\n"},
        "dataset.yaml:1: endpoint:",
        "is no web address",
    ),
    "day of a dataset that is none": (
        {"dataset.yaml": "issued: 2026-02-30\n"},
        "dataset.yaml:1: issued:",
        "'2026-02-30' is not a day",
    ),
    "dataset changed before it was issued": (
        {"dataset.yaml": "issued: 2026-02-02\nmodified: 2026-01-01\n"},
        "dataset.yaml:2: modified:",
        "is before issued",
    ),
    "language of a dataset that is none": (
        {"dataset.yaml": "title: {english: Data}\n"},
        "dataset.yaml:1: title:",
        "'english' is not a language tag",
    ),
    "label of a megabyte": (
        activity("note: " + "x" * 2**20),
        f"{ACTIVITIES}:{LINE}: note:",
        "a text of 1,048,576 characters; a cell of a spreadsheet holds 32,767 at most",
    ),
    "label of a megabyte in JSON Lines": (
        {"institutions.jsonl": f'{{"id": "x", "label": {{"en": "{"x" * 2**20}"}}}}\n'},
        "institutions.jsonl:1: label:",
        "a text of 1,048,576 characters",
    ),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """The small folder with some files replaced; a lone surrogate is the byte it stands for."""
    write_folder(folder)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    return folder


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed(name: str, tmp_path: Path) -> None:
    """The command tells where and what, ends with 2, and the last good build stays."""
    data, output = tmp_path / "data", tmp_path / "build"
    good = build_folder(write_folder(tmp_path / "good"), output).generation
    files, where, message = MALFORMED[name]
    write(data, files)
    result = CliRunner().invoke(cli, ["build", str(data), "-o", str(output)])
    assert result.exit_code == 2, result.exception
    found = [line.removeprefix(f"{data}/") for line in result.stderr.splitlines()]
    assert [line for line in found if line.startswith(where) and message in line], found
    assert len(found) == len(set(found))
    assert (output / "current").resolve() == good.resolve()


def test_all_of_a_files_errors_are_told_together(tmp_path: Path) -> None:
    text = "years: 2O19\nform: Vist\norganisers: x\nheld_in: de/heidelburg\nquote: not there"
    found = findings(write(tmp_path / "data", activity(text)))
    assert [int(line.split(":")[1]) for line in found] == [LINE, 17, 18, 19, 20]


def test_folder_that_holds_no_records(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="holds no records"):
        read_all(tmp_path)
    with pytest.raises(FileError, match="no such folder"):
        read_all(tmp_path / "nowhere")


def test_byte_order_mark_and_crlf_are_accepted_in_records(tmp_path: Path) -> None:
    records = {
        name: "\ufeff" + content.replace("\n", "\r\n")
        for name, content in SMALL.items()
        if name.endswith(".yaml")
    }
    csv = {"sources/page/activities.csv": "\ufeffid;label.en;years\r\nfair;Fair;1999\r\n"}
    read_all(write(tmp_path / "data", records | csv))


def test_norway_and_dates_stay_text(tmp_path: Path) -> None:
    country = "\n  - id: no/oslo\n    label: {no: Oslo, en: 1999-05-04}\n    country: no\n"
    files = {"municipalities.yaml": SMALL["municipalities.yaml"].rstrip() + country}
    opened = open_folder(write(tmp_path / "data", files), read_vocabulary())
    oslo = opened.municipalities["no/oslo"]
    assert (oslo.country, oslo.label) == ("no", {"no": "Oslo", "en": "1999-05-04"})


FILES = st.sampled_from(
    [ACTIVITIES, SOURCE, TEXT, "sources/page/activities.csv", "sources/page/activities.jsonl"]
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    FILES,
    st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
)
def test_any_bytes_are_survived(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    write_folder(folder)
    (folder / name).write_bytes(content)
    with suppress(RecordErrors):
        read_all(folder)
