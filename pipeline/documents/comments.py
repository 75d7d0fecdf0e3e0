"""A Markdown text in; the same, spaces in the place of HTML comments, out.

CommonMark takes a comment for text where it begins inside a paragraph and goes on past an empty
line, or never ends. Its author hid it all the same. Comments shown in code are code.
"""

from __future__ import annotations

import re

from pipeline.documents.inline import Mender

_START = re.compile(
    r"(?<!\\)<!--|`+|^[ >\t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(?P<fence>`{3,}|~{3,})", re.M
)
_END = re.compile(r"--!?>|(?<=<!--)-?>")
_EMPTY_LINE = re.compile(r"\n[ \t>]*\n")
_CODE_CHARACTERS = 2_000


def without_comments(text: str, mender: Mender) -> str:
    """Put spaces in the place of the comments of a text, and count them.

    One that never ends takes the rest of the text where it begins a line, else of its paragraph.
    """
    kept, done, place, closable = [], 0, 0, True
    while found := _START.search(text, place):
        if found["fence"]:
            place = _fence_end(text, found)
        elif found[0][0] == "`":
            place = _code_end(text, found)
        else:
            kept.append(text[done : found.start()])
            opening = found.start()
            closing = _END.search(text, found.end()) if closable else None
            closable = closing is not None
            done = place = closing.end() if closing else _unclosed_end(text, found.start())
            # Spaces in its place keep the places of what follows.
            kept.append(" " * (place - opening))
            mender.count("comment", "comment", "left out")
    return "".join((*kept, text[done:]))


def _fence_end(text: str, opening: re.Match[str]) -> int:
    mark = opening["fence"]
    closing = re.compile(rf"^[ >\t]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.M).search(
        text, opening.end()
    )
    return closing.end() if closing else len(text)


def _code_end(text: str, opening: re.Match[str]) -> int:
    ticks = opening[0]
    limit = min(len(text), opening.end() + _CODE_CHARACTERS)
    if empty := _EMPTY_LINE.search(text, opening.end(), limit):
        limit = empty.start()
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, opening.end(), limit)
    return closing.end() if closing else opening.end()


def _unclosed_end(text: str, start: int) -> int:
    if not text[text.rfind("\n", 0, start) + 1 : start].strip():
        return len(text)
    empty = _EMPTY_LINE.search(text, start)
    return empty.start() if empty else len(text)
