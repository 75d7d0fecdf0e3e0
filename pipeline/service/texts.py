"""A path in; the text that lies there, read once for whatever is done with it, out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.config import ReadSettings
from pipeline.documents.decoding import readable
from pipeline.files import naming, read_input
from pipeline.model import Document
from pipeline.stages.read import stage as read
from pipeline.text import clean


@dataclass(frozen=True, slots=True)
class Text:
    """A file that was read: its name as a job knows it, its bytes, and the document in them.

    ``scopes`` are the glossary scopes that the text is in by itself.
    """

    name: str
    data: bytes
    document: Document
    scopes: tuple[str, ...]


def scopes_of(name: str, document: Document) -> tuple[str, ...]:
    """Give the glossary scopes that a text is in: its name, and those that it names itself."""
    return (name, PurePath(name).stem, *document.scopes)


def read_text(path: Path, settings: ReadSettings) -> Text:
    """Read a text file; raises InputError where it cannot be read or holds nothing to translate."""
    return read_bytes(path.name, read_input(path, settings.max_bytes), settings)


def read_bytes(name: str, data: bytes, settings: ReadSettings) -> Text:
    """Read the bytes of a file of this name; raises InputError as ``read_text`` does."""
    name, _ = clean(name)
    document = read.read(data, name, settings)
    return Text(name, data, document, scopes_of(name, document))


def read_reference(path: Path, settings: ReadSettings) -> str:
    """Read a translation to measure against, which is plain text whatever it is called."""
    data = read_input(path, settings.max_bytes)
    with naming(str(path)):
        return readable(data, settings.encoding)[0]
