"""The sources in; the forms of what errors and the lint say, with {1}, {2} for what is put in, out.

Whoever words an error or a remark does so where they find it. Here the words are taken from there,
so that the desk's catalogues have all of them: what is handed to an error, to a function that makes
one, or to a name that such words have, and what functions give back that do nothing but word.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "pipeline"

# What never reaches a page of the desk: the other faces, and what they alone use; what checks say
# of sentences has its forms in ``pipeline/web/findings.py``.
ELSEWHERE = (
    "cli/",
    "service/batch/",
    "service/cluster/client.py",
    "service/cluster/work.py",
    "checks/",
    "glossary/verify.py",
    "stages/translate/ladder.py",
    "web/serve.py",
    "web/findings.py",
    "web/told.py",
)

# What takes words, and which of its arguments they are.
ERRORS = (
    "EnregardError UsageError InputError ConfigError GlossaryError EngineError JobError "
    "PublishError"
).split()
SAYERS: dict[str, slice[int | None, int | None, None]] = {
    name: slice(None) for name in (*ERRORS, "error")
} | {
    "Mistake": slice(2, None),
    "Diagnosis": slice(2, None),
    "OSError": slice(1, 2),
    "Problem": slice(4, None),
    "_at": slice(3, None),
    "_attempt": slice(1, None),
    "did_you_mean": slice(2, None),
    "_damaged": slice(1, 2),
    "_danger": slice(0, 1),
    "_error": slice(0, 1),
    "_refuse": slice(1, None),
    "_refused": slice(1, None),
    "_require": slice(1, None),
    "_unreadable": slice(1, None),
}
# Names that have words, also as attributes, keywords and defaults of parameters.
NAMES = (
    "what remedy remedies reason advice message found _REMEDY _REMEDIES _DEVELOPER _SAVE_AGAIN "
    "_FORBIDDEN _FULL _PERMISSIONS clauses _WANTED"
).split()
# Functions that give words back.
GIVERS = (
    "_explained",
    "_fate",
    "did_you_mean",
    "unknown",
    "_where",
    "_occurrences",
    "words",
    "too_pale",
)


def forms() -> dict[str, str]:
    """Give the forms, each with the file that it is taken from."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(ELSEWHERE):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            told = [*_worded(node)]
            # What a validator of the settings raises is told as it is.
            if (
                name == "config/schema.py"
                and isinstance(node, ast.Call)
                and called(node) == "ValueError"
            ):
                told += node.args
            for text in (text for each in told for text in texts(each)):
                if _says_something(text):
                    found.setdefault(_numbered(text), name)
    return found


def _worded(node: ast.AST) -> Iterator[ast.AST]:
    """Give the expressions of a node that are words."""
    if isinstance(node, ast.Call) and (sayer := SAYERS.get(called(node))) is not None:
        yield from node.args[sayer]
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [
            each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
        ]
        if any(name in NAMES for name in names):
            yield node.value
    elif isinstance(node, ast.FunctionDef):
        known = [*node.args.posonlyargs, *node.args.args]
        defaults = zip(
            known[len(known) - len(node.args.defaults) :], node.args.defaults, strict=True
        )
        yield from (value for parameter, value in defaults if parameter.arg in NAMES)
        if node.name in GIVERS:
            for each in ast.walk(node):
                if isinstance(each, ast.Return) and each.value is not None:
                    yield each.value


def called(node: ast.Call) -> str:
    """Give the last name of what is called."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


_HOLE = "\0"


def texts(node: ast.AST) -> Iterator[str]:
    """Give the texts that an expression may be, with a mark in the place of what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [_ways(part) for part in node.values]
        yield from ("".join(each) for each in product(*parts))
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in texts(value))
    elif isinstance(node, ast.Tuple | ast.List):
        yield from (text for each in node.elts for text in texts(each))
    elif isinstance(node, ast.Subscript | ast.Starred):
        yield from texts(node.value)
    elif isinstance(node, ast.Lambda):
        yield from texts(node.body)
    elif isinstance(node, ast.BinOp):
        parts = [[*texts(each)] or [_HOLE] for each in (node.left, node.right)]
        yield from ("".join(each) for each in product(*parts))


def _ways(part: ast.AST) -> list[str]:
    """Give what a part of a text may be; of what is put in, words that stand there."""
    if not isinstance(part, ast.FormattedValue):
        return [*texts(part)]
    if isinstance(part.value, ast.IfExp):
        return [*texts(part.value)] or [_HOLE]
    return [_HOLE]


def _says_something(text: str) -> bool:
    """Tell whether a text is words for people rather than a name."""
    plain = text.replace(_HOLE, "")
    return " " in plain and sum(map(str.isalpha, plain)) > 3


def _numbered(text: str) -> str:
    """Give a form: braces that stand in the text are doubled, what is put in has a number."""
    first, *rest = (part.replace("{", "{{").replace("}", "}}") for part in text.split(_HOLE))
    return first + "".join(f"{{p{n}}}{part}" for n, part in enumerate(rest, 1))
