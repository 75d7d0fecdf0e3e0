"""Parallel texts and lexical facts in, the French–English dictionary out.

    python -m tools.dictionary CORPUS_FOLDER [--out pipeline/language/data]

CORPUS_FOLDER holds ``fr-en.tsv.xz`` (the model's training text) and ``fr-en-2.tsv.xz``, one pair a
line, "source TAB French TAB English", and ``lexicon-facts.tsv.xz``, "French TAB English TAB kind
TAB sources TAB note". The first 1,000 pairs of each source are left for measuring. The same input
makes the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.language.words import WORD
from tools.dictionary_align import Floats, Ints, Side, learn, read
from tools.dictionary_count import Counts, count
from tools.dictionary_facts import Fact, rude
from tools.dictionary_facts import read as read_facts
from tools.dictionary_merge import Corpora, lines
from tools.dictionary_phrases import PHRASES
from tools.dictionary_phrases import build as build_phrases
from tools.dictionary_phrases import write as write_lines

LEAST = 0.3  # expected links of a pair of words that are kept
COPIED = 0.05  # an English word that is so much rarer than the same French word was quoted
COMMON = 3  # occurrences of an English word


def aligned(
    french: Side, english: Side, links: tuple[Ints, Ints, Floats]
) -> dict[str, dict[str, float]]:
    """The expected counts as a table: French form, English form."""
    table: dict[str, dict[str, float]] = {}
    one, other, counts = links
    kept = counts > LEAST
    for f, e, hits in zip(
        one[kept].tolist(), other[kept].tolist(), counts[kept].tolist(), strict=True
    ):
        table.setdefault(french.words[f], {})[english.words[e]] = hits
    return table


def sizes(side: Side) -> dict[str, int]:
    """How often each form of a side occurs."""
    return dict(zip(side.words, side.counts.tolist(), strict=True))


def english_words(counts: Counts, facts: Mapping[str, list[Fact]]) -> Iterator[str]:
    """The words of English, in lower case: common in the pairs, or in facts."""
    lower: dict[str, int] = {}
    for word, seen in counts.english.items():
        lower[word.lower()] = lower.get(word.lower(), 0) + seen
    french = counts.forms[1]
    told = {
        word.lower() for each in facts.values() for f in each for word in WORD.findall(f.english)
    }
    for word in lower.keys() | told:
        seen = lower.get(word, 0)
        quoted = seen < COPIED * french[word]
        if word.isalpha() and not rude(word) and ((seen >= COMMON and not quoted) or word in told):
            yield word


def write(folder: Path, corpora: Corpora, facts: Mapping[str, list[Fact]]) -> None:
    """Write both files, and the terms written by hand, whose counts are the dictionary's."""
    for name, made in (
        ("dictionary.tsv", lines(corpora, facts)),
        ("dictionary-english.txt", english_words(corpora.counts, facts)),
    ):
        write_lines(folder / name, made)
    build_phrases(PHRASES, folder)


def main() -> None:
    """Learn the dictionary and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/language/data"))
    args = parser.parse_args()
    paths = [args.corpus / "fr-en.tsv.xz", args.corpus / "fr-en-2.tsv.xz"]
    facts = read_facts(args.corpus / "lexicon-facts.tsv.xz")
    french, english = read(paths)
    table = aligned(french, english, learn(french, english))
    known = Corpora(table, sizes(french), sizes(english), count(paths, facts))
    write(args.out, known, facts)


if __name__ == "__main__":
    main()
