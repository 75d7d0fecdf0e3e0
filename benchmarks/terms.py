"""Measure how well the engines keep to a glossary, on sentences with terms from their references.

    python benchmarks/terms.py TERMS.jsonl [--engine NAME] [--mode NAME] [--every N] [--first N]

The list of terms is made by term_list.py. Each sentence is translated with its proper terms as its
glossary, with its random ones, and with none, as the terminology tasks of WMT do. Printed are, for
each mode, the share of occurrences that are rendered as the glossary says, inflected or not
("success") or letter for letter ("exact"), the rungs of the ladder, and chrF++ with and without the
glossary. Over-application counts the entries whose target stands in the translation more often than
its source in the French, the reference and the translation without a glossary explain. In the mode
without terms the glossary is made of other sentences' terms, which do not occur. ``--out`` writes
every sentence as a JSON line.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sacrebleu.metrics.chrf import CHRF

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.engines import choose_engine  # noqa: E402
from pipeline.glossary import Matcher, entry_id, verify  # noqa: E402
from pipeline.model import (  # noqa: E402
    Block,
    BlockKind,
    Entry,
    EntryKind,
    Match,
    Occurrence,
    OccurrenceStatus,
    Segment,
)
from pipeline.stages.translate.search import Search  # noqa: E402
from pipeline.stages.translate.stage import Task, occurrences, plan, translate  # noqa: E402

if TYPE_CHECKING:
    from pipeline.engines import Engine

CHUNK = 64
SEARCH = Search(4)
MODES = ("proper", "random", "none")
# Terms of other sentences that make the glossary of the mode without terms.
STRANGERS = 200

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Translated:
    """A sentence's translation in a mode, and what became of its terms."""

    text: str
    found: tuple[Occurrence, ...]


def entry(french: str, english: str) -> Entry:
    """Make the entry of a term; what begins with a capital on both sides is a name."""
    kind = EntryKind.NAME if french[0].isupper() and english[0].isupper() else EntryKind.TERM
    return Entry(entry_id(kind, french, english), french, english, kind)


def glossaries(rows: Sequence[Row], mode: str) -> list[list[Entry]]:
    """Give the entries of each sentence in a mode; without terms, those of other sentences."""
    rng = random.Random(2)
    pool = [term for row in rows for term in row["proper"] + row["random"]]
    made = []
    for row in rows:
        pairs = row.get(mode, [])
        if mode == "none":
            pairs = [
                (french, english)
                for french, english in rng.sample(pool, min(STRANGERS, len(pool)))
                if french.casefold() not in row["source"].casefold()
            ]
        made.append(list({french: entry(french, english) for french, english in pairs}.values()))
    return made


def translated(
    rows: Sequence[Row], entries: Sequence[Sequence[Entry]], engine: Engine, plain: Sequence[str]
) -> list[Translated]:
    """Translate each sentence under its entries; one in which none occurs is as without any."""
    tasks: list[Task] = []
    for number, (row, own) in enumerate(zip(rows, entries, strict=True)):
        text = row["source"]
        tasks += plan(
            [Block(number, BlockKind.PARAGRAPH, text)],
            [Segment(f"b{number:04}.s01", number, 0, len(text), text)],
            Matcher(own),
            engine.card.fingerprint,
            SEARCH,
        )
    done = [Translated(text, ()) for text in plain] or [Translated("", ())] * len(rows)
    wanted = [number for number, task in enumerate(tasks) if task.matches or not plain]
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        translations = translate([tasks[number] for number in chunk], engine, SEARCH)
        for number, translation in zip(chunk, translations, strict=True):
            found = occurrences(tasks[number], translation)
            done[number] = Translated(translation.text, found)
    return done


def surplus(entries: Sequence[Entry], row: Row, text: str, plain: str) -> int:
    """Count the entries whose target stands oftener in a text than anything explains."""
    return sum(
        times
        > max(
            len(Matcher([each]).matches(row["source"])),
            _times(each, row["reference"]),
            _times(each, plain),
        )
        for each in entries
        if (times := _times(each, text))
    )


def _times(made: Entry, text: str) -> int:
    """Count the places where an entry's target stands in a text, inflected or not."""
    many = [Match(made, place, place + 1, " ") for place in range(9)]
    return sum(o.status is OccurrenceStatus.PRESENT for o in verify("", many, text))


def report(
    mode: str,
    rows: Sequence[Row],
    entries: Sequence[Sequence[Entry]],
    done: Sequence[Translated],
    plain: Sequence[str],
) -> str:
    """Give the lines of a mode."""
    found = [each for item in done for each in item.found]
    targets = {each.id: each.target for own in entries for each in own}
    present = [each for each in found if each.status is OccurrenceStatus.PRESENT]
    exact = sum(each.rendering.casefold() == targets[each.entry_id].casefold() for each in present)
    rungs = Counter(each.method or "not applied" for each in found)
    over = [
        surplus(own, row, item.text, text)
        for own, row, item, text in zip(entries, rows, done, plain, strict=True)
    ]
    metric = CHRF(word_order=2)
    references = [[row["reference"] for row in rows]]
    with_, without = (
        metric.corpus_score(texts, references).score
        for texts in ([item.text for item in done], list(plain))
    )
    total = max(len(found), 1)
    return (
        f"{mode:7} {len(found)} occurrences, success {len(present) / total:.4f}, "
        f"exact {exact / total:.4f}; chrF++ {with_:.2f}, without glossary {without:.2f}\n"
        f"        over-applied {sum(over)} of {sum(map(len, entries))} entries, in "
        f"{sum(map(bool, over))} sentences ({sum(map(bool, over)) / len(rows):.4f})\n"
        f"        {', '.join(f'{name} {count}' for name, count in rungs.most_common())}"
    )


def run(
    path: Path, name: str, modes: Sequence[str], every: int, first: int, out: Path | None
) -> None:
    """Translate in every mode and print the table."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = rows[first::every]
    engine = choose_engine(name).open(0)
    print(f"{engine.card.title} {engine.card.version}, {SEARCH}, {len(rows)} sentences")
    nothing: list[list[Entry]] = [[] for _ in rows]
    plain = [item.text for item in translated(rows, nothing, engine, ())]
    results = {}
    for mode in modes:
        start = time.perf_counter()
        entries = glossaries(rows, mode)
        results[mode] = translated(rows, entries, engine, plain)
        print(report(mode, rows, entries, results[mode], plain))
        print(f"        {time.perf_counter() - start:.0f} s", flush=True)
    if out:
        with out.open("w", encoding="utf-8") as file:
            for number, row in enumerate(rows):
                shown = {
                    mode: {
                        "text": results[mode][number].text,
                        "found": [
                            [o.surface, o.status, o.method, o.rendering, o.reason]
                            for o in results[mode][number].found
                        ],
                    }
                    for mode in modes
                }
                record = row | {"plain": plain[number], "modes": shown}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("terms", type=Path)
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--mode", choices=MODES, action="append", help="this mode alone")
    parser.add_argument("--every", type=int, default=1, help="take every Nth sentence")
    parser.add_argument("--first", type=int, default=0, help="beginning with this one")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    run(given.terms, given.engine, given.mode or MODES, given.every, given.first, given.out)


if __name__ == "__main__":
    main()
