"""Time glossary matching at the size of a legal glossary and of a book.

Usage: ``python benchmarks/glossary_matching.py [ENTRIES] [WORDS]`` (15,000 and 100,000). Prints the
seconds of each stage, by the clock and of the processor, and matching as a multiple of cutting the
text into tokens. Everything is
made up with a fixed seed: French-looking words, entries of one to five of them (two of three are
terms, which inflect), and a text in which every tenth phrase is an entry.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from pipeline.glossary import Matcher, verify
from pipeline.language.tokens import tokenize
from pipeline.model import Entry, EntryKind

Result = TypeVar("Result")

STARTS = ("ac", "bal", "con", "dé", "ém", "fran", "gou", "inter", "mi", "na", "or", "pré", "ré")
MIDDLES = ("ba", "ci", "do", "fi", "lé", "ma", "nis", "pu", "ra", "so", "ti", "vo")
# Words in an entry: one in ten is a single word, as in legal and military glossaries.
LENGTHS = (1, 2, 2, 2, 2, 3, 3, 3, 4, 5)
ENDINGS = ("tion", "teur", "al", "ien", "ment", "té", "age", "if", "ance", "eau", "ique", "e")


def timed(label: str, work: Callable[[], Result]) -> tuple[Result, float]:
    """Run a stage, print its seconds and give its result and its processor seconds."""
    start, start_processor = time.perf_counter(), time.process_time()
    result = work()
    seconds, processor = time.perf_counter() - start, time.process_time() - start_processor
    print(f"{label:<34}{seconds:8.2f} s{processor:8.2f} s of the processor")
    return result, processor


def main(entry_count: int = 15_000, word_count: int = 100_000) -> None:
    """Make the glossary and the text, and time the stages."""
    chance = random.Random(7)

    def word() -> str:
        middle = "".join(chance.choice(MIDDLES) for _ in range(chance.randint(0, 2)))
        return chance.choice(STARTS) + middle + chance.choice(ENDINGS)

    vocabulary = [word() for _ in range(8_000)]
    sources: set[str] = set()
    while len(sources) < entry_count:
        sources.add(" ".join(chance.choices(vocabulary, k=chance.choice(LENGTHS))))
    kinds = (EntryKind.TERM, EntryKind.TERM, EntryKind.NAME)
    entries = [
        Entry(str(number), source, f"rendering {number}", kinds[number % 3])
        for number, source in enumerate(sorted(sources))
    ]
    phrases: list[str] = []
    total = 0
    while total < word_count:
        phrase = (
            chance.choice(entries).source if chance.random() < 0.1 else chance.choice(vocabulary)
        )
        phrases.append(chance.choice(("l'", "", "", "")) + phrase)
        total += phrase.count(" ") + 1
    text = " ".join(phrases)
    sentences = [" ".join(phrases[start : start + 20]) for start in range(0, len(phrases), 20)]

    print(f"{len(entries):,} entries, {total:,} words, {len(sentences):,} sentences")
    matcher, building = timed("build the matcher", lambda: Matcher(entries))
    _, reading = timed("cut the text into tokens", lambda: tokenize(text))
    matches, matching = timed("match it as one text", lambda: matcher.matches(text))
    by_sentence, _ = timed(
        "match it sentence by sentence", lambda: [matcher.matches(one) for one in sentences]
    )
    timed(
        "verify each sentence",
        lambda: [verify("s", found, "no rendering") for found in by_sentence],
    )
    timed("verify it as one text", lambda: verify("s", matches, text))
    print(
        f"{len(matches):,} matches; matching takes {matching / reading:.1f} times the tokens; "
        f"building and matching {building + matching:.2f} s of the processor"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
