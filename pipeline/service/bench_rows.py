"""A sentence with what is known of it in; a row as an editor works on it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.alike import Passage, differences
from pipeline.model import (
    Block,
    Entry,
    EntryKind,
    Finding,
    Occurrence,
    Origin,
    Segment,
    SentenceState,
    Severity,
)
from pipeline.text import fingerprint, plain


@dataclass(frozen=True, slots=True)
class TermUse:
    """An occurrence of a glossary entry in a row; ``ordinal`` is which of the entry's it is."""

    occurrence: Occurrence
    entry: Entry
    ordinal: int

    @property
    def takes_target(self) -> bool:
        """Whether the entry can have another target: a text to keep cannot."""
        return self.entry.kind is not EntryKind.KEEP

    @property
    def glossary(self) -> str:
        """The name of the glossary that the entry stands in, "" where no file is known."""
        return Path(self.entry.file).stem if self.entry.file else ""


@dataclass(frozen=True, slots=True)
class BenchRow:
    """A sentence as an editor sees it; ``text`` is None where it is not translated yet.

    ``pending`` says that the edition does not show it like this: a run is to follow. ``place`` is
    its place in the order of risk, from 1. ``state`` is how far ``reviewer`` is with it. ``before``
    is what the engine said of what a person wrote, as far as that is remembered. ``printed`` is
    what the edition prints for each character of the text, ``printed_source`` of the French.
    """

    number: int
    segment: Segment
    block: Block
    text: str | None
    origin: Origin
    pending: bool
    place: int | None
    findings: tuple[Finding, ...] = ()
    terms: tuple[TermUse, ...] = ()
    weak_words: tuple[tuple[int, int], ...] = ()
    state: SentenceState = SentenceState.OPEN
    reviewer: str = ""
    before: str | None = None
    printed: tuple[str, ...] = ()
    printed_source: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Passage, ...]:
        """The text laid over what the engine had said, where a person wrote it."""
        if self.before is None or self.text is None or self.before == self.text:
            return ()
        return tuple(differences(self.before, self.text))

    def has(self, words: str) -> bool:
        """Tell whether some words stand in the French or in the English, however they are set."""
        wanted = plain(words)
        return wanted in plain(self.segment.source) or wanted in plain(self.text or "")

    @property
    def etag(self) -> str:
        """Hash of the two texts."""
        return etag_of(self.segment.source, self.text)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that nobody dismissed."""
        return tuple(finding for finding in self.findings if not finding.dismissed)

    @property
    def attention(self) -> str:
        """The gravest severity among the open findings, "" where there is none."""
        found = {finding.severity for finding in self.open_findings}
        return next((severity.value for severity in Severity if severity in found), "")


def etag_of(source: str, text: str | None) -> str:
    """Give the hash of a sentence's two texts."""
    return fingerprint(source, text)[:16]
