"""Choose the pairs of a training: the press pairs, and of the corpora what is most like them.

    python -m recipe.mixture --press press --corpus fr-en.tsv.xz fr-en-2.tsv.xz \
        --out data/mixture.tsv --seed 31

The corpora are debates, laws, subtitles and novels; an editor's texts are not. What stands in
``press`` (files of ``French TAB English``, invented for this project) is taken whole, but for
``held-out.tsv`` and ``choosing.tsv``, which are never learnt from. Of each source of the corpora
the pairs most like the press are taken (Moore and Lewis, "Intelligent selection of language model
training data", 2010), so that a model forgets nothing that it can do; the first `FIRST` pairs of
each are left to those who measure. ``everything.py`` makes lines of the output.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import lines, pairs_to_learn
from pipeline.language.dictionary import dictionary

from .everything import UNUSED, keeps_to
from .select_pairs import Pair, acceptable, clean, counts, general_first

PRESS = "press"
# What the tools that learn the dictionary leave for measuring.
FIRST = 1000
# Pairs of each source; books are one source.
SHARES = {
    "mt_geneval": 900,
    "europarl": 800,
    "books": 400,
    "tatoeba": 400,
    "tico19": 400,
    "un_docs": 300,
    "un_test": 200,
    "theses_fr": 200,
    "laws_canada": 200,
    "diabla": 100,
    "infobase": 100,
}
# Of the French terms that the dictionary knows, how many the English answers: what was translated
# freely teaches to leave things out.
ANSWERED = 0.75


def press_pairs(folder: Path) -> list[Pair]:
    """Return the press pairs to learn from."""
    return [(PRESS, *clean(*pair)) for pair in pairs_to_learn(folder)]


def corpus_pairs(corpora: Sequence[Path]) -> Iterator[Pair]:
    """Yield the clean pairs of the corpora that may be learnt from, by the kinds of ``SHARES``."""
    for path in corpora:
        seen: Counter[str] = Counter()
        for text in lines(path):
            source, french, english = text.split("\t")
            seen[source] += 1
            if seen[source] <= FIRST or source in UNUSED:
                continue
            french, english = clean(french, english)
            if french and english and acceptable(source, french, english):
                yield kind(source), french, english


def kind(source: str) -> str:
    """Return the source that a part of it counts for."""
    if source.startswith("books_"):
        return "books"
    return source.removesuffix("_2")


def close(pair: Pair) -> bool:
    """Tell whether the English of a pair keeps to the French."""
    return keeps_to(dictionary().answered(*pair[1:]), ANSWERED)


def mixture(
    press: list[Pair], pairs: Iterator[Pair], rng: random.Random, shares: Mapping[str, int] = SHARES
) -> list[Pair]:
    """Return a shuffled choice of pairs: the press, and the share of each source."""
    by_kind: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair[0] in shares:
            by_kind[pair[0]].append(pair)
    general = counts(press)
    chosen = list(press)
    for name, share in shares.items():
        alike = list(filter(close, general_first(by_kind[name], general, share)))
        chosen += rng.sample(alike, min(share, len(alike)))
    rng.shuffle(chosen)
    return chosen


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--press", type=Path, required=True, help="folder of French TAB English")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--times", type=float, default=1.0, help="of the shares of the corpora")
    options = parser.parse_args()
    press = press_pairs(options.press)
    shares = {name: round(share * options.times) for name, share in SHARES.items()}
    chosen = mixture(press, corpus_pairs(options.corpus), random.Random(options.seed), shares)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = "".join("\t".join(pair) + "\n" for pair in chosen)
    options.out.write_text(text, encoding="utf-8")
    print(Counter(pair[0] for pair in chosen))


if __name__ == "__main__":
    main()
