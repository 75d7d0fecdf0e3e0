"""Clean text in, drafts of documents out: one reader a format, found by the file's suffix.

A new format is one module with a function ``str -> Draft`` and one line in READERS.
"""

from pipeline.stages.read.draft import Draft, numbered
from pipeline.stages.read.markdown import read_markdown
from pipeline.stages.read.plain import read_plain

READERS = {".txt": read_plain, ".md": read_markdown, ".markdown": read_markdown}

__all__ = ["READERS", "Draft", "numbered"]
