"""Sentences with marks in a line: **strong**, *emphasis*, [link], `code`, the call of a note °."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.model import InlineKind, InlineMark

GOLD = Path(__file__).parent.parent / "data" / "marks.tsv"
_SIGNS = {
    "**": InlineKind.STRONG,
    "*": InlineKind.EMPHASIS,
    "[": InlineKind.LINK,
    "]": InlineKind.LINK,
    "`": InlineKind.CODE,
    "°": InlineKind.NOTE,
}


def parsed(line: str) -> tuple[str, tuple[InlineMark, ...]]:
    """Give a text without its signs, and what they mark; notes are numbered."""
    text, marks, place = "", [], 0
    opened: dict[InlineKind, int] = {}
    notes = 0
    for match in re.finditer(r"\*\*|[*\[\]`°]", line):
        text += line[place : match.start()]
        place = match.end()
        kind = _SIGNS[match[0]]
        if kind is InlineKind.NOTE:
            notes += 1
            marks.append(InlineMark(kind, len(text), len(text), str(notes)))
        elif kind in opened:
            marks.append(InlineMark(kind, opened.pop(kind), len(text)))
        else:
            opened[kind] = len(text)
    assert not opened, line
    return text + line[place:], tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def gold() -> Iterator[tuple[str, str, tuple[InlineMark, ...], tuple[InlineMark, ...]]]:
    """Give the sentences: French, English, and the marks of each."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        french, english = line.split("\t")
        source, marks = parsed(french)
        target, wanted = parsed(english)
        yield source, target, marks, wanted
