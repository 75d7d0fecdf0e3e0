"""An edition's content, view and figures in; the quality page, one HTML file, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.documents.project import marks_within, projected
from pipeline.model import BlockKind, EditionContent, InlineMark, Origin, Rank, Severity
from pipeline.stages.publish.figures import Quality
from pipeline.stages.publish.render.html import screen_css
from pipeline.stages.publish.render.plots import number, plotted
from pipeline.stages.publish.render.sides import Piece, set_line, set_pieces
from pipeline.stages.publish.render.templates import digest, fill_trusted, read_asset
from pipeline.stages.publish.render.view import Edition, Note

# Segments shown, worst first: all that must be mended, and of the others this share and number.
_SHARE = 0.2
_FEWEST, _MOST = 10, 100


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a sentence, typeset; ``weak`` where the engine found them improbable."""

    text: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Worst:
    """A segment among the worst: its place, where it stands in the edition, and what is known."""

    place: int
    row: str
    anchor: str
    source: tuple[Words, ...]
    target: tuple[Words, ...]
    notes: tuple[Note, ...]
    facts: str
    reasons: tuple[str, ...]


def render_quality(
    content: EditionContent,
    edition: Edition,
    quality: Quality,
    css: str | None = None,
) -> str:
    """Return the quality page: self-contained, without a script, its policy as the edition's.

    ``css`` is the edition's ``screen_css``, where that was made already.
    """
    severities, ranks = _severities(content), _shown_ranks(content)
    worst = _worst(content, edition, ranks)
    plots = [plotted(each, *_PLOTS[each.id]) for each in quality.distributions]
    css = (screen_css(edition) if css is None else css) + "\n" + read_asset("quality.css")
    policy = (
        f"default-src 'none'; style-src '{digest(css)}'; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return fill_trusted(
        "quality.html",
        css=css,
        script="",
        policy=policy,
        edition=edition,
        quality=quality,
        metrics=content.metrics,
        plots=plots,
        worst=worst,
        left_out=len(ranks) - len(worst),
        severities=severities,
        dismissed=[
            replace(each, message=set_line(each.message, "en")) for each in content.dismissed
        ],
    )


def _severities(content: EditionContent) -> dict[str, int]:
    found = [finding.severity for finding in content.findings]
    return {severity.value: found.count(severity) for severity in Severity}


def _shown_ranks(content: EditionContent) -> list[Rank]:
    """Return the ranks of the segments in question, those first that must be mended.

    What a person wrote, in which nothing was found, is none of them.
    """
    found = {finding.segment_id for finding in content.findings}
    blocked = {each.segment_id for each in content.findings if each.severity is Severity.BLOCK}
    written = {each.segment_id for each in content.translations if each.origin is Origin.PERSON}
    ranks = [each for each in content.ranks if each.segment_id not in written - found]
    return sorted(ranks, key=lambda rank: rank.segment_id not in blocked)


def _worst(content: EditionContent, edition: Edition, ranks: Sequence[Rank]) -> list[Worst]:
    blocks = {block.index: block for block in content.document.blocks}
    segments = {segment.id: segment for segment in content.segments}
    targets = {each.segment_id: each.text for each in content.translations}
    chrf = {
        segment_id: each.chrf
        for each in content.reference_scores
        for segment_id in each.segment_ids
    }
    anchors = {
        sentence.segment_id: sentence.anchor
        for row in edition.rows
        for sentence in row.target.sentences
    }
    notes: defaultdict[str, list[Note]] = defaultdict(list)
    for note in edition.notes:
        notes[note.segment_id].append(note)
    shown = min(max(round(len(content.ranks) * _SHARE), _FEWEST), _MOST)
    worst = []
    for place, rank in enumerate(ranks, 1):
        key = rank.segment_id
        if place > shown and all(note.severity is not Severity.BLOCK for note in notes[key]):
            break
        source, target = segments[key].source, targets[key]
        block = blocks[segments[key].block]
        marks = tuple(marks_within(block.marks, segments[key]))
        french, english = ("", "") if block.kind is BlockKind.CODE else ("fr", "en")
        worst.append(
            Worst(
                place,
                anchors[key].split("-")[0],
                anchors[key],
                tuple(_words(source, marks, rank.lost_words, french)),
                tuple(_words(target, projected(source, target, marks), rank.weak_words, english)),
                tuple(notes[key]),
                _facts(rank, chrf.get(key)),
                tuple(set_line(reason, "en") for reason in rank.reasons),
            )
        )
    return worst


def _words(
    text: str, inline: tuple[InlineMark, ...], weak: Iterable[tuple[int, int]], language: str
) -> list[Words]:
    printed = set_pieces([Piece("", "", text, (), (), "", inline)], language)
    marks = sorted(weak)
    ends = [0, *(place for mark in marks for place in mark), len(text)]
    pieces = [
        Words("".join(printed[start:end]), number % 2 == 1)
        for number, (start, end) in enumerate(pairwise(ends))
    ]
    return [piece for piece in pieces if piece.text]


def _facts(rank: Rank, chrf: float | None) -> str:
    parts = []
    if rank.probability is not None:
        parts.append(f"a serious error with {100 * rank.probability:.0f} %")
    if rank.sureness is not None:
        parts.append(f"sureness {number(rank.sureness)}")
    if rank.percentile is not None:
        parts.append(f"surer than of {rank.percentile:.0f} % of segments")
    if chrf is not None:
        parts.append(f"chrF++ {chrf:.0f}")
    return ", ".join(parts)


_PLOTS = {
    "probability": (
        "How probable a serious error is",
        "Estimated for each segment. Further right is worse; far left is no guarantee.",
        0,
    ),
    "sureness": (
        "How sure the engine was",
        "Mean probability of a segment’s words. Further right is surer; sure is not right.",
        0,
    ),
    "length": (
        "Length of the English",
        "Characters of the English for each of the French. Outliers may lack or add text.",
        1,
    ),
    "chrf": (
        "chrF++ against the reference",
        "Further right is nearer to the reference. A free but good translation can stand far left.",
        0,
    ),
}
