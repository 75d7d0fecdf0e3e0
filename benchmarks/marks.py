"""How well marks are carried to the English: `python -m benchmarks.marks [--misses]`.

On tests/data/marks.tsv, 300 sentences written and marked by hand in both languages. A character is
covered where a mark of its kind lies on it; spaces and punctuation do not count. Precision and
recall are over all sentences.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.documents.project import projected
from pipeline.model import InlineKind, InlineMark
from tests.support.marked_text import gold


@dataclass(frozen=True, slots=True)
class Carried:
    """A sentence: what is covered, what should be, how many marks are lost or stand amiss."""

    source: str
    target: str
    covered: frozenset[tuple[InlineKind, int]]
    wanted: frozenset[tuple[InlineKind, int]]
    lost: int
    exact: int
    marks: int


def carried() -> Iterator[Carried]:
    """Carry the marks of every sentence."""
    for source, target, marks, wanted in gold():
        found = projected(source, target, marks)
        kinds = [mark.kind for mark in found]
        yield Carried(
            source,
            target,
            _covered(target, found),
            _covered(target, wanted),
            sum(max(0, _count(marks, kind) - kinds.count(kind)) for kind in InlineKind),
            len(
                {(m.kind, m.start, m.end) for m in found}
                & {(m.kind, m.start, m.end) for m in wanted}
            ),
            len(wanted),
        )


def score(sentences: Sequence[Carried]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of covered characters."""
    hit = sum(len(each.covered & each.wanted) for each in sentences)
    precision = hit / sum(len(each.covered) for each in sentences)
    recall = hit / sum(len(each.wanted) for each in sentences)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _count(marks: Sequence[InlineMark], kind: InlineKind) -> int:
    return sum(mark.kind is kind for mark in marks)


def _covered(text: str, marks: Sequence[InlineMark]) -> frozenset[tuple[InlineKind, int]]:
    return frozenset(
        (mark.kind, place)
        for mark in marks
        for place in ([mark.start] if mark.kind is InlineKind.NOTE else range(mark.start, mark.end))
        if mark.kind is InlineKind.NOTE or text[place].isalnum()
    )


def _shown(text: str, covered: frozenset[tuple[InlineKind, int]]) -> str:
    places = {place for _, place in covered}
    return "".join(letter.upper() if at in places else letter for at, letter in enumerate(text))


def main() -> None:
    """Print the figures, and with ``--misses`` the sentences that are not as wanted."""
    sentences = list(carried())
    for name, part in (
        ("all", sentences),
        ("odd lines", sentences[::2]),
        ("even lines", sentences[1::2]),
    ):
        precision, recall, both = score(part)
        marks, exact = sum(each.marks for each in part), sum(each.exact for each in part)
        print(
            f"{name}: {len(part)} sentences, {marks} marks; precision {precision:.1%}, recall "
            f"{recall:.1%}, F1 {both:.1%}; {exact} marks exact ({exact / marks:.1%}), "
            f"{sum(each.lost for each in part)} lost"
        )
    if "--misses" in sys.argv[1:]:
        for number, each in enumerate(sentences, 1):
            if each.covered != each.wanted:
                print(f"{number}\t{each.source}\n\t{_shown(each.target, each.covered)}")
                print(f"\t{_shown(each.target, each.wanted)}")


if __name__ == "__main__":
    main()
