"""CSV and TSV: text in, data out; entries in, text out.

The first row names the columns, in any order; the separator is a comma, a semicolon or a tab. A
file of two columns needs no names. Lists (variants, alternatives, forbidden) are parted by "|", a
backslash takes the mark behind it as it is.

A spreadsheet program runs a cell that looks like a formula. An apostrophe is therefore written
before what could begin one (OWASP, "CSV Injection"), after a separator inside a cell too, and taken
away again when the file is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from pipeline.errors import GlossaryError
from pipeline.glossary.entries import LISTS, MAX_ENTRIES
from pipeline.glossary.formats.text import GlossaryText, fields
from pipeline.text import did_you_mean
from pipeline.yamlfile import Lines

COLUMNS: Final = (
    "source",
    "target",
    "kind",
    "variants",
    "alternatives",
    "forbidden",
    "case",
    "note",
    "scope",
)
# What people call the columns.
_NAMES: Final = {name: name for name in COLUMNS} | {
    **dict.fromkeys(("fr", "french", "français", "source term"), "source"),
    **dict.fromkeys(("en", "english", "anglais", "target term", "translation"), "target"),
    **dict.fromkeys(("notes", "comment", "comments"), "note"),
}
_MOST_HEADING: Final = 10_000  # characters that are looked at for the separator
_SEPARATORS: Final = "\t;,"
_BEFORE: Final = r"((?:^|[,;\t])[ \"]*)"
_RISKY: Final = r"(?='*[=+\-@＝＋－＠|%])"
_UNSAFE: Final = re.compile(_BEFORE + _RISKY)
_GUARDED: Final = re.compile(_BEFORE + "'" + _RISKY)
_PART: Final = re.compile(r"(?:\\.|[^|\\])+|\\$|(?<=\|)(?=\||$)", re.DOTALL)


def parse(text: str, name: str) -> tuple[object, Lines]:
    """Parse a table; raises GlossaryError with the line where it is not one."""
    lines: Lines = {}
    entries: list[dict[str, object]] = []
    rows = _rows(text, name)
    first = next(rows, None)
    if first is None:
        raise GlossaryError(
            "the table is empty", "write columns named source and target", where=f"{name}:1"
        )
    columns = _columns(first[1], name)
    if columns is None:
        columns = ["source", "target"]
        rows = _rows(text, name)
    for line, cells in rows:
        while not cells[-1].strip():
            cells.pop()
        if len(cells) > len(columns):
            raise GlossaryError(
                f"this row has {len(cells)} cells for {len(columns)} columns",
                "put a text that holds the separator in double quotes",
                where=f"{name}:{line}",
            )
        if len(entries) > MAX_ENTRIES:
            break
        lines["entries", len(entries)] = line
        entries.append(_entry(dict(zip(columns, cells, strict=False))))
    title = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or "Glossary"
    return {"name": title[:100], "entries": entries}, lines


def write_csv(text: GlossaryText) -> str:
    """Write a glossary as CSV (RFC 4180), every cell in quotes."""
    return _written(text, ",")


def write_tsv(text: GlossaryText) -> str:
    """Write a glossary as a table parted by tabs."""
    return _written(text, "\t")


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_GUARDED.sub(r"\1", cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise GlossaryError(
            f"this row cannot be read ({error})", "check its quotes", where=f"{name}:{line}"
        ) from None


def _separator(text: str) -> str:
    """The mark that parts most columns whose names are known, else most cells, in the first row."""
    first = next((line for line in text.splitlines() if line.strip()), "")[:_MOST_HEADING]

    def columns(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=separator))
        return sum(cell.strip().casefold() in _NAMES for cell in cells), len(cells)

    return max(_SEPARATORS, key=columns)


def _columns(cells: list[str], name: str) -> list[str] | None:
    """The columns that a first row names; None where it is the first of two columns of words."""
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) == 2 and not any(cell in _NAMES for cell in names):
        return None
    for cell in names:
        if cell not in _NAMES:
            advice = did_you_mean(cell, _NAMES, f"columns: {', '.join(COLUMNS)}")
            raise GlossaryError(f"unknown column {cell[:40]!r}", advice, where=f"{name}:1")
    columns = [_NAMES[cell] for cell in names]
    for column in columns:
        if columns.count(column) > 1:
            raise GlossaryError(
                f"the column {column!r} is given twice", "keep one", where=f"{name}:1"
            )
    return columns


def _entry(cells: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for column, cell in cells.items():
        if column in LISTS and cell.strip():
            values[column] = [re.sub(r"\\(.)", r"\1", part) for part in _PART.findall(cell)]
        elif cell.strip():
            values[column] = cell.strip().lower() if column in ("kind", "case") else cell
    return values


def _written(text: GlossaryText, separator: str) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for entry in text.entries:
        values = fields(entry)
        writer.writerow(_UNSAFE.sub(r"\1'", _cell(values.get(column, ""))) for column in COLUMNS)
    return stream.getvalue()


def _cell(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    return "|".join(re.sub(r"([|\\])", r"\\\1", part) for part in value)
