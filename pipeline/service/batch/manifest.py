"""A list of documents in, CSV or JSON Lines; each with what it asks for itself, out.

    path,title,glossary,settings,reference
    articles/port.md,Le port,noms.yaml,publish.dress=print,port.en.txt

Paths are taken from the list's own folder. Several glossaries or settings of a row are parted by
semicolons; in JSON Lines they can be a list and an object.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, UsageError, counted
from pipeline.files import in_full, read_input
from pipeline.jsonfile import load_json
from pipeline.service.registries import setting
from pipeline.text import did_you_mean

_MAX_BYTES = 100_000_000
_COLUMNS = ("path", "glossary", "title", "settings", "reference")


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A document of a batch, and what it asks for beside what the whole batch does.

    ``settings`` are by dotted name.
    """

    path: Path
    glossaries: tuple[str, ...] = ()
    title: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    reference: Path | None = None


def read_manifest(path: Path) -> list[BatchItem]:
    """Read a list; raises InputError, with the line, where a row cannot be understood."""
    data = read_input(path, _MAX_BYTES, remedy="split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("… is not UTF-8", "save the list as UTF-8", where=path) from None
    lines: dict[Path, int] = {}
    items = []
    for line, row in MANIFESTS[path.suffix.lower()](text, path):
        item = _item(row, path, line)
        before = lines.setdefault(in_full(item.path), line)
        if before != line:
            raise InputError(
                f"{item.path} is in the list already (line {before})",
                "name it once",
                where=f"{path}:{line}",
            )
        items.append(item)
    if not items:
        raise InputError("… names no document", "give it a row a document", where=path)
    return items


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    first = next((line for line in text.splitlines() if line.strip(' ",;\t')), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heading: list[str] = []
    try:
        for cells in reader:
            # Spreadsheets write separators for empty cells too.
            while cells and not cells[-1].strip():
                cells.pop()
            if not cells:
                continue
            if not heading:
                heading = [cell.strip().casefold() for cell in cells]
                _refuse_twice(heading, f"{path}:{reader.line_num}")
                continue
            if len(cells) > len(heading):
                raise InputError(
                    f"there are {len(cells)} cells, but {counted(len(heading), 'column')}",
                    "put a cell that holds the delimiter in quotes",
                    where=f"{path}:{reader.line_num}",
                )
            yield reader.line_num, dict(zip(heading, cells, strict=False))
    except csv.Error as error:
        place = f"{path}:{reader.line_num}"
        raise InputError(
            f"this is no table ({error})", "save it as CSV again", where=place
        ) from None


def _refuse_twice(heading: Sequence[str], place: str) -> None:
    for name in heading:
        if heading.count(name) > 1:
            raise InputError(f"two columns are called {name[:80]!r}", "keep one", where=place)


def _json_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, each in enumerate(text.split("\n"), 1):
        if not each.strip():
            continue
        try:
            row = load_json(each)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise InputError(
                "this is no JSON object",
                'write one on a line, such as {"path": "article.txt"}',
                where=f"{path}:{line}",
            )
        yield line, row


# What a list may be, by the suffix of its file.
MANIFESTS: dict[str, Callable[[str, Path], Iterator[tuple[int, dict[str, Any]]]]] = {
    ".csv": _csv_rows,
    ".jsonl": _json_rows,
}


def _item(row: Mapping[str, Any], path: Path, line: int) -> BatchItem:
    place = f"{path}:{line}"
    for name in row:
        if name not in _COLUMNS:
            advice = did_you_mean(name, _COLUMNS, f"there are {', '.join(_COLUMNS)}")
            raise InputError(f"there is no column {name[:80]!r}", advice, where=place)
    document = _text(row, "path", place)
    if not document:
        raise InputError("the row names no path", "fill the column 'path'", where=place)
    reference = _text(row, "reference", place)
    return BatchItem(
        path.parent / document,
        tuple(_glossary(name, path) for name in _several(row, "glossary", place)),
        _text(row, "title", place),
        _settings(row, place),
        path.parent / reference if reference else None,
    )


def _glossary(name: str, path: Path) -> str:
    """Take a glossary beside the list; else it is looked for as on the command line."""
    beside = path.parent / name
    return str(beside) if beside.exists() else name


def _text(row: Mapping[str, Any], name: str, place: str) -> str:
    value = row.get(name) or ""
    if not isinstance(value, str):
        raise InputError(f"{name} is not a text", "put it in quotes", where=place)
    if "\0" in value:
        raise InputError(f"{name} holds the character U+0000", "remove it", where=place)
    return value.strip()


def _several(row: Mapping[str, Any], name: str, place: str) -> list[str]:
    value = row.get(name) or []
    values = value.split(";") if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise InputError(
            f"{name} is neither a text nor a list of texts", "put each in quotes", where=place
        )
    return [each.strip() for each in values if each.strip()]


def _settings(row: Mapping[str, Any], place: str) -> dict[str, object]:
    value = row.get("settings")
    if isinstance(value, dict):
        flat: dict[str, object] = {}
        for key, each in value.items():
            inner = each if isinstance(each, dict) and "." not in key else None
            flat |= {f"{key}.{name}": one for name, one in inner.items()} if inner else {key: each}
        return flat
    try:
        return dict(setting(each) for each in _several(row, "settings", place))
    except UsageError as error:
        raise InputError(error.what, *error.remedies, where=place) from None
