"""Plain text in, a draft out: paragraphs, list items, tables, and short lines alone as headings.

Empty lines part paragraphs. Single line breaks part them too (one paragraph a line is how most
programs save text), unless the lines look cut: then they are joined, and the words at their ends
put together again. Cells that tabs part, as spreadsheets paste them, are a table.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.documents.comments import without_comments
from pipeline.documents.decoding import readable
from pipeline.documents.draft import Draft, cells, numbered
from pipeline.documents.inline import Mender
from pipeline.documents.lines import across_pages, are_verse, paragraphs, rejoined
from pipeline.documents.plain_notes import with_notes, without_last_call
from pipeline.documents.tables import LIST_ITEM, table_at, without_end
from pipeline.model import Block, BlockKind, Notice
from pipeline.text import Repair, notices_of

_DIALOGUE_DASHES = "—–"
_NOT_AFTER_A_HEADING = '.!?…:;,»”")-‐'
_HEADING_CHARS = 90
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")


def read_plain(data: bytes, encoding: str) -> Draft:
    """Read plain text; a leading heading has level 1, the others level 2."""
    text, notices = readable(data, encoding, tabs=True)
    mender = Mender()
    text = without_comments(_without_entities(text, mender), mender)
    text, pages = across_pages(text)
    mender.count("page", "page number", "left out", pages)
    blocks: list[Block] = []
    parts = list(_parts(text))
    prose = [part for part in parts if not part.rows]
    joined, ends, left = paragraphs([part.lines for part in prose])
    texts = dict(zip(map(id, prose), joined, strict=True))
    stanzas = {len(part.lines) for part in prose if are_verse(part.lines)}
    broken, tables = 0, 0
    for part in parts:
        if part.rows:
            tables += 1
            blocks += cells(part.rows, tables)
            continue
        stands_alone = part.alone and len(texts[id(part)]) == 1
        verse = are_verse(part.lines, in_poem=len(part.lines) in stanzas)
        stanza = part.lines if verse and len(part.lines) > 3 else texts[id(part)]
        for number, paragraph in enumerate(stanza, 1):
            line, words = rejoined(paragraph)
            broken += words
            if verse and len(stanza) == len(part.lines):
                blocks.append(Block(0, BlockKind.VERSE, line, level=number))
            elif part.quoted:
                blocks.append(Block(0, BlockKind.QUOTE, line, level=part.quoted))
            else:
                blocks.append(_block(line, stands_alone, first=not blocks))
    blocks = with_notes(blocks)
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
    """What is read together: lines of prose, or the rows of a table; ``alone`` in its group.

    ``quoted`` is how often it is, as mails quote.
    """

    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    alone: bool = False
    quoted: int = 0


def _parts(text: str) -> Iterator[_Part]:
    groups = [
        [without_end(line) for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n\s*\n", text)
    ]
    groups = [group for group in groups if group]
    for group in groups:
        alone = len(groups) > 1
        for lines in _mails_apart(group):
            if _is_mail(lines):
                yield from _mail(lines)
                continue
            for part in _items(_with_tables(lines)):
                yield replace(part, alone=alone and len(part.lines) == len(group))


def _mails_apart(group: Sequence[str]) -> Iterator[list[str]]:
    """Part a group where a mail is quoted in it, right below « Anne a écrit : »."""
    prose: list[str] = []
    for quoted, run in groupby(group, lambda line: bool(_QUOTED.match(line))):
        lines = list(run)
        if quoted and _is_mail(lines):
            if prose:
                yield prose
            yield lines
            prose = []
        else:
            prose += lines
    if prose:
        yield prose


def _mail(lines: Iterable[str]) -> Iterator[_Part]:
    """Part the lines that a mail quotes by how often it does."""
    for depth, alike in groupby(lines, _depth):
        bare = [_QUOTED.sub("", line).strip() for line in alike]
        for filled, some in groupby(bare, bool):
            if filled:
                yield _Part(tuple(some), quoted=depth)


def _depth(line: str) -> int:
    found = _QUOTED.match(line)
    return found[0].count(">") if found else 0


def _is_mail(lines: Sequence[str]) -> bool:
    """Whether lines are quoted, and none is one of figures (« > 30 ans : 12 % »)."""
    return all(map(_QUOTED.match, lines)) and any(
        _QUOTED.sub("", line)[:1].isalpha() for line in lines
    )


def _without_entities(text: str, mender: Mender) -> str:
    """Read what was copied from the source of a page: letters written as entities."""
    made, count = _ENTITY.subn(lambda match: html.unescape(match[0]), text)
    if made == text:
        return text
    mender.count("entity", "HTML sign", "read as letters", count)
    return mender.clean(made)


def _with_tables(lines: Sequence[str]) -> Iterator[_Part]:
    """Part a group into tables and what stands between them."""
    prose: list[str] = []
    place = 0
    while place < len(lines):
        rows, length = table_at(lines, place)
        if not length:
            prose.append(lines[place])
            place += 1
            continue
        if prose:
            yield _Part(tuple(prose))
            prose = []
        yield _Part(tuple(lines[place : place + length]), tuple(row for _, row in rows))
        place += length
    if prose:
        yield _Part(tuple(prose))


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
    in_list = bool(LIST_ITEM.fullmatch(found[0]))
    before = found[-1]
    closed = before[-1] in '.!?…:;»”"'
    if LIST_ITEM.fullmatch(text):
        # « le 12 - un lundi - » may be cut before its dash.
        return in_list or closed or len(found) == 1
    if text[0] in _DIALOGUE_DASHES:
        return closed
    return indented and closed and not in_list


def _block(line: str, stands_alone: bool, first: bool) -> Block:
    item = LIST_ITEM.fullmatch(line)
    words = without_last_call(line)
    if item:
        return Block(0, BlockKind.LIST_ITEM, item["text"], level=1, marker=item["marker"])
    if (
        stands_alone
        and len(line) <= _HEADING_CHARS
        and words[-1:] not in _NOT_AFTER_A_HEADING
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
