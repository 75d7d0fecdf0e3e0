"""An ``EditionContent`` in; a table for spreadsheets, CSV, out: a row a segment. And back."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict

from pipeline.errors import InputError
from pipeline.exchange.returned import Returned
from pipeline.model import EditionContent, Origin

# What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"[\s\u00a0\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n|%]")
_ID, _SOURCE, _TARGET, _NOTE = "id", "français", "english", "note"
# What other programs and people call the columns.
_ALIASES = {
    "fr": _SOURCE,
    "fr-fr": _SOURCE,
    "french": _SOURCE,
    "francais": _SOURCE,
    "source": _SOURCE,
    "en": _TARGET,
    "en-gb": _TARGET,
    "en-us": _TARGET,
    "anglais": _TARGET,
    "target": _TARGET,
    "comment": _NOTE,
    "notes": _NOTE,
}


def csv_table(content: EditionContent) -> bytes:
    """Return a row a segment: id, block, kind, French, English, findings, and if a person wrote it.

    RFC 4180, UTF-8.
    A byte order mark tells spreadsheets the encoding. An apostrophe stands before a text that they
    would take for a formula.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for finding in content.findings:
        found[finding.segment_id].append(f"{finding.severity}: {finding.message}")
    kinds = {block.index: block.kind for block in content.document.blocks}
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow([_ID, "row", "kind", _SOURCE, _TARGET, "findings", "written by"])
    rows = {block.index: number for number, block in enumerate(content.document.blocks, 1)}
    for segment, translation in zip(content.segments, content.translations, strict=True):
        author = "a person" if translation.origin is Origin.PERSON else ""
        texts = (segment.source, translation.text, "; ".join(found[segment.id]), author)
        head = (segment.id, rows[segment.block], kinds[segment.block].value)
        writer.writerow([*head, *(harmless(text) for text in texts)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def read_table(data: bytes, name: str) -> list[Returned]:
    """Read a table with a French and an English column, however a spreadsheet has saved it.

    Raises InputError where it has no such columns or is no table.
    """
    text = _decoded(data)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(
            f"this is no table ({error})", "save it as CSV again", where=name
        ) from None
    columns = [_column(cell) for cell in rows[0]] if rows else []
    if _SOURCE not in columns or _TARGET not in columns:
        raise InputError(
            "the table has no columns for the two texts",
            f"call them {_SOURCE!r} and {_TARGET!r} in its first row",
            where=name,
        )
    found = []
    for row in rows[1:]:
        cells = dict(zip(columns, map(_plain, row), strict=False))
        if cells.get(_SOURCE, "").strip():
            notes = tuple(filter(None, [cells.get(_NOTE, "").strip()]))
            found.append(
                Returned(cells.get(_ID, ""), cells[_SOURCE], cells.get(_TARGET, ""), notes)
            )
    return found


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    # Spreadsheets on Windows save so unless they are told otherwise.
    return data.decode("cp1252", "replace")


def _column(cell: str) -> str:
    name = cell.strip().casefold()
    return _ALIASES.get(name, name)


def _plain(cell: str) -> str:
    """Undo what ``harmless`` did."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
