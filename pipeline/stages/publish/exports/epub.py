"""An ``EditionContent`` in; a book for e-readers (EPUB 3) whose translations open on a tap, out.

No script: each paragraph is the summary of a disclosure that holds its translation, so that readers
without support for it show both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from pipeline.exchange.archive import archive
from pipeline.model import BlockKind, EditionContent
from pipeline.stages.publish.render import build_edition
from pipeline.stages.publish.render.templates import fill, read_asset
from pipeline.stages.publish.render.view import Edition, Row

# The classes of paragraphs by the kinds of their blocks, where they differ.
_NAMES = {**{kind.value: "paragraph" for kind in BlockKind}, "list_item": "item"}
_NAMES |= {"quote": "quote", "code": "code"}
_NO_DATE = "1980-01-01T00:00:00Z"
# A chapter is a heading of the second rank and what follows; without headings, this many rows.
_CHAPTER_ROWS = 200


@dataclass(frozen=True, slots=True)
class EpubFile:
    """A part of the text in one file, with its titles for the table of contents."""

    title: str
    target_title: str
    rows: tuple[Row, ...]


def epub(content: EditionContent) -> bytes:
    """Return the book, chapter by chapter, with glossary, findings and colophon at the end."""
    edition = build_edition(content)
    chapters = tuple(_chapters(edition))
    places = {
        row.number: f"c{number}.xhtml#r{row.number}"
        for number, chapter in enumerate(chapters, 1)
        for row in chapter.rows
    }
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": fill("epub/container.xml"),
        "book/book.opf": fill(
            "epub/book.opf",
            edition=edition,
            chapters=chapters,
            # Named after the text it was made from, so that a new edition replaces the old one.
            identifier=UUID(hex=content.provenance.input_sha256[:32], version=5).urn,
            modified=edition.created or _NO_DATE,
        ),
        "book/nav.xhtml": fill("epub/nav.xhtml", chapters=chapters),
        "book/book.css": read_asset("epub/book.css"),
        "book/back.xhtml": fill("epub/back.xhtml", edition=edition, places=places),
    }
    for number, chapter in enumerate(chapters, 1):
        page = fill(
            "epub/chapter.xhtml", edition=edition, chapter=chapter, first=number == 1, names=_NAMES
        )
        files[f"book/c{number}.xhtml"] = page.lstrip()
    return archive(files, stored="mimetype")


def _chapters(edition: Edition) -> Iterator[EpubFile]:
    title, target, rows = edition.title, edition.target_title, list[Row]()
    for row in edition.rows:
        if rows and (row.heading == 2 or len(rows) >= _CHAPTER_ROWS):
            yield EpubFile(title, target, tuple(rows))
            rows = []
        if row.heading == 2:
            title, target = row.source.text, row.target.text
        rows.append(row)
    yield EpubFile(title, target, tuple(rows))
