"""A Markdown text in; the same, spaces in the place of HTML comments, out.

CommonMark takes a comment for text where it begins inside a paragraph and goes on past an empty
line, or never ends. Its author hid it all the same. Comments shown in code are code.
"""

from __future__ import annotations

import re

from pipeline.documents.inline import Mender

_OPENING = r"(?<!\\)<!--|`+|^[ >\t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(?P<fence>`{3,}|~{3,})"
_START = re.compile(_OPENING, re.M)
# What editors of Markdown hide or strike out besides: %%notes%%, ~~words~~, {>>remarks<<},
# {--words--}, {~~old~>new~~}. It ends in its paragraph; notes of their own lines may go on.
_STRUCK = {
    "{>>": ("<<}", "comment"),
    "{--": ("--}", "deleted"),
    "{~~": ("~>", "deleted"),
    "~~": ("~~", "deleted"),
    "%%": ("%%", "comment"),
}
_ALL = re.compile(
    rf"{_OPENING}|(?P<struck>(?<!\\)(?:\{{>>|\{{--|\{{~~|(?<!~)~~(?=[^~\s])|%%(?=\S|$)))", re.M
)
# What stands around words that were put in ({++…++}, {~~…~>…~~}) or that somebody marked.
_AROUND = re.compile(r"\{(?P<sign>\+\+|==)(?P<words>.*?)(?P=sign)\}|~~\}", re.DOTALL)
_END = re.compile(r"--!?>|(?<=<!--)-?>")
_EMPTY_LINE = re.compile(r"\n[ \t>]*\n")
_CODE_CHARACTERS = 2_000


def without_comments(text: str, mender: Mender, markdown: bool = False) -> str:
    """Put spaces in the place of the comments of a text, and count them.

    One that never ends takes the rest of the text where it begins a line, else of its paragraph.
    What only ``markdown`` hides or strikes out goes too.
    """
    start = _ALL if markdown else _START
    kept, done, place, closable = [], 0, 0, True
    while found := start.search(text, place):
        if found["fence"]:
            place = _fence_end(text, found)
        elif found[0][0] == "`":
            place = _code_end(text, found)
        elif markdown and found["struck"]:
            ending, code = _STRUCK[found[0]]
            end = _struck_end(text, found, ending)
            place = end or found.end()
            if end:
                kept += [text[done : found.start()], " " * (end - found.start())]
                done = end
                mender.count(code, _TITLES[code], "left out")
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


def without_signs(text: str) -> str:
    """Take from a text the signs around words that were put in or marked; the words stay."""
    return _AROUND.sub(lambda match: match["words"] or "", text)


_TITLES = {"comment": "comment", "deleted": "deleted passage"}


def _struck_end(text: str, opening: re.Match[str], ending: str) -> int:
    """Give where what is struck out ends, 0 where it does not: then it is text."""
    end = text.find(ending, opening.end())
    alone = ending == "%%" and not text[text.rfind("\n", 0, opening.start()) + 1 : opening.start()]
    parted = None if alone or end < 0 else _EMPTY_LINE.search(text, opening.end(), end)
    return 0 if end < 0 or parted else end + len(ending)


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
