"""An ``EditionContent`` in; pairs of texts as plain text, Markdown and CSV out."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict

from pipeline.model import BlockKind, EditionContent
from pipeline.stages.publish.render import build_edition
from pipeline.stages.publish.render.view import Edition, Row

# What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"[\s\u00a0\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n|%]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+|~&])")


def plain_text(content: EditionContent) -> bytes:
    """Return each block above its translation, an empty line between blocks, typeset."""
    edition = build_edition(content)
    lines = [] if edition.title_row else [f"{edition.title}\n{edition.target_title}\n"]
    lines += [
        f"{_plain(row, row.source.text)}\n{_plain(row, row.target.text)}\n" for row in edition.rows
    ]
    return ("\n".join(lines) + "\n" + _notice(edition) + "\n").encode()


def markdown(content: EditionContent) -> bytes:
    """Return headings in both languages, and between them tables: number, French, English."""
    edition = build_edition(content)
    lines = [] if edition.title_row else [_heading(1, edition.title, edition.target_title)]
    in_table = False
    for row in edition.rows:
        source, target = _cell(row, row.source.text), _cell(row, row.target.text)
        if row.heading:
            lines += ["", _heading(row.heading, row.source.text, row.target.text)]
        else:
            if not in_table:
                lines += ["", "| | Français | English |", "|---:|---|---|"]
            lines.append(f"| {row.number} | {source} | {target} |")
        in_table = not row.heading
    return ("\n".join(lines).lstrip("\n") + f"\n\n*{_escaped(_notice(edition))}*\n").encode()


def csv_table(content: EditionContent) -> bytes:
    """Return a row a segment: id, block, kind, French, English, findings; RFC 4180, UTF-8.

    A byte order mark tells spreadsheets the encoding. An apostrophe stands before a text that they
    would take for a formula.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for finding in content.findings:
        found[finding.segment_id].append(f"{finding.severity}: {finding.message}")
    kinds = {block.index: block.kind for block in content.document.blocks}
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "row", "kind", "français", "english", "findings"])
    rows = {block.index: number for number, block in enumerate(content.document.blocks, 1)}
    for segment, translation in zip(content.segments, content.translations, strict=True):
        texts = (segment.source, translation.text, "; ".join(found[segment.id]))
        head = (segment.id, rows[segment.block], kinds[segment.block].value)
        writer.writerow([*head, *(harmless(text) for text in texts)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def _plain(row: Row, text: str) -> str:
    if row.kind is BlockKind.LIST_ITEM:
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
