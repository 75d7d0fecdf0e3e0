"""A glossary file of any format in, its entries out; and entries in, a file's bytes out.

A format is a module with ``parse`` and ``write`` and one line in FORMATS. What it parses has the
shape of the YAML format, with the line of every part, so that one validation serves all.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import GlossaryError
from pipeline.files import read_input
from pipeline.glossary.entries import GlossaryFile, read_entries
from pipeline.glossary.formats import native, table, tbx
from pipeline.glossary.formats.text import GlossaryText
from pipeline.yamlfile import Lines

__all__ = [
    "FORMATS",
    "GlossaryText",
    "glossary_bytes",
    "glossary_text",
    "holds_more",
    "read_file",
]

MAX_BYTES: Final = 20_000_000
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is read and written; ``mark`` tells spreadsheets that a file is UTF-8.

    A file of one that ``holds_more`` may say things that no entry has, and that are not read.
    """

    parse: Callable[[str, str], tuple[object, Lines]]
    write: Callable[[GlossaryText], str]
    mark: bool = False
    holds_more: bool = False


_YAML: Final = Format(native.parse, native.write)
FORMATS: Final = {
    ".yaml": _YAML,
    ".yml": _YAML,
    ".csv": Format(table.parse, table.write_csv, mark=True),
    ".tsv": Format(table.parse, table.write_tsv, mark=True),
    ".tbx": Format(tbx.parse, tbx.write, holds_more=True),
}
"""By the suffix of a file's name; a file with any other suffix is read as YAML."""


def read_file(path: Path) -> GlossaryFile:
    """Read a glossary file: its valid entries, and its mistakes entry by entry.

    Raises GlossaryError, with the line where there is one, for a file that is missing, unreadable,
    over 20 MB, not UTF-8 (or UTF-16 with its mark) or not of its format at all.
    """
    text = _text(path)
    data, lines = FORMATS.get(path.suffix.lower(), _YAML).parse(text, str(path))
    return read_entries(data, lines, path)


def glossary_text(file: GlossaryFile) -> GlossaryText:
    """Give a file's entries with what a YAML file says around them: comments, layout."""
    if FORMATS.get(file.path.suffix.lower(), _YAML) is _YAML:
        return native.with_layout(file, _text(file.path))
    return GlossaryText.of(file.name, file.description, file.entries)


def holds_more(path: Path) -> bool:
    """Tell whether a file may say more than its entries: written anew, it would lose that."""
    return FORMATS.get(path.suffix.lower(), _YAML).holds_more


def glossary_bytes(text: GlossaryText, path: Path) -> bytes:
    """Give the bytes of a glossary in the format of the file's name.

    Raises GlossaryError for a name that does not say its format.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(FORMATS)
        raise GlossaryError(
            f"the name must end in one of {known}", "choose one of them", where=path
        )
    return (codecs.BOM_UTF8 if form.mark else b"") + form.write(text).encode()


def _text(path: Path) -> str:
    """The text of a file, without a byte order mark."""
    data = read_input(path, MAX_BYTES, GlossaryError, "split it into several files")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as exc:
        line = 1 if wide else 1 + data.count(b"\n", 0, exc.start)
        raise GlossaryError(
            "this is not UTF-8 text",
            "save the file as UTF-8 (in a spreadsheet program: CSV UTF-8)",
            where=f"{path}:{line}",
        ) from None
    if unfit := _UNFIT.search(text):
        line, code = 1 + text.count("\n", 0, unfit.start()), ord(unfit.group())
        raise GlossaryError(
            f"the character U+{code:04X} has no place in a glossary",
            "if this is a text file, remove it, otherwise save it as YAML, CSV, TSV or TBX",
            where=f"{path}:{line}",
        )
    return text
