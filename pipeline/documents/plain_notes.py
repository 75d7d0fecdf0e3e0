"""Blocks of plain text in; the same with notes told apart, and points that call for them, out.

Notes are lines that begin with a sign — ``[1]``, ``[^1]``, ``(1)``, ``¹``, ``*`` — that stands in
the text above them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents.weave import weave
from pipeline.model import Block, BlockKind, InlineKind, InlineMark

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LOWERED = {value: key for key, value in _RAISED.items()}
_SIGN = r"\[\^?(?:\d{1,3}|[a-z*])\]|\(\d{1,2}\)|[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|[†‡]"
_DEFINITION = re.compile(rf"(?P<sign>{_SIGN})(?P<colon>:?)\s*(?P<text>(?=.*\w)\S.*)", re.DOTALL)
# Not the power of a unit (m²), nor a sum in parentheses after nothing, nor « * * * ».
_CALL = re.compile(rf"(?<=[^\s(\[*])(?<!\bm)(?<!\b[kcdmh]m)\s?(?P<sign>{_SIGN})(?![\w⁰¹²³⁴-⁹*])")


# Figures that lost how they were raised: « le budget1. », « fin.2 »; not H1N1, Covid19, mp3.
_LOWERED_CALL = re.compile(
    r"(?:(?<=[a-zà-öø-ÿœ]{3})|(?<=\w[)\]])|(?P<stop>(?<=[a-zà-öø-ÿœ][.!?…»”\"])|(?<=\s[»”])))"
    r"(?P<number>\d{1,2})(?=[\s.,;:!?…)»”]|\Z)(?![.,]\d)"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2})\.?[ \u00a0](?P<text>(?=.*[^\W\d_]).*)", re.DOTALL)
_LAST_CALL = re.compile(rf"(?:\s?(?:{_SIGN})|(?<=[.!?…»”])\d{{1,2}})+\Z")


def without_last_call(line: str) -> str:
    """Give a line without the calls for notes at its end, which hide how it ends."""
    return _LAST_CALL.sub("", line)


def with_notes(blocks: Sequence[Block]) -> list[Block]:
    """Give the blocks, their notes and calls told apart; a sign that nothing explains is text."""
    blocks = _raised(blocks)
    calls: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for call in _CALL.finditer(block.text):
            calls.setdefault(call["sign"], index)
    notes = {
        index: (match["sign"], match["text"])
        for index, block in enumerate(blocks)
        if (match := _DEFINITION.fullmatch(_whole(block)))
        if calls.get(match["sign"], index) < index
    }
    known = {sign for sign, _ in notes.values()}
    made = []
    for index, block in enumerate(blocks):
        if index in notes:
            sign, text = notes[index]
            block = Block(0, BlockKind.NOTE, text, marker=_label(sign))
        made.append(_pointed(block, known) if known else block)
    return made


def _raised(blocks: Sequence[Block]) -> Sequence[Block]:
    """Raise the figures again that call for the last blocks, where these are numbered from 1 on.

    Every one must be called for above, in order: else figures are just figures.
    """
    first = len(blocks)
    while first and _NUMBERED.match(_whole(blocks[first - 1])):
        first -= 1
    found = [_NUMBERED.match(_whole(block)) for block in blocks[first:]]
    notes = [match for match in found if match]
    calls = [call for block in blocks[:first] for call in _LOWERED_CALL.finditer(block.text)]
    numbers = [match["number"] for match in notes]
    counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    if not notes or not counted or [call["number"] for call in calls] != numbers:
        return blocks
    if len(notes) == 1 and not calls[0]["stop"]:
        return blocks
    above = [
        replace(
            block,
            text=_LOWERED_CALL.sub(lambda call: call["number"].translate(_LOWERED), block.text),
        )
        for block in blocks[:first]
    ]
    below = [
        Block(0, BlockKind.PARAGRAPH, f"{match['number'].translate(_LOWERED)} {match['text']}")
        for match in notes
    ]
    return [*above, *below]


def _whole(block: Block) -> str:
    starred = block.kind is BlockKind.LIST_ITEM and block.marker == "*"
    numbered = block.kind is BlockKind.LIST_ITEM and block.marker[:1].isdigit()
    return f"{block.marker} {block.text}" if starred or numbered else block.text


def _label(sign: str) -> str:
    return sign.strip("[]()^").translate(_RAISED)


def _pointed(block: Block, known: set[str]) -> Block:
    text, marks, place = "", list[InlineMark](), 0
    for match in _CALL.finditer(block.text):
        if match["sign"] in known:
            text += block.text[place : match.start()]
            label = _label(match["sign"])
            marks.append(InlineMark(InlineKind.NOTE, len(text), len(text), label))
            place = match.end()
    return replace(block, text=text + block.text[place:], marks=tuple(marks))


def called(text: str, marks: Sequence[InlineMark], form: str) -> str:
    """Give a text with its calls for notes as signs of a form; see ``form_of``."""
    return weave(
        text,
        [mark for mark in marks if mark.kind is InlineKind.NOTE],
        lambda mark: (sign(mark.value, form), ""),
        lambda stretch: stretch,
    )


def sign(label: str, form: str) -> str:
    """Give the sign of a note."""
    if not label.isdigit():
        return label if label in "*†‡**" else f"[{label}]"
    return label.translate(_LOWERED) if form == "¹" else form.replace("1", label)


def form_of(text: str) -> str:
    """Give how the notes of a text are signed: "[^1]", "[1]", "(1)" or "¹"."""
    lines = [match["sign"] for line in text.split("\n") if (match := _DEFINITION.match(line))]
    for form, opening in (("[^1]", "[^"), ("[1]", "["), ("(1)", "(")):
        if any(each.startswith(opening) for each in lines):
            return form
    return "¹"
