"""Measure a converted model: quality, hint obedience, loops, speed and memory.

    python -m recipe.evaluate --model fr-en-0.2 --source dev.fr --reference dev.en \
        --decoding beam=1 beam=4 beam=4,no_repeat_ngram=5
    python -m recipe.evaluate --model fr-en-0.2 --hints data/hints.tsv --decoding beam=1

One JSON object is printed for every decoding.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import sacrebleu

from pipeline.engines.decoding import Decoding
from pipeline.engines.embedded.engine import load

from .batches import MARK

LIMIT = 256  # tokens of a translation
Hints = list[tuple[str, str]]
LOOP = re.compile(r"(?<!\w)(\w.{0,60}?)(?:\W+\1){3}(?!\w)", re.DOTALL)


@dataclass(frozen=True)
class Sentence:
    """A source sentence, its reference and its hints."""

    french: str
    english: str
    hints: Hints = field(default_factory=list)


class Model:
    """A converted model and its tokenizer, run as the program does."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.tokenizer, self.decoder = load(lambda name: (folder / name).read_bytes(), workers)

    def prompt(self, french: str, hints: Hints) -> list[str]:
        """Return the pieces of a prompt."""
        encode = self.tokenizer.encode
        prompt = ["<bos>"]
        for term, translation in hints:
            prompt += ["<|term|>", *encode(term)]
            for rendering in translation.split(MARK):
                prompt += ["<|is|>", *encode(rendering)]
        return [*prompt, "<|fr|>", *encode(french), "<|en|>"]

    def translate(
        self, sentences: list[Sentence], decoding: Decoding
    ) -> list[tuple[str, int, bool]]:
        """Return the translation, number of tokens and whether the limit was met, of each."""
        prompts = [self.prompt(s.french, s.hints) for s in sentences]
        found = self.decoder.generate(prompts, [LIMIT] * len(prompts), decoding)
        return [
            (
                " ".join(self.tokenizer.decode(best.pieces).split()),
                len(best.pieces) + 1,
                not best.finished,
            )
            for best, *_ in found
        ]


def decoding(text: str) -> Decoding:
    """Parse ``beam=4,no_repeat_ngram=5``."""
    settings = {name: int(value) for name, value in (x.split("=") for x in text.split(","))}
    return Decoding(settings.pop("beam", 1), 1, **settings)


def looping(text: str, french: str) -> bool:
    """Tell whether a phrase comes four times running, which the source does not do."""
    return bool(LOOP.search(text)) and not LOOP.search(french)


def obedience(sentences: list[Sentence], outputs: list[str]) -> dict[str, float]:
    """Return the share of hints whose translation stands in the output, and of sentences."""
    pairs = [(h, o) for s, o in zip(sentences, outputs, strict=True) for h in s.hints]
    kept = [t.lower() in o.lower() for (_, t), o in pairs]
    exact = [t in o for (_, t), o in pairs]
    whole = [
        all(t.lower() in o.lower() for _, t in s.hints)
        for s, o in zip(sentences, outputs, strict=True)
    ]
    return {
        "hints": len(pairs),
        "obeyed": sum(kept) / len(kept),
        "obeyed_exact_case": sum(exact) / len(exact),
        "sentences_obeyed": sum(whole) / len(whole),
    }


def measure(
    model: Model, sentences: list[Sentence], settings: Decoding
) -> tuple[dict[str, object], list[str]]:
    """Translate; return the figures and the translations."""
    import psutil

    started = time.monotonic()
    results = model.translate(sentences, settings)
    seconds = time.monotonic() - started
    outputs = [text for text, _, _ in results]
    references = [[s.english for s in sentences]]
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    figures: dict[str, object] = {
        "decoding": asdict(settings),
        "sentences": len(sentences),
        "bleu": round(bleu.corpus_score(outputs, references).score, 2),
        "chrf2": round(chrf.corpus_score(outputs, references).score, 2),
        "signatures": [str(bleu.get_signature()), str(chrf.get_signature())],
        "unfinished": sum(cut for _, _, cut in results),
        "looping": sum(looping(o, s.french) for s, o in zip(sentences, outputs, strict=True)),
        "tokens_per_second": round(sum(n for _, n, _ in results) / seconds, 1),
        "seconds": round(seconds, 1),
        "resident_mb": round(psutil.Process().memory_info().rss / 1e6),
    }
    if any(s.hints for s in sentences):
        figures |= obedience(sentences, outputs)
    return figures, outputs


def read_hints(path: Path) -> list[Sentence]:
    """Read a hint test file (see ``data.py``)."""
    sentences = []
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        hints, french, english = line.split("\t")
        parts = [tuple(h.split("==", 1)) for h in hints.split("||") if h]
        sentences.append(Sentence(french, english, [(a, b) for a, b in parts]))
    return sentences


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--hints", type=Path, help="hint test file, in place of two text files")
    parser.add_argument("--without-hints", action="store_true", help="leave the hints out")
    parser.add_argument("--every", type=int, default=1, help="take one sentence in N")
    parser.add_argument("--decoding", type=decoding, nargs="+", default=[Decoding(1, 1)])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--output", type=Path, help="write the last translations here")
    options = parser.parse_args()
    if options.hints:
        sentences = read_hints(options.hints)
        if options.without_hints:
            sentences = [Sentence(s.french, s.english) for s in sentences]
    else:
        sources = options.source.read_text(encoding="utf-8").rstrip("\n").split("\n")
        references = options.reference.read_text(encoding="utf-8").rstrip("\n").split("\n")
        sentences = [Sentence(f, e) for f, e in zip(sources, references, strict=True)]
    model = Model(options.model, options.workers)
    for settings in options.decoding:
        figures, outputs = measure(model, sentences[:: options.every], settings)
        print(json.dumps({"model": options.model.name} | figures), flush=True)
    if options.output:
        options.output.write_text("\n".join(outputs) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
