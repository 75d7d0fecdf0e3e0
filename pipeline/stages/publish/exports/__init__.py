"""An ``EditionContent`` in; the files that other tools read out, one module a format.

Every export holds every segment once, in order. Formats for tools (TMX, XLIFF, CSV) carry the
stored texts, character for character; those for readers (DOCX, EPUB, text, Markdown) are typeset
like the editions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.exchange.bilingual import bilingual
from pipeline.exchange.table import csv_table
from pipeline.exchange.tmx import tmx
from pipeline.exchange.xliff import xliff, xliff12
from pipeline.model import EditionContent
from pipeline.stages.publish.exports.docx import docx, review_docx
from pipeline.stages.publish.exports.epub import epub
from pipeline.stages.publish.exports.pairs import markdown, plain_text

VERSION = 21


@dataclass(frozen=True, slots=True)
class Export:
    """A format: the name of its file, what it is for, and what makes its bytes.

    One for readers holds the text as it is set, and does not come back.
    """

    file: str
    title: str
    make: Callable[[EditionContent], bytes]
    for_readers: bool = False


EXPORTS = {
    "tmx": Export("edition.tmx", "translation memory, TMX 1.4b", tmx),
    "xliff": Export("edition.xlf", "bilingual file for translation tools, XLIFF 2.1", xliff),
    "xliff12": Export(
        "edition-1.2.xlf", "the same for tools that read no later version, XLIFF 1.2", xliff12
    ),
    "bilingual": Export(
        "edition-table.docx", "table to correct in a word processor, a row a sentence", bilingual
    ),
    "docx": Export("edition.docx", "two-column document for word processors", docx, True),
    "review-docx": Export(
        "edition-review.docx", "the same with findings and a column for remarks", review_docx, True
    ),
    "epub": Export("edition.epub", "book for e-readers, translations on tap, EPUB 3", epub, True),
    "text": Export(
        "edition.txt", "plain text, each paragraph above its translation", plain_text, True
    ),
    "markdown": Export("edition.md", "Markdown, side by side in tables", markdown, True),
    "csv": Export("edition.csv", "table for spreadsheets, a row a sentence", csv_table),
}

__all__ = ["EXPORTS", "VERSION", "Export"]
