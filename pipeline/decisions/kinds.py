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
from pipeline.model import Finding, Stage, Verdict
from pipeline.text import clean

MAX_CHARACTERS = 10_000


class Kind(StrEnum):
    """What is decided on: an occurrence, a segment's translation, an entry, a finding."""

    OCCURRENCE = "occurrence"
    TRANSLATION = "translation"
    ENTRY = "entry"
    FINDING = "finding"


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


Decision = OccurrenceDecision | TranslationDecision | EntryDecision | FindingDecision


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


def _checked(text: str) -> str:
    """Give a text on one line; raises UsageError where it may not stand in an edition."""
    cleaned, repairs = clean(text)
    if repairs:
        raise UsageError(f"{text[:40]!r} has characters that cannot be printed or could mislead")
    if not cleaned.strip() or len(cleaned) > MAX_CHARACTERS:
        raise UsageError(f"a text must have between 1 and {MAX_CHARACTERS} characters")
    return " ".join(line.strip() for line in cleaned.split("\n")).strip()
