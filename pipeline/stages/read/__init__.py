"""The bytes of files in, drafts of documents out: one reader a format, found by the file's suffix.

A new format is a module with a function ``(bytes, encoding) -> Draft`` and its line in READERS.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.stages.read.draft import Draft, numbered
from pipeline.stages.read.markdown import read_markdown
from pipeline.stages.read.plain import read_plain

Reader = Callable[[bytes, str], Draft]

# Suffixes in lower case. The encoding is what a user says of text files; a reader whose format
# tells its own takes no notice of it. What is wrong with a file is an InputError that needs not
# name it.
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}

__all__ = ["READERS", "Draft", "Reader", "numbered"]
