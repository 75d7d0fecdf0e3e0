"""What people decided about a job in; what counts of it for entries, segments, occurrences out.

A decision is found again by content, not by place: the French of a segment, the entry's source and
which of its occurrences in that segment it is. So it outlives re-runs, new targets and moved
paragraphs, and counts wherever the same sentence stands. Of several about the same thing the newest
counts; one is undone by another.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pipeline.errors import InputError, UsageError
from pipeline.model import Decision, Entry, EntryKind, Finding, Match, Verdict
from pipeline.text import clean, fingerprint

# The format of an exported file.
SCHEMA = 1

MAX_CHARACTERS = 10_000
MAX_ALTERNATIVES = 50
MAX_DECISIONS = 100_000

Value = Mapping[str, Any]


class Kind(StrEnum):
    """What is decided on: an occurrence, a segment's translation, an entry, a finding."""

    OCCURRENCE = "occurrence"
    TRANSLATION = "translation"
    ENTRY = "entry"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something decided, not yet stored: see ``judge``, ``write``, ``change`` and ``dismiss``."""

    kind: Kind
    key: str
    value: Value


def judge(source: str, entry: str, ordinal: int, verdict: Verdict, text: str = "") -> Choice:
    """Decide on the ``ordinal``-th occurrence (from 0) of an entry's source in a segment's source.

    An occurrence is accepted in the translation ``text`` alone: with another one it is open again.
    """
    value = {"verdict": verdict.value, "text": text if verdict is Verdict.ACCEPTED else ""}
    return Choice(Kind.OCCURRENCE, _key(source, entry, ordinal), value)


def write(source: str, text: str | None) -> Choice:
    """Decide on the translation of a segment's source; None leaves it to the engine again.

    Raises UsageError for a text that cannot stand in an edition.
    """
    value = {"text": None if text is None else _checked(text)}
    return Choice(Kind.TRANSLATION, _key(source), value)


def change(entry: str, target: str | None, alternatives: Sequence[str] = ()) -> Choice:
    """Decide on an entry's renderings in this job; None gives it back to the glossary.

    Raises UsageError for a text that cannot stand in an edition.
    """
    value: Value = {}
    if target is not None:
        value = {"target": _checked(target), "alternatives": [_checked(a) for a in alternatives]}
    return Choice(Kind.ENTRY, _key(entry), value)


def dismiss(finding: Finding, source: str, target: str, dismissed: bool = True) -> Choice:
    """Decide that a finding in a segment and its translation is none, or (False) that it is one."""
    return Choice(Kind.FINDING, about(finding, source, target), {"dismissed": dismissed})


def about(finding: Finding, source: str, target: str) -> str:
    """Say what a finding is about: its check, the segment, and what it points at in both texts.

    Where it points at nothing in the translation, it is about this translation as a whole.
    """
    here, there = (
        text[slice(*span)] if span else None
        for text, span in ((source, finding.source_span), (target, finding.target_span))
    )
    return _key(finding.check, source, here or "", target if there is None else there)


@dataclass(frozen=True, slots=True)
class Decided:
    """What counts of a job's decisions: the newest value of each key, by kind."""

    values: Mapping[Kind, Mapping[str, Value]] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decided:
        """Give what counts of a job's decisions, oldest first; kinds of others are passed over."""
        values: dict[Kind, dict[str, Value]] = {kind: {} for kind in Kind}
        for decision in decisions:
            if decision.kind in values:
                values[Kind(decision.kind)][decision.key] = decision.value
        for kind, undone in _UNDONE.items():
            values[kind] = {key: v for key, v in values[kind].items() if not undone(v)}
        return cls(values)

    def __len__(self) -> int:
        """Count the decisions that count."""
        return sum(map(len, self.values.values()))

    @property
    def sha256(self) -> str:
        """Hash of what counts, "" where nothing does: undone decisions leave no trace in it."""
        return fingerprint(self.values) if len(self) else ""

    def translation(self, source: str) -> str | None:
        """Give what a person wrote for a segment's source, or None."""
        value = self.values.get(Kind.TRANSLATION, {}).get(_key(source))
        return value["text"] if value else None

    def verdicts(
        self, source: str, matches: Sequence[Match], text: str = ""
    ) -> tuple[Verdict, ...]:
        """Give the verdict on each match in a segment that is translated as ``text``."""
        known = self.values.get(Kind.OCCURRENCE, {})
        found = [known.get(_key(source, *place)) for place in ordinals(matches)]
        return tuple(
            Verdict(value["verdict"])
            if value and (value["verdict"] != Verdict.ACCEPTED or value["text"] == text)
            else Verdict.NONE
            for value in found
        )

    def entries(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Give the entries with their renderings in this job; each keeps its id."""
        changes = self.values.get(Kind.ENTRY, {})
        return tuple(_changed(entry, changes.get(_key(entry.source))) for entry in entries)

    def judged(self, finding: Finding, source: str, target: str) -> Finding:
        """Give a finding its id, and say whether it was dismissed."""
        key = about(finding, source, target)
        dismissed = key in self.values.get(Kind.FINDING, {})
        return replace(finding, id=fingerprint(key)[:10], dismissed=dismissed)


NOTHING_DECIDED = Decided()


def ordinals(matches: Iterable[Match]) -> list[tuple[str, int]]:
    """Give for each match in a segment its entry's source and how many of it came before."""
    seen: Counter[str] = Counter()
    places = []
    for match in matches:
        places.append((match.entry.source, seen[match.entry.source]))
        seen[match.entry.source] += 1
    return places


def _changed(entry: Entry, value: Value | None) -> Entry:
    if value is None or entry.kind is EntryKind.KEEP:
        return entry
    target, alternatives = value["target"], tuple(value["alternatives"])
    return replace(
        entry,
        target=target,
        alternatives=alternatives,
        # What is asked for now is no mistake any more.
        forbidden=tuple(each for each in entry.forbidden if each not in (target, *alternatives)),
    )


def _key(*parts: str | int) -> str:
    return json.dumps(parts, ensure_ascii=False)


_UNDONE: Mapping[Kind, Callable[[Value], bool]] = {
    Kind.OCCURRENCE: lambda value: value["verdict"] == Verdict.NONE,
    Kind.TRANSLATION: lambda value: value["text"] is None,
    Kind.ENTRY: lambda value: not value,
    Kind.FINDING: lambda value: not value["dismissed"],
}


# Decisions of a colleague: hostile until they are checked


def dump(decided: Decided) -> str:
    """Give what counts as JSON that ``parse`` reads."""
    rows = [
        {"kind": kind.value, "key": json.loads(key), "value": value}
        for kind, values in decided.values.items()
        for key, value in values.items()
    ]
    return json.dumps({"schema": SCHEMA, "decisions": rows}, ensure_ascii=False, indent=1) + "\n"


def parse(data: bytes, name: str) -> tuple[Choice, ...]:
    """Read what ``dump`` gave; raises InputError where anything in it is not what it should be."""
    try:
        whole = json.loads(data)
        if not isinstance(whole, dict) or whole.get("schema") != SCHEMA:
            raise UsageError("it is no list of decisions")
        return tuple(_choice(row) for row in _list(whole.get("decisions"), MAX_DECISIONS))
    except (UsageError, ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, UsageError) else "it is no JSON"
        raise InputError(
            f"{name} cannot be imported: {reason}; make it with 'enregard review JOB --export FILE'"
        ) from None


def _choice(row: object) -> Choice:
    if not isinstance(row, dict) or row.keys() != {"kind", "key", "value"}:
        raise UsageError("a decision has other keys than kind, key and value")
    key, value = _list(row["key"], 4), row["value"]
    fields = set(value) if isinstance(value, dict) else None
    match row["kind"], key:
        case Kind.OCCURRENCE, [str(source), str(entry), int(ordinal)] if (
            fields == {"verdict", "text"}
            and value["verdict"] in list(Verdict)
            and isinstance(value["text"], str)
        ):
            return judge(source, entry, ordinal, Verdict(value["verdict"]), value["text"])
        case Kind.TRANSLATION, [str(source)] if fields == {"text"}:
            return write(source, _string(value["text"]))
        case Kind.ENTRY, [str(entry)] if fields == {"target", "alternatives"}:
            alternatives = _list(value["alternatives"], MAX_ALTERNATIVES)
            return change(entry, _string(value["target"]), [_string(a) for a in alternatives])
        case Kind.FINDING, [str(), str(), str(), str()] if value == {"dismissed": True}:
            return Choice(Kind.FINDING, _key(*key), value)
    raise UsageError("a decision is of no known kind, or not complete")


def _list(value: object, longest: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > longest:
        raise UsageError(f"it has no list where there should be one of at most {longest} items")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise UsageError("it has something else where there should be text")
    return value


def _checked(text: str) -> str:
    """Give a text on one line; raises UsageError where it may not stand in an edition."""
    cleaned, repairs = clean(text)
    if repairs:
        raise UsageError(f"{text[:40]!r} has characters that cannot be printed or could mislead")
    if not cleaned.strip() or len(cleaned) > MAX_CHARACTERS:
        raise UsageError(f"a text must have between 1 and {MAX_CHARACTERS} characters")
    return " ".join(line.strip() for line in cleaned.split("\n")).strip()
