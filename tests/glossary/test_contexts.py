"""The labelled contexts: French sentences, and what the matcher must find in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.glossary import Matcher
from pipeline.model import Entry, EntryKind
from tests.support.paths import TESTS

CONTEXTS = TESTS / "data" / "glossary_contexts.txt"
_OPENING = re.compile(r"\[(?:(\d+):)?")

Span = tuple[int, int, str]
"""Start, end and source of the entry."""


@dataclass(frozen=True)
class Context:
    line: int
    entries: tuple[Entry, ...]
    sentence: str
    expected: frozenset[Span]

    def found(self) -> frozenset[Span]:
        return frozenset(
            (match.start, match.end, match.entry.source)
            for match in Matcher(self.entries).matches(self.sentence)
        )


def contexts() -> list[Context]:
    lines = enumerate(CONTEXTS.read_text(encoding="utf-8").splitlines(), 1)
    return [_context(number, line) for number, line in lines if line and line[0] != "#"]


def _context(number: int, line: str) -> Context:
    written, marked = line.split(" | ")
    entries = tuple(_entry(text.strip()) for text in written.split(";"))
    sentence, spans, at = "", set(), 0
    while opening := _OPENING.search(marked, at):
        sentence += marked[at : opening.start()]
        at = marked.index("]", opening.end())
        start = len(sentence)
        sentence += marked[opening.end() : at]
        entry = entries[int(opening[1] or 1) - 1]
        spans.add((start, len(sentence), entry.source))
        at += 1
    return Context(number, entries, sentence + marked[at:], frozenset(spans))


def _entry(text: str) -> Entry:
    kind, _, rest = text.rpartition(": ")
    source, *variants = rest.split(" = ")
    return Entry(text, source, "rendering", EntryKind(kind or "term"), variants=tuple(variants))


def test_precision_and_recall_on_labelled_contexts() -> None:
    cases = contexts()
    assert len(cases) >= 300
    right = wrong = missed = 0
    problems = []
    for case in cases:
        found = case.found()
        right += len(found & case.expected)
        wrong += len(found - case.expected)
        missed += len(case.expected - found)
        if found != case.expected:
            problems.append(f"line {case.line}: {case.sentence} {sorted(found)}")
    figures = "\n".join([f"{right} right, {wrong} wrong, {missed} missed", *problems])
    assert right / (right + wrong) >= 0.99, figures
    assert right / (right + missed) >= 0.99, figures
