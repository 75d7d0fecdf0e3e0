"""A job's decisions in; what an editor decided last, to be taken back step by step, out.

A step is what was stored together: a sentence, or many terms at once. Taking it back adds what was
decided before, and deletes nothing. A later decision of somebody else about the same is not undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.decisions import Decision, sentence_of, taken_back
from pipeline.errors import UsageError
from pipeline.jobs.decided import DecisionRow
from pipeline.jobs.store import Store

__all__ = ["UNDONE", "Step", "last_step", "sentence_of", "undo"]

UNDONE = "undo"


@dataclass(frozen=True, slots=True)
class Step:
    """Decisions that were stored together; ``id`` is that of the first."""

    id: int
    at: str
    author: str
    decisions: tuple[Decision, ...]


def last_step(store: Store, author: str) -> Step | None:
    """Give what this author, or somebody without a name, decided last and has not taken back."""
    steps = _standing(store.decision_rows(), author)
    return _step(steps[-1]) if steps else None


def undo(store: Store, step_id: int, author: str, at: str) -> Step:
    """Take back the author's last step, inside a transaction; give it.

    Raises UsageError where it is no more the last, or somebody decided otherwise since.
    """
    rows = store.decision_rows()
    steps = _standing(rows, author)
    if not steps or steps[-1][0].id != step_id:
        raise UsageError("something else was decided since", "look at it, and undo again")
    newest = {_about(row.decision): row.decision for row in rows}
    before = {_about(row.decision): row.decision for row in rows if row.id < step_id}
    step = _step(steps[-1])
    meant = {_about(each): each for each in step.decisions}
    if any(newest[about] != each for about, each in meant.items()):
        raise UsageError("somebody decided otherwise since", "look at it, and decide anew")
    for about, each in meant.items():
        store.decide(at, before.get(about) or taken_back(each), author, UNDONE)
    return step


def _about(decision: Decision) -> tuple[object, ...]:
    return decision.kind, decision.key


def _standing(rows: Sequence[DecisionRow], author: str) -> list[list[DecisionRow]]:
    """Give the steps of an author that were not taken back, oldest first."""
    steps: list[list[DecisionRow]] = []
    own = [row for row in rows if row.author in ("", author)]
    for key, group in groupby(own, key=lambda row: (row.at, row.author, row.origin)):
        if key[2] == UNDONE:
            del steps[-1:]
        else:
            steps.append(list(group))
    return steps


def _step(rows: Sequence[DecisionRow]) -> Step:
    return Step(rows[0].id, rows[0].at, rows[0].author, tuple(row.decision for row in rows))
