"""Decisions in, rows of a job's database or of a colleague's file out; and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.decisions.kinds import (
    Decision,
    EntryDecision,
    FindingDecision,
    Kind,
    NoteDecision,
    OccurrenceDecision,
    StateDecision,
    TranslationDecision,
    change,
    mark,
    remark,
    write,
)
from pipeline.errors import Act, InputError, Remedy, UsageError
from pipeline.jsonfile import load_json
from pipeline.model import SentenceState, Verdict

# The format of an exported file.
SCHEMA = 1

MAX_ALTERNATIVES = 50
MAX_DECISIONS = 100_000


def key_of(decision: Decision) -> str:
    """Give what is decided on, as the text that is stored."""
    return json.dumps(decision.key, ensure_ascii=False)


def value_of(decision: Decision) -> dict[str, object]:
    """Give what is decided, as it is stored."""
    match decision:
        case OccurrenceDecision():
            return {"verdict": decision.verdict.value, "text": decision.text}
        case TranslationDecision():
            return {"text": decision.text}
        case EntryDecision():
            if decision.target is None:
                return {}
            return {"target": decision.target, "alternatives": list(decision.alternatives)}
        case FindingDecision():
            return {"dismissed": decision.dismissed}
        case StateDecision():
            return {
                "state": decision.state.value,
                "text": decision.text,
                "reviewer": decision.reviewer,
            }
        case NoteDecision():
            return {"text": decision.text, "author": decision.author}


def restore(kind: str, key: object, value: object) -> Decision:
    """Give back a decision from its row; raises UsageError where that is none of a known kind."""
    fields = set(value) if isinstance(value, dict) else set()
    match kind, key, value:
        case (
            Kind.OCCURRENCE,
            [str(source), str(entry), int(ordinal)],
            {"verdict": str(verdict), "text": str(text)},
        ) if len(fields) == 2 and verdict in list(Verdict):
            return OccurrenceDecision(source, entry, ordinal, Verdict(verdict), text)
        case Kind.TRANSLATION, [str(source)], {"text": str() | None as written} if len(fields) == 1:
            return TranslationDecision(source, written)
        case Kind.ENTRY, [str(entry)], dict() if not fields:
            return EntryDecision(entry, None)
        case (
            Kind.ENTRY,
            [str(entry)],
            {"target": str(target), "alternatives": list(alternatives)},
        ) if len(fields) == 2 and all(isinstance(each, str) for each in alternatives):
            return EntryDecision(entry, target, tuple(alternatives))
        case (
            Kind.FINDING,
            [str(check), str(source), str(here), str(there)],
            {"dismissed": bool(dismissed)},
        ) if len(fields) == 1:
            return FindingDecision(check, source, here, there, dismissed)
        case (
            Kind.STATE,
            [str(source)],
            {"state": str(state), "text": str(text), "reviewer": str(reviewer)},
        ) if len(fields) == 3 and state in list(SentenceState):
            return StateDecision(source, SentenceState(state), text, reviewer)
        case Kind.NOTE, [str(source)], {"text": str(text), "author": str(author)} if (
            len(fields) == 2
        ):
            return NoteDecision(source, text, author)
    raise UsageError("a decision is of no known kind, or not complete")


# Decisions of a colleague: hostile until they are checked


def dump(decisions: Iterable[Decision]) -> str:
    """Give decisions that count as JSON that ``parse`` reads."""
    rows = [
        {"kind": each.kind.value, "key": list(each.key), "value": value_of(each)}
        for each in decisions
    ]
    return json.dumps({"schema": SCHEMA, "decisions": rows}, ensure_ascii=False, indent=1) + "\n"


def parse(data: bytes, name: str) -> tuple[Decision, ...]:
    """Read what ``dump`` gave; raises InputError where anything in it is not what it should be."""
    try:
        whole = load_json(data)
        # To Python, true is 1.
        if not isinstance(whole, dict) or repr(whole.get("schema")) != repr(SCHEMA):
            raise UsageError("it is no list of decisions")
        rows = whole.get("decisions")
        if not isinstance(rows, list) or len(rows) > MAX_DECISIONS:
            raise UsageError(f"it has no list of at most {MAX_DECISIONS} decisions")
        return tuple(map(_imported, rows))
    except (UsageError, ValueError) as error:
        reason = error.what if isinstance(error, UsageError) else "it is no sound JSON"
        raise InputError(
            f"… cannot be imported: {reason}", Remedy(Act.EXPORT_DECISIONS), where=name
        ) from None


def _imported(row: Any) -> Decision:
    if not isinstance(row, dict) or row.keys() != {"kind", "key", "value"}:
        raise UsageError("a decision has other keys than kind, key and value")
    decision = restore(row["kind"], row["key"], row["value"])
    if decision.undone:
        raise UsageError("a decision decides nothing")
    match decision:
        case TranslationDecision():
            return write(decision.source, decision.text)
        case EntryDecision():
            if len(decision.alternatives) > MAX_ALTERNATIVES:
                raise UsageError(f"an entry has more than {MAX_ALTERNATIVES} alternatives")
            return change(decision.entry, decision.target, decision.alternatives)
        case StateDecision():
            return mark(decision.source, decision.state, decision.text, decision.reviewer)
        case NoteDecision():
            return remark(decision.source, decision.text, decision.author)
    return decision
