"""Glossary entries, where they were found, and what became of each occurrence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class EntryKind(StrEnum):
    """What a glossary entry is: a proper name, a term, or a text to keep untranslated."""

    NAME = "name"
    TERM = "term"
    KEEP = "keep"


class CaseRule(StrEnum):
    """How letter case counts when an entry is looked for, and its renderings in the English.

    ``SMART``: a lower-case letter of the entry matches both cases, a capital only itself;
    ``EXACT``: every letter as written; ``IGNORE``: case does not count.
    """

    SMART = "smart"
    EXACT = "exact"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Entry:
    """One glossary entry: how a French name or term must be rendered in English.

    ``id`` is a short content hash of source, target and kind, stable under reordering.
    ``file`` and ``line`` say where it was written.
    """

    id: str
    source: str
    target: str
    kind: EntryKind = EntryKind.TERM
    variants: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    case: CaseRule = CaseRule.SMART
    note: str = ""
    scope: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in a source text: ``surface == text[start:end]``."""

    entry: Entry
    start: int
    end: int
    surface: str


class OccurrenceStatus(StrEnum):
    """What became of one occurrence of an entry.

    ``PRESENT``: an allowed rendering stands in the translation (``method``: how it got there).
    ``MISSING``: none does (``reason``: why). ``FORBIDDEN``: a forbidden one stands there.
    ``DECLINED``: a person decided that the entry does not apply here.
    """

    PRESENT = "present"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    DECLINED = "declined"


class Verdict(StrEnum):
    """What a person decided about an occurrence: it is right as it is, or does not apply here."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Method(StrEnum):
    """How an entry's rendering got into a translation: the rungs of the glossary's ladder."""

    MODEL = "model"
    HINT = "hint"
    HYPOTHESIS = "hypothesis"
    REPLACED = "replaced"
    REDECODED = "redecoded"
    EDITED = "edited"


METHODS: Mapping[str, str] = {
    Method.MODEL: "the model said so by itself",
    Method.HINT: "the model was given the entry and said so",
    Method.HYPOTHESIS: "another of the model's hypotheses said so and was chosen",
    Method.REPLACED: "the model's own rendering was replaced",
    Method.REDECODED: "the sentence was translated again around it",
    Method.EDITED: "a person wrote the translation",
}
"""The rungs of the glossary's ladder, from the top: how an allowed rendering got where it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about an occurrence: the rung (see ``METHODS``), or why it was not applied."""

    method: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence of a glossary entry in a segment, and what was done about it.

    ``start``/``end`` are offsets in the segment's source; ``target_start``/``target_end`` in its
    translation, or None where no rendering was found. ``method`` is one of ``METHODS`` where an
    allowed rendering stands; else ``reason`` says why none does. ``decision`` is a person's.
    """

    segment_id: str
    entry_id: str
    start: int
    end: int
    surface: str
    status: OccurrenceStatus
    rendering: str = ""
    target_start: int | None = None
    target_end: int | None = None
    method: str = ""
    reason: str = ""
    decision: Verdict = Verdict.NONE
