"""Score the shipped model with the shipped decoding against references, one sentence a line.

    python benchmarks/translation.py SOURCE.fr REFERENCE.en [--beam 4] [--thorough] [--every 1]

Prints BLEU and chrF2 with signatures, unfinished and re-decoded sentences, speed and memory: what
the translate stage does, judging hypotheses and scoring the one delivered included. No glossary.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import sentencepiece
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from pipeline.engines import Engine, choose_engine
from pipeline.glossary import Matcher
from pipeline.model import Block, BlockKind, Segment, Translation
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task, plan, translate


def planned(sources: Sequence[str], engine: Engine, search: Search) -> tuple[Task, ...]:
    """Plan sentences, each a text of its own, as a job would without a glossary."""
    matcher = Matcher(())
    tasks: list[Task] = []
    for number, source in enumerate(sources):
        block = Block(number, BlockKind.PARAGRAPH, source)
        segment = Segment(f"b{number:04}.s01", number, 0, len(source), source)
        tasks += plan([block], [segment], matcher, engine.card.fingerprint, search)
    return tuple(tasks)


def translated(
    tasks: Sequence[Task], engine: Engine, search: Search, size: int
) -> list[Translation]:
    """Translate tasks as a job would, chunks of a size at a time."""
    return [
        translation
        for first in range(0, len(tasks), size)
        for translation in translate(tasks[first : first + size], engine, search)
    ]


def main() -> None:
    """Translate the source as a job would and score it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--thorough", action="store_true", help="the beam for every sentence")
    parser.add_argument("--every", type=int, default=1, help="take every Nth line")
    parser.add_argument("--no-lexicon", action="store_true", help="without the dictionary's hints")
    parser.add_argument("--save", type=Path, help="write the translations to this file, one a line")
    args = parser.parse_args()
    sources = args.source.read_text(encoding="utf-8").splitlines()[:: args.every]
    references = args.reference.read_text(encoding="utf-8").splitlines()[:: args.every]
    if len(sources) != len(references):
        raise SystemExit(f"{len(sources)} source lines, {len(references)} reference lines")

    offer, search = choose_engine("embedded"), Search(args.beam, args.thorough, not args.no_lexicon)
    engine = offer.open(0)
    tasks = planned(sources, engine, search)
    start, work = time.perf_counter(), time.process_time()
    done = translated(tasks, engine, search, offer.chunk_segments)
    seconds, work = time.perf_counter() - start, time.process_time() - work
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # scoring would take more

    texts = [translation.text for translation in done]
    if args.save:
        args.save.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    for metric in (BLEU(), CHRF()):
        score = metric.corpus_score(texts, [references])
        print(f"{score.name:6} {score.score:6.2f}  {metric.get_signature()}")
    print(f"model  {engine.card.title} {engine.card.version}, {search}")
    print(f"lines  {len(done)}, {sum(not t.finished for t in done)} unfinished, ", end="")
    print(f"{sum(t.retried for t in done)} re-decoded")
    words = sum(len(text.split()) for text in texts)
    model = str(Path(offer.place) / "sentencepiece.model")
    pieces = sentencepiece.SentencePieceProcessor(model_file=model).encode(texts)
    tokens = sum(len(each) + 1 for each in pieces)
    print(
        f"speed  {words / seconds:.0f} English words, {tokens / seconds:.0f} tokens a second, ",
        end="",
    )
    print(f"{tokens / work:.0f} for a second of processor time")
    print(f"memory {memory / 1000:.0f} MB at most")


if __name__ == "__main__":
    main()
