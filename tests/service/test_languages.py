"""A text that is not French is told before it is translated, and which passages are not."""

import json
from pathlib import Path

import pytest

from pipeline.config import ReadSettings
from pipeline.errors import InputError
from pipeline.service.languages import foreign_passages
from pipeline.service.texts import read_bytes
from tests.support.obedient import Obedient
from tests.support.small_job import Cli, segments

SETTINGS = ReadSettings(encoding="utf-8", max_bytes=1_000_000, max_block_chars=50_000)
FRENCH = "Le gouvernement a annoncé lundi une hausse des taxes sur les carburants.\n\n"
SPANISH = "El presidente dijo que no va a subir los impuestos este año, con 1.250,5 euros.\n\n"
ENGLISH = "The government said on Monday that it would not raise taxes this year.\n\n"


def said(text: str, force: bool = False, kept: bool = False) -> tuple[str, ...]:
    document = read_bytes("texte.txt", text.encode(), SETTINGS).document
    return foreign_passages("texte.txt", document, force, kept)


def test_a_french_text_needs_no_word() -> None:
    assert said(FRENCH * 3) == ()


def test_a_text_in_another_language_is_refused_unless_it_is_forced() -> None:
    with pytest.raises(InputError, match="not all French: 100% of it is English"):
        said(ENGLISH * 2)
    with pytest.raises(InputError, match=r"no\. 2 «The government said"):
        said(FRENCH + ENGLISH)
    assert said(ENGLISH * 2, force=True)


def test_a_foreign_paragraph_among_many_is_told() -> None:
    (remark,) = said(FRENCH * 6 + ENGLISH)
    assert remark.startswith("1 of 7 paragraphs is English, no. 7 «The government said")


def test_foreign_passages_that_are_kept_are_no_reason_to_refuse() -> None:
    (remark,) = said(FRENCH + ENGLISH, kept=True)
    assert remark.endswith(": kept as they are")


def test_what_is_kept_stands_as_it_is_unasked_and_unchecked(
    tmp_path: Path, engine: Obedient, enregard: Cli
) -> None:
    Path("mixed.txt").write_text(FRENCH + SPANISH + ENGLISH, "utf-8")
    run = ("run", "mixed.txt", "--set", "publish.pdf=false", "--set", "glossaries=[]", "--json")
    enregard(*run, code=3)
    done = enregard(*run, "--set", "translate.keep_foreign=true")
    assert set(engine.asked) == {FRENCH.strip()}
    found = segments(enregard, json.loads(done.stdout)["job"])
    assert [each["target"] for each in found[1:]] == [SPANISH.strip(), ENGLISH.strip()]
    assert [each["note"] for each in found[1:]] == ["copied", "copied"]
    assert [each["findings"] for each in found[1:]] == [[], []]
