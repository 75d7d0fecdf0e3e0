"""Programs that are not ours open what is written back, and find no word that is not in the blocks.

LibreOffice, pandoc, epubcheck and pdftotext are asked where they are installed.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from pipeline.documents import READERS
from pipeline.documents.elements import VOID
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import rewritten
from pipeline.model import BlockKind
from tests.documents.test_written_back import members, translated, with_title
from tests.support.books import book
from tests.support.epubcheck import complaints, needs_epubcheck
from tests.support.paths import TESTS

EXAMPLES = TESTS.parent / "examples"
WORD, BOOK = EXAMPLES / "bac-de-port-vaillant.docx", EXAMPLES / "la-lettre.epub"
OPEN = EXAMPLES / "la-cantine-du-val.odt"
PAGE, MARKDOWN = EXAMPLES / "le-marche-couvert.html", EXAMPLES / "sommet-de-tallinn.md"
PRINTED, TITLES = EXAMPLES / "bulletin.pdf", EXAMPLES / "entretien.srt"
NEWS = TESTS / "fixtures" / "pages" / "news.html"
HIDDEN = set("Accueil Ne pas publier revoir devis".split())
PANDOC, OFFICE, TEXT = map(shutil.which, ("pandoc", "soffice", "pdftotext"))
JAVA = shutil.which("java")
NU = Path(os.environ.get("VNU", "")) / "build" / "dist" / "vnu.jar"


def words(text: str) -> list[str]:
    """Give the words of a text; raised letters go, which each program writes in its own way."""
    return re.findall(r"[^\W\d_]{2,}|\d+", re.sub(r"\^\(\w+\)|[²¹ᵉʳ]|(?<=\d)er\b", "", text))


def by_pandoc(path: Path) -> list[str]:
    done = subprocess.run(
        ["pandoc", "--to=plain", "--wrap=none", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return words(done.stdout)


@pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
@pytest.mark.parametrize("path", [WORD, OPEN, BOOK, PAGE, MARKDOWN], ids=lambda path: path.suffix)
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


@pytest.mark.skipif(TEXT is None, reason="pdftotext is not installed")
def test_every_word_that_pdftotext_finds_is_in_the_blocks_or_named_as_left_out() -> None:
    draft = READERS[".pdf"](PRINTED.read_bytes(), "utf-8")
    done = subprocess.run(
        ["pdftotext", str(PRINTED), "-"], capture_output=True, text=True, check=True
    )
    told = " ".join(notice.message for notice in draft.notices)
    # A word cut at a line's end is two there.
    found = words(re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", done.stdout))
    own = set(words(" ".join(f"{b.marker} {b.text}".replace("-", "") for b in draft.blocks)))
    own |= set(words(" ".join(b.text for b in draft.blocks)))
    lost = [word for word in found if word not in own and word not in words(told)]
    # It takes the halves of a word that goes on in the next column apart, in any order.
    assert len(lost) <= 2
    assert not lost or {"".join(lost), "".join(reversed(lost))} & own


def test_every_word_of_subtitles_and_plain_text_is_in_the_blocks_in_order() -> None:
    shown = re.sub(r"(?m)^\d+$|^.*-->.*$|<[^>]*>|\{[^}]*\}", "", TITLES.read_text("utf-8"))
    blocks = READERS[".srt"](TITLES.read_bytes(), "utf-8").blocks
    assert words(" ".join(b.text for b in blocks)) == words(shown)
    path = EXAMPLES / "vitrine.txt"
    blocks = READERS[".txt"](path.read_bytes(), "utf-8").blocks
    own = words(" ".join(f"{b.marker} {b.text}" for b in blocks))
    assert own == words(path.read_text("utf-8"))


@needs_epubcheck
@pytest.mark.parametrize("made_by", ["nobody", "a translator", "both languages"])
def test_epubcheck_finds_nothing_in_books_that_are_written_back(
    tmp_path: Path, made_by: str
) -> None:
    for number, data in enumerate((BOOK.read_bytes(), book())):
        targets = with_title(data, ".epub")
        if made_by != "nobody":
            targets = [translated(target) for target in targets]
        path = tmp_path / f"{number}.epub"
        path.write_bytes(rewritten("a.epub", data, "utf-8", targets, made_by == "both languages"))
        assert complaints(path) == ""


@pytest.mark.skipif(
    not NU.is_file() or JAVA is None, reason="the Nu HTML checker or Java is not on this machine"
)
def test_the_nu_checker_finds_nothing_in_pages_that_are_written_back(tmp_path: Path) -> None:
    for path in (PAGE, NEWS):
        data = path.read_bytes()
        same = with_title(data, ".html")
        english = [translated(target) for target in same]
        for name, targets, bilingual in (
            ("same", same, False),
            ("english", english, False),
            ("both", english, True),
        ):
            made = rewritten("a.html", data, "utf-8", targets, bilingual)
            (tmp_path / f"{path.stem}-{name}.html").write_bytes(made)
    command = ["java", "-jar", str(NU), "--format", "json", *map(str, tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True)
    assert json.loads(done.stderr)["messages"] == []


class Nested(HTMLParser):
    """A page whose elements nest: each end closes what was opened last."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("bilingual", [False, True])
def test_pages_that_are_written_back_nest_and_chapters_are_whole_xml(bilingual: bool) -> None:
    for change in (lambda target: target, translated):
        for page in (PAGE.read_bytes(), NEWS.read_bytes()):
            made = [change(target) for target in with_title(page, ".html")]
            Nested(rewritten("a.html", page, "utf-8", made, bilingual).decode())
        made = [change(target) for target in with_title(book(), ".epub")]
        written = members(rewritten("a.epub", book(), "utf-8", made, bilingual))
        for name, data in written.items():
            if name.endswith((".xhtml", ".ncx", ".opf")):
                etree.fromstring(data)
        # No call for a note is lost, and none stands twice.
        first = written["OEBPS/one.xhtml"].decode()
        assert [first.count(each) for each in ('href="#n1"', 'id="r1"', 'id="r2"', "#n2")] == [
            1
        ] * 4


BY_OFFICE = [(path, bilingual) for path in (WORD, OPEN) for bilingual in (False, True)]


def targets_of(path: Path) -> list[EnglishBlock]:
    return [translated(target) for target in with_title(path.read_bytes(), path.suffix)]


def name_of(path: Path, bilingual: bool) -> str:
    return f"{path.stem}-{'both' if bilingual else 'english'}"


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of what LibreOffice, started once a format, makes of what is written back."""
    folder = tmp_path_factory.mktemp("office")
    made = []
    for path, bilingual in BY_OFFICE:
        suffix, name = path.suffix, name_of(path, bilingual)
        data = rewritten(f"made{suffix}", path.read_bytes(), "utf-8", targets_of(path), bilingual)
        made.append(folder / f"{name}{suffix}")
        made[-1].write_bytes(data)
    out = folder / "out"
    opened = [out / f"{name_of(*each)}.odt" for each in BY_OFFICE]
    convert = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    for kind, sources in (("odt", made), ("html", opened)):
        subprocess.run(
            [*convert, "--convert-to", kind, "--outdir", str(out), *map(str, sources)],
            capture_output=True,
            check=True,
        )
    return out


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("path", "bilingual"), BY_OFFICE, ids=[name_of(*each) for each in BY_OFFICE]
)
def test_libreoffice_opens_what_is_written_back_with_every_word(
    path: Path, bilingual: bool, by_office: Path
) -> None:
    name, targets = name_of(path, bilingual), targets_of(path)
    page = (by_office / f"{name}.html").read_text(encoding="utf-8-sig", errors="replace")
    shown = words(html.unescape(re.sub(r"<[^>]*>", " ", page)))
    images = (BlockKind.IMAGE, BlockKind.FURNITURE)
    for target in targets:
        if target.block.kind not in images:
            assert not set(words(target.text)) - set(shown)
            assert not bilingual or not set(words(target.block.text)) - set(shown)
    # What LibreOffice made of it is an OpenDocument text, which is read and written back in turn.
    odt = (by_office / f"{name}.odt").read_bytes()
    again = READERS[".odt"](odt, "utf-8").blocks
    assert {word for b in again for word in words(b.text)} >= {
        word for t in targets if t.block.kind is not BlockKind.IMAGE for word in words(t.text)
    }
    same = rewritten("a.odt", odt, "utf-8", with_title(odt, ".odt"))
    assert [b.text for b in READERS[".odt"](same, "utf-8").blocks] == [b.text for b in again]
