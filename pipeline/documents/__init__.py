"""Documents as they come: the bytes of a file in, a draft of its text out, one module a format.

A new format is a module with a function ``(bytes, encoding) -> Draft`` and its line in READERS.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.documents.docx import read_docx
from pipeline.documents.draft import Draft, numbered
from pipeline.documents.epub import read_epub
from pipeline.documents.html import read_html
from pipeline.documents.markdown import read_markdown
from pipeline.documents.odt import read_odt
from pipeline.documents.pdf import read_pdf
from pipeline.documents.plain import read_plain
from pipeline.documents.subtitles import read_subtitles

Reader = Callable[[bytes, str], Draft]

# Suffixes in lower case. The encoding is what a user says of text files; a reader whose format
# tells its own takes no notice of it. What is wrong with a file is an InputError that needs not
# name it.
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".odt": read_odt,
    ".pdf": read_pdf,
    ".epub": read_epub,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
}

__all__ = ["READERS", "Draft", "Reader", "numbered"]
