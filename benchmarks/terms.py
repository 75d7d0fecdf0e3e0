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
from collections.abc import Iterable, Sequence
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
from pipeline.search import Search  # noqa: E402
from pipeline.stages.translate import Task, occurrences, plan, translate  # noqa: E402

if TYPE_CHECKING:
    from pipeline.engines import Engine

CHUNK = 16
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


def translated(rows: Sequence[Row], mode: str, engine: Engine) -> list[Translated]:
    """Translate each sentence under the glossary of the mode ("" for none at all)."""
    rng = random.Random(2)
    pool = [tuple(term) for row in rows for term in row["proper"] + row["random"]]
    tasks: list[Task] = []
    for number, row in enumerate(rows):
        pairs = row.get(mode, [])
        if mode == "none":
            pairs = [
                pair
                for pair in rng.sample(pool, min(STRANGERS, len(pool)))
                if pair[0].casefold() not in row["source"].casefold()
            ]
        entries = {made.source: made for made in (entry(*pair) for pair in pairs)}
        text = row["source"]
        tasks += plan(
            [Block(number, BlockKind.PARAGRAPH, text)],
            [Segment(f"b{number:04}.s01", number, 0, len(text), text)],
            Matcher(entries.values()),
            engine.card.fingerprint,
            SEARCH,
        )
    done = []
    for start in range(0, len(tasks), CHUNK):
        chunk = tasks[start : start + CHUNK]
        for task, delivery in zip(chunk, translate(chunk, engine, SEARCH), strict=True):
            done.append(Translated(delivery.translation.text, occurrences(task, delivery)))
    return done


def surplus(pairs: Iterable[Sequence[str]], row: Row, text: str, plain: str) -> int:
    """Count the entries whose target stands oftener in a text than anything explains."""
    return sum(
        _times(made, text)
        > max(
            len(Matcher([made]).matches(row["source"])),
            _times(made, row["reference"]),
            _times(made, plain),
        )
        for made in (entry(*pair) for pair in pairs)
    )


def _times(made: Entry, text: str) -> int:
    """Count the places where an entry's target stands in a text, inflected or not."""
    many = [Match(made, place, place + 1, " ") for place in range(9)]
    return sum(o.status is OccurrenceStatus.PRESENT for o in verify("", many, text))


def report(mode: str, rows: Sequence[Row], done: Sequence[Translated], plain: Sequence[str]) -> str:
    """Give the line of a mode."""
    found = [each for item in done for each in item.found]
    by_id = {made.id: made for row in rows for made in (entry(*p) for p in row.get(mode, []))}
    present = [each for each in found if each.status is OccurrenceStatus.PRESENT]
    exact = sum(
        each.rendering.casefold() == by_id[each.entry_id].target.casefold()
        for each in present
        if each.entry_id in by_id
    )
    rungs = Counter(each.method or "not applied" for each in found)
    asked = [row["proper"] + row["random"] if mode == "none" else row[mode] for row in rows]
    over = sum(map(surplus, asked, rows, [item.text for item in done], plain))
    references = [[row["reference"] for row in rows]]
    metric = CHRF(word_order=2)
    with_, without = (
        metric.corpus_score(texts, references).score
        for texts in ([item.text for item in done], list(plain))
    )
    total = max(len(found), 1)
    return (
        f"{mode:7} {len(found):5} occurrences  success {len(present) / total:.4f}  "
        f"exact {exact / total:.4f}  chrF++ {with_:.2f} (without {without:.2f})  "
        f"over-applied {over} of {sum(map(len, asked))}  "
        f"rungs {', '.join(f'{name} {count}' for name, count in rungs.most_common())}"
    )


def run(
    path: Path, name: str, modes: Sequence[str], every: int, first: int, out: Path | None
) -> None:
    """Translate in every mode and print the table."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = rows[first::every]
    engine = choose_engine(name).open(0)
    print(f"{engine.card.title} {engine.card.version}, {SEARCH}, {len(rows)} sentences")
    plain = [item.text for item in translated(rows, "", engine)]
    results = {}
    for mode in modes:
        start = time.perf_counter()
        results[mode] = translated(rows, mode, engine)
        print(report(mode, rows, results[mode], plain), flush=True)
        print(f"        {time.perf_counter() - start:.0f} s")
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
