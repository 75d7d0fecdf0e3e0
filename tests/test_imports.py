"""The arrows of the architecture point one way; heavy libraries load late, in one place each."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))

# Lowest first. A module may import from lower tiers and from its own package.
TIERS: list[set[str]] = [
    {"model", "errors"},
    {"text", "files", "yamlfile", "jsonfile", "alike"},
    {"language", "exchange"},
    {"config", "glossary", "checks", "engines", "documents", "decisions"},
    {"stages"},
    {"jobs"},
    {"service"},
    {"web"},
    {"cli"},
]
# The user interfaces see the service, the data and the errors, nothing else; one starts the other.
INTERFACE = {
    "web": {"service", "model", "errors", "web"},
    "cli": {"service", "model", "errors", "web", "cli"},
}

# library: the only modules that import it, and whether its import may stand at the top
HEAVY: dict[str, tuple[set[str], bool]] = {
    "ctranslate2": ({"pipeline.engines.argos.ct2"}, False),
    "onnxruntime": ({"pipeline.engines.embedded.network"}, False),
    "sentencepiece": ({"pipeline.engines.tokenizer"}, False),
    "weasyprint": ({"pipeline.stages.publish.render.pdf"}, False),
    "argostranslate": ({"pipeline.engines.argos.index", "pipeline.engines.argos.engine"}, False),
    "sacrebleu": ({"pipeline.stages.score.metrics"}, False),
    # The modules of the embedded model are themselves loaded late.
    "numpy": (
        {
            "pipeline.stages.score.metrics",
            "pipeline.engines.embedded.beam",
            "pipeline.engines.embedded.decoder",
            "pipeline.engines.embedded.network",
            "pipeline.engines.embedded.weights",
        },
        True,
    ),
    "PIL": ({"pipeline.stages.publish.logo"}, False),
    "fontTools": ({"pipeline.stages.publish.house"}, False),
    "simplemma": ({"pipeline.language.lemmas"}, False),
    "sentencex": ({"pipeline.language.sentences"}, False),
    "markdown_it": ({"pipeline.documents.markdown_parser"}, False),
    "portalocker": ({"pipeline.files.locks"}, False),
    "yaml": ({"pipeline.yamlfile"}, True),
    "pypdfium2": (
        {"pipeline.documents.pdf.letters", "pipeline.documents.pdf.picture"},
        False,
    ),
    "pydantic": (
        {
            "pipeline.config.schema",
            "pipeline.documents.confined",
            "pipeline.glossary.entries",
            "pipeline.stages.publish.house",
        },
        True,
    ),
    "rapidfuzz": ({"pipeline.alike"}, False),
    "distributed": ({"pipeline.service.cluster.client"}, False),
    "dask": ({"pipeline.service.cluster.client"}, False),
    "lxml": ({"pipeline.exchange.xml", "pipeline.documents.package"}, False),
}
NEVER = {"torch", "stanza", "spacy", "argostranslate.translate", "argostranslate.sbd"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = set(map(name_of, MODULES))


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Give each imported module's name and whether the import runs when the module is loaded."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, bool]]:
    for node, at_load in _nodes(ast.parse(path.read_text(encoding="utf-8")), True):
        if isinstance(node, ast.Import):
            yield from ((alias.name, at_load) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in NAMES else node.module, at_load


def _nodes(node: ast.AST, at_load: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Give the statements in a node, and whether each runs when the module is loaded.

    An import is a statement, so expressions are not looked into.
    """
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        at_load = False
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        at_load = False
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield child, at_load
            yield from _nodes(child, at_load)


def unit(module: str) -> str:
    part = module.split(".")[1] if "." in module else ""
    return "cli" if part == "__main__" else part


def tier(name: str) -> int:
    return next(index for index, tier in enumerate(TIERS) if name in tier)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    module = name_of(path)
    own = unit(module)
    for imported, _ in imports(path):
        if not imported.startswith("pipeline.") or not own:
            continue
        other = unit(imported)
        if own in INTERFACE:
            assert other in INTERFACE[own], f"{module} imports {imported}"
        if own == "stages" and other == "stages":
            stage, another = module.split(".")[2], imported.split(".")[2]
            assert another == stage
        if other == own:
            continue
        assert tier(other) < tier(own), f"{module} imports {imported}, which is not below it"


def test_the_house_has_twenty_rooms_on_nine_floors_at_most() -> None:
    rooms = set(map(unit, NAMES)) - {""}
    assert rooms == set().union(*TIERS)
    assert len(rooms) <= 20
    assert len(TIERS) <= 9


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name_of(path): {imported for imported, _ in imports(path) if imported in NAMES}
        for path in MODULES
    }
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_libraries_have_one_importer_and_load_late(path: Path) -> None:
    module = name_of(path)
    for imported, at_load in imports(path):
        library = imported.split(".")[0]
        assert imported not in NEVER
        assert library not in NEVER
        if library in HEAVY:
            importers, at_top = HEAVY[library]
            assert module in importers, f"{module} imports {library}"
            assert at_top or not at_load, f"{module} loads {library} when it is imported"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from pipeline.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rsplit("LOADED", 1)[1].split())
    assert not loaded & {*HEAVY, *NEVER, "rich", "jinja2", "sqlite3", "starlette", "uvicorn"}
