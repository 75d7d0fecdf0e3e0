"""An English dictionary and parallel texts in, the French words that English has borrowed out.

    python tools/borrowed.py WORDS CORPUS.tsv.xz > pipeline/language/data/borrowed.txt

WORDS holds an English word a line (Debian's wamerican and wbritish, one after the other); CORPUS as
for ``tools/lexicon.py``, which is run first. Only the words are kept that the check for French left
in the English would take for French. A word that is common in French is left out: where it stands
in a translation, it was more likely left than borrowed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.corpus import lines
from pipeline.checks.french_look import looks_french
from pipeline.checks.leftover import SHORTEST
from pipeline.language.lexicon import lexicon

COMMON = 400  # occurrences in the corpus
HEAD = """# Words that French and English write alike, made by tools/borrowed.py; see NOTICE."""


def main() -> None:
    """Read the words and the corpus, print the list."""
    counts: Counter[str] = Counter()
    for line in lines(Path(sys.argv[2])):
        counts.update(re.findall(r"[^\W\d_]+", line.split("\t")[1]))
    shared = lexicon().shared
    words = {word.strip() for word in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")}
    borrowed = sorted(
        word
        for word in words
        if len(word) >= SHORTEST and word.isalpha() and word.islower() and word not in shared
        if looks_french(word, seen=counts[word] > 1) and counts[word] < COMMON
    )
    print(HEAD, *borrowed, sep="\n")


if __name__ == "__main__":
    main()
