"""A text of many pages: rows start on one page, fit it, and are tagged by language."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.stages.publish.render import (
    LAYOUTS,
    PrintOptions,
    build_edition,
    pdf,
    render_html,
    render_pdf,
    screen_css,
)
from tests.support.page_ends import cut_at_page_ends
from tests.support.pdf_tags import holds_text, kids, parted_rows, row_pieces, tree
from tests.support.render_long import long_text
from tests.support.render_sample import SAMPLE, P, make_content

PARAGRAPHS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/BlockQuote"}


@pytest.fixture(scope="module")
def long() -> PdfReader:
    """Twenty-five pages, set as those are of which there are a hundred."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_LONG_PAGE", 100_000)
        return PdfReader(io.BytesIO(render_pdf(build_edition(long_text(7_500)))))


def fonts_of(reader: PdfReader) -> set[str]:
    names = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return names


def starts_of_lines(page: Any) -> tuple[float, float]:
    """Give the leftmost and the rightmost place where text starts, in points."""
    places = []

    def place(text: str, page_matrix: list[float], matrix: list[float], *_: Any) -> None:
        if text.strip():
            places.append(matrix[4] * page_matrix[0] + page_matrix[4])

    page.extract_text(visitor_text=place)
    return min(places), max(places)


def test_both_sides_of_every_row_start_on_one_page(long: PdfReader) -> None:
    assert len(long.pages) >= 25
    assert parted_rows(long) == []


def test_every_paragraph_in_a_row_is_under_its_language(long: PdfReader) -> None:
    inside = 0
    for element, above in tree(long):
        rows = [each for each in above if each["/S"] == "/TR"]
        cells = [each for each in above if each["/S"] in ("/TD", "/TH")]
        if element["/S"] not in PARAGRAPHS or not rows or not cells:
            continue
        languages = [str(cell.get("/Lang", "")) for cell in cells]
        if len(kids(rows[0])) == 3:
            assert languages in (["fr"], ["en"])
            inside += 1
    assert inside >= 2 * 75


def test_rows_are_read_french_number_english_and_headers_have_a_scope(long: PdfReader) -> None:
    for piece in row_pieces(long):
        assert [(tag, language) for tag, language, _ in piece.cells] in (
            [("/TD", "fr"), ("/TH", ""), ("/TD", "en")],
            [("/TH", "fr"), ("/TD", ""), ("/TH", "en")],
            [("/TD", "fr"), ("/TD", ""), ("/TD", "en")],
        )
    headers = [element for element, _ in tree(long) if element["/S"] == "/TH"]
    assert {str(each["/A"].get("/Scope")) for each in headers} == {"/Row", "/Column"}


def test_every_link_has_a_description_and_a_place_in_the_tree(long: PdfReader) -> None:
    for page in long.pages:
        for each in page.get("/Annots", []):
            annotation = each.get_object()
            assert annotation["/Contents"]
            assert "/StructParent" in annotation
        assert str(page["/Tabs"]) == "/S"


def test_only_bundled_fonts_are_used_and_no_character_is_lost(long: PdfReader) -> None:
    assert all(name.startswith("Enregard") for name in fonts_of(long))
    assert "\u25a1" not in long.pages[1].extract_text()


def test_nothing_reaches_into_the_margins(long: PdfReader) -> None:
    for page in long.pages[:20]:
        left, right = starts_of_lines(page)
        assert left > 50
        assert right < float(page.mediabox.width) - 50


def test_no_word_is_cut_at_the_end_of_a_page(long: PdfReader) -> None:
    cut, hyphens = cut_at_page_ends(long)
    assert hyphens > 25
    assert cut == []


def test_facing_pages_hold_the_same_rows() -> None:
    options = PrintOptions(layout="facing-pages")
    reader = PdfReader(io.BytesIO(render_pdf(build_edition(long_text(4_000)), options)))
    assert reader.trailer["/Root"]["/PageLayout"] == "/TwoPageRight"  # type: ignore[index]
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    seen: dict[int, int] = {}
    languages: dict[int, set[str]] = {}
    for row, _ in tree(reader):
        cells = kids(row)
        if any(part["/S"] != "/Div" for part in (row, *cells)):
            continue
        marked = {str(cell.get("/Lang", "")) for cell in cells if holds_text(cell)} - {""}
        page = numbers[row.raw_get("/Pg").idnum]
        if len(cells) == 2 and len(marked) == 1:
            languages.setdefault(page, set()).update(marked)
            seen[page] = seen.get(page, 0) + any(
                "/Lang" not in cell and holds_text(cell) for cell in cells
            )
    spreads = sorted(page for page in languages if languages[page] == {"fr"})
    assert len(spreads) > 5
    for page in spreads:
        assert page % 2 == 1, "French stands on an even page, counted from 1"
        assert languages[page + 1] == {"en"}
        assert seen[page] == seen[page + 1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_holds_both_texts_and_justifies(layout: str) -> None:
    made = {
        justify: render_pdf(build_edition(SAMPLE), PrintOptions("Letter", layout, justify=justify))
        for justify in (False, True)
    }
    assert made[False] != made[True]
    assert made[True] == render_pdf(
        build_edition(SAMPLE), PrintOptions("Letter", layout, justify=True)
    )
    pages = PdfReader(io.BytesIO(made[False])).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for number in (1, 20, 40):
        assert f"Au point {number}," in text
        assert f"item {number}," in text


def test_an_archive_is_pdf_a_and_pdf_ua_with_its_attachments() -> None:
    small = make_content([(P, 0, "", [("Bonjour.", "Hello.")])], "Un titre", "A title")
    options = PrintOptions(
        archive=True, attachments={"edition.tmx": b"<tmx/>", "report.json": b"{}"}
    )
    data = render_pdf(build_edition(small), options)
    assert data == render_pdf(build_edition(small), options)
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert len(root["/OutputIntents"]) == 1
    assert {name: files[0] for name, files in reader.attachments.items()} == options.attachments
    assert [each.get_object()["/AFRelationship"] for each in root["/AF"]] == ["/Data", "/Data"]


def test_a_theme_changes_the_colours_of_both_editions() -> None:
    theme = {"accent": "#123456", "title-font": "Enregard Serif"}
    edition = build_edition(SAMPLE)
    assert "--accent:#123456;" in screen_css(edition, theme)
    assert render_pdf(edition, PrintOptions(theme=theme)) != render_pdf(edition)


def test_ten_thousand_words_are_a_page_of_less_than_a_megabyte_and_a_half() -> None:
    assert len(render_html(build_edition(long_text(10_000))).encode()) < 1_500_000
