"""Translations with marked errors in; how many of these the findings and the order find, out.

    python -m benchmarks.real_errors FILE.jsonl [--json] [--bins 10]

``benchmarks.marked`` says what a line has. The pairs are judged as they are given: the embedded
engine says how probable it finds them, without a reference and without hints, and the checks, the
order of risk and the estimate are those that a job would get. A segment is serious if it has a
critical or major error.

- recall: of the segments with such errors, the share with a finding of a tier or a graver one;
- auc: how often a serious segment stands before another in the order of risk;
- ece: how far the estimated probability and the share of serious segments differ, in ten bins of
  equal width, and what a perfect estimate would have on as few segments;
- mcc and f1: how well the marked words are those of errors (Matthews correlation, as in WMT's tasks
  on quality estimation), of any severity and of serious ones.

With ``--json`` the last line is one object with the shares at block or look, ``auc``, ``mcc`` and
``ece``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.marked import SERIOUS, Marked, read, touched
from pipeline.checks import CheckProfile
from pipeline.engines import Engine, choose_engine
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Rank,
    Segment,
    Severity,
    Translated,
    Translation,
)
from pipeline.stages.score.stage import checked_and_scored
from pipeline.stages.translate.suggestions import as_asked

# The tiers, each with the graver ones.
TIERS = {
    "block": frozenset({Severity.BLOCK}),
    "look": frozenset({Severity.BLOCK, Severity.LOOK}),
    "any": frozenset(Severity),
}
FLAGGED = "look"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the program says of a translation: tiers of its findings, its rank and its place."""

    marked: Marked
    tiers: frozenset[Severity]
    rank: Rank
    place: int

    @property
    def probability(self) -> float:
        """How probable a serious error is, as the program says."""
        return self.rank.risk if self.rank.probability is None else self.rank.probability

    def suspected(self) -> list[bool]:
        """Say of each word whether it is shown as suspicious."""
        return touched(self.marked.target, self.rank.weak_words)


def judge(marked: Sequence[Marked], engine: Engine) -> list[Judged]:
    """Judge translations as a job judges its own; the worst first."""
    told = engine.score([(as_asked(each.source), each.target) for each in marked])
    blocks = tuple(Block(i, BlockKind.PARAGRAPH, each.source) for i, each in enumerate(marked))
    segments = tuple(
        Segment(f"b{block.index:04}.s01", block.index, 0, len(block.text), block.text)
        for block in blocks
    )
    translations = tuple(
        Translation(
            segment.id,
            each.target,
            said.mean,
            True,
            engine.card.fingerprint,
            words=said.words,
            entropies=said.entropies,
        )
        for segment, each, said in zip(segments, marked, told, strict=True)
    )
    text = Translated(Document("", "", blocks), segments, translations, ())
    _, scores = checked_and_scored(text, engine.card, (), {}, None, CheckProfile())
    tiers: defaultdict[str, set[Severity]] = defaultdict(set)
    for finding in scores.findings:
        tiers[finding.segment_id].add(finding.severity)
    by_id = {segment.id: each for segment, each in zip(segments, marked, strict=True)}
    return [
        Judged(by_id[rank.segment_id], frozenset(tiers[rank.segment_id]), rank, place)
        for place, rank in enumerate(scores.ranks)
    ]


def recall(judged: Sequence[Judged], wanted: Callable[[Marked], bool], tier: str) -> float:
    """Give the share of the wanted segments that have a finding of a tier or a graver one."""
    found = [not each.tiers.isdisjoint(TIERS[tier]) for each in judged if wanted(each.marked)]
    return sum(found) / max(len(found), 1)


def area(judged: Sequence[Judged]) -> float:
    """Give how often a serious segment stands before one that is not, in the order of risk."""
    serious = [each.place for each in judged if each.marked.serious]
    others = [each.place for each in judged if not each.marked.serious]
    before = sum(bad < good for bad in serious for good in others)
    return before / max(len(serious) * len(others), 1)


@dataclass(frozen=True, slots=True)
class Bin:
    """Segments of about the same probability: how many, its mean, the share of serious ones."""

    count: int
    said: float
    share: float


def reliability(judged: Sequence[Judged], bins: int) -> list[Bin]:
    """Put segments into bins of equal width by their probability; empty ones are left out."""
    found: defaultdict[int, list[Judged]] = defaultdict(list)
    for each in judged:
        found[min(int(each.probability * bins), bins - 1)].append(each)
    return [
        Bin(
            len(part),
            sum(each.probability for each in part) / len(part),
            sum(each.marked.serious for each in part) / len(part),
        )
        for _, part in sorted(found.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Give the mean difference of what is said and what is, a segment."""
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.said - each.share) for each in bins) / max(total, 1)


def unavoidable(bins: Sequence[Bin]) -> float:
    """Give about what the calibration error would be, were every probability right."""
    total = sum(each.count for each in bins)
    spread = (
        each.count * math.sqrt(2 / math.pi * each.said * (1 - each.said) / each.count)
        for each in bins
    )
    return sum(spread) / max(total, 1)


@dataclass(frozen=True, slots=True)
class Words:
    """How well suspicious words are those of errors, counted over words: Matthews and F1."""

    wrong: int
    suspected: int
    both: int
    all: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.both / max(self.wrong + self.suspected, 1)

    @property
    def mcc(self) -> float:
        """Matthews correlation."""
        above = self.all * self.both - self.wrong * self.suspected
        below = math.prod(count * (self.all - count) for count in (self.wrong, self.suspected))
        return above / math.sqrt(below) if below else 0.0


def words(judged: Sequence[Judged], severities: frozenset[str]) -> Words:
    """Compare the suspicious words with those in errors of some severities."""
    rows = [
        pair
        for each in judged
        for pair in zip(each.marked.wrong(severities), each.suspected(), strict=True)
    ]
    return Words(
        sum(wrong for wrong, _ in rows),
        sum(suspected for _, suspected in rows),
        sum(wrong and suspected for wrong, suspected in rows),
        len(rows),
    )


KINDS: dict[str, Callable[[Marked], bool]] = {
    "error-free": lambda each: each.worst == "clean",
    "minor only": lambda each: each.worst == "minor",
    "serious": lambda each: each.serious,
    "critical": lambda each: each.worst == "critical",
}


def table(judged: Sequence[Judged], bins: int) -> Iterator[str]:
    """Yield the figures as lines for people."""
    yield "| segments | | block | look or block | any |"
    yield "|---|---:|---:|---:|---:|"
    for name, wanted in KINDS.items():
        cells = [f"{recall(judged, wanted, tier):.1%}" for tier in TIERS]
        count = sum(wanted(each.marked) for each in judged)
        yield f"| {name} | {count} | {' | '.join(cells)} |"
    found = reliability(judged, bins)
    yield ""
    yield "| segments | estimated | serious |"
    yield "|---:|---:|---:|"
    for each in found:
        yield f"| {each.count} | {each.said:.2f} | {each.share:.2f} |"
    yield ""
    yield f"area under the curve: {area(judged):.3f}"
    yield (
        f"calibration error: {calibration_error(found):.3f} "
        f"(about {unavoidable(found):.3f} were every probability right)"
    )
    for name, severities in (("any", SERIOUS | {"minor"}), ("serious", SERIOUS)):
        counts = words(judged, severities)
        yield (
            f"words, errors of {name} severity: Matthews {counts.mcc:.3f}, F1 {counts.f1:.3f} "
            f"({counts.suspected} suspicious, {counts.wrong} wrong, {counts.both} both)"
        )


def figures(judged: Sequence[Judged], bins: int) -> dict[str, float]:
    """Give the figures that other programs read."""
    return {
        "clean_flagged": recall(judged, KINDS["error-free"], FLAGGED),
        "minor_flagged": recall(judged, KINDS["minor only"], FLAGGED),
        "serious_found": recall(judged, KINDS["serious"], FLAGGED),
        "critical_found": recall(judged, KINDS["critical"], FLAGGED),
        "auc": area(judged),
        "mcc": words(judged, SERIOUS | {"minor"}).mcc,
        "ece": calibration_error(reliability(judged, bins)),
    }


def main() -> None:
    """Judge a file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--bins", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    judged = judge(read(options.file), choose_engine("embedded").open(0))
    print(*table(judged, options.bins), sep="\n")
    if options.json:
        rounded = {name: round(value, 4) for name, value in figures(judged, options.bins).items()}
        print(json.dumps(rounded))


if __name__ == "__main__":
    main()
