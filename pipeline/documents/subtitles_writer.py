"""Subtitles and the English of their blocks in; the same subtitles in English, times kept, out."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.documents.decoding import readable
from pipeline.documents.inline import Mender
from pipeline.documents.subtitles import POSITION, VOICE, Caption, captions_of, spoken
from pipeline.documents.target import EnglishBlock, paired
from pipeline.documents.weave import weave
from pipeline.model import TARGET_LANGUAGE, InlineKind, InlineMark

_LINE_CHARACTERS = 42
# What the head of WebVTT says of its language, in the lines before the first empty one.
_LANGUAGE = re.compile(r"WEBVTT.*\n(?:.+\n)*?Language:[ \t]*(?P<language>fr(?:-\w+)?)[ \t]*\n")
_TAGS = {InlineKind.EMPHASIS: "i", InlineKind.STRONG: "b"}


def write_subtitles(
    data: bytes, encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English in the place of the French; see ``pipeline.documents.writing``.

    A sentence over several cues is shared out between them as its French was, and who speaks in
    WebVTT stays in each.
    """
    text, _ = readable(data, encoding)
    captions = list(captions_of(text, Mender()))
    own = paired((caption.block for caption in captions), targets)
    edits: list[tuple[int, int, str]] = []
    for caption, target in zip(captions, own, strict=True):
        if target.changed:
            edits += _edits(text, caption, target, bilingual)
    if edits and not bilingual and (said := _LANGUAGE.match(text)):
        edits.append((*said.span("language"), TARGET_LANGUAGE))
    made, done = [], 0
    for start, end, english in sorted(edits):
        made += [text[done:start], english]
        done = end
    newline = "\r\n" if b"\r\n" in data else "\n"
    return "".join((*made, text[done:])).replace("\n", newline).encode()


def _edits(
    text: str, caption: Caption, target: EnglishBlock, bilingual: bool
) -> list[tuple[int, int, str]]:
    lengths = [sum(len(spoken(text[start:end])) for start, end in spans) for spans in caption.spans]
    shares = _shared(target.text, lengths)
    edits = []
    web = text.startswith("WEBVTT")
    kinds = {*_TAGS, *([InlineKind.LANGUAGE] if web else [])}
    for spans, (first, after) in zip(caption.spans, shares, strict=True):
        piece = target.text[first:after]
        marks = [
            replace(mark, start=max(mark.start, first) - first, end=min(mark.end, after) - first)
            for mark in target.marks
            if mark.start < after and mark.end > first and mark.kind in kinds
        ]
        start, end = spans[0][0], spans[-1][1]
        position = found[0] if (found := POSITION.match(text, start, end)) else ""
        said = _spoken(text[start:end], _lines(piece, marks, _escaped if web else str))
        if not bilingual:
            edits.append((start, end, position + said))
        elif said:
            edits.append((end, end, "\n" + said))
    return edits


def _spoken(french: str, english: str) -> str:
    """Give the English to who speaks the French of a cue, if that is said."""
    voice = VOICE.search(french)
    if not voice or not english:
        return english
    return voice[0] + english + ("</v>" if french.rstrip().endswith("</v>") else "")


def _shared(text: str, lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Share a text out in the proportion of lengths, between words.

    Every cue gets some; where there are fewer words than cues, the first ones get one each.
    """
    ends = [place for place, letter in enumerate(text) if letter == " "]
    total, done, place, shares = sum(lengths) or 1, 0, 0, []
    for number, length in enumerate(lengths[:-1], 1):
        done += length
        wanted = done / total * len(text)
        left = len(lengths) - number
        free = [end for end in ends if end > place][: -left + 1 or None]
        soonest = next((end for end in ends if end > place), len(text))
        cut = min(free, key=lambda end: abs(end - wanted), default=soonest)
        shares.append((place, cut))
        place = min(cut + 1, len(text))
    return [*shares, (place, len(text))]


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("&amp;", "&")


def _lines(piece: str, marks: Sequence[InlineMark], escape: Callable[[str], str]) -> str:
    """Give the lines of a cue, with tags; a tag may span lines. SRT knows no entities."""
    wrapped = piece
    if len(piece) > _LINE_CHARACTERS:
        width = max(len(piece) // 2 + 8, 20) if len(piece) <= 2 * _LINE_CHARACTERS else 42
        broken = textwrap.wrap(piece, width, break_long_words=False, break_on_hyphens=False)
        joined = "\n".join(broken)
        # Only spaces became line breaks, so that marks keep their places.
        wrapped = joined if len(joined) == len(piece) else piece

    def tags(mark: InlineMark) -> tuple[str, str]:
        if mark.kind is InlineKind.LANGUAGE:
            return f"<lang {mark.value}>", "</lang>"
        return f"<{_TAGS[mark.kind]}>", f"</{_TAGS[mark.kind]}>"

    return weave(wrapped, marks, tags, escape)
