"""The kinds of decision: what a person decided on, and what; each says which stage it concerns.

A decision is known by content, not by place: the French of a segment, the entry's source and which
of its occurrences in that segment it is. It is undone by another about the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pipeline.errors import UsageError
from pipeline.model import Finding, SentenceState, Stage, Verdict
from pipeline.text import clean

MAX_CHARACTERS = 10_000
MAX_NAME = 100


class Kind(StrEnum):
    """What is decided on; a state says how far a segment was read, a note is for people."""

    OCCURRENCE = "occurrence"
    TRANSLATION = "translation"
    ENTRY = "entry"
    FINDING = "finding"
    STATE = "state"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class OccurrenceDecision:
    """A verdict on the ``ordinal``-th occurrence (from 0) of an entry's source in a segment.

    An occurrence is accepted in the translation ``text`` alone: with another one it is open again.
    """

    kind: ClassVar = Kind.OCCURRENCE
    stage: ClassVar = Stage.TRANSLATE
    source: str
    entry: str
    ordinal: int
    verdict: Verdict
    text: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """What is decided on."""
        return self.source, self.entry, self.ordinal

    @property
    def undone(self) -> bool:
        """Whether it takes back what was decided before."""
        return self.verdict is Verdict.NONE


@dataclass(frozen=True, slots=True)
class TranslationDecision:
    """The translation that a person wrote of a segment; None leaves it to the engine again."""

    kind: ClassVar = Kind.TRANSLATION
    stage: ClassVar = Stage.TRANSLATE
    source: str
    text: str | None

    @property
    def key(self) -> tuple[str]:
        """What is decided on."""
        return (self.source,)

    @property
    def undone(self) -> bool:
        """Whether it takes back what was decided before."""
        return self.text is None


@dataclass(frozen=True, slots=True)
class EntryDecision:
    """An entry's renderings in this job; no target gives it back to the glossary."""

    kind: ClassVar = Kind.ENTRY
    stage: ClassVar = Stage.TRANSLATE
    entry: str
    target: str | None
    alternatives: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str]:
        """What is decided on."""
        return (self.entry,)

    @property
    def undone(self) -> bool:
        """Whether it takes back what was decided before."""
        return self.target is None


@dataclass(frozen=True, slots=True)
class FindingDecision:
    """Whether a finding is dismissed: ``here`` and ``there`` are the texts that it points at.

    Where it points at nothing in the translation, it is about this translation as a whole.
    """

    kind: ClassVar = Kind.FINDING
    stage: ClassVar = Stage.SCORE
    check: str
    source: str
    here: str
    there: str
    dismissed: bool = True

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What is decided on."""
        return self.check, self.source, self.here, self.there

    @property
    def undone(self) -> bool:
        """Whether it takes back what was decided before."""
        return not self.dismissed


@dataclass(frozen=True, slots=True)
class StateDecision:
    """That ``reviewer`` read a segment in the translation ``text``, or signed it off.

    With another translation the segment is open again.
    """

    kind: ClassVar = Kind.STATE
    stage: ClassVar = Stage.PUBLISH
    source: str
    state: SentenceState
    text: str = ""
    reviewer: str = ""

    @property
    def key(self) -> tuple[str]:
        """What is decided on."""
        return (self.source,)

    @property
    def undone(self) -> bool:
        """Whether it takes back what was decided before."""
        return self.state is SentenceState.OPEN


@dataclass(frozen=True, slots=True)
class NoteDecision:
    """What a person noted about a segment, for people; no stage takes notice of it."""

    kind: ClassVar = Kind.NOTE
    stage: ClassVar = None
    source: str
    text: str
    author: str = ""

    @property
    def key(self) -> tuple[str]:
        """What is noted on."""
        return (self.source,)

    @property
    def undone(self) -> bool:
        """Whether it takes back what was noted before."""
        return not self.text


Decision = (
    OccurrenceDecision
    | TranslationDecision
    | EntryDecision
    | FindingDecision
    | StateDecision
    | NoteDecision
)


def sentence_of(decision: Decision) -> str | None:
    """Give the French of the segment that is decided on; None for an entry, which is everywhere."""
    return None if isinstance(decision, EntryDecision) else decision.source


def taken_back(decision: Decision) -> Decision:
    """Give the decision that undoes another: as if nothing had been decided."""
    match decision:
        case OccurrenceDecision(source=source, entry=entry, ordinal=ordinal):
            return OccurrenceDecision(source, entry, ordinal, Verdict.NONE)
        case TranslationDecision(source=source):
            return TranslationDecision(source, None)
        case EntryDecision(entry=entry):
            return EntryDecision(entry, None)
        case FindingDecision(check=check, source=source, here=here, there=there):
            return FindingDecision(check, source, here, there, dismissed=False)
        case StateDecision(source=source):
            return StateDecision(source, SentenceState.OPEN)
        case NoteDecision(source=source):
            return NoteDecision(source, "")


def judge(
    source: str, entry: str, ordinal: int, verdict: Verdict, text: str = ""
) -> OccurrenceDecision:
    """Decide on an occurrence in a segment that is translated as ``text``."""
    seen = text if verdict is Verdict.ACCEPTED else ""
    return OccurrenceDecision(source, entry, ordinal, verdict, seen)


def write(source: str, text: str | None) -> TranslationDecision:
    """Decide on the translation of a segment's source.

    Raises UsageError for a text that cannot stand in an edition.
    """
    return TranslationDecision(source, None if text is None else _checked(text))


def change(entry: str, target: str | None, alternatives: Sequence[str] = ()) -> EntryDecision:
    """Decide on an entry's renderings in this job.

    Raises UsageError for a text that cannot stand in an edition.
    """
    if target is None:
        return EntryDecision(entry, None)
    return EntryDecision(entry, _checked(target), tuple(map(_checked, alternatives)))


def dismiss(finding: Finding, source: str, target: str, dismissed: bool = True) -> FindingDecision:
    """Decide that a finding in a segment and its translation is none, or (False) that it is one."""
    here, there = (
        text[slice(*span)] if span else None
        for text, span in ((source, finding.source_span), (target, finding.target_span))
    )
    about = target if there is None else there
    return FindingDecision(finding.check, source, here or "", about, dismissed)


def mark(source: str, state: SentenceState, text: str, reviewer: str) -> StateDecision:
    """Decide how far a segment is that is translated as ``text``; OPEN takes back what was said.

    Raises UsageError for a reviewer without a name, or with one that cannot be printed.
    """
    if state is SentenceState.OPEN:
        return StateDecision(source, state)
    return StateDecision(source, state, text, named(reviewer))


def remark(source: str, text: str, author: str = "") -> NoteDecision:
    """Note something about a segment; "" takes the note back."""
    return NoteDecision(source, _checked(text) if text.strip() else "", author and named(author))


def named(person: str) -> str:
    """Give a person's name on one line; raises UsageError where it cannot stand in an edition."""
    if not person.strip():
        raise UsageError("a sentence is read by somebody: the reviewer's name is needed")
    name = _checked(person)
    if len(name) > MAX_NAME:
        raise UsageError(f"a name has at most {MAX_NAME} characters")
    return name


def _checked(text: str) -> str:
    """Give a text on one line; raises UsageError where it may not stand in an edition."""
    cleaned, repairs = clean(text)
    if repairs:
        raise UsageError(f"{text[:40]!r} has characters that cannot be printed or could mislead")
    if not cleaned.strip() or len(cleaned) > MAX_CHARACTERS:
        raise UsageError(f"a text must have between 1 and {MAX_CHARACTERS} characters")
    return " ".join(line.strip() for line in cleaned.split("\n")).strip()
