"""Plain text in, a draft out: paragraphs, list items, tables, and short lines alone as headings.

Empty lines part paragraphs. Single line breaks part them too (one paragraph a line is how most
programs save text), unless the lines look cut: then they are joined, and the words at their ends
put together again. Cells that tabs part, as spreadsheets paste them, are a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.documents.comments import without_comments
from pipeline.documents.decoding import readable
from pipeline.documents.draft import Draft, cells, numbered
from pipeline.documents.inline import Mender
from pipeline.documents.lines import one_line, paragraphs, rejoined
from pipeline.model import Block, BlockKind, Notice
from pipeline.text import Repair, notices_of

_LIST_ITEM = re.compile(r"(?P<marker>[-*•‣·▪◦]|\d{1,3}[.)]|[a-z]\))[ \t]+(?P<text>\S.*)", re.DOTALL)
_DIALOGUE_DASHES = "—–"
_NOT_AFTER_A_HEADING = '.!?…:;,»”")'
_HEADING_CHARS = 90
# Between tabs, a longer stretch is no cell but prose with a tab in it.
_CELL_CHARS = 60
_RULE = re.compile(r"[|\s:+-]*-[|\s:+-]*")


def read_plain(data: bytes, encoding: str) -> Draft:
    """Read plain text; a leading heading has level 1, the others level 2."""
    text, notices = readable(data, encoding, tabs=True)
    mender = Mender()
    text = without_comments(text, mender)
    blocks: list[Block] = []
    parts = list(_parts(text))
    prose = [part for part in parts if not part.rows]
    joined, ends, left = paragraphs([part.lines for part in prose])
    texts = dict(zip(map(id, prose), joined, strict=True))
    broken, tables = 0, 0
    for part in parts:
        if part.rows:
            tables += 1
            blocks += cells(part.rows, tables)
            continue
        stands_alone = part.alone and len(texts[id(part)]) == 1
        for paragraph in texts[id(part)]:
            line, words = rejoined(paragraph)
            broken += words
            blocks.append(_block(line, stands_alone, first=not blocks))
    repairs = [
        *mender.repairs,
        Repair("wrapped", "line end(s) inside paragraphs", "joined", ends),
        Repair("hyphen", "word(s) cut at line ends", "put together", broken),
        Repair("cut", "line(s)", "look cut but were left: empty lines part paragraphs", left),
    ]
    told: tuple[Notice, ...] = notices_of(each for each in repairs if each.count)
    return Draft(numbered(_without_trailing_headings(blocks)), notices=(*notices, *told))


@dataclass(frozen=True, slots=True)
class _Part:
    """What is read together: lines of prose, or the rows of a table; ``alone`` in its group."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    alone: bool = False


def _parts(text: str) -> Iterator[_Part]:
    groups = [
        [line.rstrip() for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n\s*\n", text)
    ]
    groups = [group for group in groups if group]
    for group in groups:
        alone = len(groups) > 1
        for part in _items(_with_tables(group)):
            yield replace(part, alone=alone and len(part.lines) == len(group))


def _with_tables(lines: Sequence[str]) -> Iterator[_Part]:
    """Part a group into tables and what stands between them."""
    prose: list[str] = []
    place = 0
    while place < len(lines):
        rows, length = _table(lines[place:])
        if not length:
            prose.append(lines[place])
            place += 1
            continue
        if prose:
            yield _Part(tuple(prose))
            prose = []
        yield _Part(tuple(lines[place : place + length]), rows)
        place += length
    if prose:
        yield _Part(tuple(prose))


def _table(lines: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Give the rows of the table that begins with the first line, and how many lines it takes."""
    for split in (_tabbed, _piped, _spaced):
        rows: list[tuple[str, ...]] = []
        for line in lines:
            row = split(line)
            if row is None or (split is _spaced and rows and len(row) != len(rows[0])):
                break
            rows.append(row)
        if split is _piped:
            ruled = any(_RULE.fullmatch(line) for line in lines[: len(rows)])
            kept = [
                row for line, row in zip(lines, rows, strict=False) if not _RULE.fullmatch(line)
            ]
            if ruled and len(kept) > 1:
                return tuple(kept), len(rows)
        elif len(rows) > (0 if split is _tabbed else 1) and (
            split is _tabbed or _aligned(lines[: len(rows)])
        ):
            return tuple(rows), len(rows)
    return (), 0


def _tabbed(line: str) -> tuple[str, ...] | None:
    body = line.strip(" ").strip("\t") if line[:1] != "\t" else line[1:]
    found = tuple(one_line(cell) for cell in body.split("\t"))
    if len(found) < 2 or (_LIST_ITEM.fullmatch(line.strip()) and len(found) == 2):
        return None
    prose = len(found) == 2 and all(len(cell) > _CELL_CHARS for cell in found)
    return None if prose or sum(map(bool, found)) < 2 else found


def _piped(line: str) -> tuple[str, ...] | None:
    if "|" not in line and not _RULE.fullmatch(line):
        return None
    return tuple(map(one_line, line.strip().removeprefix("|").removesuffix("|").split("|")))


def _spaced(line: str) -> tuple[str, ...] | None:
    found = tuple(map(one_line, re.split(r" {3,}", line.strip())))
    short = all(len(cell) <= _CELL_CHARS for cell in found)
    return found if len(found) > 1 and short and not _LIST_ITEM.fullmatch(line.strip()) else None


def _aligned(lines: Sequence[str]) -> bool:
    """Whether the second cells of lines stand under one another, by their left or right edge."""
    gaps = [[match.span() for match in re.finditer(r" {3,}|$", line.strip())] for line in lines]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    pairs = list(zip(gaps, indents, strict=True))
    starts = {spans[0][1] + indent for spans, indent in pairs}
    ends = {spans[1][0] + indent for spans, indent in pairs}
    return len(starts) == 1 or len(ends) == 1


def _items(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Part prose where a list item, a line of dialogue or an indented paragraph begins."""
    for part in parts:
        if part.rows:
            yield part
            continue
        found: list[str] = []
        indent = 0
        for line in part.lines:
            text = re.sub(r"[ \t]+", " ", line).strip()
            depth = len(line) - len(line.lstrip())
            if found and _begins(text, found, depth > indent + 1):
                yield _Part(tuple(found))
                found = []
            found.append(text)
            indent = depth
        yield _Part(tuple(found))


def _begins(text: str, found: Sequence[str], indented: bool) -> bool:
    in_list = bool(_LIST_ITEM.fullmatch(found[0]))
    before = found[-1]
    closed = before[-1] in '.!?…:;»”"'
    if _LIST_ITEM.fullmatch(text):
        # « le 12 - un lundi - » may be cut before its dash.
        return in_list or closed or len(found) == 1
    if text[0] in _DIALOGUE_DASHES:
        return closed
    return indented and closed and not in_list


def _block(line: str, stands_alone: bool, first: bool) -> Block:
    item = _LIST_ITEM.fullmatch(line)
    if item:
        return Block(0, BlockKind.LIST_ITEM, item["text"], level=1, marker=item["marker"])
    if (
        stands_alone
        and len(line) <= _HEADING_CHARS
        and line[-1] not in _NOT_AFTER_A_HEADING
        and (line[0].isupper() or line[0].isdigit() or line[0] in "«“")
    ):
        return Block(0, BlockKind.HEADING, line, level=1 if first else 2)
    return Block(0, BlockKind.PARAGRAPH, line)


def _without_trailing_headings(blocks: list[Block]) -> Iterable[Block]:
    """A short last line is a signature or a source note, not a heading with nothing under it."""
    last = len(blocks)
    while last > 1 and blocks[last - 1].kind is BlockKind.HEADING:
        last -= 1
    yield from blocks[:last]
    for block in blocks[last:]:
        yield replace(block, kind=BlockKind.PARAGRAPH, level=0)
