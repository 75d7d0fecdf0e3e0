"""Pairs of sentences in; the dictionary's terms that good translators render otherwise, out.

    python -m tools.dictionary_audit models/recipe/press/*.tsv [--every 4] [--least 3]

A term of the dictionary counts as answered where one of its renderings stands in the English, and
the first of them may be asked for where none does. Of pairs that a good translator made ("French
TAB English"), this lists the terms that may be asked for and are often unanswered, the most harmful
first, with examples: either a right rendering is missing, or the first is wrong there, or the
context decides (see "Terms written for the project" in docs/dictionary.md).
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

from pipeline.language.dictionary import SourceTerm, dictionary
from pipeline.stages.translate.lexical import may_ask

_CHUNK = 1000
_EXAMPLES = 3
_RENDERINGS = 8
_AROUND = 60


class Term(NamedTuple):
    """A term as the dictionary lists it: its form, kind, and whether it was written by hand."""

    form: str
    kind: str
    written: bool


class Example(NamedTuple):
    """Where a term is unanswered: the term there, and the pair."""

    term: SourceTerm
    french: str
    english: str


def audited(pairs: Sequence[str]) -> tuple[Counter[Term], dict[Term, list[Example]]]:
    """Count the terms of pairs that may be asked for; give those that are unanswered."""
    seen: Counter[Term] = Counter()
    lost: defaultdict[Term, list[Example]] = defaultdict(list)
    for pair in pairs:
        french, english = pair.split("\t")
        for each in dictionary().answered(french, english).terms:
            term = each.term
            if not may_ask(term):
                continue
            listed = Term(term.lemma, term.renderings[0].kind, term.sure)
            seen[listed] += 1
            if not each.spans:
                lost[listed].append(Example(term, french, english))
    return seen, dict(lost)


def told(
    seen: Mapping[Term, int], lost: Mapping[Term, Sequence[Example]], least: int, share: float
) -> Iterator[str]:
    """Yield a paragraph for each term that is unanswered so often."""
    rows = [
        (len(examples), seen[term], term, examples)
        for term, examples in lost.items()
        if len(examples) >= least and len(examples) >= share * seen[term]
    ]
    rows.sort(key=lambda row: -row[0] * row[0] / row[1])
    for count, every, term, examples in rows:
        renderings = ", ".join(each.text for each in examples[0].term.renderings[:_RENDERINGS])
        whose = "written" if term.written else "learnt"
        yield f"{term.form} ({term.kind or '?'}, {whose}): {count} of {every}; now {renderings}"
        step = max(1, len(examples) // _EXAMPLES)
        for found, french, english in examples[::step][:_EXAMPLES]:
            first = max(0, found.start - _AROUND)
            yield f"    … {french[first : found.end + _AROUND]} | {english}"


def read(paths: Iterable[Path], every: int) -> list[str]:
    """Read every Nth pair of files."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return lines[::every]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="take every Nth pair")
    parser.add_argument("--least", type=int, default=3, help="unanswered so many times")
    parser.add_argument("--share", type=float, default=0.35, help="and so often of all")
    options = parser.parse_args()
    pairs = read(options.pairs, options.every)
    seen: Counter[Term] = Counter()
    lost: defaultdict[Term, list[Example]] = defaultdict(list)
    with Pool() as pool:
        chunks = [pairs[first : first + _CHUNK] for first in range(0, len(pairs), _CHUNK)]
        for some_seen, some_lost in pool.imap(audited, chunks):
            seen += some_seen
            for term, examples in some_lost.items():
                lost[term] += examples
    for line in told(seen, lost, options.least, options.share):
        print(line)
    unanswered = sum(map(len, lost.values()))
    print(f"{len(pairs)} pairs, {seen.total()} terms to ask for, {unanswered} unanswered")


if __name__ == "__main__":
    main()
