"""Glossaries in, the lowest priority first; one glossary, and what was given up for it, out.

What a later glossary names replaces what earlier ones say, as in a job with several glossaries.
Comments stay: those of an entry that goes move to the next one that stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.glossary.entries import entry_forms
from pipeline.glossary.formats.text import GlossaryText, Written
from pipeline.glossary.load import claimed_forms, what_is_left
from pipeline.model import Entry


def merge(glossaries: Sequence[GlossaryText]) -> tuple[GlossaryText, tuple[str, ...]]:
    """Merge glossaries; give the result, and a sentence for each entry that gave way to another."""
    merged, told = glossaries[0], list[str]()
    for later in glossaries[1:]:
        told += _given_up(merged.entries, later.entries)
        kept, orphaned = _kept(merged.rows, later.entries)
        comments = orphaned + _comments(merged.tail) + _comments(later.head)
        added = [
            replace(row, above=comments + row.above) if index == 0 else row
            for index, row in enumerate(later.rows)
        ]
        merged = replace(merged, rows=(*kept, *added), tail=later.tail)
    return merged, tuple(told)


def _given_up(earlier: Sequence[Entry], later: Sequence[Entry]) -> list[str]:
    by_form = {form: entry for entry in later for form in entry_forms(entry)}
    told = []
    for entry in earlier:
        winner = by_form.get(entry_forms(entry)[0])
        if winner and (winner.target, winner.kind) != (entry.target, entry.kind):
            told.append(
                f"{entry.source}: “{entry.target}” ({entry.file}:{entry.line}) gives way to "
                f"“{winner.target}” ({winner.file}:{winner.line})"
            )
    return told


def _kept(rows: Sequence[Written], later: Sequence[Entry]) -> tuple[list[Written], str]:
    """The rows that stay, written anew where they lose variants; comments that stand at the end."""
    claimed = claimed_forms(later)
    kept, above = list[Written](), ""
    for row in rows:
        above += row.above
        left = what_is_left(row.entry, claimed)
        if left is not None:
            kept.append(Written(left, above, row.text if left == row.entry else ""))
            above = ""
    return kept, above


def _comments(yaml: str) -> str:
    """The lines of YAML before or after the entries that are comments."""
    return "".join(line for line in yaml.splitlines(True) if line.lstrip().startswith("#"))
