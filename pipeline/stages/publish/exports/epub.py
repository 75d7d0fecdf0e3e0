"""An ``EditionContent`` in; a book for e-readers (EPUB 3) whose translations open on a tap, out.

No script: each paragraph is the summary of a disclosure that holds its translation, so that readers
without support for it show both. The translation of a table is disclosed below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from uuid import UUID

from pipeline.exchange.archive import archive
from pipeline.language.typography import printable
from pipeline.model import BlockKind, EditionContent
from pipeline.stages.publish.logo import picture_name
from pipeline.stages.publish.render import build_edition
from pipeline.stages.publish.render.chapters import chapters_of, titles_of
from pipeline.stages.publish.render.templates import fill, read_asset
from pipeline.stages.publish.render.view import (
    Edition,
    Pair,
    Row,
    TableStretch,
    abreast,
    stretches_of,
)

# The classes of paragraphs by the kinds of their blocks, where they differ.
_NAMES = {**{kind.value: "paragraph" for kind in BlockKind}, "list_item": "item"}
_NAMES |= {"quote": "quote", "code": "code", "verse": "verse"}
_NO_DATE = "1980-01-01T00:00:00Z"
# A chapter without headings is cut into files of this many rows, or lines of a table.
_FILE_ROWS = 200


@dataclass(frozen=True, slots=True)
class EpubFile:
    """A stretch of the text in one file: the heading of the part it opens, if any, and its rows.

    ``titles`` are those of the chapter that begins with it; None where it goes on with one.
    """

    part: Row | None
    titles: Pair | None
    rows: tuple[Row, ...]

    @property
    def stretches(self) -> tuple[TableStretch, ...]:
        """The rows by the tables of the text, and what stands between them."""
        return tuple(stretches_of(self.rows))


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents: its titles, where it leads, and what stands below it."""

    titles: Pair
    address: str
    below: tuple[ContentsEntry, ...] = ()


def epub(content: EditionContent) -> bytes:
    """Return the book, chapter by chapter, with glossary, findings and colophon at the end."""
    edition = build_edition(content)
    texts = tuple(_files(edition))
    front = [each for each in (edition.kicker_row, edition.title_row, edition.subtitle_row) if each]
    places = {row.number: f"title.xhtml#r{row.number}" for row in front}
    for number, text in enumerate(texts, 1):
        rows = (*([text.part] if text.part else []), *text.rows)
        places |= {row.number: f"c{number}.xhtml#r{row.number}" for row in rows}
    house = content.dress.house
    logo = house.logo if house else None
    name = picture_name(logo, logo.data) if logo else ""
    shared = {"edition": edition, "names": _NAMES, "words": edition.words, "logo": name}
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": fill("epub/container.xml"),
        "book/book.opf": fill(
            "epub/book.opf",
            texts=texts,
            # Named after the text it was made from, so that a new edition replaces the old one.
            identifier=UUID(hex=content.provenance.input_sha256[:32], version=5).urn,
            modified=edition.created or _NO_DATE,
            logo_type=logo.kind if logo else "",
            rights=printable(content.document.front.rights),
            **shared,
        ),
        "book/nav.xhtml": fill("epub/nav.xhtml", entries=_entries(edition, texts), **shared),
        "book/book.css": read_asset("epub/book.css"),
        "book/title.xhtml": fill("epub/title.xhtml", front=front, **shared).lstrip(),
        "book/back.xhtml": fill("epub/back.xhtml", places=places, **shared),
    }
    for number, text in enumerate(texts, 1):
        page = fill("epub/chapter.xhtml", text=text, **shared)
        files[f"book/c{number}.xhtml"] = page.lstrip()
    if logo:
        files[f"book/{name}"] = logo.data
    return archive(files, stored="mimetype")


def _files(edition: Edition) -> Iterator[EpubFile]:
    for chapter in chapters_of(edition):
        part, titles = chapter.part, chapter.titles
        lines = tuple(abreast(chapter.rows))
        for start in range(0, len(lines), _FILE_ROWS):
            rows = chain.from_iterable(lines[start : start + _FILE_ROWS])
            yield EpubFile(part, titles, tuple(rows))
            part = titles = None


def _entries(edition: Edition, texts: Sequence[EpubFile]) -> tuple[ContentsEntry, ...]:
    """Return the table of contents: parts with their chapters, chapters without a part."""
    found: list[ContentsEntry] = []
    in_part = False
    for number, text in enumerate(texts, 1):
        if text.part:
            found.append(
                ContentsEntry(titles_of(text.part), f"c{number}.xhtml#r{text.part.number}")
            )
            in_part = True
        titles = text.titles or (edition.titles if number == 1 else None)
        if titles is None:
            continue
        entry = ContentsEntry(titles, f"c{number}.xhtml#r{text.rows[0].number}")
        # What stands before the first part, or after the last on its rank, is in none.
        rank, above = text.rows[0].heading, found[-1] if in_part else None
        if above and (text.part or rank != _rank_of_parts(texts)):
            found[-1] = replace(above, below=(*above.below, entry))
        else:
            found.append(entry)
            in_part = False
    return tuple(found)


def _rank_of_parts(texts: Sequence[EpubFile]) -> int:
    return next((text.part.heading for text in texts if text.part), 0)
