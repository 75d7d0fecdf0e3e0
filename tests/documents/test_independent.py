"""Programs that are not ours open what is written back, and find no word that is not in the blocks.

LibreOffice and pandoc are asked where they are installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from pipeline.documents import READERS
from pipeline.documents.writing import rewritten
from pipeline.model import BlockKind
from tests.documents.test_written_back import translated, with_title
from tests.support.paths import TESTS

EXAMPLES = TESTS.parent / "examples"
WORD, BOOK = EXAMPLES / "bac-de-port-vaillant.docx", EXAMPLES / "la-lettre.epub"
PAGE = EXAMPLES / "le-marche-couvert.html"
HIDDEN = set("Accueil Ne pas publier revoir devis".split())
PANDOC, OFFICE = shutil.which("pandoc"), shutil.which("soffice")


def words(text: str) -> list[str]:
    """Give the words of a text; raised letters go, which each program writes in its own way."""
    return re.findall(r"[^\W\d_]{2,}|\d+", re.sub(r"\^\(\w+\)|[²¹ᵉʳ]|(?<=\d)er\b", "", text))


def by_pandoc(path: Path) -> list[str]:
    done = subprocess.run(
        ["pandoc", "--to=plain", "--wrap=none", str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return words(done.stdout)


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
@pytest.mark.parametrize("path", [WORD, BOOK, PAGE], ids=lambda path: path.suffix)
def test_every_word_that_pandoc_finds_is_in_the_blocks_in_order(path: Path) -> None:
    draft = READERS[path.suffix](path.read_bytes(), "utf-8")
    shown = [b for b in draft.blocks if b.kind is not BlockKind.FURNITURE]
    own, found = words(" ".join(f"{b.marker} {b.text}" for b in shown)), by_pandoc(path)
    # What is hidden is left out, and named so; pandoc has it all the same.
    lost = {word for word in found if word not in own and not word.isdigit()}
    assert lost <= HIDDEN
    blocks = SequenceMatcher(None, own, found, autojunk=False).get_matching_blocks()
    # It puts notes at the end and captions below their tables.
    assert sum(block.size for block in blocks) > 0.6 * len(found)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("bilingual", [False, True])
def test_libreoffice_opens_what_is_written_back_with_every_word(
    tmp_path: Path, bilingual: bool
) -> None:
    data = WORD.read_bytes()
    targets = [translated(target) for target in with_title(data, ".docx")]
    made = tmp_path / "made.docx"
    made.write_bytes(rewritten("made.docx", data, "utf-8", targets, bilingual))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = ["soffice", home, "--headless", "--convert-to"]
    for kind in ("odt", "txt:Text (encoded):UTF8"):
        source = made if kind == "odt" else tmp_path / "made.odt"
        subprocess.run(
            [*convert, kind, "--outdir", str(tmp_path), str(source)],
            capture_output=True,
            check=True,
            timeout=180,
        )
    shown = words((tmp_path / "made.txt").read_text(encoding="utf-8-sig"))
    images = (BlockKind.IMAGE, BlockKind.FURNITURE)
    for target in targets:
        if target.block.kind not in images:
            assert not set(words(target.text)) - set(shown)
            assert not bilingual or not set(words(target.block.text)) - set(shown)
    # What LibreOffice made of it is an OpenDocument text, which is read and written back in turn.
    odt = (tmp_path / "made.odt").read_bytes()
    again = READERS[".odt"](odt, "utf-8").blocks
    assert {word for b in again for word in words(b.text)} >= {
        word for t in targets if t.block.kind is not BlockKind.IMAGE for word in words(t.text)
    }
    same = rewritten("a.odt", odt, "utf-8", with_title(odt, ".odt"))
    assert [b.text for b in READERS[".odt"](same, "utf-8").blocks] == [b.text for b in again]
