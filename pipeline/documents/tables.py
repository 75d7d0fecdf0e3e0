"""Lines of text in; the rows of the table that they are, as people paste them, out.

Cells are parted by tabs (spreadsheets), bars, semicolons, or stand under one another in columns of
spaces; rules may be drawn between rows, with the signs of a keyboard or those made for boxes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.documents.lines import one_line

# Without a word it is none: « * * * » parts scenes.
LIST_ITEM = re.compile(
    r"(?P<marker>[-*•‣·▪◦]|\d{1,3}[.)]|(?:[a-z]|[ivx]{2,5})\))[ \t]+(?P<text>(?=.*\w)\S.*)",
    re.DOTALL,
)
# What word processors set before a tab at the head of an item besides: « o⇥ », « –⇥ », « a.⇥ ».
_TYPED_MARK = re.compile(
    r"[o§–—●○■□➢➤→✓\uf0a7\uf0b7\uf0d8]|\(?(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,2})[.)°]"
    r"|\d{1,2}(?:\.\d{1,2})+\.?"
)
# The line of a row, -1 where it has several, and its cells.
Row = tuple[int, tuple[str, ...]]
# Between tabs, a longer stretch is no cell but prose with a tab in it.
_CELL_CHARS = 60
# A rule may have been made one dash by a program that sets dashes.
RULE = re.compile(r"[|\s:+]*+[–—-][|\s:+–—-]*+")
_GRID_RULE = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_DASHES = re.compile(r"\s*-{2,}(?:\s+-{2,})+\s*")
_NUMBER = re.compile(r"[-+−]?[\d\s.,]*\d[\s%€$£°]*|[-–—]")
_BOXES = str.maketrans(
    {
        **dict.fromkeys("│┃║", "|"),
        **dict.fromkeys("─━═", "-"),
        **dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛", "+"),
    }
)
# A cell of a spreadsheet with line breaks in it is copied between quotation marks.
_OPEN_QUOTE = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*$')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_MOST_LINES = 8


# How many lines are looked at first: else each line of a text would be read with all after it.
_FIRST_LINES = 64


def table_at(lines: Sequence[str], place: int) -> tuple[list[Row], int]:
    """Do what ``table_in`` does at a line; linear over all the lines of a text."""
    size = _FIRST_LINES
    best: tuple[list[Row], int] = [], 0
    while True:
        found = table_in(lines[place : place + size])
        if found[1] <= best[1]:
            return best
        best = found
        if best[1] < size or place + size >= len(lines):
            return best
        size *= 2


def table_in(lines: Sequence[str]) -> tuple[list[Row], int]:
    """Give the rows of the table that begins with the first line, and how many lines it takes."""
    for find in (_sheet, _drawn, _barred, _dashed, _columns, _semicolons):
        rows, length = find(lines)
        if length:
            return rows, length
    return [], 0


def without_end(line: str) -> str:
    """Give a line without the space at its end; tabs stay, which tell that a row goes on."""
    text = line.rstrip()
    end = line[len(text) :]
    return text + end[: end.rfind("\t") + 1]


def _while(
    lines: Sequence[str], split: Callable[[str], tuple[str, ...] | None]
) -> Iterator[tuple[str, ...]]:
    for line in lines:
        row = split(line)
        if row is None:
            return
        yield row


def _sheet(lines: Sequence[str]) -> tuple[list[Row], int]:
    rows: list[Row] = []
    place = 0
    while place < len(lines):
        line, length = lines[place], 1
        if _OPEN_QUOTE.search(line):
            line, length = _closed(lines[place : place + _MOST_LINES])
        row = _tabbed(line, bool(rows)) or (_subhead(line) if rows else None)
        if row is None:
            break
        rows.append((place if length == 1 else -1, row))
        place += length
    if all(not row[0] for _, row in rows):
        rows = [(number, row[1:]) for number, row in rows]  # all are indented
    return rows, place


def _closed(lines: Sequence[str]) -> tuple[str, int]:
    """Give a line with those that the quotation marks of its last cell take in."""
    whole = lines[0]
    for length, line in enumerate(lines[1:], 2):
        whole += f" {line}"
        if whole.count('"') % 2 == 0:
            return (whole, length) if "\t" in whole else (lines[0], 1)
    return lines[0], 1


def _tabbed(line: str, goes_on: bool) -> tuple[str, ...] | None:
    """Part a row at its tabs; a tab before all others leaves the first cell empty.

    ``goes_on``: rows stand above it.
    """
    corner = ("",) if line[:1] == "\t" else ()
    body = line[1:] if corner else line.strip(" ")
    found = tuple(one_line(cell) for cell in body.rstrip(" \t").split("\t"))
    if len(found) < 2 or (len(found) == 2 and _is_item(line, found, goes_on)):
        return None
    prose = len(found) == 2 and all(len(cell) > _CELL_CHARS for cell in found)
    if prose or sum(map(bool, found)) < 2:
        return None
    return (*corner, *map(_unquoted, found))


def _is_item(line: str, found: Sequence[str], in_table: bool) -> bool:
    """Whether a tab stands but between the mark of a list and its text, which has a word."""
    if LIST_ITEM.fullmatch(line.strip()):
        return True
    return (
        not in_table and bool(_TYPED_MARK.fullmatch(found[0])) and any(map(str.isalpha, found[1]))
    )


def _subhead(line: str) -> tuple[str] | None:
    """Take a row of which the first cell alone is filled, as the tabs after it tell."""
    text = one_line(line)
    is_cell = line[:1] != "\t" and line.endswith("\t") and "\t" not in line.strip()
    return (_unquoted(text),) if is_cell and len(text) <= _CELL_CHARS else None


def _unquoted(cell: str) -> str:
    match = _QUOTED.fullmatch(cell)
    return match[1].replace('""', '"').strip() if match else cell


def _drawn(lines: Sequence[str]) -> tuple[list[Row], int]:
    """Find a table with rules of ``+---+`` or of box signs; a row may take several lines."""
    groups: list[list[tuple[int, tuple[str, ...]]]] = []
    length = 0
    for number, line in enumerate(lines):
        plain = line.strip().translate(_BOXES)
        if _GRID_RULE.fullmatch(plain):
            groups.append([])
        elif groups and plain.startswith("|") and plain.endswith("|") and len(plain) > 1:
            groups[-1].append((number, tuple(map(one_line, plain[1:-1].split("|")))))
        else:
            break
        length = number + 1
    body = [group for group in groups if group]
    if not body or len(groups) < 2:
        return [], 0
    # A rule below every row: its lines are one row. Else each line is one.
    ruled = len(body) > 2 or all(len(group) == 1 for group in body)
    rows: list[Row] = []
    for group in body:
        for number, cells in group:
            goes_on = rows and number != group[0][0] and (ruled or not cells[0])
            if goes_on and len(cells) == len(rows[-1][1]):
                above = rows[-1][1]
                joined = (f"{a} {b}".strip() for a, b in zip(above, cells, strict=True))
                rows[-1] = -1, tuple(joined)
            else:
                rows.append((number, cells))
    return rows, length


def _barred(lines: Sequence[str]) -> tuple[list[Row], int]:
    found = list(_while(lines, _piped))
    ruled = any(RULE.fullmatch(line) for line in lines[: len(found)])
    kept = [(number, row) for number, row in enumerate(found) if not RULE.fullmatch(lines[number])]
    return (kept, len(found)) if ruled and len(kept) > 1 else ([], 0)


def _piped(line: str) -> tuple[str, ...] | None:
    if "|" not in line and not RULE.fullmatch(line):
        return None
    return tuple(map(one_line, line.strip().removeprefix("|").removesuffix("|").split("|")))


def _dashed(lines: Sequence[str]) -> tuple[list[Row], int]:
    """Find a table whose columns are as wide as the dashes below its head, or above its rows."""
    at = next((n for n, line in enumerate(lines[:3]) if _DASHES.fullmatch(line)), -1)
    if at < 0 or (at == 2 and not _DASHES.fullmatch(f"-- {lines[0].strip()}")):
        return [], 0
    starts = [match.start() for match in re.finditer("-+", lines[at])]
    ends = [*starts[1:], None]
    rows: list[Row] = []
    length = 0
    for number, line in enumerate(lines):
        length = number + 1
        if RULE.fullmatch(line):
            if number > at and rows and number == len(lines) - 1:
                break
            continue
        first = 0 if number < at else starts[0]
        cells = [line[start:end] for start, end in zip([first, *starts[1:]], ends, strict=True)]
        if any(start and line[start - 1 : start].strip() for start in starts[1:]):
            return [], 0  # a word goes over the edge of a column
        rows.append((number, tuple(map(one_line, cells))))
    return (rows, length) if len(rows) > 1 else ([], 0)


def _columns(lines: Sequence[str]) -> tuple[list[Row], int]:
    for gap, holds in ((" {3,}", _aligned), (" {2,}", _figures)):
        found: list[tuple[str, ...]] = []
        for row in _while(lines, lambda line, gap=gap: _spaced(line, gap)):  # type: ignore[misc]
            if found and len(row) != len(found[0]):
                break
            found.append(row)
        if len(found) > 1 and holds(lines[: len(found)], found):
            return list(enumerate(found)), len(found)
    return [], 0


def _spaced(line: str, gap: str) -> tuple[str, ...] | None:
    found = tuple(map(one_line, re.split(gap, line.strip())))
    short = all(len(cell) <= _CELL_CHARS for cell in found)
    return found if len(found) > 1 and short and not LIST_ITEM.fullmatch(line.strip()) else None


def _aligned(lines: Sequence[str], _rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the second cells of lines stand under one another, by their left or right edge."""
    gaps = [[match.span() for match in re.finditer(r" {3,}|$", line.strip())] for line in lines]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    pairs = list(zip(gaps, indents, strict=True))
    starts = {spans[0][1] + indent for spans, indent in pairs}
    ends = {spans[1][0] + indent for spans, indent in pairs}
    return len(starts) == 1 or len(ends) == 1


def _figures(_lines: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether all but a head and the first cells of rows are figures."""
    return len(rows[0]) > 2 and all(_NUMBER.fullmatch(cell) for row in rows[1:] for cell in row[1:])


def _semicolons(lines: Sequence[str]) -> tuple[list[Row], int]:
    """Find the rows of a spreadsheet's text file; prose has a space around its semicolons."""

    def split(line: str) -> tuple[str, ...] | None:
        cells = line.strip().split(";")
        prose = re.search(r"\s;|;\s", line) or any(len(cell) > _CELL_CHARS for cell in cells)
        return None if prose or len(cells) < 2 else tuple(map(one_line, cells))

    found: list[tuple[str, ...]] = []
    for row in _while(lines, split):
        if found and len(row) != len(found[0]):
            break
        found.append(row)
    enough = len(found) > 1 and len(found) * len(found[0]) > 5
    return (list(enumerate(found)), len(found)) if enough else ([], 0)
