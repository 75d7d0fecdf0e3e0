"""Parallel texts in, the bilingual lexicon of the checks out (``pipeline/language/data``).

    python tools/lexicon.py CORPUS.tsv.xz > pipeline/language/data/lexicon.tsv

CORPUS holds one pair a line, "source name TAB French TAB English"; only the sources named below are
used, and the first pairs of each are left for measuring. Translation probabilities come from IBM
Model 1 (Brown et al. 1993), trained in both directions on word stems. The weights are the
log-likelihood ratios of a counterpart being absent, or present, in another sentence and in the
sentence's own translation. Takes about three minutes and 4 GB.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.corpus import lines
from pipeline.language.lexicon import (
    NAME_SHARE,
    OTHER_NAME,
    OTHER_WORD,
    Content,
    Item,
    answered,
    content,
)

# What a lexicon under Apache-2.0 may be learnt from; NOTICE names their owners.
SOURCES = frozenset(
    "europarl tatoeba tatoeba2 un_docs laws_canada theses_fr matos_abstracts infobase "
    "canada_open_first cds_canada python_docs php_docs django_docs opensource_guide".split()
)
HELD_OUT = 1000  # pairs of each source
LONGEST = 60  # content words
RARE = 4  # pairs a stem must occur in
ROUNDS = 5
LIKELY, LIKELY_BACK = 0.03, 0.06  # least probability given the French, given the English stem
EXPECTED = 2.0  # least expected count of a pair of stems
MOST = 14  # counterparts kept
QUOTED = 0.01  # an English word that is so much rarer than the same French word was quoted
COPIED = 0.05  # an English word that is so much rarer than the same French word is no English
HEAD = """# French-English lexicon of word stems, learnt by tools/lexicon.py; see NOTICE.
# language, stem, weight if no counterpart is seen, weight if one is, share of capitals (in tenths),
# counterparts; names whose stems are nouns too; last, the words that both languages write alike"""

Texts = list[tuple[tuple[Content, ...], tuple[Content, ...]]]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def read(path: Path) -> Texts:
    """Read the content words of the pairs to learn from."""
    seen: Counter[str] = Counter()
    texts: Texts = []
    for line in lines(path):
        name, french, english = line.split("\t")
        seen[name] += 1
        if name in SOURCES and seen[name] > HELD_OUT:
            pair = content(french, "fr"), content(english, "en")
            if all(0 < len(side) < LONGEST for side in pair):
                texts.append(pair)
    return texts


def vocabulary(sides: Iterator[tuple[Content, ...]]) -> dict[str, int]:
    """Number the stems that are not rare, from 1; 0 is the empty word."""
    counts = Counter(stem for side in sides for stem in {entry.stem for entry in side})
    common = sorted((-count, stem) for stem, count in counts.items() if count >= RARE)
    return {stem: number for number, (_, stem) in enumerate(common, 1)}


def model1(given: Ints, wanted: Ints, group: Ints, link: Ints) -> tuple[Floats, Floats]:
    """Return probability and expected count of each pair of stems, ``wanted`` given ``given``.

    ``given`` and ``wanted`` number the stems of each distinct pair; each link (a pair of words in
    a sentence) belongs to a pair of stems (``link``) and to a wanted word (``group``).
    """
    chance: Floats = np.array(wanted > 0, dtype=np.float64)
    counts: Floats = chance
    for _ in range(ROUNDS):
        share = chance[link]
        total = np.bincount(group, weights=share)
        share /= np.maximum(total[group], 1e-12)
        counts = np.bincount(link, weights=share, minlength=len(given)).astype(np.float64)
        totals = np.bincount(given, weights=counts)
        chance = counts / np.maximum(totals[given], 1e-12)
    return chance, counts


def pairs_of_stems(texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield the pairs of French and English stems that translate each other, likeliest first."""
    french, english = (vocabulary(text[side] for text in texts) for side in (0, 1))
    left: list[Ints] = []
    right: list[Ints] = []
    groups: tuple[list[Ints], list[Ints]] = ([], [])
    totals = [0, 0]
    for source, target in texts:
        a = np.array([0, *sorted({french[e.stem] for e in source if e.stem in french})])
        b = np.array([0, *sorted({english[e.stem] for e in target if e.stem in english})])
        left.append(np.repeat(a, len(b)))
        right.append(np.tile(b, len(a)))
        groups[0].append(np.repeat(np.arange(totals[0], totals[0] + len(a)), len(b)))
        groups[1].append(np.tile(np.arange(totals[1], totals[1] + len(b)), len(a)))
        totals = [totals[0] + len(a), totals[1] + len(b)]
    size = len(english) + 1
    pairs, link = np.unique(
        np.concatenate(left) * size + np.concatenate(right), return_inverse=True
    )
    one, other = pairs // size, pairs % size
    forward, seen = model1(one, other, np.concatenate(groups[1]), link)
    backward, seen_back = model1(other, one, np.concatenate(groups[0]), link)
    likely = ((forward >= LIKELY) & (seen >= EXPECTED)) | (
        (backward >= LIKELY_BACK) & (seen_back >= EXPECTED)
    )
    chosen = np.nonzero(likely & (one > 0) & (other > 0))[0]
    best = np.maximum(forward, backward)
    names = [list(french), list(english)]
    for at in sorted(chosen, key=lambda at: (-best[at], at)):
        yield names[0][one[at] - 1], names[1][other[at] - 1]


def counterparts(texts: Texts) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the counterparts of each French and of each English stem."""
    counts = [Counter(e.stem for text in texts for e in text[side]) for side in (0, 1)]
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    for one, other in pairs_of_stems(texts):
        if counts[1][other] < COPIED * counts[0][other]:
            continue
        for table, key, value in ((forward, one, other), (backward, other, one)):
            if len(table.setdefault(key, [])) < MOST:
                table[key].append(value)
    return forward, backward


def weigh(
    asked: Sequence[tuple[Content, ...]],
    own: Sequence[tuple[Content, ...]],
    table: Mapping[str, Sequence[str]],
) -> dict[str, tuple[int, int, int]]:
    """Return what the lexicon says of each stem, in tenths: absent, present, share of capitals."""
    items = {stem: Item(frozenset(others), 0, 0, 0) for stem, others in table.items()}
    seen: dict[str, list[int]] = {}
    chance: dict[str, list[int]] = {}
    capitals: Counter[str] = Counter()
    for words, (given, foreign) in zip(asked, pairwise([*own, own[0]]), strict=True):
        for counts, side in ((seen, given), (chance, foreign)):
            for entry, found in zip(words, answered(words, side, items), strict=True):
                other = OTHER_NAME if entry.word.text[0].isupper() else OTHER_WORD
                key = entry.stem if entry.stem in items else other
                counts.setdefault(key, [0, 0])[found] += 1
        for entry in words:
            capitals[entry.stem] += entry.word.text[0].isupper()
    weights = {}
    for stem, (absent, present) in seen.items():
        kept = (present + 1.5) / (absent + present + 3)
        random = (chance[stem][1] + 0.5) / (sum(chance[stem]) + 3)
        random = max(random, 0.05)  # a stretch left out lies beside words that were not
        weights[stem] = (
            round(10 * max(0.0, math.log((1 - random) / (1 - kept)))),
            round(10 * min(0.0, math.log(random / kept))),
            round(10 * capitals[stem] / (absent + present)),
        )
    return weights


def shared_forms(texts: Texts) -> list[str]:
    """Return the words that both languages write alike, lower case, in alphabetical order."""
    french, english = (
        Counter(e.word.text for text in texts for e in text[side] if e.word.text.islower())
        for side in (0, 1)
    )
    return sorted(
        word
        for word, count in english.items()
        if word in french and count > 1 and count >= QUOTED * french[word]
    )


def names(texts: Texts, weights: Mapping[str, tuple[int, int, int]]) -> list[str]:
    """Return the French words that are always capitals although their stems are not, folded."""
    capitals: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for source, _ in texts:
        for entry in source:
            if entry.stem in weights and weights[entry.stem][2] < 10 * NAME_SHARE:
                seen[entry.folded] += 1
                capitals[entry.folded] += entry.word.text[0].isupper()
    return sorted(
        word
        for word, count in seen.items()
        if count >= RARE and capitals[word] >= NAME_SHARE * count
    )


def main() -> None:
    """Learn the lexicon and print it."""
    texts = read(Path(sys.argv[1]))
    tables = counterparts(texts)
    lines = [HEAD]
    for side, language in enumerate(("fr", "en")):
        table = tables[side]
        weights = weigh([text[side] for text in texts], [text[1 - side] for text in texts], table)
        lines += [
            "\t".join(
                [language, stem, *map(str, weights[stem]), " ".join(sorted(table.get(stem, [])))]
            )
            for stem in sorted(weights)
        ]
        if language == "fr":
            lines.append(f"names\t{' '.join(names(texts, weights))}")
    lines += [f"both\t{' '.join(shared_forms(texts))}"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
