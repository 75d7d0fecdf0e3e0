"""Names of glossary files in; what the glossary commands show, and the files they write, out.

Nothing here prints or exits; errors are those of pipeline.errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import ReadSettings, find_glossary, load_settings
from pipeline.errors import GlossaryError, UsageError
from pipeline.files import expanded, explain, read_input, write_atomic
from pipeline.glossary import Matcher, load_glossary
from pipeline.glossary.formats import GlossaryText, glossary_bytes, glossary_text, read_file
from pipeline.glossary.lint import Level, Problem, lint
from pipeline.glossary.merge import merge
from pipeline.model import Entry
from pipeline.stages import read

__all__ = [
    "Level",
    "Merged",
    "Problem",
    "check_glossaries",
    "convert_glossary",
    "merge_glossaries",
    "show_glossaries",
]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge wrote: the path, how many entries, and a sentence for each that gave way."""

    path: Path
    entries: int
    given_way: tuple[str, ...]


def check_glossaries(
    names: Sequence[str],
    text: Path | None = None,
    encoding: str | None = None,
    scopes: Sequence[str] = (),
) -> list[Problem]:
    """Lint glossaries that are used together, the last one winning; see ``pipeline.glossary.lint``.

    Raises GlossaryError where a file cannot be read at all.
    """
    files = [read_file(find_glossary(name, None)) for name in names]
    if text is None:
        return lint(files)
    settings = _settings(encoding)
    data = read_input(text, settings.max_bytes)
    document = read.read(data, text.name, settings.encoding, settings.max_block_chars)
    labels = [*scopes, *read.scopes(data, text.name, settings.encoding)]
    return lint(files, [block.text for block in document.blocks], labels)


def show_glossaries(names: Sequence[str], wanted: str = "") -> list[Entry]:
    """Give the entries that a job with these glossaries has; with ``wanted``, those about it.

    An entry is about some words where it is found in them as in a text, or they stand in one of its
    own French or English forms. Without names the glossaries of the default settings are shown.
    """
    paths = [find_glossary(name, None) for name in names or load_settings().glossaries]
    entries = load_glossary(paths).entries
    if not wanted:
        return list(entries)
    found = {match.entry for match in Matcher(entries).matches(wanted)}
    part = wanted.casefold()
    return [
        entry
        for entry in entries
        if entry in found
        or any(
            part in text.casefold()
            for text in (entry.source, *entry.variants, entry.target, *entry.alternatives)
        )
    ]


def convert_glossary(source: str, target: Path, force: bool = False) -> int:
    """Write a glossary in the format that the new name says; give the number of entries."""
    text = _text(find_glossary(source, None))
    _write(text, target, force)
    return len(text.rows)


def merge_glossaries(names: Sequence[str], target: Path, force: bool = False) -> Merged:
    """Write glossaries as one; what a later one says wins, and keeps its comments in YAML."""
    text, given_way = merge([_text(find_glossary(name, None)) for name in names])
    _write(text, target, force)
    return Merged(target, len(text.rows), given_way)


def _text(path: Path) -> GlossaryText:
    file = read_file(path)
    if file.mistakes:
        raise GlossaryError(str(file.mistakes[0]))
    return glossary_text(file)


def _write(text: GlossaryText, target: Path, force: bool) -> None:
    path = expanded(target)
    data = glossary_bytes(text, path)
    if path.exists() and not force:
        raise UsageError(f"{path} exists; choose another name, or replace it with --force")
    try:
        write_atomic(path, data)
    except OSError as error:
        reason = explain(error)
        raise GlossaryError(
            f"{path} cannot be written: {reason}; check the folder and its permissions"
        ) from None


def _settings(encoding: str | None) -> ReadSettings:
    flags = {} if encoding is None else {"read.encoding": encoding}
    return load_settings(None, flags).read
