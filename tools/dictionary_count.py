"""Parallel texts and facts in; how often words, terms and their counterparts are there, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pipeline.language.dictionary.keys import phrase_key, phrase_stem, plain
from pipeline.language.words import WORD
from tools.dictionary_align import learnable
from tools.dictionary_facts import Fact

ENOUGH = 3000  # sentences with a word, of which its counterparts are looked for


@dataclass
class Counts:
    """What was counted in the pairs to learn from.

    ``forms``: occurrences of each French word, in the first file and in all. ``terms``: the same
    of terms of several words, by key. ``english``: spellings of English words that do not begin a
    sentence; ``french``: the same. ``tried``: sentences with a head in which its renderings of
    several words were looked for; ``hits``: those that had one, by head and rendering.
    """

    forms: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    terms: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    english: Counter[str] = field(default_factory=Counter)
    french: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)


def english_key(text: str) -> str:
    """An English text between spaces, its words in lower case without the s of plurals."""
    return f" {' '.join(word.rstrip('s') or word for word in WORD.findall(text.lower()))} "


def heads_key(head: str) -> str:
    """The key of a head: that of a term of several words, or the word itself in lower case."""
    words = tuple(WORD.findall(plain(head)))
    return phrase_key(words) if len(words) > 1 else plain(head)


def count(paths: list[Path], facts: Mapping[str, Iterable[Fact]]) -> Counts:
    """Count words, terms and those counterparts that have several words on either side."""
    wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for head, each in facts.items():
        key = heads_key(head)
        for fact in each:
            if " " in key or " " in fact.english or "-" in fact.english:
                wanted[key][fact.english] = english_key(fact.english)
    longer: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for key in wanted:
        parts = key.split()
        if len(parts) > 1:
            longer[parts[0], parts[1]].append((len(parts), key))
    counts = Counts()
    for file, source, target in learnable(paths):
        words = WORD.findall(source)
        counts.french.update(words[1:])
        counts.english.update(WORD.findall(target)[1:])
        lower = WORD.findall(plain(source))
        counts.forms[1].update(lower)
        if not file:
            counts.forms[0].update(lower)
        found = {word for word in lower if word in wanted}
        stems = [*map(phrase_stem, lower)]
        for at, pair in enumerate(pairwise(stems)):
            for length, key in longer.get(pair, ()):
                if length == 2 or " ".join(stems[at : at + length]) == key:
                    found.add(key)
                    counts.terms[1][key] += 1
                    counts.terms[0][key] += not file
        if found:
            english = english_key(target)
            for key in found:
                if counts.tried[key] < ENOUGH:
                    counts.tried[key] += 1
                    for rendering, seen in wanted[key].items():
                        if seen in english:
                            counts.hits[key, rendering] += 1
    return counts
