"""Subtitles (SRT, WebVTT) in, a draft out: sentences that go on over several cues are one block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.documents.decoding import readable
from pipeline.documents.draft import Draft, numbered
from pipeline.documents.elements import VOID, styles_of
from pipeline.documents.inline import Mender, Stretch, Style, flow
from pipeline.documents.lines import ends_a_line
from pipeline.documents.markup import pieces
from pipeline.errors import InputError
from pipeline.model import Block, BlockKind

_TIMES = re.compile(
    r"[ \t]*(?P<start>(?:\d+:)?\d\d:\d\d[,.]\d{1,3})[ \t]*-->[ \t]*"
    r"(?P<end>(?:\d+:)?\d\d:\d\d[,.]\d{1,3})[^\n]*"
)
# When a word of a cue of WebVTT is due, which English has no place for: <00:00:01.500>.
_DUE = re.compile(r"<(?:\d+:)?\d\d:\d\d\.\d{1,3}>")
POSITION = re.compile(r"\{\\[^}\n]*\}")
# Who speaks, in WebVTT: <v Marie>, <v.loud Marie>.
VOICE = re.compile(r"<v[.\s][^>\n]*>")
_TAG = re.compile(r"<[^>\n]*>")
_SPEECH = re.compile(r"[-–—]\s?\S")
# A sentence over more cues, or over a longer silence, is not put together.
_MOST_CUES = 5
_SILENCE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Cue:
    """Text on the screen at one time: ``spans`` are the places of its lines in the source."""

    start: float
    end: float
    label: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """A block, and the stretches of the source that it stands in, each the lines of one cue."""

    block: Block
    spans: tuple[tuple[tuple[int, int], ...], ...]


def read_subtitles(data: bytes, encoding: str) -> Draft:
    """Read subtitles; their times stay as they are."""
    text, notices = readable(data, encoding)
    mender = Mender()
    captions = list(captions_of(text, mender))
    if not captions:
        raise InputError("it holds no cues", "save it again as SRT or WebVTT")
    return Draft(
        numbered(caption.block for caption in captions), notices=(*notices, *mender.notices())
    )


def captions_of(text: str, mender: Mender) -> Iterator[Caption]:
    """Give the blocks of clean subtitles in order, and where they stand."""
    group: list[tuple[Cue, tuple[tuple[int, int], ...], list[Stretch]]] = []
    for cue in cues_of(text):
        for spans in _speeches(text, cue):
            stretches = list(_stretches(text, spans))
            if group and (
                len(group) >= _MOST_CUES
                or cue.start - group[-1][0].end > _SILENCE_SECONDS
                or _voice(text, spans) not in ("", _voice(text, group[-1][1]))
                or ends_a_line(_words(group[-1][2]), _words(stretches))
            ):
                yield from _caption(group, mender)
                group = []
            group.append((cue, spans, stretches))
    yield from _caption(group, mender)


def cues_of(text: str) -> Iterator[Cue]:
    """Give the cues of subtitles; comments, styles and regions of WebVTT are none.

    An empty line ends a cue of WebVTT; in SRT text goes on behind those that somebody left there.
    """
    is_web = text.startswith("WEBVTT")
    place = 0
    lines = text.split("\n")
    starts = []
    for line in lines:
        starts.append(place)
        place += len(line) + 1
    number = 0
    while number < len(lines):
        times = _TIMES.fullmatch(lines[number])
        number += 1
        if times is None:
            continue
        spans = []
        while number < len(lines) and not _TIMES.fullmatch(lines[number]):
            if lines[number].strip():
                spans.append((starts[number], starts[number] + len(lines[number])))
            elif is_web:
                break
            number += 1
        # The number of the next cue stands right above its times.
        if spans and _TIMES.match(text, spans[-1][1] + 1) and _is_number(text, spans[-1]):
            spans.pop()
        yield Cue(_seconds(times["start"]), _seconds(times["end"]), times["start"], tuple(spans))


def _is_number(text: str, span: tuple[int, int]) -> bool:
    return text[slice(*span)].strip().isdecimal()


def _seconds(time: str) -> float:
    parts = [float(part) for part in time.replace(",", ".").split(":")]
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds


def _speeches(text: str, cue: Cue) -> Iterator[tuple[tuple[int, int], ...]]:
    """Part the lines of a cue in which two people speak."""
    spans: list[tuple[int, int]] = []
    for span in (part for line in cue.spans for part in _voices(text, *line)):
        said = text[slice(*span)].strip()
        if spans and (_SPEECH.match(said) or VOICE.match(said)):
            yield tuple(spans)
            spans = []
        spans.append(span)
    if spans:
        yield tuple(spans)


def _voices(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a line where another one begins to speak."""
    for voice in VOICE.finditer(text, start, end):
        before = text[start : voice.start()].rstrip()
        if spoken(before).strip():
            yield start, start + len(before)
            start = voice.start()
    yield start, end


def _voice(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Give the tag that says who speaks in the lines of a cue, "" where none does."""
    found = VOICE.search(text, spans[0][0], spans[0][1])
    return found[0] if found else ""


def _stretches(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[Stretch]:
    styles: list[tuple[str, tuple[Style, ...]]] = []
    for start, end in spans:
        for piece in pieces(_DUE.sub("", POSITION.sub("", text[start:end]))):
            if piece.kind == "text":
                yield Stretch(piece.text, tuple(s for _, each in styles for s in each))
            elif piece.kind == "open" and piece.name not in VOID:
                styles.append((piece.name, styles_of(piece)))
            elif piece.kind == "close":
                styles = [each for each in styles if each[0] != piece.name]
        yield Stretch("\n")


def _words(stretches: list[Stretch]) -> str:
    return "".join(stretch.text for stretch in stretches)


def _caption(
    group: list[tuple[Cue, tuple[tuple[int, int], ...], list[Stretch]]], mender: Mender
) -> Iterator[Caption]:
    if not group:
        return
    text, marks = flow([each for _, _, stretches in group for each in stretches], mender)
    if text:
        block = Block(0, BlockKind.CUE, text, marker=group[0][0].label)
        yield Caption(replace(block, marks=marks), tuple(spans for _, spans, _ in group))


def spoken(text: str) -> str:
    """Give what is shown of a line of a cue: without tags and positions."""
    return _TAG.sub("", POSITION.sub("", text))
