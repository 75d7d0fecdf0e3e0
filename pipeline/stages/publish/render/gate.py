"""An edition's content, then its rows, in; nothing out unless something is lost or doubled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.errors import PublishError
from pipeline.model import Block, EditionContent, Segment
from pipeline.stages.publish.render.view import Row

_REMEDY = "run the job again, and report this if it comes back"
_QUOTED_CHARACTERS = 40


def check_content(content: EditionContent) -> None:
    """Raise PublishError unless blocks, segments, translations, occurrences and findings agree.

    The segments of a block and white space make up the whole block, so that no text is lost.
    """
    _check_segments(content)
    sources = {segment.id: segment.source for segment in content.segments}
    targets = {each.segment_id: each.text for each in content.translations}
    entries = {entry.id for entry in content.entries}
    for occurrence in content.occurrences:
        name = f"occurrence of '{occurrence.surface}'"
        _require(occurrence.segment_id in sources, f"{name} is in no segment")
        _require(occurrence.entry_id in entries, f"{name} belongs to no glossary entry")
        spans = [(occurrence.start, occurrence.end, sources[occurrence.segment_id])]
        if occurrence.target_start is not None and occurrence.target_end is not None:
            target = targets[occurrence.segment_id]
            spans.append((occurrence.target_start, occurrence.target_end, target))
        for start, end, text in spans:
            fits = 0 <= start <= end <= len(text)
            _require(fits, f"{name} lies outside segment {occurrence.segment_id}")
    for finding in content.findings:
        known = finding.segment_id in sources
        _require(known, f"finding '{finding.check}' is about no segment ({finding.segment_id})")


def check_complete(segments: Sequence[Segment], rows: Iterable[Row]) -> None:
    """Raise PublishError unless every segment stands exactly once on both sides, in order."""
    wanted = [segment.id for segment in segments]
    rows = tuple(rows)
    for side in ("source", "target"):
        shown = [each.segment_id for row in rows for each in getattr(row, side).sentences]
        _require(shown == wanted, f"the {side} side does not hold every segment exactly once")


def _check_segments(content: EditionContent) -> None:
    blocks = {block.index: block for block in content.document.blocks}
    _require(len(blocks) == len(content.document.blocks), "two blocks have the same index")
    ids = [segment.id for segment in content.segments]
    _require(len(set(ids)) == len(ids), "a segment stands twice in the text")
    translated = [each.segment_id for each in content.translations]
    _require(translated == ids, "segments and translations do not match one to one")
    inside: dict[int, list[Segment]] = defaultdict(list)
    for segment in content.segments:
        _require(segment.block in blocks, f"segment {segment.id} is in no block")
        inside[segment.block].append(segment)
    for block in content.document.blocks:
        _check_block(block, inside[block.index])


def _check_block(block: Block, segments: Sequence[Segment]) -> None:
    """Raise PublishError unless the segments follow one another and leave out white space alone."""
    ends = [0]
    for segment in segments:
        whole = segment.source == block.text[segment.start : segment.end]
        _require(whole, f"segment {segment.id} is not what its block says")
        _require(segment.start >= ends[-1], f"segment {segment.id} overlaps the one before it")
        ends.append(segment.end)
    starts = [*(segment.start for segment in segments), len(block.text)]
    for start, end in zip(ends, starts, strict=True):
        if left := block.text[start:end].strip():
            quoted = left[:_QUOTED_CHARACTERS] + ("…" if len(left) > _QUOTED_CHARACTERS else "")
            raise _error(f"a part of block {block.index + 1} is in no segment (“{quoted}”)")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise _error(what)


def _error(what: str) -> PublishError:
    return PublishError(f"The edition was not built: {what}", _REMEDY)
