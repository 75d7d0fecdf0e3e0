"""An ``Edition`` in; the sheets of a book out: front matter, chapters and back matter.

Each chapter is laid out apart: that keeps time and memory linear, and a page that is laid out again
takes its own chapter along and no other. The contents and the index come last, when it is known on
which pages everything stands; the contents take as many pages with numbers as without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.stages.publish.render.adapt import adapted
from pipeline.stages.publish.render.chapters import Chapter, chapters_of, titles_of
from pipeline.stages.publish.render.edition import sections_of
from pipeline.stages.publish.render.layouts import (
    PrintOptions,
    layout_of,
    page_width,
    running_rooms,
)
from pipeline.stages.publish.render.templates import fill
from pipeline.stages.publish.render.view import Edition, Pair, Row, Term

# A page and a stylesheet of its own in, its sheets out. A sheet of facing pages is two pages wide.
LayOut = Callable[[str, str], list[Any]]


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents: a title in both languages, its row, and the page of each."""

    titles: Pair
    row: int
    is_part: bool
    pages: Pair


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the index: an entry of the glossary and where it stands, as (row, what is said)."""

    term: Term
    places: tuple[tuple[int, str], ...]


def bound(edition: Edition, options: PrintOptions, lay_out: LayOut) -> list[Any]:
    """Return the sheets of a book, in order."""
    return _Binder(edition, options, lay_out).bind()


class _Binder:
    """Lays out the parts of a book one by one and counts pages."""

    def __init__(self, edition: Edition, options: PrintOptions, lay_out: LayOut) -> None:
        self._edition, self._layout, self._lay_out = edition, options.layout, lay_out
        self._in_spreads = layout_of(options).in_spreads
        self._width, self._room = page_width(options), running_rooms(options)[0]
        self._number = 1
        self._pages: dict[int, tuple[int, int]] = {}
        self._sheets: list[Any] = []

    def bind(self) -> list[Any]:
        """Return all sheets."""
        chapters = chapters_of(self._edition)
        # The numbers of its lines stand in a column of their own: they move no other word.
        front = self._lay_out(self._front(chapters), _first(1, alone=True))
        self._number += sum(map(self._count, front))
        for chapter in chapters:
            self._open()
            self._add(self._chapter(chapter), _first(self._number, alone=not self._in_spreads))
        if self._edition.has_appendices or self._edition.index:
            self._open(alone=True)
            self._add(self._back(), _first(self._number, alone=True))
        front = self._lay_out(self._front(chapters), _first(1, alone=True))
        return [*front, *self._sheets]

    def _open(self, alone: bool = False) -> None:
        """Begin on a right page, or with a whole sheet of two pages."""
        if self._number % 2 == (self._in_spreads and not alone):
            self._add(fill("book-blank.html"), "")

    def _add(self, page: str, css: str) -> None:
        sheets = self._lay_out(page, css)
        for sheet in sheets:
            last = self._number + self._count(sheet) - 1
            for name in sheet.anchors:
                if name.startswith("r") and name[1:].isdigit():
                    self._pages.setdefault(int(name[1:]), (self._number, last))
            self._number = last + 1
        self._sheets += sheets

    def _count(self, sheet: Any) -> int:
        return 2 if self._in_spreads and sheet.width > 1.5 * self._width else 1

    def _front(self, chapters: Sequence[Chapter]) -> str:
        places = [] if "contents" not in self._edition.parts else list(self._contents(chapters))
        return self._fill("book-front.html", self._unnumbered(), places=places)

    def _unnumbered(self) -> Edition:
        return replace(self._edition, parts=self._edition.parts - {"numbers"})

    def _contents(self, chapters: Sequence[Chapter]) -> Iterator[ContentsLine]:
        for chapter in chapters:
            for row in (chapter.part, chapter.heading):
                if row:
                    yield ContentsLine(
                        titles_of(row), row.number, row is chapter.part, self._where(row)
                    )

    def _where(self, row: Row) -> Pair:
        """Return the page numbers of a row's French and English; none before it is laid out."""
        if row.number not in self._pages:
            return Pair("", "")
        return Pair(*map(str, self._pages[row.number]))

    def _chapter(self, chapter: Chapter) -> str:
        inside = replace(
            self._edition,
            sections=tuple(sections_of(chapter.rows)),
        )
        opening = self._unnumbered()
        return self._fill(
            "book-chapter.html",
            inside,
            titles=chapter.titles or self._edition.titles,
            room=self._room,
            part=chapter.part,
            opens=chapter.heading,
            opening=opening,
        )

    def _back(self) -> str:
        references = [IndexLine(term, self._places(term)) for term in self._edition.index]
        return self._fill("book-back.html", self._edition, references=references)

    def _places(self, term: Term) -> tuple[tuple[int, str], ...]:
        """Return the rows of a term, named by number; by page where no row has its number."""
        if "numbers" in self._edition.parts:
            return tuple((row, str(row)) for row in term.rows)
        pages: dict[str, int] = {}
        for row in term.rows:
            if row in self._pages:
                pages.setdefault(str(self._pages[row][0]), row)
        return tuple((row, page) for page, row in pages.items())

    def _fill(self, template: str, edition: Edition, **values: Any) -> str:
        return adapted(fill(template, edition=edition, layout=self._layout, **values))


def _first(number: int, *, alone: bool) -> str:
    """Return the rule that gives the first page its number; one sheet of two pages has two."""
    verso = number - 1 if alone else number - 2
    return f"@page:first{{counter-reset:page {number - 1} verso {verso}}}"
