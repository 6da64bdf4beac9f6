"""A module imports only from the layers before its own (DESIGN.md, 2)."""

import ast
from pathlib import Path

import pytest

import twingraph

PACKAGE = Path(twingraph.__file__).parent
# Low to high. A package is one layer.
LAYERS = (
    "errors",
    "media",
    "files",
    "vocab",
    "quads",
    "terms",
    "names",
    "geodesy",
    "sparql",
    "ontology",
    "years",
    "facts",
    "records",
    "extract",
    "datasets",
    "graph",
    "reason",
    "views",
    "store",
    "endpoint",
    "queries",
    "checks",
    "link",
    "reconcile",
    "draw",
    "plot",
    "export",
    "show",
    "pages",
    "serve",
    "site",
    "cli",
    "__main__",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_layers(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    parts = (name.split(".") for name in names)
    return {p[1] for p in parts if p[0] == "twingraph" and len(p) > 1 and p[1] in LAYERS}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_from_lower_layers(path: Path) -> None:
    layer = layer_of(path)
    if layer == "__init__":
        return  # the public face names what it shows, from wherever it is
    own = LAYERS.index(layer)
    above = {
        name for name in imported_layers(ast.parse(path.read_text())) if LAYERS.index(name) > own
    }
    assert not above, f"{layer} imports {above}"


def test_upward_import_is_seen() -> None:
    tree = ast.parse("from twingraph.cli import main\nfrom twingraph import store")
    assert imported_layers(tree) == {"cli", "store"}


FENCES = {
    "owlrl": {"reason"},
    "rdflib": {"reason", "checks"},
    "pyshacl": {"checks"},
    "ruamel": {"records"},
    "click": {"cli"},
    "rich": {"show"},
    "SPARQLWrapper": {"endpoint"},
    "lxml": {"extract"},
    "trafilatura": {"extract"},
    "pyarrow": {"export"},
    "xlsxwriter": {"export"},
    "rapidfuzz": {"link"},
    "resvg_py": {"draw"},
}


@pytest.mark.parametrize("library", FENCES)
def test_library_is_fenced(library: str) -> None:
    users = {
        layer_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if (
            isinstance(node, ast.Import)
            and any(a.name.split(".")[0] == library for a in node.names)
        )
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == library)
    }
    assert users <= FENCES[library]
