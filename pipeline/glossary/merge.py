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
    """Merge glossaries; give the result, and a sentence for each loss."""
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
        names = zip((entry.source, *entry.variants), entry_forms(entry), strict=True)
        winners = {source: by_form[form] for source, form in names if form in by_form}
        taker = winners.get(entry.source)
        gone = [each for each in entry.variants if taker and each not in winners]
        for source, winner in winners.items():
            is_source = source == entry.source
            # A variant that goes where its entry goes needs no sentence of its own.
            if is_source or winner is not taker:
                lost = _lost(entry, winner, gone if is_source else ())
                if lost or winner.target != entry.target:
                    told.append(_sentence(source, entry, winner, lost))
    return told


def _lost(entry: Entry, winner: Entry, variants: Sequence[str]) -> str:
    """What an entry says beside its target, and the one that takes its place does not."""
    allowed = (winner.target, *winner.alternatives)
    lists = {
        "variants": variants,
        "alternatives": [each for each in entry.alternatives if each not in allowed],
        "forbidden": [
            each for each in entry.forbidden if each not in (*allowed, *winner.forbidden)
        ],
        "note": [entry.note] if entry.note not in ("", winner.note) else [],
    }
    rules = (("kind", entry.kind, winner.kind), ("case", entry.case, winner.case))
    parts = [f"{name} {now}" for name, now, then in rules if now is not then]
    parts += [
        f"{name} {', '.join(f'“{each}”' for each in texts)}"
        for name, texts in lists.items()
        if texts
    ]
    return "; ".join(parts)


def _sentence(source: str, entry: Entry, winner: Entry, lost: str) -> str:
    also = f" and loses {lost}" if lost else ""
    return (
        f"{source}: “{entry.target}”{_place(entry)} gives way to "
        f"“{winner.target}”{_place(winner)}{also}"
    )


def _place(entry: Entry) -> str:
    """Where an entry was read; one that comes from no file has no place."""
    return f" ({entry.file}:{entry.line})" if entry.file else ""


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
