"""An ``EditionContent`` and the bytes it was read from in; the same document in English out.

Or in both languages: each paragraph above its English.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from pipeline.documents.project import marks_within, projected
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import rewritten
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    EditionContent,
    InlineKind,
    InlineMark,
    Segment,
)

NAME = "original"
TITLE = "the text's own document, in English"


def original(
    content: EditionContent, data: bytes, encoding: str, bilingual: bool = False
) -> tuple[str, bytes]:
    """Return the file's name and bytes; raises UsageError where the format has no writer."""
    name = content.provenance.input_name
    made = rewritten(name, data, encoding, list(_targets(content)), bilingual)
    languages = "fr-en" if bilingual else "en"
    return f"edition.{languages}{PurePath(name).suffix.lower()}", made


def _targets(content: EditionContent) -> Iterator[EnglishBlock]:
    translations = {each.segment_id: each.text for each in content.translations}
    segments: dict[int, list[Segment]] = defaultdict(list)
    for segment in content.segments:
        segments[segment.block].append(segment)
    titles = _titles(content.document)
    for block in content.document.blocks:
        target = _target(block, segments[block.index], translations)
        yield replace(target, front=titles.get(block.index, ""))


def _titles(document: Document) -> dict[int, str]:
    """Give which of the first blocks is which title, in the order in which reading puts them."""
    blocks, front = document.blocks, document.front
    found: dict[int, str] = {}
    for name, text in (
        ("title", document.title),
        ("subtitle", front.subtitle),
        ("kicker", front.kicker),
    ):
        block = blocks[len(found)] if len(found) < len(blocks) else None
        heads = name != "title" or (block and block.kind is BlockKind.HEADING)
        if block and heads and block.text == text:
            found[block.index] = name
    return found


def _target(block: Block, segments: list[Segment], translations: dict[str, str]) -> EnglishBlock:
    text, place = "", 0
    marks: list[InlineMark] = []
    for segment in segments:
        gap = block.text[place : segment.start]
        text += gap or (" " if text else "")
        english = translations[segment.id]
        own = list(marks_within(block.marks, segment))
        for mark in projected(segment.source, english, own):
            start, end = mark.start + len(text), mark.end + len(text)
            marks.append(InlineMark(mark.kind, start, end, mark.value))
        text += english
        place = segment.end
    text += block.text[place:]
    return EnglishBlock(block, text, tuple(_merged(text, marks)))


def _merged(text: str, marks: Iterable[InlineMark]) -> Iterator[InlineMark]:
    """Join the pieces of a mark that went over several sentences."""
    last: dict[tuple[InlineKind, str], InlineMark] = {}
    found: list[InlineMark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        key = mark.kind, mark.value
        before = last.get(key)
        if (
            before
            and mark.kind is not InlineKind.NOTE
            and not text[before.end : mark.start].strip()
        ):
            joined = InlineMark(mark.kind, before.start, max(before.end, mark.end), mark.value)
            found[found.index(before)] = last[key] = joined
        else:
            found.append(mark)
            last[key] = mark
    yield from sorted(found, key=lambda each: (each.start, -each.end))
