"""The paragraphs of a PDF in, a draft out: what each is, by its type and its first letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.draft import Draft, numbered
from pipeline.documents.inline import Mender, Stretch, Style, flow
from pipeline.documents.pdf.layout import columns
from pipeline.documents.pdf.letters import Letter, pages_of
from pipeline.documents.pdf.paragraphs import Printed, body_size, passages
from pipeline.documents.pdf.rows import Line
from pipeline.model import Block, BlockKind, InlineKind

_MARKER = re.compile(r"(?P<marker>[•‣▪◦●■–—*-]|\d{1,3}[.)]|[a-z]\))\s+")
_CAPTION = re.compile(r"(?:figure|fig\.|tableau|carte|photo|graphique|encadré)\s*\d", re.IGNORECASE)
_LARGER = 1.12  # of the type of the text, that of a heading
_HEADING_LETTERS = 200
_RAISED_SIZE, _RAISED_STEP = 0.95, 0.15


def read_pdf(data: bytes, _encoding: str) -> Draft:
    """Read a PDF that has a text layer; it tells its own encoding."""
    mender = Mender()
    found = passages(columns(pages_of(data, mender), mender))
    body = body_size(line for each in found for line in each.lines)
    sizes = sorted(
        {round(each.size) for each in found if each.lines and each.size > _LARGER * body},
        reverse=True,
    )
    blocks: list[Block] = []
    tables = 0
    for passage in found:
        if passage.rows:
            tables += 1
            blocks += _cells(passage, tables, mender)
        elif block := _block(passage, body, sizes, mender):
            blocks.append(block)
    return Draft(numbered(blocks), notices=mender.notices())


def _cells(passage: Printed, table: int, mender: Mender) -> Iterator[Block]:
    for row, cells in enumerate(passage.rows, 1):
        for column, lines in sorted(cells.items()):
            text, marks = flow(_stretches(lines, frozenset()), mender)
            yield Block(0, BlockKind.CELL, text, column, f"{table}.{row}", marks)


def _block(passage: Printed, body: float, sizes: Sequence[int], mender: Mender) -> Block | None:
    strong = all(line.strong for line in passage.lines)
    larger = passage.size > _LARGER * body
    dropped = {InlineKind.STRONG} if strong else set()
    if all(letter.italic for line in passage.lines for letter in line.letters):
        dropped.add(InlineKind.EMPHASIS)
    stretches = list(_stretches(passage.lines, frozenset(dropped)))
    if passage.note:
        return _note(stretches, mender)
    text, marks = flow(stretches, mender)
    if not text:
        return None
    if found := _MARKER.match(text):
        length = found.end()
        if len(text) > length:
            kept = tuple(
                replace(mark, start=max(0, mark.start - length), end=mark.end - length)
                for mark in marks
                if mark.end > length
            )
            marker = found["marker"]
            return Block(0, BlockKind.LIST_ITEM, text[length:], 1, marker, kept)
    short = len(text) <= _HEADING_LETTERS and any(map(str.isalpha, text))
    if short and (larger or (strong and text[-1] not in ".,;:")):
        level = min(6, sizes.index(round(passage.size)) + 1 if larger else len(sizes) + 1)
        return Block(0, BlockKind.HEADING, text, level, marks=marks)
    kind = BlockKind.CAPTION if _CAPTION.match(text) and short else BlockKind.PARAGRAPH
    return Block(0, kind, text, marks=marks)


def _note(stretches: Sequence[Stretch], mender: Mender) -> Block | None:
    """Take the figure of a note, which is raised or not, from its words."""
    plain = [replace(each, styles=_without_raising(each.styles)) for each in stretches[:2]]
    text, marks = flow([*plain, *stretches[2:]], mender)
    found = re.match(r"\[?(?P<label>\d{1,3}|[*†‡])\]?[.)]?\s*", text)
    if found is None or found.end() == len(text):
        return Block(0, BlockKind.NOTE, text, marks=marks) if text else None
    length = found.end()
    kept = tuple(
        replace(mark, start=max(0, mark.start - length), end=mark.end - length)
        for mark in marks
        if mark.end > length
    )
    return Block(0, BlockKind.NOTE, text[length:], marker=found["label"], marks=kept)


def _without_raising(styles: tuple[Style, ...]) -> tuple[Style, ...]:
    return tuple(style for style in styles if style[0] is not InlineKind.SUPERSCRIPT)


def _stretches(lines: Sequence[Line], dropped: frozenset[InlineKind]) -> Iterator[Stretch]:
    """Give the letters of lines as runs of one look."""
    for number, line in enumerate(lines):
        if number:
            yield Stretch("\n")
        size, baseline = line.size, line.baseline
        text = ""
        looks: tuple[Style, ...] = ()
        for letter, before in zip(line.letters, (None, *line.letters), strict=False):
            own = _styles(letter, size, baseline, dropped)
            if letter.text == " " and before is not None:
                own = looks
            if own != looks and text:
                yield Stretch(text, looks)
                text = ""
            text, looks = text + letter.text, own
        if text:
            yield Stretch(text, looks)


def _styles(
    letter: Letter, size: float, baseline: float, dropped: frozenset[InlineKind]
) -> tuple[Style, ...]:
    styles: list[Style] = []
    if letter.link:
        styles.append((InlineKind.LINK, letter.link))
    if letter.strong and InlineKind.STRONG not in dropped:
        styles.append((InlineKind.STRONG, ""))
    if letter.italic and InlineKind.EMPHASIS not in dropped:
        styles.append((InlineKind.EMPHASIS, ""))
    if letter.size < _RAISED_SIZE * size:
        step = baseline - letter.baseline
        if step > _RAISED_STEP * size:
            styles.append((InlineKind.SUPERSCRIPT, ""))
        elif step < -_RAISED_STEP / 2 * size:
            styles.append((InlineKind.SUBSCRIPT, ""))
    return tuple(styles)
