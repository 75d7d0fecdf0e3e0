"""Errors that people marked in older translations in; how many are gone from today's, out.

    python -m benchmarks.errors FILE.jsonl [--target TODAY.en] [--no-lexicon] [--read] [--json]

``benchmarks.marked`` says what a line has. The sources are translated as a job would do it, or
today's translations are read from a file, one a line. An error is gone if its wrong words stand
less often in today's translation; one that has no words in the English (an omission), if the
dictionary finds all the French words answered. What came in its place only a reader can tell:
``--read`` prints the French, what stood there and what stands there today, for each serious error
that is gone, and for each sentence without an error that reads otherwise today.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.marked import SERIOUS, Error, Marked, read
from benchmarks.translation import planned, translated
from pipeline.engines import choose_engine
from pipeline.language.dictionary import dictionary
from pipeline.stages.translate.search import Search

# Words left French and words that are none.
STRANGE = frozenset({"untranslated", "word-form (non-word)"})


def is_gone(marked: Marked, error: Error, today: str) -> bool:
    """Tell whether a marked error does not stand in today's translation any more."""
    if error.target_span:
        wrong = marked.target[slice(*error.target_span)]
        return _count(wrong, today) < _count(wrong, marked.target)
    if not error.source_span:
        return False
    start, end = error.source_span
    answers = dictionary().answered(marked.source, today).terms
    inside = [each for each in answers if start <= each.term.start and each.term.end <= end]
    asked = [each for each in inside if each.term.renderings]
    return bool(asked) and all(each.spans for each in asked)


def _count(words: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def translations(sources: Sequence[str], lexicon: bool) -> list[str]:
    """Translate sentences as a job would, without a glossary."""
    offer, search = choose_engine("embedded"), Search(4, lexicon=lexicon)
    engine = offer.open(0)
    tasks = planned(sources, engine, search)
    return [each.text for each in translated(tasks, engine, search, offer.chunk_segments)]


def show(marked: Sequence[Marked], today: Sequence[str]) -> None:
    """Print for reading what has changed: serious errors that are gone, and sound sentences."""
    for each, text in zip(marked, today, strict=True):
        gone = [e for e in each.errors if e.severity in SERIOUS and is_gone(each, e, text)]
        if not gone and (each.errors or text == each.target):
            continue
        for error in gone:
            french = each.source[slice(*error.source_span)] if error.source_span else "-"
            wrong = each.target[slice(*error.target_span)] if error.target_span else "(omitted)"
            print(f"{error.severity} {error.category}: {french!r} was {wrong!r}")
        if not gone:
            print("sound, and now otherwise")
        print(f"  {each.source}\n  was {each.target}\n  now {text}\n")


def main() -> None:
    """Count what is gone, by severity and by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--target", type=Path, help="today's translations, one a line")
    parser.add_argument("--no-lexicon", action="store_true", help="without the dictionary's hints")
    parser.add_argument("--read", action="store_true", help="print what has changed, for reading")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON, in one line")
    args = parser.parse_args()
    marked = read(args.file)
    today = (
        args.target.read_text(encoding="utf-8").splitlines()
        if args.target
        else translations([each.source for each in marked], not args.no_lexicon)
    )
    if len(today) != len(marked):
        raise SystemExit(f"{len(marked)} marked segments, {len(today)} translations")
    if args.read:
        show(marked, today)
    total: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for each, text in zip(marked, today, strict=True):
        for error in each.errors:
            kinds = ["all", error.severity, f"{error.severity} {error.category}"]
            kinds += ["critical or major"] * (error.severity in SERIOUS)
            kinds += ["left French or no word"] * (error.category in STRANGE)
            total.update(kinds)
            gone.update(kinds if is_gone(each, error, text) else ())
    if args.json:
        print(json.dumps({kind: [gone[kind], count] for kind, count in sorted(total.items())}))
        return
    for kind, count in sorted(total.items()):
        print(f"{kind:42} {gone[kind]:3} of {count:3} gone, {count - gone[kind]:3} left")


if __name__ == "__main__":
    main()
