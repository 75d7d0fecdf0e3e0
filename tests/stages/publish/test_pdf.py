"""The PDF edition holds both texts, tagged by language; it loads nothing and is reproducible."""

import hashlib
import html
import io
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.errors import PublishError
from pipeline.model import Dress, EditionContent, EntryKind
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.render import (
    PAGE_SIZES,
    PrintOptions,
    build_edition,
    check_renderer,
    pdf,
    render_pdf,
)
from pipeline.stages.publish.render.adapt import adapted
from pipeline.stages.publish.render.templates import read_asset
from tests.support.paths import ROOT
from tests.support.pdf_tags import tree as elements
from tests.support.render_sample import SAMPLE, P, make_content

SMALL = make_content([(P, 0, "", [("Bonjour.", "Hello.")])], "Un titre", "A title")


def pdf_of(content: EditionContent, options: PrintOptions | None = None) -> bytes:
    return render_pdf(build_edition(content), options)


@pytest.fixture(scope="module")
def sample() -> bytes:
    return pdf_of(SAMPLE)


@pytest.fixture(scope="module")
def reader(sample: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(sample))


def test_both_languages_can_be_read_back(reader: PdfReader) -> None:
    assert len(reader.pages) > 3
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    text = text.replace("\u202f", " ").replace("\u00ad", "")
    for number in (1, 20, 40):
        assert f"Au point {number}, le rapporteur" in text
        assert f"item {number}, the" in text
    for wanted in ("<script>alert(1)</script>", "{{ x }}", "Київ", "numbers.changed", "b2b2b2"):
        assert wanted in text


def test_metadata_and_bookmarks(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith("Le conseil des ministres reporte sa décision –")
    assert reader.metadata.author == "Claire Ménard"
    assert reader.metadata.creation_date is None
    assert reader.metadata.subject is not None
    assert SAMPLE.provenance.input_sha256[:12] in reader.metadata.subject
    titles = [entry.title for entry in flat(reader.outline)]
    assert titles == [
        "Council delays decision",
        "What the text says",
        "Conclusion",
        "Glossary",
        "Findings",
        "Colophon",
    ]


def test_each_cell_of_the_text_says_its_language(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    rows = [
        [str(cell.get("/Lang", "")) for cell in kids(row) if cell["/S"] in ("/TD", "/TH")]
        for row in walk(root["/StructTreeRoot"])
        if row.get("/S") == "/TR"
    ]
    facing = [languages for languages in rows if len(languages) == 3 and "fr" in languages]
    assert len(facing) >= len(SAMPLE.document.blocks)
    assert {tuple(languages) for languages in facing} == {("fr", "", "en")}


def test_page_sizes() -> None:
    sizes = {}
    for name in PAGE_SIZES:
        box = PdfReader(io.BytesIO(pdf_of(SMALL, PrintOptions(name)))).pages[0].mediabox
        sizes[name] = (round(box.width), round(box.height))
    assert sizes == {
        "A4": (595, 842),
        "Letter": (612, 792),
        "A5": (420, 595),
        "B5": (499, 709),
        "6x9in": (432, 648),
    }
    with pytest.raises(PublishError, match="There are A4, Letter"):
        pdf_of(SMALL, PrintOptions("A6"))


def test_our_stylesheet_raises_no_warning_and_nothing_reaches_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    records: list[logging.LogRecord] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    collect = Collect(logging.WARNING)
    root, logger = logging.getLogger(), logging.getLogger("weasyprint")
    terminal = logging.StreamHandler(sys.stderr)
    root.addHandler(terminal)
    logger.addHandler(collect)
    try:
        pdf_of(SMALL)
    finally:
        logger.removeHandler(collect)
        root.removeHandler(terminal)
    assert [record.getMessage() for record in records] == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://127.0.0.1:1/x.png">',
        '<img src="file:///etc/passwd">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="https://127.0.0.1:1/x.css">',
        "<style>@import url(http://127.0.0.1:1/x.css)</style>",
        '<style>@font-face{font-family:x;src:url("file:///x.ttf")}</style>',
        '<object data="file:///etc/passwd"></object>',
        "<p style=\"background:url('http://127.0.0.1:1/x.png')\">x</p>",
    ],
)
def test_a_page_that_wants_anything_else_is_refused(markup: str) -> None:
    with pytest.raises(PublishError, match="asked for"):
        pdf.print_page(f'<html lang="en"><title>T</title>{markup}')


def test_the_dates_are_those_of_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    provenance = replace(SMALL.provenance, created="2023-11-14T22:13:20Z")
    for content, date in (
        (SMALL, None),
        (replace(SMALL, provenance=provenance), datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    ):
        metadata = PdfReader(io.BytesIO(pdf_of(content))).metadata
        assert metadata is not None
        assert (metadata.creation_date, metadata.modification_date) == (date, date)


def test_another_process_makes_the_same_bytes(sample: bytes) -> None:
    command = (
        "import sys, hashlib; sys.path.insert(0, '.'); "
        "from tests.support.render_sample import SAMPLE; "
        "from pipeline.stages.publish.render import build_edition, render_pdf; "
        "print(hashlib.sha256(render_pdf(build_edition(SAMPLE))).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"}
    found = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert found.stdout.strip() == hashlib.sha256(sample).hexdigest()
    assert found.stderr == ""


@pytest.mark.parametrize("word", ["ministres", "Pyongyang"])
def test_lines_are_filled_before_a_term_or_a_name(word: str) -> None:
    """A text that all but fills the line before one is not broken after its first word."""
    sources = [
        f"Réunis depuis mardi dans la capitale estonienne {'i' * length} {word}"
        for length in range(25)
    ]
    rows = [(P, 0, "", [(source, "x")]) for source in sources]
    content = make_content(rows, terms=[("ministres", "x", EntryKind.TERM, "")])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(content))).pages)
    assert text.count("Réunis") >= len(sources)
    assert "Réunis" not in [line.strip() for line in text.splitlines()]


def test_an_endless_word_neither_hangs_nor_gets_lost() -> None:
    content = make_content([(P, 0, "", [("a" * 9_000, "&" * 4_000)])], "T", "T")
    pages = PdfReader(io.BytesIO(pdf_of(content))).pages
    text = "".join(page.extract_text() for page in pages)
    assert text.count("&") == 4_000
    assert text.count("a") >= 9_000


@pytest.mark.parametrize("word", ["a", "&", "aع", "😀", "a\u00a0;"])
def test_an_endless_word_may_break_every_hundred_characters(word: str) -> None:
    text = word * 5_000
    pieces = adapted(f"<body><p>{html.escape(text)}</p>").split("<wbr>")
    plain = [html.unescape(re.sub(r"<[^>]+>", "", piece)) for piece in pieces]
    assert "".join(plain) == text
    assert max(map(len, plain)) <= 101


def test_the_last_word_is_bound_to_its_notes_if_it_fits_a_column() -> None:
    note = '<sup class="flag look"><a href="#n1" id="m1">1</a></sup>'
    fits, wide = (adapted(f"<body>Voir {word}</span>{note}") for word in ("x" * 28, "x" * 29))
    assert fits == f'<body>Voir<span> </span><span class="last">{"x" * 28}{note}</span></span>'
    assert wide == f'<body>Voir {"x" * 28}<wbr><span class="last">x{note}</span></span>'


def test_the_last_line_of_a_paragraph_is_not_the_end_of_a_word() -> None:
    page = adapted("<body><p>les <em>provocations</em>.</span></p><p>nord et sud-coréens</p>")
    assert '<em><span class="end">provocations</span></em>.' in page
    assert '<span class="end">sud-coréens</span></p>' in page
    endless = "x" * 29
    assert "end" not in adapted(f"<body><p>Les provocations, puis {endless}.</p>")
    assert "<p>&#128512;</p>" in adapted("<body><p>&#128512;</p>")


@pytest.mark.parametrize("size", PAGE_SIZES)
def test_the_running_heads_find_room_on_every_page(size: str) -> None:
    title = "LE MINISTRE DES AFFAIRES ÉTRANGÈRES MONGOL DOIT RENCONTRER DES RESPONSABLES À MOSCOU"
    rows = [(P, 0, "", [("Le ministre est à Moscou. " * 12, "The minister is in Moscow. " * 12)])]
    made = pdf_of(make_content(rows * 9, title, title), PrintOptions(size))
    text = PdfReader(io.BytesIO(made)).pages[1].extract_text()
    assert "Français" in text
    assert "English" in text
    # Each title ends where it was shortened, and is not cut off at the middle of the page.
    assert len(re.findall(r"\w…", text)) == 2


def test_a_call_for_a_note_is_bound_to_the_word_before_it() -> None:
    page = adapted("<body>le 29 novembre<sup>1</sup>. Puis")
    assert page == '<body>le 29<span> </span><span class="last">novembre<sup>1</sup></span>. Puis'


def test_an_address_breaks_at_its_joints_without_a_hyphen() -> None:
    page = adapted("<body>Voir https://exemple.org/un-texte?a=b&amp;c=d. Fin")
    assert page == (
        '<body>Voir<span> </span><span class="address">https://<wbr>exemple.<wbr>org/<wbr>un-<wbr>'
        "texte?<wbr>a=<wbr>b&amp;<wbr>c=<wbr>d</span>. Fin"
    )


def test_a_compound_in_a_title_is_kept_whole_where_it_is_short() -> None:
    page = adapted('<body><h1><span id="fr-1-1">Le Saint-Malo d’hier</span></h1> à Saint-Malo')
    assert page.count('<span class="last">Saint-Malo</span>') == 1


def test_no_name_and_no_term_is_hyphenated() -> None:
    page = adapted('<body><a class="t present" href="#g1">Organisation</a> à Pyongyang, ici')
    assert page.endswith('à<span> </span><span class="name">Pyongyang</span>, ici')
    styles = read_asset("print.css")
    assert ".facing .name,.facing .t,[data-whole],[data-whole] *{hyphens:manual}" in styles


def test_what_stands_in_the_margins_is_no_content_and_links_are_printed(reader: PdfReader) -> None:
    for page in reader.pages:
        content = page.get_contents()
        assert content is not None
        assert b"/Artifact" in content.get_data()
        assert b"/Pagination" in content.get_data()
        for annotation in page.get("/Annots", []):
            assert annotation.get_object()["/F"] == 4
    root: Any = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    held = [element.get("/Pg") for element, _ in elements(reader)]
    assert held
    assert tree["/ParentTree"]["/Nums"]


def test_without_row_numbers_the_text_is_no_table() -> None:
    plain = replace(SMALL, dress=Dress("print", DRESSES["print"]))
    reader = PdfReader(io.BytesIO(pdf_of(plain)))
    kinds = {str(element["/S"]) for element, _ in elements(reader)}
    assert "/Table" not in kinds
    assert {"/Div", "/P", "/H1"} <= kinds
    languages = [str(e["/Lang"]) for e, _ in elements(reader) if "/Lang" in e]
    assert languages[:2] == ["fr", "en"]


def test_a_script_without_a_bundled_font_leaves_the_rest_readable(reader: PdfReader) -> None:
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Le nom" in text
    assert "and Київ, Αθήνα." in text


def test_check_renderer_names_its_parts() -> None:
    assert check_renderer().startswith("WeasyPrint ")


def flat(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    found = found.get_object() if hasattr(found, "get_object") else found
    found = found if isinstance(found, list) else [found]
    objects = [each.get_object() for each in found if hasattr(each, "get_object")]
    return [each for each in objects if hasattr(each, "get") and "/S" in each]


def walk(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(element):
        yield from walk(kid)
