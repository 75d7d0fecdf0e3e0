"""Decisions whose sentences a corrected text has no more in, a list for the terminal out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from pipeline.cli.display import print_json
from pipeline.cli.words import echo, one_line

if TYPE_CHECKING:
    from pipeline.service.review import Decision, Detached


def list_detached(found: Sequence[Detached], as_json: bool) -> None:
    """Show what each is about and what was decided, and the sentence that took its place."""
    for each in found:
        made, decision = each.made, each.made.decision
        if as_json:
            print_json(
                {
                    "kind": decision.kind.value,
                    "at": made.at,
                    "author": made.author,
                    "origin": made.origin,
                    **asdict(decision),
                    "now": each.now.id if each.now else None,
                }
            )
            continue
        head = f"{decision.kind.value}  {made.at[:10]}"
        echo(f"{head}  {about(decision)}")
        echo(f"{'':{len(head)}}  {words_of(decision)}")
        if each.now:
            echo(f"{'':{len(head)}}  now {each.now.id}: {one_line(each.now.source)}")
    if not found and not as_json:
        echo("Every decision is about a sentence that the text has.")


def about(decision: Decision) -> str:
    """Give the sentence that a decision is about, "" where it is about an entry."""
    return one_line(getattr(decision, "source", ""))


def words_of(decision: Decision) -> str:
    """Say what was decided."""
    said = {name: str(value) for name, value in asdict(decision).items() if name != "source"}
    return one_line("; ".join(filter(None, said.values())))
