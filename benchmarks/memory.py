"""Time the house memory at the size of an agency's: import, exact and fuzzy look-up, export.

Usage: ``python -m benchmarks.memory PAIRS.tsv[.xz]... [--pairs N] [--folder DIR]``. The files have
a French and an English sentence in the last two columns of a line; N of them (1,000,000) are
written to a TMX file, which is imported as a user imports one. Then the sentences of a text of
10,000 words are looked up: half of them as they stand in the memory, and then each with a word left
out or put in. Prints seconds, sizes, what was found, and the most memory that the process ever had.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.corpus import lines
from pipeline.jobs.memory import open_memory
from pipeline.service.memory import export_memory, import_memory

WORDS = 10_000
LONGEST = 400


def pairs(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the files that have two sentences of a usual length."""
    for path in paths:
        for line in lines(path):
            *_, french, english = ("", *line.split("\t"))
            if 20 < len(french) < LONGEST and 10 < len(english) < LONGEST:
                yield french, english


def write_tmx(path: Path, found: Iterable[tuple[str, str]]) -> list[str]:
    """Write pairs as TMX as other programs do; give every thousandth French sentence."""
    some: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="FR-FR"/>'
        )
        file.write("<body>\n")
        for number, (french, english) in enumerate(found):
            if number % 1_000 == 0:
                some.append(french)
            file.write(
                f'<tu tuid="{number}" creationdate="20260101T120000Z" creationid="BENCH">'
                f'<tuv xml:lang="FR-FR"><seg>{escape(french)}</seg></tuv>'
                f'<tuv xml:lang="EN-GB"><seg>{escape(english)}</seg></tuv></tu>\n'
            )
        file.write("</body></tmx>\n")
    return some


def text_of(sentences: Sequence[str]) -> list[str]:
    """Give sentences up to the words of the text."""
    chosen: list[str] = []
    for sentence in sentences:
        if sum(len(each.split()) for each in chosen) >= WORDS:
            break
        chosen.append(sentence)
    return chosen


def altered(sentence: str, chance: random.Random) -> str:
    """Leave a word out of a sentence, or put one in."""
    words = sentence.split()
    place = chance.randrange(len(words))
    if len(words) > 6 and chance.random() < 0.5:
        del words[place]
    else:
        words.insert(place, "vraiment")
    return " ".join(words)


def peak() -> int:
    """Give the most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Make the memory in a temporary folder and time it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="Where the temporary folder is made.")
    asked = parser.parse_args()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        folder, tmx = Path(place) / "jobs", Path(place) / "memory.tmx"
        known = write_tmx(tmx, islice(pairs(asked.files), asked.pairs))
        chance.shuffle(known)
        size, before = tmx.stat().st_size / 1e6, peak()
        print(f"{size:,.0f} MB of TMX; {before} MB of memory before")
        with timed("import"):
            new, seen = import_memory(folder, tmx)
        tmx.unlink()
        file = sum(each.stat().st_size for each in folder.iterdir()) / 1e6
        print(f"  {seen:,} read, {new:,} new, {file:,.0f} MB on disk; {peak()} MB of memory")
        memory = open_memory(folder)
        assert memory is not None
        with closing(memory):
            text = text_of(known)
            half = [s if n % 2 else altered(s, chance) for n, s in enumerate(text)]
            with timed(f"exact, {len(text)} sentences of {WORDS:,} words"):
                found = memory.exact(half)
            print(f"  {len(found)} found")
            with timed(f"fuzzy, {len(text)} sentences"):
                offered = [memory.suggestions(altered(sentence, chance)) for sentence in text]
            right = sum(
                any(each.pair.source == sentence for each in some)
                for sentence, some in zip(text, offered, strict=True)
            )
            print(f"  {right} of {len(text)} have the sentence that was altered among three")
        with timed("export"):
            export_memory(folder, Path(place) / "out.tmx")
        print(f"  {peak()} MB of memory")


class timed:  # noqa: N801
    """Print how long something takes, by the clock and of the processor."""

    def __init__(self, label: str) -> None:
        """Call it so."""
        self._label = label

    def __enter__(self) -> None:
        """Begin."""
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        """Print the seconds."""
        seconds = time.perf_counter() - self._start[0]
        processor = time.process_time() - self._start[1]
        print(f"{self._label:<44}{seconds:8.2f} s{processor:8.2f} s of the processor", flush=True)


if __name__ == "__main__":
    main()
