"""Every export holds every segment and is read back by its schema and by a program not ours."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

from pipeline.exchange.table import harmless
from pipeline.model import BlockKind, Dress, EditionContent, InlineKind, InlineMark, Origin
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.render import PAGE_SIZES, build_edition
from tests.support.epubcheck import complaints, needs_epubcheck
from tests.support.novel import novel
from tests.support.paths import TESTS
from tests.support.render_sample import SAMPLE, P, Plan, make_content
from tests.support.showcase import showcase

SCHEMAS = TESTS / "schemas"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORED = [
    (segment.source, translation.text)
    for segment, translation in zip(SAMPLE.segments, SAMPLE.translations, strict=True)
]
# What XML can hold; every other character is a U+FFFD there.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)


def made(name: str, content: EditionContent = SAMPLE) -> bytes:
    return EXPORTS[name].make(content)


def dressed(content: EditionContent, dress: str, page_size: str = "A4") -> EditionContent:
    return replace(content, dress=Dress(dress, DRESSES[dress], page_size=page_size))


def pairs_of(texts: list[tuple[str, str]]) -> EditionContent:
    return make_content([(P, 0, "", [pair]) for pair in texts], "T", "T")


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_content_gives_the_same_bytes_on_another_day(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    today, then = made(name), time.localtime(1_000_000_000)
    monkeypatch.setattr(time, "time", lambda: 1e9)
    monkeypatch.setattr(time, "localtime", lambda _=0: then)
    assert made(name) == today


def test_tmx_follows_its_dtd_and_is_read_by_another_program() -> None:
    tree = etree.fromstring(made("tmx"))
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    memory = tmxfile(io.BytesIO(made("tmx")), "fr", "en")
    assert [(unit.source, unit.target) for unit in memory.units] == STORED
    assert {each.text for each in tree.iterfind(".//prop[@type='x-origin']")} == {"mt"}


def test_xliff_follows_its_schema_and_is_read_by_another_program() -> None:
    tree = etree.fromstring(made("xliff"))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "xliff21.xsd"))
    assert schema.validate(tree), schema.error_log
    name = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    units = tree.findall(".//x:unit", name)
    blocks = ["".join(unit.xpath(".//x:source/text()", namespaces=name)) for unit in units]
    assert blocks == [block.text for block in SAMPLE.document.blocks]
    found = [
        tuple(part.findtext(f"x:{side}", namespaces=name) for side in ("source", "target"))
        for part in tree.findall(".//x:segment", name)
    ]
    assert found == STORED
    read = Xliff2File.parsestring(made("xliff"))  # type: ignore[no-untyped-call]
    assert len(read.units) >= len(units)


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3))
def test_any_text_comes_back_from_tmx_and_csv(texts: list[tuple[str, str]]) -> None:
    texts = [(f"a{french}z", f"a{english}z") for french, english in texts]
    content = pairs_of(texts)
    tree = etree.fromstring(made("tmx", content))
    segments = [each.text for each in tree.iterfind(".//seg")]
    assert list(zip(segments[::2], segments[1::2], strict=True)) == texts
    rows = list(csv.reader(io.StringIO(made("csv", content).decode("utf-8-sig"), newline="")))
    assert [(row[3], row[4]) for row in rows[1:]] == texts


def test_what_xml_cannot_hold_does_not_break_a_file() -> None:
    content = pairs_of([("a\x00b\ufffe", "x\x07y")])
    for name in ("tmx", "xliff"):
        assert "a\ufffdb" in "".join(etree.fromstring(made(name, content)).itertext())
    Document(io.BytesIO(made("docx", content)))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+33 1", "-5 °C", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "＝1", "|cmd", "%0A", "\r=1"],
)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    assert harmless(text) == "'" + text
    rows = list(csv.reader(io.StringIO(made("csv", pairs_of([("Un", text)])).decode("utf-8-sig"))))
    assert rows[1][4].startswith("'")


def test_csv_says_its_encoding_and_leaves_other_texts_alone() -> None:
    assert made("csv").startswith(b"\xef\xbb\xbf")
    assert harmless("– Oui, dit-il.") == "– Oui, dit-il."


def test_csv_says_what_a_person_wrote() -> None:
    first, *others = SAMPLE.translations
    content = replace(SAMPLE, translations=(replace(first, origin=Origin.PERSON), *others))
    rows = csv.DictReader(io.StringIO(made("csv", content).decode("utf-8-sig"), newline=""))
    assert [row["written by"] for row in rows] == ["a person", *[""] * len(others)]


def test_docx_is_read_by_another_program() -> None:
    document = Document(io.BytesIO(made("docx")))
    front, table = document.tables[:2]
    edition = build_edition(SAMPLE)
    shown = [*front.rows[1:2], *table.rows]
    assert [row.cells[1].text for row in shown] == [str(r.number) for r in edition.rows]
    for cells, row in zip(shown, edition.rows, strict=True):
        assert cells.cells[0].text.removeprefix(row.marker + "\t") == row.source.text
    heading = front.rows[1].cells[2].paragraphs[0]
    assert heading.style is not None
    assert heading.style.name == "Heading 1"
    runs = table.rows[0].cells[0].paragraphs[0].runs
    assert {run._r.rPr.find(f"{WORD}lang").get(f"{WORD}val") for run in runs} == {"fr-FR"}


def docx_parts(content: EditionContent, name: str = "docx") -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(made(name, content))) as archive:
        return {each: etree.fromstring(archive.read(each)) for each in archive.namelist()}


def test_docx_is_set_by_styles_alone_and_all_of_them_are_there() -> None:
    for content in (SAMPLE, marked(), showcase()):
        parts = docx_parts(content)
        known = {each.get(f"{WORD}styleId") for each in parts["word/styles.xml"]}
        for name in ("word/document.xml", "word/comments.xml", "word/header1.xml"):
            for run in parts[name].iter(f"{WORD}rPr"):
                assert {each.tag for each in run} <= {f"{WORD}rStyle", f"{WORD}lang"}
            for paragraph in parts[name].iter(f"{WORD}pPr"):
                assert [each.tag for each in paragraph] == [f"{WORD}pStyle"]
            tags = [f"{WORD}{tag}" for tag in ("rStyle", "pStyle", "tblStyle")]
            used = {each.get(f"{WORD}val") for each in parts[name].iter(*tags)}
            assert used <= known, used - known


def test_the_findings_of_a_docx_are_comments_on_their_sentences() -> None:
    content = showcase()
    edition, parts = build_edition(content), docx_parts(content)
    said = ["".join(each.itertext()) for each in parts["word/comments.xml"]]
    assert [note.message in text for note, text in zip(edition.notes, said, strict=True)] == [
        True
    ] * len(edition.notes)
    texts, within = dict[str, str](), set[str]()
    for each in parts["word/document.xml"].iter():
        number = each.get(f"{WORD}id", "")
        if each.tag == f"{WORD}commentRangeStart":
            within.add(number)
        elif each.tag == f"{WORD}commentRangeEnd":
            within.discard(number)
        elif each.tag == f"{WORD}t":
            texts |= {number: texts.get(number, "") + (each.text or "") for number in within}
    for note in edition.notes:
        (sentence,) = [
            sentence
            for row in edition.rows
            for sentence in row.target.sentences
            if sentence.anchor == note.anchor
        ]
        assert texts[str(note.number)] == "".join(run.text for run in sentence.runs)
    assert len(docx_parts(dressed(content, "print"))["word/comments.xml"]) == 0


@pytest.mark.parametrize("size", PAGE_SIZES)
@pytest.mark.parametrize("name", ["docx", "review-docx"])
def test_the_tables_of_a_docx_fill_the_page(name: str, size: str) -> None:
    content = dressed(showcase(), "review", page_size=size)
    body = docx_parts(content, name)["word/document.xml"][0]
    page, margins = body.find(f".//{WORD}pgSz"), body.find(f".//{WORD}pgMar")
    assert page is not None
    assert margins is not None
    wide = int(page.get(f"{WORD}w", "")) - 2 * int(margins.get(f"{WORD}left", ""))
    widths = [
        sum(int(column.get(f"{WORD}w", "")) for column in grid)
        for grid in body.iter(f"{WORD}tblGrid")
    ]
    assert len(widths) == 4
    assert all(wide - 6 <= width <= wide for width in widths)
    columns = len(next(body.iter(f"{WORD}tblGrid")))
    assert columns == (4 if name == "review-docx" else 3)


def test_the_title_of_a_docx_stands_once_on_each_side() -> None:
    for content in (SAMPLE, showcase()):
        edition = build_edition(content)
        texts = [
            "".join(each.itertext())
            for each in docx_parts(content)["word/document.xml"].iter(f"{WORD}p")
        ]
        assert texts.count(edition.title) == texts.count(edition.target_title) == 1


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_sets_a_docx_over_the_whole_width(tmp_path: Path) -> None:
    assert OFFICE
    (tmp_path / "edition.docx").write_bytes(made("docx", showcase()))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [OFFICE, home, "--headless", "--convert-to", "pdf", "edition.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    places: list[float] = []

    def seen(text: str, _: object, at: list[float], *__: object) -> None:
        if text.strip():
            places.append(at[4])

    PdfReader(tmp_path / "edition.pdf").pages[1].extract_text(visitor_text=seen)
    # The English begins right of the middle, where it does in the PDF edition.
    assert min(places) < 60
    assert any(300 < place < 320 for place in places)


def test_epub_is_whole_and_every_row_is_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(made("epub"))) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
        pages = {
            name: etree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith((".xhtml", ".opf", ".xml"))
        }
    rows = build_edition(SAMPLE).rows
    ids = [
        each.get("id")
        for name, page in pages.items()
        for each in page.iter()
        if isinstance(each.tag, str) and re.fullmatch(r"r\d+", each.get("id") or "")
    ]
    assert ids == [f"r{row.number}" for row in rows]
    text = "".join("".join(page.itertext()) for page in pages.values())
    assert all(row.source.text in text and row.target.text in text for row in rows)


def test_the_items_of_a_list_in_an_epub_are_as_deep_as_in_the_text() -> None:
    plan: list[Plan] = [(BlockKind.LIST_ITEM, n, "-", [(f"n{n}", f"n{n}")]) for n in (1, 2, 6)]
    with zipfile.ZipFile(io.BytesIO(made("epub", make_content(plan, "T", "T")))) as archive:
        page = etree.fromstring(archive.read("book/c1.xhtml"))
    classes = [each.get("class") for each in page.iter("{*}summary")]
    assert classes == ["item", "item depth-2", "item depth-4"]


def test_the_contents_of_an_epub_nest_chapters_in_their_parts() -> None:
    with zipfile.ZipFile(io.BytesIO(made("epub", novel()))) as book:
        nav = etree.fromstring(book.read("book/nav.xhtml"))
        names = {name.removeprefix("book/") for name in book.namelist()}
    page = "{http://www.w3.org/1999/xhtml}"

    def titles(entries: etree._Element | None) -> list[object]:
        found: list[object] = []
        for line in entries if entries is not None else ():
            link, below = line.find(f"{page}a"), line.find(f"{page}ol")
            assert link is not None
            assert link.get("href", "").partition("#")[0] in names
            title = link.findtext(f"{page}span") or link.text
            found.append(title if below is None else (title, titles(below)))
        return found

    assert titles(nav.find(f".//{page}ol")) == [
        "Préface",
        ("Première partie\u00a0: la rive", ["Le départ", "L’attente"]),
        ("Deuxième partie\u00a0: le fleuve", ["La crue"]),
        "Troisième partie\u00a0: fin",
        "About this edition",
    ]


def test_an_epub_speaks_of_itself_in_the_language_of_its_notices() -> None:
    content = replace(SAMPLE, dress=replace(SAMPLE.dress, notices="fr"))
    with zipfile.ZipFile(io.BytesIO(made("epub", content))) as book:
        pages = [book.read(f"book/{name}.xhtml").decode() for name in ("nav", "title", "back")]
    for page, words in zip(
        pages, ("Table des matières", "Touchez un paragraphe", "Constats"), strict=True
    ):
        assert words in page
    for words in ("Contents", "Tap a", "Findings", "About this"):
        assert not any(words in page for page in pages)


def test_the_epub_of_a_book_has_an_index_that_leads_to_rows() -> None:
    dress = Dress("print", frozenset({"numbers", "index"}))
    data = EXPORTS["epub"].make(replace(SAMPLE, dress=dress))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        back = book.read("book/back.xhtml").decode()
    assert 'epub:type="index"' in back
    assert re.search(r'href="c\d+\.xhtml#r\d+">\d+</a>', back)


@needs_epubcheck
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "edition.epub"
    path.write_bytes(made("epub"))
    assert complaints(path) == ""


def test_plain_text_has_each_block_above_its_translation() -> None:
    parts = made("text").decode().split("\n\n")
    assert parts[0].splitlines() == [
        "Le conseil des ministres reporte sa décision",
        "Council delays decision",
    ]
    assert "– Un premier point\u202f;\n– A first point;" in parts


def test_markdown_escapes_what_would_be_markup() -> None:
    page = made("markdown").decode()
    assert "\\<script\\>" in page
    assert page.startswith("# Le conseil des ministres reporte sa décision / Council")
    assert "| 3 | – Un premier point\u202f; | – A first point; |" in page


def test_a_published_job_is_exported(
    enregard: Callable[..., Result], article: Path, fast_config: Path, tmp_path: Path
) -> None:
    enregard("run", article, "--config", fast_config, "--engine", "embedded")
    job = next(path.name for path in (tmp_path / "output").iterdir())
    enregard("export", job, "--format", "tmx", "--format", "csv", "--to", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"{job}.csv", f"{job}.tmx"]
    enregard(
        "export", job, "--format", "docx", "--format", "review-docx", "--to", tmp_path / "desk"
    )
    names = sorted(path.name for path in (tmp_path / "desk").iterdir())
    assert [name.partition(" (fr-en)")[2] for name in names] == [" review.docx", ".docx"]
    enregard("export", job, "--format", "pdf", "--format", "html", "--to", tmp_path / "shelf")
    pdf, page = (
        next((tmp_path / "shelf").glob(f"* (fr-en).{suffix}")) for suffix in ("pdf", "html")
    )
    edition = tmp_path / "output" / job
    assert pdf.read_bytes() == (edition / "edition.pdf").read_bytes()
    assert f"<title>{page.stem.removesuffix(' (fr-en)')}" in page.read_text(encoding="utf-8")
    refused = enregard("export", job, "--format", "epubs", code=2).output
    assert "no export 'epubs'; did you mean 'epub'? There are pdf, html, original" in refused


def test_the_files_for_readers_are_dressed_as_the_edition_is() -> None:
    plain = replace(SAMPLE, dress=Dress("print", DRESSES["print"], "both"))
    for name, inside in (("docx", "word/document.xml"), ("epub", "book/back.xhtml")):
        with zipfile.ZipFile(io.BytesIO(EXPORTS[name].make(plain))) as archive:
            text = archive.read(inside).decode()
        assert "The English is a machine translation." in text
        assert SAMPLE.provenance.input_sha256 not in text
        assert "Findings" not in text
        with zipfile.ZipFile(io.BytesIO(EXPORTS[name].make(SAMPLE))) as archive:
            assert SAMPLE.provenance.input_sha256 in archive.read(inside).decode()


def marked() -> EditionContent:
    """Give a text with a link, strong words, raised letters and a note."""
    pair = ("Le conseil a voté hier le budget.", "The council voted the budget yesterday.")
    content = make_content([(P, 0, "", [pair])], "T", "T")
    block = content.document.blocks[-1]
    marks = (
        InlineMark(InlineKind.STRONG, 3, 10),
        InlineMark(InlineKind.LINK, 13, 17, "https://vire.example/a?b=1&c=2"),
        InlineMark(InlineKind.NOTE, 17, 17, "1"),
        InlineMark(InlineKind.EMPHASIS, 18, 22),
        InlineMark(InlineKind.LANGUAGE, 26, 32, "en-GB"),
    )
    document = replace(
        content.document, blocks=(*content.document.blocks[:-1], replace(block, marks=marks))
    )
    return replace(content, document=document)


def test_docx_and_epub_show_the_marks_of_the_text() -> None:
    with zipfile.ZipFile(io.BytesIO(made("docx", marked()))) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count('"Strong"') == body.count('"Emphasis"') == 2
    assert body.count('<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">budget<') == 2
    assert body.count("HYPERLINK &#34;https://vire.example/a?b=1&amp;c=2") == 2
    assert body.count('<w:rStyle w:val="Call"/>') == 2
    etree.fromstring(body.encode())
    with zipfile.ZipFile(io.BytesIO(made("epub", marked()))) as archive:
        chapter = archive.read("book/c1.xhtml").decode()
    assert chapter.startswith("<?xml")
    assert "<strong>council</strong>" in chapter
    assert '<a href="https://vire.example/a?b=1&amp;c=2">voted</a><sup>1</sup>' in chapter
    assert "<em>yesterday</em>" in chapter
    assert chapter.count('<span xml:lang="en-GB" lang="en-GB">budget</span>') == 2


def test_the_calls_for_notes_of_the_text_are_shown_but_are_none_of_its_words() -> None:
    (row,) = [row for row in build_edition(marked()).rows if "conseil" in row.source.text]
    calls = [run.text for run in row.target.sentences[0].runs if "call" in run.styles]
    assert calls == ["1"]
    assert row.target.text == "The council voted the budget yesterday."


TABLE: list[Plan] = [
    (P, 0, "", [("Voici.", "Here.")]),
    *(
        (BlockKind.CELL, column, f"1.{line}", [pair])
        for line, column, pair in (
            (1, 1, ("Poste", "Item")),
            (1, 2, ("Total", "Sum")),
            (2, 1, ("Voirie", "Roads")),
            (2, 2, ("870 €", "€870")),
            (3, 2, ("1 250 €", "€1,250")),
        )
    ),
    (P, 0, "", [("Fin.", "End.")]),
]


@pytest.mark.parametrize("name", ["docx", "review-docx"])
def test_a_table_of_the_text_is_a_table_of_a_docx(name: str) -> None:
    content = make_content(TABLE, "Titre", "Title")
    document = Document(io.BytesIO(made(name, content)))
    cells = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    aside = [""] * (name == "review-docx")
    assert cells == [
        ["Poste", "Total", "2", "Item", "Sum", *aside],
        ["Voirie", "870\xa0€", "4", "Roads", "€870", *aside],
        ["", "1\u202f250\xa0€", "6", "", "€1,250", *aside],
    ]
    first, *others = document.tables[2].rows
    assert [row._tr.find(f".//{WORD}tblHeader") is not None for row in (first, *others)] == [
        True,
        *[False] * len(others),
    ]
    styles = [cell.paragraphs[0].style for cell in others[0].cells[:2]]
    assert [style.name for style in styles if style] == ["Table Cell", "Table Figures"]
    around = [[row.cells[0].text for row in document.tables[n].rows] for n in (1, 3)]
    assert [texts[0] for texts in around] == ["Voici.", "Fin."]


def test_a_wide_table_of_the_text_is_stacked_in_docx_and_epub() -> None:
    long = "Une remarque qui ne tient pas dans une colonne"
    plan: list[Plan] = [
        (BlockKind.CELL, column, f"1.{line}", [(text, text)])
        for line, cells in enumerate((("Port", "Tonnes", "Dit"), ("Brest", "1", long)), 1)
        for column, text in enumerate((*cells, *cells[2:], *cells[2:]), 1)
    ]
    content = make_content(plan, "Titre", "Title")
    with zipfile.ZipFile(io.BytesIO(made("epub", content))) as archive:
        page = etree.fromstring(archive.read("book/c1.xhtml"))
    assert list(page.iter("{*}table")) == []
    assert [each.get("id") for each in page.iter() if each.get("id")] == [
        f"r{number}" for number in range(1, len(plan) + 1)
    ]
    assert f"Tonnes\u00a0: 1Dit\u00a0: {long}" in "".join(page.itertext())
    document = Document(io.BytesIO(made("docx", content)))
    (_, record) = document.tables[1].rows
    assert [part.text for part in record.cells[0].paragraphs] == [
        "Brest",
        "Tonnes\u00a0: 1",
        *[f"Dit\u00a0: {long}"] * 3,
    ]
    assert record.cells[2].paragraphs[1].text == "Tonnes: 1"


def test_a_table_of_the_text_is_one_in_every_format_for_readers() -> None:
    content = make_content(TABLE, "Titre", "Title")
    assert "Voirie | 870\xa0€\nRoads | €870\n" in made("text", content).decode()
    assert "| 4 | Voirie \\| 870\xa0€ | Roads \\| €870 |" in made("markdown", content).decode()
    with zipfile.ZipFile(io.BytesIO(made("epub", content))) as archive:
        page = etree.fromstring(archive.read("book/c1.xhtml"))
    french, english = page.iter("{*}table")
    lines = [["".join(cell.itertext()) for cell in row] for row in (*french, *english)]
    assert lines[1:3] == [["Voirie", "870\xa0€"], ["", "1\u202f250\xa0€"]]
    assert lines[3:5] == [["Item", "Sum"], ["Roads", "€870"]]
    assert english.get("lang") == "en"
