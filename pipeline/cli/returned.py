"""A colleague's file in; what it changes as words on the terminal, and stored, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.detached import about, words_of
from pipeline.cli.display import print_json, show_edit
from pipeline.cli.words import counted, echo, one_line

if TYPE_CHECKING:
    from pipeline.service.returned import Differences
    from pipeline.service.review import ArrivingDecision, Review


def bring_back(opened: Review, file: Path, by: str, dry_run: bool, as_json: bool) -> int:
    """Show what a file changes, and store it unless it is a dry run; give how many decisions."""
    if file.suffix.lower() == ".json":
        if dry_run:
            _show_arriving(opened.arriving(file), as_json)
            return 0
        return opened.import_from(file)
    found = opened.compare_with(file)
    if as_json:
        print_json(_record(found))
    else:
        _show(found)
    return 0 if dry_run else opened.take_over(found, by)


def _show_arriving(found: Sequence[ArrivingDecision], as_json: bool) -> None:
    """Show each decision that changes something, with the one whose place it takes."""
    for each in found:
        decision, before = each.decision, each.before
        if as_json:
            record = {"kind": decision.kind.value, **asdict(decision)}
            told = {"before": asdict(before) if before else None, "in_text": each.is_here}
            print_json(record | told | {"changes": each.changes})
        elif each.changes:
            place = "" if each.is_here else "  (not in the text)"
            echo(f"{decision.kind.value}  {about(decision)}{place}")
            if before:
                echo(f"  - {words_of(before)}")
            echo(f"  + {words_of(decision)}")
    if not as_json:
        changed = sum(each.changes for each in found)
        gone = sum(not each.is_here for each in found)
        echo(
            f"{counted(len(found), 'decision')}: {changed} would change something, "
            f"{len(found) - changed} {'is' if len(found) - changed == 1 else 'are'} decided so "
            f"already; {gone} on sentences that the text does not have"
        )


def _show(found: Differences) -> None:
    for each in found.edited:
        sentence = each.sentence
        show_edit(sentence.id, sentence.source, sentence.target, each.text, each.author)
    for sentence, note, author in found.notes:
        echo(f"{sentence.id}  note{author and ' by ' + one_line(author)}: {one_line(note)}")
    for row in found.unknown:
        echo(f"not in the text: {one_line(row.source)}")
    for words, ids in (
        ("without English", found.empty),
        ("with different English in several places", found.disputed),
        ("not in the file", found.missing),
    ):
        if ids:
            echo(f"{words}: {_some(ids)}")
    echo(
        f"{counted(len(found.edited), 'sentence')} edited, {found.unchanged} unchanged, "
        f"{counted(len(found.notes), 'note')}, {counted(len(found.states), 'state')}"
    )


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - 10} more" if len(ids) > 10 else ""
    return f"{', '.join(ids[:10])}{more}"


def _record(found: Differences) -> dict[str, object]:
    """Give the differences' record, as documented in docs/formats.md."""
    return {
        "edited": [
            {
                "segment_id": each.sentence.id,
                "source": each.sentence.source,
                "before": each.sentence.target,
                "after": each.text,
                "author": each.author,
            }
            for each in found.edited
        ],
        "unchanged": found.unchanged,
        "states": [
            {"segment_id": sentence.id, "state": state, "author": author}
            for sentence, state, author in found.states
        ],
        "notes": [
            {"segment_id": sentence.id, "note": note, "author": author}
            for sentence, note, author in found.notes
        ],
        "unknown": [{"source": row.source, "target": row.target} for row in found.unknown],
        "empty": list(found.empty),
        "disputed": list(found.disputed),
        "missing": list(found.missing),
    }
