"""Make the training lines of all pairs of the corpora, with hints drawn by the shipped dictionary.

    python -m recipe.everything --corpus fr-en.tsv.xz fr-en-2.tsv.xz \
        --kept-back flores200.dev.fr flores200.dev.en --out data --seed 11 --workers 2

Where ``data.py`` aligns a choice of pairs, this takes every clean pair, and finds terms by the
dictionary, which is faster and reads set phrases. The lines are those of ``data.py``; a hint may
hold several renderings, parted by ``¦``: what the dictionary offers, of which the context chooses
one or none, while a single rendering is what a glossary asks for. ``slices.tsv`` (source, French,
English) holds back some pairs of every source, ``hints.tsv`` a test of hints. Text is made in
chunks of pairs, each with a seed of its own, so that the result does not depend on the workers.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path

from benchmarks.corpus import lines as read_lines
from pipeline.language.dictionary import Answers, dictionary
from pipeline.language.identify import language_of
from pipeline.stages.translate.suggestions import suggestions

from .align import Term
from .batches import MARK
from .data import Example, Hinter, line, renumber, reshape, true_hints, typography
from .decay import letters
from .select_pairs import Pair, acceptable, clean

CHUNK = 20_000
# How many pairs of a chunk the hint test may have.
TESTED = 20
# The least share of the terms that the dictionary knows which the English must answer.
ANSWERED = 0.34
# Shares of the lines that get hints of a glossary, and offers of the dictionary.
HINTED, OFFERED = 0.35, 0.8
# Of lines with offers, how many have those that the program would give; of the others' offers: how
# many renderings at most, how often the likeliest is left out, and how often a form may have been
# seen.
AS_ASKED = 0.7
RENDERINGS, MISLEADING = 3, 0.12
COMMON = 3_000
# Left out of what ships: see the sources of the corpora.
UNUSED = ("books_lieues20k",)


def pairs(corpora: Sequence[Path], kept_back: Iterable[str]) -> Iterator[Pair]:
    """Yield the clean pairs; raises SystemExit where one is of an evaluation set."""
    banned = set(map(letters, kept_back))
    seen: set[int] = set()
    for path in corpora:
        for text in read_lines(path):
            source, french, english = text.split("\t")
            if letters(french) in banned or letters(english) in banned:
                raise SystemExit(f"{path}: holds a line that is kept back: {text}")
            french, english = clean(french, english)
            key = hash((french, english))
            if source in UNUSED or key in seen or not french or not english:
                continue
            if acceptable(source, french, english):
                seen.add(key)
                yield source, french, english


def answered(pair: Pair) -> Answers | None:
    """Give what the English answers of the French; None for a pair that is no translation."""
    _, french, english = pair
    if language_of(french) not in ("fr", None):
        return None
    found = dictionary().answered(french, english)
    return found if keeps_to(found, ANSWERED) else None


def keeps_to(found: Answers, share: float) -> bool:
    """Tell whether so large a share of the terms that the dictionary knows is answered."""
    known = [each for each in found.terms if each.term.renderings]
    return sum(bool(each.spans) for each in known) >= share * len(known)


def terms(pair: Pair, answers: Answers) -> list[Term]:
    """Give the terms of a pair that stand once in the English, for hints of a glossary."""
    english = pair[2]
    found = []
    for each in answers.terms:
        term, spans = each.term, each.spans
        if len(spans) != 1 or "==" in term.surface:
            continue
        start, end = spans[0]
        name = term.surface[0].isupper() and term.start > 0
        several = " " in term.surface
        noun = any(one.kind in ("n", "N", "A", "p") for one in term.renderings[:1])
        weight = (3.0 if name else 1.0) * (2.0 if several else 1.0) * (1.0 if noun else 0.3)
        found.append(
            Term(
                term.start, term.end, term.surface, english[start:end], start, weight, name or noun
            )
        )
    return found


def offers(
    french: str, english: str, answers: Answers, taken: Sequence[str], rng: random.Random
) -> list[tuple[str, str]]:
    """Draw rare terms with the renderings that a dictionary offers for them, likeliest first.

    What the program would ask for is only given where the English has it: else orders would be
    learnt to be ignored.
    """
    if rng.random() < AS_ASKED:
        return [
            (each.source, MARK.join(each.renderings))
            for each in suggestions(french, ())
            if each.source not in taken
            and "=" not in each.source + "".join(each.renderings)
            and (len(each.renderings) > 1 or each.renderings[0] in english)
        ]
    rare = [
        each
        for each in answers.terms
        if each.term.renderings
        and each.term.seen_in_all < COMMON
        and each.term.surface not in taken
    ]
    drawn = rng.sample(rare, min(len(rare), rng.choice((1, 1, 2, 3))))
    found = []
    for each in sorted(drawn, key=lambda each: each.term.start):
        kept = [one.text for one in each.term.renderings]
        if len(kept) > 1 and rng.random() < MISLEADING:
            kept = kept[1:]
        kept = kept[: rng.randint(1, RENDERINGS)]
        # One rendering alone would be an order; the mark behind it says that it is an offer.
        offered = MARK.join(kept) if len(kept) > 1 else kept[0] + MARK
        if "=" not in each.term.surface + offered:
            found.append((each.term.surface, offered))
    return found


def made(
    numbered: tuple[int, list[Pair]], seed: int, hinted: float = HINTED
) -> tuple[list[str], list[str], Counter[str]]:
    """Make the lines of a chunk of pairs, lines of the hint test, and counts by source."""
    number, chunk = numbered
    rng = random.Random(seed * 100_003 + number)
    kept = [(pair, found) for pair in chunk if (found := answered(pair)) is not None]
    candidates = [terms(pair, found) for pair, found in kept]
    hinter = Hinter(candidates, rng)
    train: list[Example] = []
    tested: list[str] = []
    counts: Counter[str] = Counter()
    for (pair, found), own in zip(kept, candidates, strict=True):
        source, french, english = pair
        if len(tested) < TESTED and rng.random() < 0.02 and (given := true_hints(hinter, own)):
            tested.append(line((given, french, english)))
            continue
        counts[source] += 1
        hints: list[tuple[str, str]] = []
        if own and rng.random() < hinted:
            hints, english = hinter.hints(english, own)
        example = reshape(renumber((hints, french, english), rng), rng)
        if example[1] == french and rng.random() < OFFERED:
            given = offers(french, english, found, [hint[0] for hint in hints], rng)
            example = (example[0] + given, *example[1:])
        hints, french = typography(example[0], example[1], rng)
        train.append((hints, french, example[2]))
    return list(map(line, train)), tested, counts


def held_back(
    found: Iterator[Pair], slices: list[Pair], each: int
) -> Iterator[tuple[int, list[Pair]]]:
    """Part pairs into chunks, the first few of each source put into ``slices``."""
    counts: Counter[str] = Counter()

    def rest() -> Iterator[Pair]:
        for pair in found:
            counts[pair[0]] += 1
            if counts[pair[0]] <= each:
                slices.append(pair)
            else:
                yield pair

    wanted, number = rest(), 0
    while part := list(islice(wanted, CHUNK)):
        yield number, part
        number += 1


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--kept-back", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--slice", type=int, default=150, help="pairs a source to measure on")
    parser.add_argument("--pairs", type=int, help="no more pairs than this")
    parser.add_argument("--hinted", type=float, default=HINTED, help="share of lines with hints")
    options = parser.parse_args()
    banned = [text for path in options.kept_back for text in read_lines(path)]
    slices: list[Pair] = []
    chosen = islice(pairs(options.corpus, banned), options.pairs)
    chunks = held_back(chosen, slices, options.slice)
    options.out.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    with (
        (options.out / "train.tsv").open("w", encoding="utf-8") as train,
        (options.out / "hints.tsv").open("w", encoding="utf-8") as hints,
        Pool(options.workers) as pool,
    ):
        for made_lines, tested, counted in pool.imap(
            partial(made, seed=options.seed, hinted=options.hinted), chunks
        ):
            train.writelines(made_lines)
            hints.writelines(tested)
            counts += counted
    text = "".join("\t".join(pair) + "\n" for pair in slices)
    (options.out / "slices.tsv").write_text(text, encoding="utf-8")
    record = {"train": counts.total(), "held back": len(slices), "pairs": dict(counts)}
    (options.out / "counts.json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
