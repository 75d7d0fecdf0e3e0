"""What is written to a glossary file: entries in order, and a YAML file's words around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import CaseRule, Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, the comment lines above it, and its own lines where it is to stay as it is.

    ``text`` is "" where the entry is to be written anew. Lines have no indentation of their list.
    """

    entry: Entry
    above: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryText:
    """A glossary to be written; ``head`` and ``tail`` are YAML around the entries, or ""."""

    name: str
    description: str
    rows: tuple[Written, ...]
    head: str = ""
    tail: str = ""

    @classmethod
    def of(cls, name: str, description: str, entries: Iterable[Entry]) -> GlossaryText:
        """Give entries without any layout of their own."""
        return cls(name, description, tuple(Written(entry) for entry in entries))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries alone."""
        return tuple(row.entry for row in self.rows)


def fields(entry: Entry) -> dict[str, str | tuple[str, ...]]:
    """The keys that a file must hold to say an entry, in the order in which people read them."""
    kept = entry.kind is EntryKind.KEEP
    values: dict[str, str | tuple[str, ...]] = {
        "source": entry.source,
        "target": "" if kept else entry.target,
        "kind": "" if entry.kind is EntryKind.TERM else entry.kind.value,
        "variants": entry.variants,
        "alternatives": entry.alternatives,
        "forbidden": entry.forbidden,
        "case": "" if kept or entry.case is CaseRule.SMART else entry.case.value,
        "note": entry.note,
        "scope": entry.scope,
    }
    return {key: value for key, value in values.items() if value}
