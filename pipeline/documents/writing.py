"""A document and the English of its blocks in; the same document in English out.

A new format is a function ``(bytes, encoding, targets, bilingual) -> bytes`` and its line in
WRITERS; it walks the document as its reader does, so that targets and places come in the same
order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from pipeline.documents.docx_writer import write_docx
from pipeline.documents.epub_writer import write_epub
from pipeline.documents.html_writer import write_html
from pipeline.documents.markdown_writer import write_markdown
from pipeline.documents.odt_writer import write_odt
from pipeline.documents.plain_writer import write_plain
from pipeline.documents.subtitles_writer import write_subtitles
from pipeline.documents.target import EnglishBlock
from pipeline.errors import UsageError

# Where the document is to be ``bilingual``, the English of each block stands behind its French.
Writer = Callable[[bytes, str, Sequence[EnglishBlock], bool], bytes]

WRITERS: dict[str, Writer] = {
    ".txt": write_plain,
    ".md": write_markdown,
    ".markdown": write_markdown,
    ".html": write_html,
    ".htm": write_html,
    ".xhtml": write_html,
    ".docx": write_docx,
    ".odt": write_odt,
    ".epub": write_epub,
    ".srt": write_subtitles,
    ".vtt": write_subtitles,
}


def rewritten(
    name: str,
    data: bytes,
    encoding: str,
    targets: Sequence[EnglishBlock],
    bilingual: bool = False,
) -> bytes:
    """Give the bytes of the file called ``name`` with the English of its blocks in their places.

    Or, where it is to be ``bilingual``, with the English of each block behind its French.
    Raises UsageError where its format cannot be written.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in WRITERS:
        raise UsageError(
            f"a document in {suffix or 'this form'} cannot be written back",
            f"choose another export; written back are {', '.join(WRITERS)}",
        )
    return WRITERS[suffix](data, encoding, targets, bilingual)
