"""What the checks say is said in French where the interface is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

import pytest

from pipeline.web.findings import FORMS
from pipeline.web.told import told
from tests.support.paths import ROOT

# Where what editors are told of a sentence is worded, and what is no such thing there.
SAID = [
    *sorted((ROOT / "pipeline" / "checks").glob("*.py")),
    ROOT / "pipeline/glossary/verify.py",
    ROOT / "pipeline/stages/translate/ladder.py",
]
# Words are put in here, and the forms have them.
PUT_TOGETHER = {
    "7. 7.",
    "A 7 is opened or closed alone.",
    "A serious error is probable (7)",
    "7 of the source are missing.",
    "The name “7” 7.",
    "Unusually 7: 7 of the source's length.",
    "rendered 7 for 7 occurrences",
}
NAMES = ("message", "reason", "doubt")


def texts(node: ast.AST) -> Iterator[str]:
    """Give the texts of an expression, a number in the place of what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        wholes = [""]
        for part in node.values:
            ways = [*texts(part.value)] if isinstance(part, ast.FormattedValue) else [*texts(part)]
            wholes = [whole + way for whole in wholes for way in ways or ["7"]]
        yield from wholes
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in texts(value))
    elif isinstance(node, ast.Subscript):
        yield from texts(node.value)
    elif isinstance(node, ast.Tuple):
        yield from texts(node.elts[0])


def messages() -> Iterator[tuple[str, str]]:
    """Give what the sources say of sentences: what they call so, hand on as such or give back."""
    for path in SAID:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            said: ast.AST | None = None
            if isinstance(node, ast.Assign) and any(
                name.id in NAMES for name in ast.walk(node.targets[0]) if isinstance(name, ast.Name)
            ):
                said = node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                said = node.args[2] if node.func.attr == "doubt" and len(node.args) > 2 else None
            elif isinstance(node, ast.FunctionDef) and node.name in (
                "reason",
                "_reason",
                "_missing",
                "_message",
            ):
                for each in ast.walk(node):
                    if isinstance(each, ast.Return) and each.value is not None:
                        yield from ((path.name, text) for text in texts(each.value))
            if said is not None:
                yield from ((path.name, text) for text in texts(said))


def test_all_that_is_said_of_sentences_has_its_french() -> None:
    said = {(name, text) for name, text in messages() if " " in text}
    assert len(said) > 60
    assert {text for _, text in said if told(text, "fr") == text} == PUT_TOGETHER


def test_every_form_takes_over_what_it_is_about() -> None:
    for form in FORMS:
        names = [name for _, name, _, _ in Formatter().parse(form) if name]
        message = form.format(**{name: f"<{name}>" for name in names})
        assert told(message, "en") == message
        french = told(message, "fr")
        assert french != message
        assert all(f"<{name}>" in french for name in names)


@pytest.mark.parametrize(
    ("message", "french"),
    [
        ("“12” is missing in the translation.", "«\u00a012\u00a0» manque dans la traduction."),
        (
            "The source ends with a full stop, the translation with no final mark.",
            "Fin de l’original\u00a0: un point\u202f; de la traduction\u00a0: pas de ponctuation.",
        ),
        (
            "A serious error is probable (71%). « aube »: dawn does not stand in the English.",
            "Une erreur grave est probable (71\u202f%). «\u00a0aube\u00a0»\u00a0: "
            "«\u00a0dawn\u00a0» ne figure pas dans l’anglais.",
        ),
        (
            "“installé” seems lost: “Klaipėda” was put in behind it.",
            "«\u00a0installé\u00a0» semble perdu\u00a0: «\u00a0Klaipėda\u00a0» a été mis derrière.",
        ),
        ("Something that a foreign check says.", "Something that a foreign check says."),
    ],
)
def test_what_is_said_in_french(message: str, french: str) -> None:
    assert told(message, "fr") == french
