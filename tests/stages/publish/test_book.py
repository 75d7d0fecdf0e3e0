"""A book: chapters that are found and laid out apart, contents, index, and what a printer wants."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.model import Dress
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.render import LAYOUTS, PrintOptions, build_edition, render_pdf
from pipeline.stages.publish.render.chapters import chapters_of
from pipeline.stages.publish.render.view import Edition
from tests.support.novel import heading, novel, paragraph
from tests.support.page_ends import cut_at_page_ends
from tests.support.pdf_tags import parted_rows
from tests.support.render_long import long_text
from tests.support.render_sample import make_content


@cache
def book(layout: str = "side-by-side", size: str = "A5", **options: Any) -> PdfReader:
    """Give the book in print; what several tests look at is printed once."""
    pdf = render_pdf(build_edition(novel()), PrintOptions(size, layout, book=True, **options))
    return PdfReader(io.BytesIO(pdf))


def said(edition: Edition) -> list[tuple[str, str, int]]:
    return [
        (
            each.part.source.text if each.part else "",
            each.titles.source if each.titles else "",
            len(each.rows),
        )
        for each in chapters_of(edition)
    ]


def page_of(reader: PdfReader, words: str, after: int = 6) -> int:
    """Give the number of the first page behind the contents that has some words."""
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    return next(number for number, text in enumerate(texts, 1) if number > after and words in text)


def test_named_parts_hold_the_chapters_one_rank_lower() -> None:
    assert said(build_edition(novel())) == [
        ("", "Préface", 2),
        ("Première partie\u00a0: la rive", "Le départ", 2),
        ("", "L’attente", 2),
        ("Deuxième partie\u00a0: le fleuve", "La crue", 2),
        ("", "Troisième partie\u00a0: fin", 2),
    ]


def test_headings_of_one_rank_are_chapters_and_those_below_stay_inside() -> None:
    content = make_content(
        [
            paragraph(),
            heading(2, "Un", "One"),
            heading(3, "Tout de suite", "At once"),
            paragraph(),
            heading(2, "Deux", "Two"),
            paragraph(),
            heading(3, "Plus bas", "Below"),
            paragraph(),
        ]
    )
    assert said(build_edition(content)) == [("", "", 1), ("", "Un", 3), ("", "Deux", 4)]
    assert said(build_edition(make_content([paragraph(), paragraph()]))) == [("", "", 2)]


def test_contents_say_in_both_languages_on_which_page_each_chapter_begins() -> None:
    reader = book()
    contents = next(
        page.extract_text() for page in reader.pages if "Table des matières" in page.extract_text()
    )
    lines = " ".join(contents.split())
    for french, english in (("Préface", "Preface"), ("La crue", "The Flood")):
        number = page_of(reader, french)
        assert f"{french} {number} {english}" in lines
        assert number % 2 == 1
        assert str(number) in reader.pages[number - 1].extract_text().split()
    part = page_of(reader, "Deuxième partie")
    assert page_of(reader, "La crue") == part + 2
    assert "La crue" not in reader.pages[part - 1].extract_text()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_book_says_once_what_it_was_made_from(layout: str) -> None:
    content = replace(novel(), dress=Dress("print", DRESSES["print"]))
    pdf = render_pdf(build_edition(content), PrintOptions("A5", layout, book=True))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    assert "".join(pages).count("the one to quote") == 1


def test_facing_pages_open_a_chapter_on_both_and_number_each() -> None:
    reader = book("facing-pages")
    french = page_of(reader, "Préface", after=7)
    assert french % 2 == 0
    assert "Preface" in reader.pages[french].extract_text()
    texts = [" ".join(page.extract_text().split()) for page in reader.pages[:8]]
    assert any(f"Préface {french}" in text for text in texts)
    assert any(f"{french + 1} Preface" in text for text in texts)
    assert str(french + 1) in reader.pages[french].extract_text().split()


def test_running_heads_are_those_of_the_chapter() -> None:
    reader = book()
    second = reader.pages[page_of(reader, "Préface")].extract_text().lower()
    assert "préface" in second
    assert "preface" in second


def test_the_index_gives_the_rows_of_each_term_as_links() -> None:
    reader = book()
    last = reader.pages[-1].extract_text()
    links: Any = reader.pages[-1]["/Annots"]
    assert re.search(r"charte\s+charter\s+3, 6, 8, 11, 13", last)
    assert len(links) == 5
    edition = build_edition(novel())
    plain = replace(edition, parts=edition.parts - {"numbers"})
    reader = PdfReader(io.BytesIO(render_pdf(plain, PrintOptions("A5", book=True))))
    preface = page_of(reader, "Préface")
    assert re.search(rf"charte\s+charter\s+{preface}, ", reader.pages[-1].extract_text())


def test_bookmarks_lead_to_parts_and_chapters() -> None:
    def flat(entries: Any, depth: int = 0) -> list[tuple[int, str]]:
        return [
            each
            for entry in entries
            for each in (
                flat(entry, depth + 1) if isinstance(entry, list) else [(depth, entry.title)]
            )
        ]

    outline = flat(book().outline)
    assert (1, "Part One: The Bank") in outline
    assert (2, "Departure") in outline


@pytest.mark.parametrize("layout", ["side-by-side", "facing-pages"])
def test_a_long_book_parts_no_row_and_cuts_no_word_at_the_end_of_a_page(layout: str) -> None:
    content = replace(
        long_text(4_500), dress=Dress("print", frozenset({"numbers", "contents", "index"}))
    )
    edition = build_edition(content)
    options = PrintOptions("6x9in", layout, book=True)
    reader = PdfReader(io.BytesIO(render_pdf(edition, options)))
    if layout == "side-by-side":
        assert parted_rows(reader) == []
    cut, hyphens = cut_at_page_ends(reader, in_two=layout == "side-by-side")
    assert hyphens > 25
    assert cut == []
    text = " ".join(page.extract_text() for page in reader.pages)
    numbers = [int(each) for each in re.findall(r"(?<![\d,] )\b(\d+)\b", text)]
    assert set(range(2, len(edition.rows) + 1)) <= set(numbers)


def test_the_same_book_gives_the_same_bytes() -> None:
    edition = build_edition(novel())
    options = PrintOptions("B5", book=True)
    assert render_pdf(edition, options) == render_pdf(edition, options)


@pytest.mark.parametrize("layout", ["side-by-side", "facing-pages"])
def test_for_the_press_pages_have_bleed_and_marks_no_links_and_black_alone(layout: str) -> None:
    reader = book(layout, press=True)
    root: Any = reader.trailer["/Root"]
    info: Any = reader.trailer["/Info"]
    assert info["/GTS_PDFXVersion"] == "PDF/X-3:2003"
    assert root["/OutputIntents"][0]["/OutputConditionIdentifier"] == "FOGRA39"
    for page in reader.pages:
        assert "/Annots" not in page
        assert round(page.trimbox.width) == 420
        assert round(page.mediabox.width - page.trimbox.width) == 17
    inks = set()
    size: Any = reader.trailer["/Size"]
    for number in range(1, size):
        stream: Any = reader.get_object(number)
        if hasattr(stream, "get_data") and "/FontFile3" not in stream:
            drawn = stream.get_data()
            assert not re.search(rb"[\d.]\s(?:rg|RG)\s", drawn)
            inks |= set(re.findall(rb"(0 0 0 [\d.]+) (?:k|K|scn|SCN)\s", drawn))
    assert inks == {b"0 0 0 1", b"0 0 0 0.4", b"0 0 0 0.7"}
