"""How well the order of risk and its parts find the sentences that a reference finds worst.

    python benchmarks/ranking.py SOURCE.fr REFERENCE.en --output DIR

Both files hold a sentence a line. The text is run as a job in DIR with the embedded engine and the
settings as they ship; a second call translates nothing. Each measure is compared with the
sentences' chrF++: Spearman's rank correlation, and the share of the worst tenth by chrF++ that is
among the fifth that the measure ranks worst (by chance it would be a fifth), on all lines and on
each half of them. The spread is the middle 95 % of 300 bootstrap resamples of all lines.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import correlation, mean, quantiles

from pipeline.model import Finding, Severity, Translation
from pipeline.service.jobs import make_plan, run_text
from pipeline.stages.score.ranking import rank

TOP, WORST = 0.2, 0.1
RESAMPLES = 300


@dataclass(frozen=True, slots=True)
class Unit:
    """What one reference line answers: its source, translation, findings, length, chrF++."""

    source: str
    translation: Translation
    findings: tuple[Finding, ...]
    ratio: float
    chrf: float


def units(path: Path) -> list[Unit]:
    """Read the segments of an edition; those of one line become one unit."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for record in records:
        lines.setdefault(tuple(record["reference"]["segment_ids"]), []).append(record)
    return [_unit(str(number), parts) for number, parts in enumerate(lines.values())]


def _unit(name: str, parts: Sequence[dict]) -> Unit:  # type: ignore[type-arg]
    confidence = mean(part["confidence"] for part in parts)
    words = tuple(word for part in parts for word in part["words"])
    text = " ".join(part["target"] for part in parts)
    source = " ".join(part["source"] for part in parts)
    findings = [f for part in parts for f in part["findings"]]
    return Unit(
        source,
        Translation(name, text, confidence, True, "engine", words=words),
        tuple(Finding(f["check"], Severity(f["severity"]), name, "") for f in findings),
        len(text) / len(source),
        parts[0]["reference"]["chrf"],
    )


def measures(found: Sequence[Unit]) -> dict[str, list[float]]:
    """Give for each measure its value a unit; higher is better."""
    order = rank(
        {u.translation.segment_id: u.source for u in found},
        [u.translation for u in found],
        [f for u in found for f in u.findings],
    )
    by_name = {each.segment_id: each for each in order}
    ranks = [by_name[u.translation.segment_id] for u in found]
    place = {each.segment_id: float(number) for number, each in enumerate(order)}
    usual = mean(math.log(u.ratio) for u in found)
    return {
        "the order of risk": [place[u.translation.segment_id] for u in found],
        "sureness: words' mean probability": [each.sureness or 0.0 for each in ranks],
        "words' mean log-probability": [
            mean(u.translation.words) if u.translation.words else 0.0 for u in found
        ],
        "confidence: tokens' mean log-probability": [u.translation.confidence for u in found],
        "unanswered words": [-(each.unanswered or 0.0) for each in ranks],
        "weakest word": [min(u.translation.words, default=0.0) for u in found],
        "usual length": [-abs(math.log(u.ratio) - usual) for u in found],
        "no finding to mend or look at": [
            -float(sum(f.severity is not Severity.POLISH for f in u.findings)) for u in found
        ],
    }


def spearman(values: Sequence[float], scores: Sequence[float]) -> float:
    """Correlate the ranks of two lists; equals share the middle of their ranks."""
    return correlation(_ranks(values), _ranks(scores))


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [mean(places[value]) for value in values]


def captured(values: Sequence[float], scores: Sequence[float]) -> float:
    """Give the share of the worst tenth by score that is among the fifth with the lowest values."""
    numbers = range(len(values))
    top = sorted(numbers, key=values.__getitem__)[: round(TOP * len(values))]
    worst = sorted(numbers, key=scores.__getitem__)[: round(WORST * len(values))]
    return len(set(top) & set(worst)) / len(worst)


Statistic = Callable[[Sequence[float], Sequence[float]], float]


def spread(statistic: Statistic, values: Sequence[float], scores: Sequence[float]) -> str:
    """Give the middle 95 % of a statistic over bootstrap resamples."""
    lot = random.Random(12345)
    numbers = range(len(values))
    found = []
    for _ in range(RESAMPLES):
        drawn = lot.choices(numbers, k=len(numbers))
        found.append(statistic([values[n] for n in drawn], [scores[n] for n in drawn]))
    cuts = quantiles(found, n=40)
    return f"{cuts[0]:.2f}–{cuts[-1]:.2f}"


def main() -> None:
    """Run the job if it must be, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--output", type=Path, required=True, help="folder for the job")
    args = parser.parse_args()
    flags = {"engine.name": "embedded", "publish.pdf": False, "output": str(args.output)}
    plan = make_plan(reference=args.reference, flags=flags)
    # A paragraph a line, in a format that is read.
    text = args.output / f"{args.source.stem}.txt"
    text.parent.mkdir(parents=True, exist_ok=True)
    lines = args.source.read_text(encoding="utf-8").splitlines()
    text.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    status = run_text(
        text,
        plan,
        lambda event: print(event.stage, event.done, event.total, file=sys.stderr, flush=True),
    )
    found = units(status.files["segments.jsonl"])
    scores = [unit.chrf for unit in found]
    assert status.card
    print(f"{len(found)} lines, {plan.engine().card().title}")
    for metric in status.card.metrics:
        assert metric.interval
        middle, margin = metric.interval
        print(f"{metric.name} {metric.score:.1f} (μ = {middle:.1f} ± {margin:.1f})", end=" ")
        print(metric.signature)
    print()
    print("| measure | Spearman | even, odd lines | worst tenth found | even, odd lines |")
    print("|---|---|---|---|---|")
    for name, values in measures(found).items():
        cells = [name]
        for statistic in (spearman, captured):
            cells.append(f"{statistic(values, scores):.2f} ({spread(statistic, values, scores)})")
            halves = (statistic(values[first::2], scores[first::2]) for first in (0, 1))
            cells.append(", ".join(f"{half:.2f}" for half in halves))
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
