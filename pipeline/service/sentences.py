"""A job's store in; its sentences as a reviewer reads them, and what is decided on one, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.decisions import Decided, Decision, mark, remark, write
from pipeline.jobs.home import forebears
from pipeline.jobs.revisions import EarlierSentence
from pipeline.jobs.store import Store
from pipeline.model import (
    Finding,
    Occurrence,
    Origin,
    Reviewed,
    Segment,
    SentenceState,
    Translation,
)

__all__ = ["ReadingProgress", "ReviewSentence", "SentenceState", "progress", "read_sentences"]


@dataclass(frozen=True, slots=True)
class ReviewSentence:
    """A segment as a reviewer reads it: both texts, how far a person is with it, what is known.

    ``number`` counts from 1 in document order, ``place`` in the order of risk (1: read it first), 0
    before the checks have run. ``findings`` are those that count, ``weak_words`` spans in the
    translation that the engine found improbable. ``earlier`` is what stood there in an earlier
    revision, where the French was reworded. ``note`` is what a person noted about it.
    """

    number: int
    place: int
    segment: Segment
    translation: Translation
    state: SentenceState
    reviewer: str
    occurrences: tuple[Occurrence, ...]
    findings: tuple[Finding, ...]
    weak_words: tuple[tuple[int, int], ...]
    earlier: EarlierSentence | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """The segment's id."""
        return self.segment.id

    @property
    def source(self) -> str:
        """The French."""
        return self.segment.source

    @property
    def target(self) -> str:
        """The English."""
        return self.translation.text

    @property
    def is_written(self) -> bool:
        """Whether a person wrote the English."""
        return self.translation.origin is Origin.PERSON

    def marked(self, state: SentenceState, reviewer: str) -> Decision:
        """Give the decision that it is read or signed off as it stands, or open again."""
        return mark(self.source, state, self.target, reviewer)

    def noted(self, text: str, author: str) -> Decision:
        """Give the decision to note something about it; "" takes the note back."""
        return remark(self.source, text, author)

    def written(self, text: str | None, reviewer: str = "") -> list[Decision]:
        """Give the decisions that a person wrote the English (None: gives it back to the engine).

        Who wrote a sentence has read it, where it is known who that is.
        """
        decision = write(self.source, text)
        if decision.text is None or not reviewer:
            return [decision]
        return [decision, mark(self.source, SentenceState.READ, decision.text, reviewer)]


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far the reading of a job is; those signed off are among those read."""

    sentences: int
    read: int
    signed_off: int
    reviewers: tuple[str, ...]


def read_sentences(store: Store) -> list[ReviewSentence]:
    """Give the translated sentences of a job, in document order."""
    scores = store.scores()
    places = {each.segment_id: (place, each) for place, each in enumerate(scores.ranks, 1)}
    occurrences: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in store.occurrences():
        occurrences[occurrence.segment_id].append(occurrence)
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in scores.findings:
        if not finding.dismissed:
            findings[finding.segment_id].append(finding)
    segments, decided = store.segments(), Decided.of(store.decisions())
    notes, sources = decided.notes, {each.id: each.source for each in segments}
    delivered = store.translations()
    translations = {
        each.segment_id: _newest(each, decided.translation(sources[each.segment_id]))
        for each in delivered
    }
    # What is known of the English is not about what was written since.
    pending = {each.segment_id for each in delivered if translations[each.segment_id] != each}
    states: dict[str, Reviewed] = {
        each.segment_id: each for each in decided.reviewed(segments, translations.values())
    }
    before = forebears([each.source for each in segments], store.earlier())
    found = []
    for number, segment in enumerate(segments, 1):
        if segment.id not in translations:
            continue
        place, rank = places.get(segment.id, (0, None))
        is_pending = segment.id in pending
        read = states.get(segment.id)
        found.append(
            ReviewSentence(
                number,
                place,
                segment,
                translations[segment.id],
                read.state if read else SentenceState.OPEN,
                read.reviewer if read else "",
                () if is_pending else tuple(occurrences[segment.id]),
                tuple(findings[segment.id]),
                rank.weak_words if rank and not is_pending else (),
                before.get(segment.source),
                notes[(segment.source,)].text if (segment.source,) in notes else "",
            )
        )
    return found


def _newest(delivered: Translation, written: str | None) -> Translation:
    """Give what a person wrote, though no run has delivered it yet."""
    if written is None or written == delivered.text:
        return delivered
    return replace(delivered, text=written, origin=Origin.PERSON, words=(), outcomes=())


def progress(sentences: Iterable[ReviewSentence]) -> ReadingProgress:
    """Tell how far the reading is."""
    states = [(each.state, each.reviewer) for each in sentences]
    read = [(state, name) for state, name in states if state is not SentenceState.OPEN]
    signed = sum(state is SentenceState.SIGNED_OFF for state, _ in read)
    return ReadingProgress(len(states), len(read), signed, tuple(sorted({n for _, n in read})))
