"""Time and memory of the reference metrics, bootstrap included, and of a paired test.

    python benchmarks/metrics.py REFERENCE.en [--segments 2000]

REFERENCE.en holds a sentence a line; it is repeated to the number of segments asked for. The
hypotheses are the references, damaged: every seventh word is left out, in every second segment two
words are swapped. Prints the metrics, and seconds and peak memory.
"""

from __future__ import annotations

import argparse
import resource
import time
from itertools import cycle, islice
from pathlib import Path

from pipeline.stages.score.metrics import compare_references, score_references


def damaged(text: str, swapped: bool) -> str:
    """Leave out every seventh word; swap two words if asked."""
    words = [word for place, word in enumerate(text.split(), 1) if place % 7]
    if swapped and len(words) > 4:
        words[1], words[3] = words[3], words[1]
    return " ".join(words)


def main() -> None:
    """Measure once each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--segments", type=int, default=2000)
    args = parser.parse_args()
    lines = args.reference.read_text(encoding="utf-8").splitlines()
    references = list(islice(cycle(lines), args.segments))
    first = [damaged(text, swapped=place % 2 == 0) for place, text in enumerate(references)]
    second = [damaged(text, swapped=False) for text in references]

    before = _peak()
    started = time.perf_counter()
    for metric in score_references(first, references).metrics:
        interval = f"μ = {metric.mean:.2f} ± {metric.margin:.2f}"
        print(f"{metric.name:7} {metric.score:6.2f} ({interval})  {metric.signature}")
    scored = time.perf_counter()
    print(f"{len(references)} segments scored in {scored - started:.1f} s, ", end="")
    print(f"peak memory {_peak():.0f} MB ({before:.0f} MB before)")
    for test in compare_references(first, second, references):
        print(f"{test.name:7} {test.first:6.2f} {test.second:6.2f}  p = {test.p_value:.4f}")
    print(f"compared in {time.perf_counter() - scored:.1f} s, peak memory {_peak():.0f} MB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
