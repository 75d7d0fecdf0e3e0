"""How long the editions of long texts take, and how much memory: time must be linear in words.

    python benchmarks/editions.py [WORDS ...] [--layout NAME] [--size NAME] [--book]

Prints a line a length: words of French, rows, pages of the PDF, its seconds on the clock and of the
processor, those a page, the most memory of the process that made it, seconds and megabytes of the
HTML, and how many rows have sides that start on different pages. Each length has a process of its
own, so that the memory is its own. The texts are those of tests/support/render_long.py.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pypdf import PdfReader  # noqa: E402

from pipeline.model import Dress  # noqa: E402
from pipeline.stages.publish.render import PrintOptions, build_edition, render_html, render_pdf  # noqa: E402
from tests.support.pdf_tags import parted_rows  # noqa: E402
from tests.support.render_long import long_text  # noqa: E402

HEAD = "  words    rows   pages   PDF s   CPU s  s/page   MB max  HTML s  HTML MB  parted rows"

_BOOK = frozenset({"numbers", "contents", "index", "notice", "imprint"})


def measure(words: int, options: PrintOptions) -> str:
    """Return the line of the table for a text of so many words; a book is in print dress."""
    content = long_text(words)
    if options.book:
        content = replace(content, dress=Dress("print", _BOOK))
    edition = build_edition(content)
    start = time.perf_counter()
    page = render_html(edition).encode()
    html = time.perf_counter() - start
    start = time.perf_counter()
    used = time.process_time()
    pdf = render_pdf(edition, options)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reader = PdfReader(io.BytesIO(pdf))
    pages = len(reader.pages)
    parted = len(parted_rows(reader)) if options.layout == "side-by-side" else "-"
    return (
        f"{words:7,} {len(edition.rows):7,} {pages:7,} {seconds:7.1f} {used:7.1f}"
        f" {used / pages:7.3f}"
        f" {memory:8.0f} {html:7.2f} {len(page) / 1e6:8.2f}  {parted:>11}"
    )


def main() -> None:
    """Measure each length in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", type=int, default=[10_000, 25_000, 50_000])
    parser.add_argument("--layout", default="side-by-side")
    parser.add_argument("--size", default="A4")
    parser.add_argument("--book", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    options = PrintOptions(given.size, given.layout, book=given.book)
    if given.one:
        print(measure(given.words[0], options))
        return
    print(HEAD, flush=True)
    for words in given.words:
        choice = ["--layout", given.layout, "--size", given.size]
        choice += ["--book"] if given.book else []
        subprocess.run([sys.executable, __file__, str(words), *choice, "--one"], check=True)


if __name__ == "__main__":
    main()
