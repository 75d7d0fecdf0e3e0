"""Make training lines of the model's own best translations.

    python -m recipe.best --model fr-en-1 --data data/train.tsv --out data/best.tsv --lines 20000

Of the hypotheses of a beam the one is kept that is most like the reference (chrF) and leaves the
fewest words unanswered, if it beats the first by enough; so that greedy search learns to find what
a beam does, and the beam to choose what a reader would (sequence-level interpolation: Kim and
Rush, "Sequence-level knowledge distillation", 2016). Hints stay as they are, and must be followed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from pipeline.engines.decoding import Decoding
from pipeline.language.dictionary import dictionary

from .batches import MARK
from .evaluate import LIMIT, Model

BEAM = 8
CHUNK = 256
# What a share of the words unanswered costs, in points of chrF.
UNANSWERED = 20.0

Line = tuple[list[tuple[str, str]], str, str]


def parsed(line: str) -> Line:
    """Return the hints, the French and the English of a line of a data file."""
    hints, french, english = line.rstrip("\n").split("\t")
    pairs = [hint.split("==", 1) for hint in hints.split("||") if hint]
    return [(term, rendering) for term, rendering in pairs], french, english


def value(line: Line, text: str, metric: CHRF) -> float:
    """Return how good a translation is for a line; a glossary's hint that is lost rules it out."""
    hints, french, english = line
    ordered = [rendering for _, rendering in hints if MARK not in rendering]
    if any(rendering.lower() not in text.lower() for rendering in ordered):
        return 0.0
    answers = dictionary().answered(french, text)
    lost = len(answers.unanswered) / max(len(answers.terms), 1)
    return float(metric.sentence_score(text, [english]).score) - UNANSWERED * lost


def chosen(line: Line, texts: Sequence[str], metric: CHRF) -> str | None:
    """Return the best of some translations; None if none is better than nothing."""
    best = max(texts, key=lambda text: value(line, text, metric), default=None)
    return best if best and value(line, best, metric) > 0 else None


def translations(model: Model, lines: Sequence[Line]) -> Iterator[list[str]]:
    """Yield the finished hypotheses of each line, most probable first."""
    prompts = [model.prompt(french, hints) for hints, french, _ in lines]
    found = model.decoder.generate(prompts, [LIMIT] * len(prompts), Decoding(BEAM, BEAM))
    for hypotheses in found:
        texts = (model.tokenizer.decode(each.pieces) for each in hypotheses if each.finished)
        yield [" ".join(text.split()) for text in texts]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="converted model folder")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="lines are added to what it holds")
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    model, metric = Model(options.model, options.workers), CHRF()
    done = options.out.with_suffix(".done")
    start = int(done.read_text()) if done.exists() else 0
    with (
        options.data.open(encoding="utf-8") as data,
        options.out.open("a", encoding="utf-8") as out,
    ):
        wanted = islice(data, start, options.lines)
        while raw := list(islice(wanted, CHUNK)):
            lines = list(map(parsed, raw))
            for given, line, texts in zip(raw, lines, translations(model, lines), strict=True):
                best = chosen(line, texts, metric)
                if best:
                    out.write(given.rpartition("\t")[0] + f"\t{best}\n")
            out.flush()
            start += len(raw)
            done.write_text(str(start))


if __name__ == "__main__":
    main()
