"""The dictionary and the pairs written for the project in; how its renderings are used, out.

    python -m tools.dictionary_usage [--pairs models/recipe/press] [--out tools/usage.tsv]

Of each French term that the dictionary renders in several ways, it is counted how often each
rendering stands in the English of the pairs that have the term, less what chance makes of it:
"take" stands in many sentences, whatever their French. A line is "term TAB
rendering~times|…", the renderings by the dictionary forms of their words. Takes some 20 minutes of
one processor. ``tools.dictionary_phrases`` orders the renderings by what comes out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import lines, pairs_to_learn
from pipeline.language.dictionary import Dictionary, SourceTerm, dictionary
from pipeline.language.dictionary.answers import Target, keys
from pipeline.language.small_words import ENGLISH_FUNCTION

PAIRS = Path(__file__).parents[1] / "models/recipe/press"
USAGE = Path(__file__).parent / "usage.tsv"
# For how many uses counts what was known of a term before.
_PRIOR = 4.0

# What the pairs have in the place of a dictionary's "one's".
_THEIR = re.compile(r"\bone's\b")
# How often a rendering is used, by its keys; of each term.
Usage = Mapping[str, Mapping[tuple[str, ...], int]]


def count(known: Dictionary, pairs: Iterable[tuple[str, str]]) -> Usage:
    """Count in pairs of French and English which renderings of the terms are used."""
    usage: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    everywhere: Counter[tuple[str, ...]] = Counter()
    sentences = 0
    for french, english in pairs:
        target = Target(english)
        sentences += 1
        everywhere.update((key,) for key in set(target.keys))
        for term in known.terms(french):
            if len(term.renderings) > 1:
                seen[term.lemma] += 1
                usage[term.lemma].update(_used(term, target))
    return {
        term: {
            key: told
            for key, times in counts.items()
            if (told := round(times - seen[term] * everywhere[key] / sentences)) > 0
        }
        for term, counts in usage.items()
    }


def _used(term: SourceTerm, target: Target) -> Iterator[tuple[str, ...]]:
    """Yield the keys of the renderings that stand in a text, but those within longer ones."""
    found = {keys(each.text): target.find(each.text) for each in term.renderings}
    spans = {span for each in found.values() for span in each}
    for key, own in found.items():
        if any(not _is_within(span, spans) for span in own):
            yield key


def _is_within(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    start, end = span
    return any(one <= start and end <= other and (one, other) != span for one, other in spans)


def times(renderings: Sequence[str], used: Mapping[tuple[str, ...], int]) -> list[int]:
    """Give how often each rendering of a term is used; of those alike, the first has all.

    "On Tuesday" says "Tuesday", too.
    """
    left = dict(used)
    own = [left.pop(keys(_THEIR.sub("their", text)), 0) for text in renderings]
    return [
        sum(uses for other, uses in zip(renderings, own, strict=True) if _says(other, text))
        for text in renderings
    ]


def _says(text: str, other: str) -> bool:
    """Whether a rendering is another one, with no more than small words before it."""
    before = text.removesuffix(other)
    return before != text and ENGLISH_FUNCTION.issuperset(before.lower().split())


def shares(known: Sequence[float], used: Sequence[int]) -> list[float]:
    """Give the share of each rendering, from what was known of it and how often it is used."""
    every, total = sum(known) or 1.0, sum(used)
    return [
        (own + _PRIOR * before / every) / (total + _PRIOR)
        for before, own in zip(known, used, strict=True)
    ]


def read(path: Path = USAGE) -> Usage:
    """Read what was counted."""
    usage = {}
    for line in lines(path):
        term, counts = line.split("\t")
        told = (each.rsplit("~", 1) for each in counts.split("|"))
        usage[term] = {tuple(key.split()): int(times) for key, times in told}
    return usage


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--out", type=Path, default=USAGE)
    options = parser.parse_args()
    usage = count(dictionary(), pairs_to_learn(options.pairs))
    with options.out.open("w", encoding="utf-8") as file:
        for term, counts in sorted(usage.items()):
            told = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            if told:
                text = "|".join(f"{' '.join(key)}~{times}" for key, times in told)
                file.write(f"{term}\t{text}\n")


if __name__ == "__main__":
    main()
