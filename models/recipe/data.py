"""Make the training and hint test files from the parallel corpus.

    python -m recipe.data --corpus fr-en.tsv --out DIR --seed 11

Every line of ``train.tsv`` and ``hints.tsv`` is ``hints TAB French TAB English``; hints are
written ``term==translation`` and joined by ``||``.  The pairs of ``hints.tsv`` are kept out of
``train.tsv``.  ``counts.json`` records how many pairs of each source were used.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

from num2words import num2words

from .align import Links, Term, align, coverage, terms
from .select_pairs import Pair, choose

WANTED = {
    "ud_pud": 993,
    "mt_geneval": 2970,
    "tico19": 2883,
    "europarl": 45000,
    "un_docs": 8000,
    "un_test": 7000,
    "tatoeba": 18000,
    "tatoeba2": 3500,
    "theses_fr": 7000,
    "matos_abstracts": 5900,
    "diabla": 5000,
    "debian_handbook": 1500,
    "opensource_guide": 880,
    "infobase": 5000,
    "canada_open_first": 1100,
    "cds_canada": 130,
    "mozilla_www": 1500,
    "mozilla_legal": 500,
    "python_docs": 400,
    "laws_canada": 1500,
}
REPEATED = ("ud_pud", "mt_geneval", "tico19")
MIN_COVERAGE = 0.33
HELD_OUT = {
    "mt_geneval": 100,
    "ud_pud": 50,
    "tico19": 70,
    "europarl": 60,
    "un_docs": 40,
    "matos_abstracts": 40,
    "un_test": 40,
}

HINTED = 0.6
CONTRADICTED = 0.5
DISTRACTED = 0.1
RENUMBERED = 0.3
SPELLED = 0.25
SPACES = ("\u00a0", "\u202f", " ", "")
DASHES = ("\u2014 ", "\u2013 ", "- ")
NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,4}(?![\w:/-]|[.,]\d| \d{3}\b)")

Hint = tuple[str, str]


def shape(english: str) -> tuple[object, ...]:
    """Return what a replacement must share with a term: words, capitals, ending, article."""
    words = english.split()
    ending = next((e for e in ("ing", "ed", "ly", "ion", "s") if words[-1].endswith(e)), "")
    capitals = tuple(w[0].isupper() for w in words)
    return len(words), capitals, ending, words[0][0].lower() in "aeiou"


def substituted(pattern: re.Pattern[str], old: str, new: str, text: str) -> str:
    """Return a text with ``new`` for each match of a pattern that reads ``old``."""
    return pattern.sub(lambda found: new if found.group() == old else found.group(), text)


class Hinter:
    """Draws hints for sentence pairs from their aligned terms."""

    def __init__(self, found: list[list[Term]], rng: random.Random) -> None:
        self.rng = rng
        self.pool: dict[tuple[object, ...], list[str]] = defaultdict(list)
        self.all: list[Hint] = []
        for each in found:
            for term in each:
                if term.replaceable:
                    self.pool[shape(term.english)].append(term.english)
                self.all.append((term.french, term.english))

    def pick(self, candidates: list[Term]) -> list[Term]:
        """Return one to three terms that do not overlap, names and long terms first."""
        wanted = self.rng.choice((1, 1, 2, 3))
        picked: list[Term] = []
        while candidates and len(picked) < wanted:
            (term,) = self.rng.choices(candidates, [c.weight for c in candidates])
            picked.append(term)
            candidates = [c for c in candidates if c.last <= term.first or c.first >= term.last]
        return picked

    def hints(self, english: str, candidates: list[Term]) -> tuple[list[Hint], str]:
        """Return hints and the reference, in which contradicted terms are replaced."""
        hints = []
        for term in self.pick(candidates):
            target = term.english
            initial = term.english_start == 0 and term.french[0].islower()
            if (
                term.replaceable
                and self.rng.random() < CONTRADICTED
                and len(re.findall(rf"\b{re.escape(target)}\b", english)) == 1
            ):
                other = self.rng.choice(self.pool[shape(target)])
                english = substituted(
                    re.compile(rf"\b{re.escape(target)}\b"), target, other, english
                )
                target = other
            elif initial:
                target = target[0].lower() + target[1:]
            hints.append((term.french, target))
        return hints, english

    def distractor(self, french: str) -> Hint:
        """Return a hint whose term does not occur in the sentence."""
        while True:
            hint = self.rng.choice(self.all)
            if hint[0].lower() not in french.lower():
                return hint


def true_hints(hinter: Hinter, candidates: list[Term]) -> list[Hint]:
    """Return names and noun phrases that agree with the reference (for the hint test)."""
    usable = [t for t in candidates if t.replaceable]
    return [(t.french, t.english) for t in hinter.pick(usable)]


Example = tuple[list[Hint], str, str]


def typography(hints: list[Hint], french: str, rng: random.Random) -> tuple[list[Hint], str]:
    """Vary apostrophes, guillemets and no-break spaces on the French side."""

    def vary(text: str, space: str, curly: bool, marks: tuple[str, str]) -> str:
        text = re.sub(r"«\s*", marks[0] + (space if marks[0] == "«" else ""), text)
        text = re.sub(r"\s*»", (space if marks[1] == "»" else "") + marks[1], text)
        text = re.sub(r"(?<=\w)\s*([;:!?%])(?=\s|$)", lambda m: space + m.group(1), text)
        text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", space or "\u202f", text)
        return text.replace("'", "’") if curly else text

    space = rng.choice(SPACES)
    curly = rng.random() < 0.55
    marks = rng.choice((("«", "»"), ("«", "»"), ("«", "»"), ("“", "”"), ('"', '"')))
    return [(vary(a, space, curly, marks), b) for a, b in hints], vary(french, space, curly, marks)


def reshape(example: Example, rng: random.Random) -> Example:
    """Sometimes turn a pair into a headline, a quotation, a line of dialogue or capitals."""
    hints, french, english = example
    draw = rng.random()
    both_stop = french.endswith(".") and english.endswith(".")
    if draw < 0.08 and both_stop and len(french) < 110:
        return hints, french[:-1].rstrip(), english[:-1]
    if 0.08 <= draw < 0.10 and '"' not in english and "«" not in french:
        return hints, f"« {french} »", f'"{english}"'
    if 0.10 <= draw < 0.12 and len(french) < 120 and french[0].isalpha():
        dash = rng.choice(DASHES)
        return hints, dash + french, dash + english
    if 0.12 <= draw < 0.135 and len(french) < 120 and not hints:
        return hints, french.upper(), english.upper()
    if 0.135 <= draw < 0.145 and "Mr " in english and "M. " in french and not hints:
        return hints, french.replace("M. ", "Me "), english.replace("Mr ", "Maître ")
    return example


def renumber(example: Example, rng: random.Random) -> Example:
    """Sometimes change a number on both sides, or spell it out on both.

    Only numbers that stand once on each side as the same digits are touched.
    """
    hints, french, english = example
    if any(NUMBER.search(text) for hint in hints for text in hint):
        return example
    for digits in NUMBER.findall(french):
        sides = [NUMBER.findall(text).count(digits) for text in (french, english)]
        if sides != [1, 1] or rng.random() > RENUMBERED:
            continue
        value = int(digits)
        year = 1800 <= value < 2100
        other = rng.randint(1800, 2030) if year else rng.randint(2, 10 ** len(digits) - 1)
        left = right = str(max(other, 2))
        if not year and rng.random() < SPELLED:
            left, right = (num2words(int(left), lang=lang) for lang in ("fr", "en"))
            right = right.replace(" and ", " ") if rng.random() < 0.5 else right
        french = substituted(NUMBER, digits, left, french)
        english = substituted(NUMBER, digits, right, english)
    return hints, french, english


def joined(examples: list[Example], rng: random.Random) -> Example:
    """Join two to four sentence pairs into one long input."""
    parts: list[Example] = []
    for _ in range(rng.choice((2, 2, 3, 4))):
        part = rng.choice(examples)
        if sum(len(p[1]) for p in parts) + len(part[1]) > 700:
            break
        parts.append(part)
    hints = {h[0]: h for p in parts for h in p[0]}
    return list(hints.values())[:3], " ".join(p[1] for p in parts), " ".join(p[2] for p in parts)


def line(example: Example) -> str:
    """Return the file line of an example."""
    hints, french, english = example
    return "||".join(f"{a}=={b}" for a, b in hints) + f"\t{french}\t{english}\n"


def build(
    pairs: list[Pair], links: list[tuple[Links, Links]], rng: random.Random
) -> tuple[list[Example], list[Example], Counter[str]]:
    """Return training examples, hint test examples and the number of pairs of each source."""
    kept = [
        (pair, link)
        for pair, link in zip(pairs, links, strict=True)
        if coverage(pair[1], pair[2], link[0]) > MIN_COVERAGE
    ]
    found = [terms(p[1], p[2], *k) for p, k in kept]
    hinter = Hinter(found, rng)
    held_left = Counter(HELD_OUT)
    train: list[Example] = []
    held: list[Example] = []
    counts: Counter[str] = Counter()
    for ((source, french, english), _), candidates in zip(kept, found, strict=True):
        if held_left[source] > 0 and (hints := true_hints(hinter, candidates)):
            held_left[source] -= 1
            held.append((hints, french, english))
            continue
        counts[source] += 1
        for _ in range(2 if source in REPEATED else 1):
            hints, reference = [], english
            if rng.random() < HINTED:
                hints, reference = hinter.hints(english, candidates)
            example = reshape(renumber((hints, french, reference), rng), rng)
            if rng.random() < DISTRACTED:
                position = rng.randint(0, len(hints))
                example[0].insert(position, hinter.distractor(french))
            train.append(example)
    plain = list(train)
    train += [joined(plain, rng) for _ in range(len(plain) // 25)]
    train = [(*typography(hints, french, rng), english) for hints, french, english in train]
    copies = rng.sample(plain, len(plain) // 80)
    train += [([], english, english) for _, _, english in copies]
    rng.shuffle(train)
    return train, held, counts


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="uncompressed fr-en.tsv")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    pairs = choose(options.corpus, WANTED, rng)
    links = align([(french, english) for _, french, english in pairs])
    train, held, counts = build(pairs, links, rng)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "train.tsv").write_text("".join(map(line, train)), encoding="utf-8")
    (options.out / "hints.tsv").write_text("".join(map(line, held)), encoding="utf-8")
    record = {"chosen": len(pairs), "train": len(train), "held": len(held), "pairs": dict(counts)}
    (options.out / "counts.json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
