"""The sources behind each VERSION in, tests/versions.tsv out: what each number stands for.

    python tools/versions.py    write the file, and pipeline/SHA256SUMS for the files that ship

A job's stages are made again when their version changes, so what comes out must not change without
it. Only what may change it is compared: not comments, docstrings, imports, layout or annotations.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.jobs.bundled import listing  # noqa: E402

BUNDLED = ROOT / "pipeline" / "SHA256SUMS"
RECORD = ROOT / "tests" / "versions.tsv"
_UNSAID = frozenset({"annotation", "returns", "type_comment", "type_params", "kind", "ctx"})


@dataclass(frozen=True)
class Versioned:
    """What has a version: the module that holds it, its name there, and the sources behind it."""

    module: str
    name: str
    sources: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version as it is now."""
        return str(getattr(importlib.import_module(f"pipeline.{self.module}"), self.name))

    def paths(self) -> list[Path]:
        """Give the files behind the version; every pattern must find one."""
        found: set[Path] = set()
        for pattern in self.sources:
            files = {path for path in (ROOT / "pipeline").glob(pattern) if path.is_file()}
            files = {path for path in files if "__pycache__" not in path.parts}
            if not files:
                raise SystemExit(f"tools/versions.py: no file of pipeline is called {pattern}")
            found |= files
        return sorted(found)


_DECODING = ("engines/decoding.py", "engines/likelihood.py", "engines/tokenizer.py")
_KNOWLEDGE = ("checks/**/*", "language/**/*", "text.py")
VERSIONS = {
    "read": Versioned(
        "stages.read.stage", "VERSION", ("stages/read/*.py", "documents/**/*.py", "text.py")
    ),
    "segment": Versioned(
        "stages.segment",
        "VERSION",
        (
            "stages/segment.py",
            "language/abbreviations.py",
            "language/sentences.py",
            "language/sentence_rules.py",
        ),
    ),
    "translate": Versioned(
        "stages.translate.stage",
        "VERSION",
        (
            "stages/translate/*.py",
            "glossary/entries.py",
            "glossary/match.py",
            "glossary/patterns.py",
            "glossary/places.py",
            "glossary/targets.py",
            "glossary/verify.py",
            *_KNOWLEDGE,
        ),
    ),
    "checks": Versioned("checks", "VERSION", _KNOWLEDGE),
    "score": Versioned("stages.score.stage", "VERSION", ("stages/score/*.py",)),
    "publish": Versioned("stages.publish.stage", "VERSION", ("stages/publish/*.py",)),
    "render": Versioned(
        "stages.publish.render",
        "VERSION",
        ("stages/publish/render/**/*", "language/typography.py", "language/addresses.py"),
    ),
    "exports": Versioned(
        "stages.publish.exports", "VERSION", ("stages/publish/exports/**/*", "exchange/*.py")
    ),
    "embedded": Versioned(
        "engines.embedded.engine", "_DECODING_VERSION", ("engines/embedded/*.py", *_DECODING)
    ),
    "argos": Versioned(
        "engines.argos.engine",
        "_DECODING_VERSION",
        ("engines/argos/engine.py", "engines/argos/ct2.py", *_DECODING),
    ),
}


def said(source: str) -> str:
    """Give what a module says: its syntax tree without what changes nothing when it runs."""
    return _said(ast.parse(source))


def _said(node: object) -> str:
    if isinstance(node, list):
        parts = (part for part in node if not isinstance(part, ast.Import | ast.ImportFrom))
        return f"[{','.join(map(_said, parts))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = {name: value for name, value in ast.iter_fields(node) if name not in _UNSAID}
    body = fields.get("body")
    if isinstance(body, list):
        fields["body"] = [line for line in body if not _is_docstring(line)]
    # What is empty is left out: which empty fields a node has depends on Python's version.
    parts = (f"{name}={_said(value)}" for name, value in fields.items() if value not in (None, []))
    return f"{type(node).__name__}({','.join(parts)})"


def _is_docstring(line: ast.AST) -> bool:
    return (
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
    )


def digest(versioned: Versioned) -> str:
    """Give the hash of the sources behind a version."""
    whole = hashlib.sha256()
    for path in versioned.paths():
        whole.update(f"{path.relative_to(ROOT).as_posix()}\0{_digest_of(path)}\n".encode())
    return whole.hexdigest()[:16]


@cache
def _digest_of(path: Path) -> str:
    """Give the hash of what a file says; one file stands behind several versions."""
    data = path.read_bytes()
    if path.suffix == ".py":
        data = said(data.decode("utf-8")).encode()
    return hashlib.sha256(data).hexdigest()


def recorded() -> dict[str, tuple[str, str]]:
    """Read the version and the hash that stand in the file, by name."""
    rows = (line.split("\t") for line in RECORD.read_text(encoding="utf-8").splitlines())
    return {name: (version, sources) for name, version, sources in rows}


def main() -> None:
    """Write the file."""
    rows = ("\t".join((name, each.version, digest(each))) for name, each in VERSIONS.items())
    RECORD.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    BUNDLED.write_text(listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
