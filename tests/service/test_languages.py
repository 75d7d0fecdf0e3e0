"""A text that is not French is told before it is translated, and which passages are not."""

import pytest

from pipeline.config import ReadSettings
from pipeline.errors import InputError
from pipeline.service.languages import foreign_passages
from pipeline.service.texts import read_bytes

SETTINGS = ReadSettings(encoding="utf-8", max_bytes=1_000_000, max_block_chars=50_000)
FRENCH = "Le gouvernement a annoncé lundi une hausse des taxes sur les carburants.\n\n"
ENGLISH = "The government said on Monday that it would not raise taxes this year.\n\n"


def said(text: str, force: bool = False) -> tuple[str, ...]:
    document = read_bytes("texte.txt", text.encode(), SETTINGS).document
    return foreign_passages("texte.txt", document, force)


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
