"""Choose sentence pairs from the corpus: clean them, prefer general prose, drop bad pairs."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

Pair = tuple[str, str, str]  # source name, French, English

GENERAL = ("ud_pud", "mt_geneval", "tico19", "tatoeba2", "opensource_guide")
SELECTED = ("europarl", "un_docs", "un_test", "theses_fr", "infobase", "laws_canada")
POOL_FACTOR = 2

WORD = re.compile(r"\w+")
JOINED_SENTENCES = re.compile(r"(?<=[a-zé)])([.!?])(?=[A-ZÀÉ][a-zé])")  # in tico19: "public.On"
SPACED_APOSTROPHE = re.compile(r"' (?=\w)")
ENGLISH_FIXES = (
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)"), ","),
    (re.compile(r"(?<=\d)[ \u00a0\u202f]%"), "%"),
    (re.compile(r"\b(\d+),(\d{1,2})(?![\d,])"), r"\1.\2"),
    (re.compile(r"[\u00a0\u202f]"), " "),
    (re.compile(r" +(?=[,;:!?.](?:\s|$))"), ""),
    (re.compile(r"[\u2018\u2019]"), "'"),
    (re.compile(r"[\u201c\u201d\u00ab\u00bb]|``|''"), '"'),
    (re.compile(r"^\. [\u2013-] "), ""),
)
FRENCH_FIXES = (
    (SPACED_APOSTROPHE, "'"),
    (re.compile(r"^\. [\u2013-] "), ""),
    (re.compile(r"  +"), " "),
)


def clean(french: str, english: str) -> tuple[str, str]:
    """Return the pair with spelling conventions made regular."""
    for pattern, replacement in FRENCH_FIXES:
        french = pattern.sub(replacement, french)
    for pattern, replacement in ENGLISH_FIXES:
        english = pattern.sub(replacement, english)
    return french.strip(), english.strip()


def acceptable(source: str, french: str, english: str) -> bool:
    """Tell whether a pair has a sane length, ratio and first character."""
    shortest = 12 if source.startswith(("tatoeba", "diabla", "mozilla", "press")) else 25
    if not shortest <= len(french) <= 420 or len(english) > 400:
        return False
    if not 0.55 < len(english) / len(french) < 1.45:
        return False
    return french[0].isalnum() or french[0] in '«"“–-—'


def load(corpus: Path) -> dict[str, list[Pair]]:
    """Read the corpus (``source TAB French TAB English``) by source, without duplicates."""
    by_source: dict[str, list[Pair]] = defaultdict(list)
    seen: set[str] = set()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            source, french, english = line.rstrip("\n").split("\t")
            french, english = clean(french, english)
            if source == "tico19":
                french, english = (JOINED_SENTENCES.sub(r"\1 ", t) for t in (french, english))
            if not french or not english or english in seen:
                continue
            if acceptable(source, french, english):
                seen.add(english)
                by_source[source].append((source, french, english))
    return by_source


def counts(pairs: list[Pair]) -> Counter[str]:
    """Count the French words of some pairs."""
    return Counter(w for _, french, _ in pairs for w in WORD.findall(french.lower()))


def general_first(pairs: list[Pair], general: Counter[str], wanted: int) -> list[Pair]:
    """Return the pairs whose French words are most like general prose.

    The score is the mean log ratio of word frequencies (general against this source), after
    Moore and Lewis (2010), over words only.
    """
    own = counts(pairs)
    total_own, total_general = sum(own.values()), sum(general.values())

    def score(pair: Pair) -> float:
        words = WORD.findall(pair[1].lower())
        ratios = [
            math.log((general[w] + 0.5) / total_general) - math.log((own[w] + 0.5) / total_own)
            for w in words
        ]
        return sum(ratios) / max(len(ratios), 6)

    return sorted(pairs, key=score, reverse=True)[: wanted * POOL_FACTOR]


def choose(corpus: Path, wanted: dict[str, int], rng: random.Random) -> list[Pair]:
    """Return a shuffled choice of the wanted number of pairs of each source."""
    by_source = load(corpus)
    general = counts([p for name in GENERAL for p in by_source[name]])
    chosen: list[Pair] = []
    for name, count in wanted.items():
        pairs = by_source[name]
        if name in SELECTED:
            pairs = general_first(pairs, general, count)
        chosen.extend(rng.sample(pairs, min(count, len(pairs))))
    rng.shuffle(chosen)
    return chosen
