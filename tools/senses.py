"""The domains and senses that were written by hand in; their tables for the program, out.

    python -m tools.senses [--senses tools/senses] [--out pipeline/language/data]
    python -m tools.senses --measure [--pairs models/recipe/press]

The folder has ``domains*.tsv`` ("domain TAB cue|cue …") and ``senses*.tsv`` ("domain TAB French TAB
English|other English"), see ``pipeline/language/domains.py``. Cues are put into the form that the
program compares; one that tells more than two domains tells none. ``--measure`` says for each
sense, of the pairs written for the project (each with its neighbours, as a text) in which it would
be told, how often the English has it, how often another rendering of the term, the worst first: one
that is wrong as often as it is right is better left out.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import lines
from pipeline.language.dictionary import dictionary
from pipeline.language.dictionary.answers import Target
from pipeline.language.domains import Domains, senses
from pipeline.language.lemmas import lemma
from pipeline.language.words import WORD
from tools.dictionary_usage import PAIRS

SENSES = Path(__file__).parent / "senses"
DATA = Path(__file__).parents[1] / "pipeline/language/data"
_MOST = 2  # domains that a cue may tell


def domains(folder: Path) -> Iterator[str]:
    """Yield a line a domain; raises ValueError where a cue has several words."""
    told: dict[str, list[str]] = {}
    for path in sorted(folder.glob("domains*.tsv")):
        for line in lines(path):
            name, cues = line.split("\t")
            own = [*told.get(name, ()), *map(_cue, cues.split("|"))]
            told[name] = list(dict.fromkeys(own))
    times = Counter(cue for cues in told.values() for cue in cues)
    for name, own in sorted(told.items()):
        yield f"{name}\t{'|'.join(cue for cue in own if times[cue] <= _MOST)}"


def _cue(text: str) -> str:
    if not WORD.fullmatch(text):
        raise ValueError(text)
    return lemma(text.lower())


def meanings(folder: Path) -> Iterator[str]:
    """Yield a line a sense, each term once a domain."""
    told: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("senses*.tsv")):
        for line in lines(path):
            name, french, english = line.split("\t")
            # As the dictionary writes its terms.
            told.setdefault((name, french.replace("œ", "oe")), english)
    for (name, french), english in sorted(told.items()):
        yield f"{name}\t{french}\t{english}"


def measure(folder: Path) -> dict[tuple[str, str, str], Counter[str]]:
    """Count for each sense (domain, term, English) what the English of the pairs has instead."""
    found: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("*.tsv")):
        pairs = [line.split("\t") for line in lines(path)]
        text = Domains([french for french, _ in pairs])
        for number, (french, english) in enumerate(pairs):
            around = text.around(number)
            meant = {each.term: each for each in senses(french, around)}
            if not meant:
                continue
            target = Target(english)
            for term in dictionary().terms(french):
                if sense := meant.get(term.lemma):
                    right = any(target.find(each) for each in sense.english)
                    other = any(target.find(each.text) for each in term.renderings)
                    key = (sense.domain, sense.term, "|".join(sense.english))
                    found[key]["right" if right else "other" if other else "none"] += 1
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--senses", type=Path, default=SENSES)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    options = parser.parse_args()
    if options.measure:
        found = measure(options.pairs)
        for key, told in sorted(
            found.items(), key=lambda each: each[1]["right"] - each[1]["other"]
        ):
            print(*key, *(told[each] for each in ("right", "other", "none")), sep="\t")
        print("all", *sum(found.values(), Counter()).items())
        return
    for name, made in (("domains", domains), ("senses", meanings)):
        text = "".join(f"{line}\n" for line in made(options.senses))
        (options.out / f"{name}.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
