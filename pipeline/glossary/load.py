"""Glossary files of any format in; one validated glossary out.

The first mistake, by line, is reported as one sentence with its file, its line and the remedy.
Where several files name the same French words, the later file wins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import GlossaryError
from pipeline.glossary.entries import LISTS, MAX_ENTRIES, entry_forms, source_form
from pipeline.glossary.formats import read_file
from pipeline.model import CaseRule, Entry, EntryKind
from pipeline.text import did_you_mean


@dataclass(frozen=True)
class Glossary:
    """The entries of all files, in order, and the names of the files' glossaries."""

    entries: tuple[Entry, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hash of what the entries say, in order; comments, layout and file names do not count."""
        rows = [{**asdict(entry), "file": "", "line": 0} for entry in self.entries]
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def within(self, labels: Iterable[str]) -> Glossary:
        """The entries without a scope, and those one of whose scopes is among the labels.

        What a scoped entry says of some words replaces what entries without a scope say of them.
        """
        wanted = {label.casefold() for label in labels}
        scoped = [entry for entry in self.entries if wanted & _labels(entry)]
        claimed = {(form, "") for form, _ in claimed_forms(scoped)}
        left = (what_is_left(entry, claimed) for entry in self.entries if not entry.scope)
        return replace(self, entries=(*(entry for entry in left if entry), *scoped))

    def check_scopes(self, labels: Sequence[str]) -> None:
        """Raise GlossaryError for a label that is the scope of no entry."""
        known = {label for entry in self.entries for label in _labels(entry)}
        for label in labels:
            if label.casefold() not in known:
                advice = did_you_mean(
                    label.casefold(), sorted(known), "check the entries' 'scope:' lines"
                )
                raise GlossaryError(f"no glossary entry has the scope {label!r}", advice)

    def dump(self) -> dict[str, object]:
        """Give the glossary as plain data, fit for JSON."""
        return {"names": list(self.names), "entries": [asdict(entry) for entry in self.entries]}

    @classmethod
    def restore(cls, value: Mapping[str, Any]) -> Glossary:
        """Give back what ``dump`` gave; raises GlossaryError where it cannot be read."""
        try:
            return cls(tuple(map(_restored, value["entries"])), tuple(map(str, value["names"])))
        except (KeyError, TypeError, ValueError) as exc:
            raise GlossaryError(
                "the stored glossary cannot be read", "run the text again with its glossary files"
            ) from exc


def _restored(row: Mapping[str, Any]) -> Entry:
    lists = {key: tuple(map(str, row[key])) for key in LISTS}
    return Entry(**{**row, **lists, "kind": EntryKind(row["kind"]), "case": CaseRule(row["case"])})


def load_glossary(paths: Sequence[Path]) -> Glossary:
    """Load glossary files; a later file replaces what earlier ones say about the same words.

    Raises GlossaryError naming file and line for a file that cannot be read or is not valid, for
    texts over 300 characters and for more than 50,000 entries together.
    """
    names: list[str] = []
    entries: list[Entry] = []
    for path in paths:
        file = read_file(path)
        if file.mistakes:
            raise file.mistakes[0].error
        names.append(file.name)
        entries = [*left_by(file.entries, entries), *file.entries]
        if len(entries) > MAX_ENTRIES:
            raise GlossaryError(
                f"the glossaries have more than {MAX_ENTRIES:,} entries",
                "leave some out",
                where=path,
            )
    return Glossary(tuple(entries), tuple(names))


def _labels(entry: Entry) -> set[str]:
    """The scopes of an entry, in lower case."""
    return {label.strip().casefold() for label in entry.scope.split(",")} - {""}


def left_by(later: Sequence[Entry], earlier: Iterable[Entry]) -> list[Entry]:
    """Give what later entries leave of earlier ones, whose words they take."""
    claimed = claimed_forms(later)
    left = (what_is_left(entry, claimed) for entry in earlier)
    return [entry for entry in left if entry]


def claimed_forms(later: Sequence[Entry]) -> set[tuple[str, str]]:
    """The French forms that a later file takes from earlier ones."""
    return {form for entry in later for form in entry_forms(entry)}


def what_is_left(entry: Entry, claimed: Set[tuple[str, str]]) -> Entry | None:
    """An entry less what later ones claim: nothing if they name its source, else its variants."""
    if source_form(entry.source, entry.scope) in claimed:
        return None
    variants = tuple(v for v in entry.variants if source_form(v, entry.scope) not in claimed)
    return replace(entry, variants=variants)
