"""Stage 1: the bytes of a file in, a Document of clean blocks out."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from pipeline.config import ReadSettings
from pipeline.documents import READERS, Draft, numbered
from pipeline.documents.confined import read_confined
from pipeline.errors import InputError
from pipeline.files import naming
from pipeline.model import Block, BlockKind, Document
from pipeline.stages.read.front import with_front
from pipeline.text import clean

VERSION = 14


def read(data: bytes, name: str, settings: ReadSettings) -> Document:
    """Read the bytes of the file called ``name`` into a document.

    The suffix of the name chooses the reader. The title is the front matter's, else the first
    heading's, else the file's name. Raises InputError where no reader takes the file or its reader
    cannot, where there is nothing to translate, or where a block is too long.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(READERS)
        raise InputError(
            f"Enregard reads {known}", "save the text in one of these formats", where=name
        )
    with naming(name):
        draft = read_confined(suffix, data, settings.encoding)
    blocks = _headed(draft)
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise InputError("… holds no words: there is nothing to translate", where=name)
    for block in blocks:
        if len(block.text) > settings.max_block_chars:
            raise InputError(
                f"the paragraph that begins «{block.text[:30]}» is {len(block.text):,} "
                f"characters long, over the limit of {settings.max_block_chars:,}",
                "put empty lines between its paragraphs",
                "raise read.max_block_chars",
                where=name,
            )
    headings = (block.text for block in blocks if block.kind is BlockKind.HEADING)
    document = Document(
        sha256=hashlib.sha256(data).hexdigest(),
        title=next(headings, "") or _title_from(name),
        author=draft.author,
        date=draft.date,
        blocks=blocks,
        notices=draft.notices,
        scopes=draft.scopes,
        front=draft.front,
    )
    return with_front(document)


def _headed(draft: Draft) -> tuple[Block, ...]:
    """Make the front matter's title the first heading, so that it is translated with the rest."""
    first = next(iter(draft.blocks), None)
    if not draft.title or (first and first.kind is BlockKind.HEADING and first.text == draft.title):
        return draft.blocks
    return numbered([Block(0, BlockKind.HEADING, draft.title, level=1), *draft.blocks])


def _title_from(name: str) -> str:
    stem = re.sub(r"\.fr$", "", PurePath(name).stem, flags=re.IGNORECASE)
    words = re.sub(r"[-_\s]+", " ", clean(stem)[0]).strip() or "Sans titre"
    return words[0].upper() + words[1:]
