"""Score how much of a text the dictionary knows, and how well a translation renders rare words.

    python -m benchmarks.lexical SOURCE.fr [REFERENCE.en] [--target TRANSLATION.en] [--json]
        [--corpora ../shared/corpus]

One sentence a line. Coverage: content words and terms of the source with a rendering. With a
reference: of the source's terms that the reference renders, by their frequency in the model's
training text, the share that the translation renders too; the words it leaves in French; and words
that are no English. Without --target the embedded engine translates, as a job would. --corpora
makes sure that no line of the source is in the texts that the dictionary was learnt from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import lines
from pipeline.language.dictionary import Dictionary, SourceTerm, dictionary
from pipeline.language.words import WORD

BANDS = ((0, "0"), (9, "1-9"), (49, "10-49"), (499, "50-499"))
FREQUENT = "500+"
Report = dict[str, object]


def band(seen: int) -> str:
    """The frequency band of a term seen so often in the training text."""
    return next((name for most, name in BANDS if seen <= most), FREQUENT)


def is_known(term: SourceTerm) -> bool:
    """Whether the dictionary itself has a rendering: more than the copy of a capitalised word."""
    return any(each.text != term.surface or each.probability != 0.5 for each in term.renderings)


def coverage(sources: Sequence[str], words: Dictionary) -> Report:
    """Share of terms with a rendering, by tokens and by types; names that are only copied apart."""
    tokens: Counter[str] = Counter()
    types: dict[str, str] = {}
    for source in sources:
        for term in words.terms(source):
            state = "known" if is_known(term) else "copied" if term.renderings else "unknown"
            tokens[state] += 1
            types[term.surface.lower()] = state
    kinds = Counter(types.values())
    return {
        name: {
            "count": count.total(),
            "known": count["known"] / max(1, count.total()),
            "known or a name": 1 - count["unknown"] / max(1, count.total()),
        }
        for name, count in (("tokens", tokens), ("types", kinds))
    }


def accuracy(
    sources: Sequence[str], references: Sequence[str], targets: Sequence[str], words: Dictionary
) -> Report:
    """Share of the terms the reference renders that the translation renders, by frequency."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    french: list[str] = []
    strange: list[str] = []
    for source, reference, target in zip(sources, references, targets, strict=True):
        wanted = words.answered(source, reference).terms
        given = words.answered(source, target).terms
        for want, got in zip(wanted, given, strict=True):
            if want.spans:
                name = band(want.term.seen)
                asked[name] += 1
                right[name] += bool(got.spans)
        for word in _not_english(reference, target, words):
            copied = word in WORD.findall(source)
            (french if copied and words.french_word(word) else strange).append(word)
    names = [*(name for _, name in BANDS), FREQUENT]
    return {
        "bands": {
            name: {"terms": asked[name], "rendered": right[name] / max(1, asked[name])}
            for name in names
        },
        "all": {"terms": asked.total(), "rendered": right.total() / max(1, asked.total())},
        "left in French": french,
        "no words": strange,
    }


def _not_english(reference: str, target: str, words: Dictionary) -> Iterator[str]:
    """The words of a translation, names aside, that neither English nor the reference has."""
    kept = set(WORD.findall(reference))
    for word in re.findall(r"[^\W\d_]{3,}", target):
        if word.islower() and word not in kept and not words.english_word(word):
            yield word


def unseen(sources: Sequence[str], folder: Path) -> None:
    """Stop where a line of the source, letters and digits only, is in the corpora."""
    keys = {_letters(source) for source in sources}
    for path in sorted(folder.glob("fr-en*.tsv.xz")):
        for line in lines(path):
            if _letters(line.split("\t")[1]) in keys:
                raise SystemExit(f"{path}: holds a line of the source: {line}")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def translate(sources: Sequence[str]) -> list[str]:
    """Translate as a job would, without a glossary."""
    # Only those who give no translation need the engine.
    from benchmarks.translation import planned, translated
    from pipeline.engines import choose_engine
    from pipeline.stages.translate.search import Search

    offer, search = choose_engine("embedded"), Search(4)
    engine = offer.open(0)
    tasks = planned(sources, engine, search)
    return [each.text for each in translated(tasks, engine, search, offer.chunk_segments)]


def table(report: Mapping[str, object], depth: int = 0) -> Iterator[str]:
    """The report as lines for people, a level deeper for each table within a table."""
    for name, value in report.items():
        margin = "  " * depth
        if isinstance(value, Mapping):
            figures = [f"{what} {_figure(each)}" for what, each in value.items() if _is_plain(each)]
            yield f"{margin}{name:16} {', '.join(figures)}".rstrip()
            inner = {what: each for what, each in value.items() if not _is_plain(each)}
            yield from table(inner, depth + 1)
        elif isinstance(value, list):
            yield f"{margin}{name:16} {len(value)}: {' '.join(value[:40])}"


def _is_plain(value: object) -> bool:
    return isinstance(value, int | float)


def _figure(value: object) -> str:
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path, nargs="?")
    parser.add_argument("--target", type=Path, help="a translation; the engine's own if not given")
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    sources = args.source.read_text(encoding="utf-8").splitlines()
    if args.corpora:
        unseen(sources, args.corpora)
    words = dictionary()
    report: Report = {"coverage": coverage(sources, words)}
    if args.reference:
        references = args.reference.read_text(encoding="utf-8").splitlines()
        targets = (
            args.target.read_text(encoding="utf-8").splitlines()
            if args.target
            else translate(sources)
        )
        if not len(sources) == len(references) == len(targets):
            raise SystemExit("source, reference and translation differ in their number of lines")
        report["accuracy"] = accuracy(sources, references, targets, words)
    print(
        json.dumps(report, ensure_ascii=False, indent=1) if args.json else "\n".join(table(report))
    )


if __name__ == "__main__":
    main()
