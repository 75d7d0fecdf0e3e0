"""Measure sentence boundaries: ``python benchmarks/segmentation.py PARAGRAPHS.json``.

The file is a JSON list of paragraphs, each a list of its sentences. A paragraph is its sentences
joined by one space; a boundary is the offset where a sentence ends inside it. Precision, recall and
F1 are taken over the boundaries of all paragraphs together, for sentencex alone and for Enregard,
and the speed of both over at least 5 MB (UTF-8) of the same paragraphs, on one core.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sentencex import get_sentence_boundaries

from pipeline.language.sentences import sentence_spans

Ends = Callable[[str], set[int]]


def sentencex_ends(text: str) -> set[int]:
    """Where sentencex alone ends sentences inside a paragraph."""
    found = get_sentence_boundaries("fr", text)
    return {b["start_index"] + len(b["text"].rstrip()) for b in found} - {len(text)}


def enregard_ends(text: str) -> set[int]:
    """Where Enregard ends sentences inside a paragraph."""
    return {end for _, end in sentence_spans(text)} - {len(text)}


def gold_ends(sentences: list[str]) -> set[int]:
    """Where the sentences of a paragraph end inside it."""
    ends = set()
    place = 0
    for sentence in sentences[:-1]:
        ends.add(place + len(sentence))
        place += len(sentence) + 1
    return ends


def quality(paragraphs: list[list[str]], ends: Ends) -> tuple[float, float, float]:
    """Precision, recall and F1, each from 0 to 1."""
    right = found = wanted = 0
    for sentences in paragraphs:
        gold, ours = gold_ends(sentences), ends(" ".join(sentences))
        right += len(gold & ours)
        found += len(ours)
        wanted += len(gold)
    return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1)


def megabytes_per_second(paragraphs: list[list[str]], ends: Ends, size: int = 5_000_000) -> float:
    """Speed over the paragraphs, repeated until they are ``size`` bytes of UTF-8."""
    texts = [" ".join(sentences) for sentences in paragraphs]
    total = sum(len(text.encode()) for text in texts)
    rounds = -(-size // total)
    started = time.perf_counter()
    for _ in range(rounds):
        for text in texts:
            ends(text)
    return rounds * total / 1e6 / (time.perf_counter() - started)


def main() -> None:
    """Print the table for the file named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    paragraphs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    paragraphs = [sentences for sentences in paragraphs if sentences]
    print(f"{len(paragraphs)} paragraphs, {sum(map(len, paragraphs))} sentences")
    print(f"{'':10} {'precision':>9} {'recall':>9} {'F1':>9} {'MB/s':>9}")
    speeds = []
    for name, ends in (("sentencex", sentencex_ends), ("enregard", enregard_ends)):
        figures = " ".join(f"{figure:9.4f}" for figure in quality(paragraphs, ends))
        speeds.append(megabytes_per_second(paragraphs, ends))
        print(f"{name:10} {figures} {speeds[-1]:9.2f}")
    print(f"speed of enregard as a share of sentencex alone: {speeds[1] / speeds[0]:.3f}")


if __name__ == "__main__":
    main()
