"""Folders, files and lists in; the documents of a batch, each once and in a fixed order, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from pipeline.documents import READERS
from pipeline.errors import UsageError, remedy_of
from pipeline.files import TEMPORARY_PREFIX, explain, in_full
from pipeline.service.batch.manifest import MANIFESTS, BatchItem, read_manifest

__all__ = ["BatchItem", "list_items"]


def list_items(
    where: Sequence[Path],
    patterns: Sequence[str] = (),
    recursive: bool = False,
    leaving_out: Path | None = None,
) -> tuple[BatchItem, ...]:
    """Give the documents of files, folders and lists, each once, in the order they are named.

    Of a folder those that a reader reads, or that one of the ``patterns`` fits, sorted by name;
    hidden files and the folder ``leaving_out`` are not looked at. Raises UsageError where nothing
    is there, InputError where a list cannot be read.
    """
    found: dict[Path, BatchItem] = {}
    for place in where:
        for item in _items(place, patterns, recursive, leaving_out):
            found.setdefault(in_full(item.path), item)
    return tuple(found.values())


def _items(
    place: Path, patterns: Sequence[str], recursive: bool, leaving_out: Path | None
) -> Iterable[BatchItem]:
    if place.is_dir():
        apart = in_full(leaving_out) if leaving_out else None
        return (BatchItem(path) for path in _inside(place, patterns, recursive, apart))
    if place.suffix.lower() in MANIFESTS:
        return read_manifest(place)
    if not place.exists():
        raise UsageError("… does not exist", "check the path", where=place)
    return [BatchItem(place)]


def _inside(
    folder: Path, patterns: Sequence[str], recursive: bool, apart: Path | None
) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(
            f"… cannot be read: {explain(error)}", remedy_of(error), where=folder
        ) from None
    for path in entries:
        if path.name.startswith((".", "~$", TEMPORARY_PREFIX)) or in_full(path) == apart:
            continue
        if path.is_dir():
            # A link to a folder may lead back to where it stands.
            if recursive and not path.is_symlink():
                yield from _inside(path, patterns, recursive, apart)
        elif _wanted(path, patterns):
            yield path


def _wanted(path: Path, patterns: Sequence[str]) -> bool:
    if patterns:
        return any(fnmatch(path.name, pattern) for pattern in patterns)
    return path.suffix.lower() in READERS
