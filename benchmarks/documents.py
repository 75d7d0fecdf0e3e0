"""How long documents of a book's length take to read: `python -m benchmarks.documents`.

A Word document of 300 pages and a book of 100,000 words, both made here, are read and parted into
sentences, each in a process of its own; printed are seconds of its processor and its memory.
"""

from __future__ import annotations

import multiprocessing
import resource
import time

from pipeline.documents import READERS
from pipeline.model import Document
from pipeline.stages.segment import segment
from tests.support.packages import docx, epub, p, r

_SENTENCE = (
    "Le conseil municipal a voté mardi soir l'aménagement du quartier de la gare, malgré "
    "l'opposition d'une partie des riverains, n° {n}. "
)
_PARAGRAPHS_A_PAGE, _PAGES = 6, 300
_WORDS, _CHAPTERS = 100_000, 40


def long_word_document() -> bytes:
    """Give some 300 pages: 1,800 paragraphs of three sentences with marks."""
    return docx(
        "".join(
            p(_SENTENCE.format(n=n), r("Le projet", "<w:b/>"), " est financé. " + _SENTENCE * 2)
            for n in range(_PARAGRAPHS_A_PAGE * _PAGES)
        )
    )


def long_book() -> bytes:
    """Give a book of 100,000 words in 40 chapters."""
    words = len(_SENTENCE.split()) * 3 + 3
    count = _WORDS // words // _CHAPTERS + 1
    paragraph = f"<p>{_SENTENCE}<i>Le projet</i> est financé. {_SENTENCE * 2}</p>"
    return epub(*(f"<h1>Chapitre {n}</h1>{paragraph * count}" for n in range(_CHAPTERS)))


def measure(suffix: str, data: bytes) -> str:
    """Read and part a document; say what that took."""
    start = time.process_time()
    draft = READERS[suffix](data, "utf-8")
    read = time.process_time() - start
    segments = segment(Document("", "", draft.blocks))
    done = time.process_time() - start
    words = sum(len(block.text.split()) for block in draft.blocks)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{suffix}: {words:,} words, {len(draft.blocks):,} blocks, {len(segments):,} sentences; "
        f"read in {read:.1f} s, parted in {done - read:.1f} s, {memory} MB"
    )


def main() -> None:
    """Print both lines."""
    context = multiprocessing.get_context("spawn")
    for suffix, data in ((".docx", long_word_document()), (".epub", long_book())):
        with context.Pool(1) as pool:
            print(pool.apply(measure, (suffix, data)))


if __name__ == "__main__":
    main()
