"""An ``EditionContent`` in; pairs of texts as plain text and Markdown out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.model import BlockKind, EditionContent
from pipeline.stages.publish.render import build_edition
from pipeline.stages.publish.render.view import Edition, Row, abreast

# What parts the cells of a table.
_BAR = " | "
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+|~&])")


def plain_text(content: EditionContent) -> bytes:
    """Return each block above its translation, an empty line between blocks, typeset."""
    edition = build_edition(content)
    lines = [] if edition.title_row else [f"{edition.title}\n{edition.target_title}\n"]
    for rows in abreast(edition.rows):
        source = _side(rows, lambda row: _plain(row, row.source.text), _BAR)
        target = _side(rows, lambda row: _plain(row, row.target.text), _BAR)
        lines.append(f"{source}\n{target}\n")
    return ("\n".join(lines) + "\n" + _notice(edition) + "\n").encode()


def markdown(content: EditionContent) -> bytes:
    """Return headings in both languages, and between them tables: number, French, English."""
    edition = build_edition(content)
    lines = [] if edition.title_row else [_heading(1, edition.title, edition.target_title)]
    in_table = False
    for rows in abreast(edition.rows):
        row = rows[0]
        source = _side(rows, lambda row: _cell(row, row.source.text), _escaped(_BAR))
        target = _side(rows, lambda row: _cell(row, row.target.text), _escaped(_BAR))
        if row.heading:
            lines += ["", _heading(row.heading, row.source.text, row.target.text)]
        else:
            if not in_table:
                lines += ["", "| | Français | English |", "|---:|---|---|"]
            lines.append(f"| {row.number} | {source} | {target} |")
        in_table = not row.heading
    return ("\n".join(lines).lstrip("\n") + f"\n\n*{_escaped(_notice(edition))}*\n").encode()


def _side(line: Sequence[Row], said: Callable[[Row], str], bar: str) -> str:
    """Return one side of a line, with bars between the cells of a table."""
    if not line[0].columns:
        return said(line[0])
    places = range(1, len(line[0].columns) + 1)
    return bar.join(" ".join(said(row) for row in line if row.depth == place) for place in places)


def _plain(row: Row, text: str) -> str:
    if row.kind in (BlockKind.LIST_ITEM, BlockKind.NOTE):
        return f"{'  ' * (row.depth - 1)}{row.marker or ' '} {text}"
    return text.strip("\n") if row.kind is BlockKind.CODE else text


def _heading(rank: int, source: str, target: str) -> str:
    texts = dict.fromkeys(" ".join(text.split()) for text in (source, target))
    return f"{'#' * rank} {' / '.join(map(_escaped, texts))}"


def _cell(row: Row, text: str) -> str:
    """Return one cell of a table, which has no lines of its own."""
    if row.kind is BlockKind.QUOTE:
        return f"<q>{_escaped(' '.join(text.split()))}</q>"
    lines = [_escaped(line) for line in _plain(row, text).splitlines()]
    return "<br>".join(lines)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _notice(edition: Edition) -> str:
    return edition.source_line
