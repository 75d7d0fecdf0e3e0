"""A job's store in; the occurrences as a reviewer walks them, and their decisions, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.decisions import (
    Decided,
    Decision,
    change,
    dismiss,
    dump,
    judge,
    named,
    ordinals,
    parse,
    sentence_of,
    write,
)
from pipeline.errors import Act, InputError, JobError, Remedy, UsageError
from pipeline.files import check_file, read_input, write_output
from pipeline.jobs.database import moment
from pipeline.jobs.decided import DecidedAt
from pipeline.jobs.folder import find_job
from pipeline.jobs.plan import Plan
from pipeline.jobs.revisions import detached
from pipeline.jobs.store import Store, open_store
from pipeline.model import Entry, Finding, Occurrence, OccurrenceStatus, Verdict
from pipeline.service.returned import READERS, Differences, compare_returned, read_returned
from pipeline.service.sentences import ReviewSentence, read_sentences
from pipeline.stages.publish.report import note
from pipeline.text import did_you_mean

__all__ = [
    "Decision",
    "Detached",
    "Noted",
    "Review",
    "ReviewItem",
    "ReviewSentence",
    "Wanted",
    "change",
    "open_review",
    "write",
]

# The size of a file of decisions, in bytes.
MAX_BYTES = 10_000_000
# The size of an edited file that comes back, in bytes.
MAX_RETURNED_BYTES = 100_000_000
# What decisions came in with that a colleague made in another program.
IMPORTED = "import"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An occurrence as a reviewer sees it; ``number`` counts them from 1 in document order.

    ``ordinal`` is which of the entry's occurrences in the segment it is, from 0. ``target`` is the
    segment's translation, ``note`` what was special about it.
    """

    number: int
    occurrence: Occurrence
    entry: Entry
    ordinal: int
    source: str
    target: str
    note: str

    def judged(self, verdict: Verdict) -> Decision:
        """Give the decision on this occurrence."""
        return judge(self.source, self.entry.source, self.ordinal, verdict, self.target)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which occurrences to walk: of a status, an entry's source or target, a segment, a number."""

    statuses: frozenset[OccurrenceStatus] = frozenset()
    entry: str = ""
    segment: str = ""
    number: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.statuses or self.entry or self.segment or self.number)

    @property
    def is_segment(self) -> bool:
        """Whether a segment is meant as a whole, not only some of its occurrences."""
        return bool(self.segment) and not (self.statuses or self.entry or self.number)

    def among(self, items: Sequence[ReviewItem]) -> list[ReviewItem]:
        """Give those wanted; raises UsageError where the entry that is named has none at all."""
        known = {name: None for item in items for name in (item.entry.source, item.entry.target)}
        names = {name.casefold() for item in items for name in _names(item)}
        if self.entry and self.entry.casefold() not in names:
            nearest = did_you_mean(self.entry, known, "the list shows which there are")
            raise UsageError(f"no entry {self.entry[:80]!r} occurs in this job", nearest)
        return [item for item in items if self.takes(item)]

    def takes(self, item: ReviewItem) -> bool:
        """Tell whether an occurrence is among those wanted."""
        asked: Sequence[tuple[object, Callable[[], bool]]] = (
            (self.statuses, lambda: item.occurrence.status in self.statuses),
            (self.entry, lambda: self.entry.casefold() in _names(item)),
            (self.segment, lambda: item.occurrence.segment_id == self.segment),
            (self.number, lambda: item.number == self.number),
        )
        return all(test() for given, test in asked if given)


def _names(item: ReviewItem) -> set[str]:
    return {item.entry.source.casefold(), item.entry.target.casefold(), item.entry.id}


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding as a reviewer sees it, with the segment and its translation."""

    finding: Finding
    source: str
    target: str

    def dismissed(self, dismissed: bool = True) -> Decision:
        """Give the decision that it is none, or (False) that it is one after all."""
        return dismiss(self.finding, self.source, self.target, dismissed)


@dataclass(frozen=True, slots=True)
class Detached:
    """A decision about a sentence that the text has no more, and the one that took its place."""

    made: DecidedAt
    now: ReviewSentence | None


@dataclass(frozen=True, slots=True)
class ArrivingDecision:
    """A decision that comes in a file, and the one that counts on the same thing.

    ``is_here`` tells whether the sentence that it is about is in the text.
    """

    decision: Decision
    before: Decision | None
    is_here: bool

    @property
    def changes(self) -> bool:
        """Whether anything else would be decided."""
        return self.decision != self.before


class Review:
    """A job open for review: what a reviewer walks comes out, what is decided goes in."""

    def __init__(self, name: str, store: Store) -> None:
        """Review the job of this name, whose store is open."""
        self._name = name
        self._store = store

    def items(self) -> list[ReviewItem]:
        """Give every occurrence, in document order; raises JobError before the job has a run."""
        store = self._store
        snapshot = store.snapshot()
        if snapshot is None:
            raise JobError("… was never started", "run its text again", where=self._name)
        decided = Decided.of(store.decisions())
        entries = decided.entries(Plan.restore(snapshot).glossary.entries)
        by_id = {entry.id: entry for entry in entries}
        if not store.segments():
            return []
        text = store.translated()
        sources = {segment.id: segment.source for segment in text.segments}
        translations = {each.segment_id: each for each in text.translations}
        found = [each for each in text.occurrences if each.entry_id in by_id]
        places = ordinals((each.segment_id, by_id[each.entry_id].source) for each in found)
        return [
            ReviewItem(
                number,
                occurrence,
                by_id[occurrence.entry_id],
                ordinal,
                sources[occurrence.segment_id],
                translations[occurrence.segment_id].text,
                note(translations[occurrence.segment_id]),
            )
            for number, (occurrence, ordinal) in enumerate(zip(found, places, strict=True), 1)
        ]

    def findings(self) -> list[Noted]:
        """Give every finding, those dismissed too, in document order."""
        sources = {segment.id: segment.source for segment in self._store.segments()}
        targets = {each.segment_id: each.text for each in self._store.translations()}
        return [
            Noted(each, sources[each.segment_id], targets[each.segment_id])
            for each in self._store.scores().findings
        ]

    def sentences(self) -> list[ReviewSentence]:
        """Give every translated sentence, in document order."""
        return read_sentences(self._store)

    def detached(self) -> list[Detached]:
        """Give the decisions that count for nothing while their sentences are not in the text."""
        sentences = self.sentences()
        successors = {each.earlier.source: each for each in sentences if each.earlier}
        made = {each.decision: each for each in self._store.decided_at()}
        sources = [each.source for each in self._store.segments()]
        return [
            Detached(made[each], successors.get(sentence_of(each) or ""))
            for each in detached(list(made), sources)
        ]

    @property
    def reviewer(self) -> str:
        """Who reviews the job: whoever was named last, "" before anyone was."""
        return self._store.reviewer

    def name_reviewer(self, name: str) -> str:
        """Record who reviews the job from now on; give the name as it is kept.

        Raises UsageError for one that cannot stand in an edition.
        """
        name = named(name)
        with self._store.transaction():
            self._store.name_reviewer(name)
        return name

    def source_of(self, segment_id: str) -> str:
        """Give the French of a segment; raises UsageError where the job has none of that id."""
        for segment in self._store.segments():
            if segment.id == segment_id:
                return segment.source
        raise UsageError(
            f"… has no segment {segment_id!r}",
            Remedy(Act.SHOW_SEGMENTS, self._name),
            where=self._name,
        )

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Store decisions; the next run of the job, 'resume' for one, does what they ask for."""
        at, author = moment(), self.reviewer
        with self._store.transaction():
            for decision in decisions:
                self._store.decide(at, decision, author)

    def standing(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Give those that are about something on which a decision counts."""
        counting = {(each.kind, each.key) for each in Decided.of(self._store.decisions()).all}
        return [each for each in decisions if (each.kind, each.key) in counting]

    def export_to(self, file: Path, force: bool = False) -> int:
        """Write what was decided to a file for a colleague; give how many decisions count.

        Raises UsageError where another file would be replaced, unless forced.
        """
        decided = Decided.of(self._store.decisions()).all
        write_output({file: dump(decided).encode()}, force, JobError, "choose another file")
        return len(decided)

    def compare_with(self, file: Path) -> Differences:
        """Say how a file differs that was exported from the job and edited by somebody.

        Raises InputError where the file cannot be read, or is none of a kind that comes back.
        """
        suffix = file.suffix.lower()
        check_file(file)
        if suffix not in READERS:
            known = ", ".join((".json", *READERS))
            raise InputError("… is of no kind that comes back", f"bring one of {known}", where=file)
        data = read_input(file, MAX_RETURNED_BYTES)
        return compare_returned(self.sentences(), read_returned(data, suffix, str(file)))

    def take_over(self, differences: Differences, by: str = "") -> int:
        """Add what a file changed to the job's decisions; give how many decisions that are."""
        decisions = differences.decisions(by)
        authors = {each.sentence.source: each.author for each in differences.edited}
        at = moment()
        with self._store.transaction():
            for each in decisions:
                author = by or authors.get(sentence_of(each) or "", "")
                self._store.decide(at, each, author, IMPORTED)
        return len(decisions)

    def import_from(self, file: Path) -> int:
        """Add the decisions in a file to the job's own; give how many there are.

        Raises InputError, having stored nothing, where anything in the file is not what it should
        be.
        """
        decisions = _decisions_in(file)
        self.decide(decisions)
        return len(decisions)

    def arriving(self, file: Path) -> list[ArrivingDecision]:
        """Give what ``import_from`` would store, beside what counts now; raises InputError."""
        decisions = _decisions_in(file)
        counting = {(each.kind, each.key): each for each in Decided.of(self._store.decisions()).all}
        sources = [each.source for each in self._store.segments()]
        gone = set(detached(decisions, sources))
        return [
            ArrivingDecision(each, counting.get((each.kind, each.key)), each not in gone)
            for each in decisions
        ]


def _decisions_in(file: Path) -> tuple[Decision, ...]:
    return parse(read_input(file, MAX_BYTES), str(file))


@contextmanager
def open_review(output: Path, name: str) -> Iterator[Review]:
    """Open a job for review; its database is opened once, whatever is asked and decided."""
    with closing(open_store(find_job(output, name).database)) as store:
        yield Review(name, store)
