"""Choose the lines to end the training with: mostly Wikipedia and news, some of everything.

    python -m recipe.decay --corpus fr-en.tsv --data data/train.tsv --out data/decay.tsv --seed 7

What is seen while the learning rate falls marks the model most.  A line belongs to a source if its
French letters are those of a sentence of that source.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

NOT_LETTERS = re.compile(r"[\W\d_]+")
PREFERRED = {"ud_pud": 1000, "mt_geneval": 3000, "tico19": 2000}
OTHERS = 14000
# The narrow choice takes preferred sentences twice, with other hints, and less of everything else.
NARROW = {"ud_pud": 2000, "mt_geneval": 6000, "tico19": 2400}
NARROW_OTHERS = 3500


def letters(text: str) -> str:
    """Return the letters of a text in lower case."""
    return NOT_LETTERS.sub("", text.lower())


def choose(
    source_of: dict[str, str], lines: list[str], rng: random.Random, narrow: bool
) -> list[str]:
    """Return the wanted number of lines of preferred sources and of others."""
    chosen: Counter[str] = Counter()
    left = Counter(NARROW | {"": NARROW_OTHERS} if narrow else PREFERRED | {"": OTHERS})
    result = []
    for line in rng.sample(lines, len(lines)):
        key = letters(line.split("\t")[1])
        source = source_of.get(key, "")
        if chosen[key] < (2 if narrow and source else 1) and left[source] > 0:
            chosen[key] += 1
            left[source] -= 1
            result.append(line)
    rng.shuffle(result)
    return result


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="uncompressed fr-en.tsv")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--narrow", action="store_true", help="more of the preferred sources")
    options = parser.parse_args()
    with options.corpus.open(encoding="utf-8") as corpus:
        pairs = (line.split("\t") for line in corpus)
        source_of = {letters(f): source for source, f, _ in pairs if source in PREFERRED}
    lines = options.data.read_text(encoding="utf-8").rstrip("\n").split("\n")
    result = choose(source_of, lines, random.Random(options.seed), options.narrow)
    options.out.write_text("\n".join(result) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
