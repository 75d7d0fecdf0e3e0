"""Sentences and their references in; those that have terms, with their terms, out.

    python benchmarks/term_list.py SOURCE.fr REFERENCE.en --corpus fr-en.tsv --out TERMS.jsonl

The words of the sentences are aligned, with lines of a parallel corpus (name TAB French TAB
English) for company. A line is written for each sentence that has both kinds of terms: names and
whole noun phrases ("proper"), and other words ("random"); all their words must correspond in
other pairs too, or be spelt alike. Needs models/recipe/requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from models.recipe.align import Links, Term, Token, align, terms, tokens  # noqa: E402

# Lines of the corpus that are aligned together with the sentences, and the longest of them.
COMPANY, LONGEST = 60_000, 300
# Words correspond if they are linked in so many pairs, or spelt so much alike.
SEEN, ALIKE = 3, 0.7
# A term with one of these inside is a clause: « police a demandé ».
VERB = re.compile(r"\b(?:a|ont|est|sont|était|étaient|sera|fut|moins|plus)\b")


def extract(source: Path, reference: Path, corpus: Path, out: Path) -> None:
    """Write the sentences that have terms, a JSON object a line."""
    french = source.read_text(encoding="utf-8").splitlines()
    english = reference.read_text(encoding="utf-8").splitlines()
    wanted = list(zip(french, english, strict=True))
    rows = (line.split("\t") for line in corpus.read_text(encoding="utf-8").splitlines())
    company = [(row[1], row[2]) for row in rows if len(row) == 3 and len(row[1]) <= LONGEST]
    company = random.Random(1).sample(company, min(COMPANY, len(company)))
    pairs = [*wanted, *company]
    aligned = align(pairs)
    links = Counter(
        pair
        for (left, right), (sure, _) in zip(pairs, aligned, strict=True)
        for pair in _linked(tokens(left), tokens(right), sure)
    )
    with out.open("w", encoding="utf-8") as file:
        for (left, right), (sure, possible) in zip(wanted, aligned, strict=False):
            words = tokens(left), tokens(right)
            found = [
                term
                for term in terms(left, right, sure, possible)
                if _is_phrase(term)
                and all(
                    links[pair] >= SEEN or _alike(*pair)
                    for pair in _linked(*words, sure, range(term.first, term.last))
                )
            ]
            proper = _apart([t for t in found if t.replaceable])
            other = _apart([t for t in found if not t.replaceable and " " not in t.french])
            if proper and other:
                row = {"source": left, "reference": right, "proper": proper, "random": other}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _is_phrase(term: Term) -> bool:
    """Tell whether a term may be an entry: no clause, and the same numbers on both sides."""
    digits = [re.sub(r"\D", "", text) for text in (term.french, term.english)]
    return len(term.french) > 3 and digits[0] == digits[1] and not VERB.search(term.french)


def _linked(
    source: list[Token], target: list[Token], sure: Links, within: range | None = None
) -> Iterator[tuple[str, str]]:
    """Give the words that are linked, in lower case; only those of French places ``within``."""
    for left, right in sure:
        if within is None or left in within:
            yield source[left].text.lower(), target[right].text.lower()


def _alike(french: str, english: str) -> bool:
    """Tell whether two words are spelt much alike, as names and many terms are."""
    return SequenceMatcher(None, french, english).ratio() >= ALIKE


def _apart(found: Iterable[Term]) -> list[tuple[str, str]]:
    """Take two terms that do not overlap, longer ones first; without a sentence's first capital."""
    picked: list[Term] = []
    for term in sorted(found, key=lambda term: -len(term.french)):
        if all(term.last <= other.first or term.first >= other.last for other in picked):
            picked.append(term)
    pairs = []
    for term in picked[:2]:
        initial = term.english_start == 0 and term.french[0].islower()
        first = term.english[0].lower() if initial else term.english[0]
        pairs.append((term.french, first + term.english[1:]))
    return pairs


def main() -> None:
    """Make the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    extract(given.source, given.reference, given.corpus, given.out)


if __name__ == "__main__":
    main()
