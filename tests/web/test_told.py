"""What errors and the lint say can be said in French, all of it."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from pipeline.errors import Act, EnregardError, InputError, Remedy
from pipeline.web.told import forms, said, told
from pipeline.web.words import WORDS, catalogue
from tests.support.paths import ROOT
from tools.forms import ELSEWHERE, ERRORS, NAMES, called
from tools.forms import forms as taken

# Expressions whose words are taken where they are made: other errors, and advice by nearness.
HANDED_ON = re.compile(
    r"\*?filter\(|error\.|self\.|advice|nearest|remedy|reason|what$|\*remedies|\*unknown\(|"
    r"\*_REMEDIES|' – '|str\(error\)|REMEDY$"
)


ALIKE = {
    "Enregard {p1}, Python {p2}, SQLite {p3}",
    "{p1} occurrences",
    "{p1} segment",
    "{p1} segments",
}


def filled(form: str) -> tuple[str, list[str]]:
    """Give a message of a form, and what was put in."""
    names = [name for _, name, _, _ in Formatter().parse(form) if name]
    values = {name: f"Xa{n}" for n, name in enumerate(names)}
    return form.format(**values), list(values.values())


def test_every_form_is_known_and_has_its_french() -> None:
    french = catalogue("fr")
    assert set(taken()) <= set(forms())
    assert {form for form in forms() if french.gettext(form) == form} == ALIKE


def test_a_message_is_said_in_french_with_what_it_is_about() -> None:
    for form in forms():
        message, values = filled(form)
        assert told(message, "en") == message
        in_french = told(message, "fr")
        assert all(value in in_french for value in values), form
        assert not re.search(r"\{\w*\}", in_french), form


def test_what_an_error_says_is_words_that_are_taken() -> None:
    """A message that is handed over in another way would stay English: name its giver in tools."""
    unknown = []
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        name = path.relative_to(ROOT / "pipeline").as_posix()
        if name.startswith(ELSEWHERE):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and called(node) in ERRORS):
                continue
            for each in node.args:
                shown = ast.unparse(each)
                is_words = isinstance(each, ast.Constant | ast.JoinedStr)
                is_name = isinstance(each, ast.Name) and each.id in NAMES
                if not (is_words or is_name or "Remedy(" in shown or HANDED_ON.search(shown)):
                    unknown.append((name, shown))
    assert unknown == []


def test_every_act_has_its_french() -> None:
    assert set(WORDS) == set(Act)
    assert all(catalogue("fr").gettext(words) != words for words in WORDS.values())


@pytest.mark.parametrize(
    ("error", "english", "french"),
    [
        (
            InputError("… does not exist", "check the path", where="accord.txt"),
            "accord.txt does not exist; check the path",
            "accord.txt n’existe pas\u202f; vérifiez le chemin",
        ),
        (
            InputError(
                "this is not utf-8 text (line 3)",
                "save it as UTF-8",
                Remedy(Act.CHOOSE_ENCODING, "cp1252"),
                where="accord.txt",
            ),
            "accord.txt: this is not utf-8 text (line 3); save it as UTF-8, or save it as UTF-8 "
            "text; it seems to be cp1252",
            "accord.txt\u00a0: ce n’est pas du texte en UTF-8 (ligne 3)\u202f; enregistrez-le en "
            "UTF-8 ou enregistrez-le en texte UTF-8\u202f; il semble être en cp1252",
        ),
        (
            EnregardError("… is larger than 5,000,000 bytes", where="a.txt"),
            "a.txt is larger than 5,000,000 bytes",
            "a.txt dépasse 5\u202f000\u202f000 octets",
        ),
        (
            EnregardError("… cannot be read: permission denied", where="a.txt"),
            "a.txt cannot be read: permission denied",
            "a.txt ne peut être lu\u00a0: accès refusé",
        ),
        (
            EnregardError("there is no job 'permission denied' in output"),
            "there is no job 'permission denied' in output",
            "il n’y a pas de travail «\u00a0permission denied\u00a0» dans output",
        ),
        (
            EnregardError(
                "publish: there is no layout 'sid'", "did you mean 'side'? There are side"
            ),
            "publish: there is no layout 'sid'; did you mean 'side'? There are side",
            "publish\u00a0: il n’y a pas de mise en page «\u00a0sid\u00a0»\u202f; vouliez-vous "
            "dire «\u00a0side\u00a0»\u202f? Il y a side",
        ),
    ],
)
def test_an_error_is_said_with_its_place_and_its_remedies(
    error: EnregardError, english: str, french: str
) -> None:
    assert said(error, "en") == english
    assert said(error, "fr") == french
