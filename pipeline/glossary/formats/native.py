"""The native format, YAML: text in, data out; entries in, text out, with the comments of people.

An entry that stays as it is keeps its own lines, and every entry the comment lines above it. Layout
is only read from the usual one, a block list under ``entries:``; whatever comes out is read again
and written plainly where it would not say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.errors import GlossaryError
from pipeline.glossary.entries import GlossaryFile, read_entries
from pipeline.glossary.formats.text import GlossaryText, Written, fields
from pipeline.model import Entry, EntryKind
from pipeline.yamlfile import Lines, parse_yaml

_INDENT: Final = "  "
_NONE: Final = f"{_INDENT}[]\n"
# Letters, then letters, digits and marks that mean nothing in YAML, not even in a list.
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w.’()/]|[ -](?=[\w(]))*")
_WORDS: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ENTRIES: Final = re.compile(r"entries:\s*(#.*)?")


def parse(text: str, name: str) -> tuple[object, Lines]:
    """Parse YAML; see ``pipeline.yamlfile``."""
    return parse_yaml(text, name, GlossaryError)


def write(text: GlossaryText) -> str:
    """Write a glossary as YAML."""
    head = text.head or _head(text.name, text.description)
    rows = [row.above + (row.text or entry_lines(row.entry)) for row in text.rows]
    laid_out = head + "".join(_indented(row) for row in rows) + text.tail
    if _says(laid_out, text):
        return laid_out
    plain = "".join(_indented(entry_lines(entry)) for entry in text.entries)
    return _head(text.name, text.description) + (plain or _NONE)


def write_proposals(name: str, rows: Sequence[tuple[Entry, str]], advice: str) -> str:
    """Write entries for people to edit, each below a comment; one without a target has none yet."""
    head = f"# {advice}\n{_head(name, '')}"
    items = "".join(_indented(f"# {said}\n{entry_lines(entry)}") for entry, said in rows)
    return head + (items or _NONE)


def entry_lines(entry: Entry) -> str:
    """The lines of one entry, a list item without indentation."""
    values = fields(entry)
    lines = [f"{key}: {_value(value)}" for key, value in values.items()]
    if "target" not in values and entry.kind is not EntryKind.KEEP:
        lines.insert(1, "target:")
    return "- " + "\n  ".join(lines) + "\n"


def with_layout(file: GlossaryFile, text: str) -> GlossaryText:
    """Give the entries of a valid file with the words around them, as they stand in its text."""
    return _laid_out(file, text.splitlines()) or GlossaryText.of(
        file.name, file.description, file.entries
    )


def _laid_out(file: GlossaryFile, lines: Sequence[str]) -> GlossaryText | None:
    starts = [_item_start(lines, entry.line - 1) for entry in file.entries]
    if not starts or -1 in starts or len(set(starts)) < len(starts):
        return None
    indents = {len(lines[start]) - len(lines[start].lstrip()) for start in starts}
    opening = next((i for i in range(starts[0]) if _ENTRIES.fullmatch(lines[i])), None)
    if len(indents) > 1 or opening is None:
        return None
    indent = indents.pop()
    rows, above = [], opening + 1
    for entry, start, following in zip(
        file.entries, starts, [*starts[1:], len(lines)], strict=True
    ):
        end = max(i for i in range(start, following) if i == start or _belongs(lines[i], indent))
        comment, own = _block(lines[above:start], indent), _block(lines[start : end + 1], indent)
        rows.append(Written(entry, comment, own))
        above = end + 1
    head, tail = lines[: opening + 1], lines[above:]
    return GlossaryText(file.name, file.description, tuple(rows), _block(head), _block(tail))


def _item_start(lines: Sequence[str], line: int) -> int:
    """The line with the dash of the item whose mapping begins on a line, or -1."""
    if line >= len(lines):
        # The file has been changed since its entries were read.
        return -1
    while line > 0 and (not lines[line].strip() or lines[line].lstrip().startswith("#")):
        line -= 1
    for start in (line, line - 1):
        if start >= 0 and (lines[start].lstrip().startswith("- ") or lines[start].strip() == "-"):
            return start
    return -1


def _belongs(line: str, indent: int) -> bool:
    """Whether a line after an item's first says something of the item: it is indented further."""
    inside = len(line) - len(line.lstrip()) > indent
    return inside and bool(line.strip()) and not line.lstrip().startswith("#")


def _block(lines: Sequence[str], indent: int = 0) -> str:
    return "".join(line[min(indent, len(line) - len(line.lstrip())) :] + "\n" for line in lines)


def _indented(text: str) -> str:
    return "".join(_INDENT + line if line.strip() else line for line in text.splitlines(True))


def _says(yaml: str, text: GlossaryText) -> bool:
    """Whether YAML is valid and says the entries of a glossary, in order."""
    try:
        found = read_entries(*parse(yaml, "glossary"), Path("glossary"))
    except GlossaryError:
        return False
    bare = [replace(entry, file="", line=0) for entry in found.entries]
    wanted = [replace(entry, file="", line=0) for entry in text.entries]
    return not found.mistakes and found.name == text.name and bare == wanted


def _head(name: str, description: str) -> str:
    lines = [f"name: {_value(name)}"]
    if description:
        lines.append(f"description: {_value(description)}")
    return "\n".join([*lines, "", "entries:", ""])


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    return _scalar(value)


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    return text if plain else "'" + text.replace("'", "''") + "'"
