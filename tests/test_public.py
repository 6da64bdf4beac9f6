"""What `import twingraph` shows, and what it must not import."""

import subprocess
import sys

import pytest

import twingraph

HEAVY = ("rdflib", "owlrl", "pyshacl", "ruamel", "rich", "msgspec", "SPARQLWrapper", "http.client")


def test_all_is_sorted_and_complete() -> None:
    assert list(twingraph.__all__) == sorted(twingraph.__all__)
    for name in twingraph.__all__:
        assert getattr(twingraph, name) is not None


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Graf'"):
        twingraph.Graf  # noqa: B018 - the access is what is tested


def test_import_is_light() -> None:
    code = "import sys, twingraph; print([m for m in sys.argv[1:] if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
