"""A text in, the job that it belongs to out; one whose text was corrected goes on from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

from pipeline.alike import ranked, shared
from pipeline.errors import JobError
from pipeline.files import locked
from pipeline.jobs.folder import LOCK, Job, move_on, open_job
from pipeline.jobs.revisions import EarlierSentence
from pipeline.jobs.store import Store
from pipeline.model import Origin, SentenceState

# From this share of common word pairs on, a text of the same name is the same text, corrected.
SAME_TEXT = 0.4
# From this likeness on, a sentence is an earlier one, reworded.
SAME_SENTENCE = 0.6


def forebears(
    sources: Iterable[str], earlier: Sequence[EarlierSentence]
) -> dict[str, EarlierSentence]:
    """Give for each French sentence that is new what stood there before, if something like it did.

    ``earlier`` is as ``RevisionRows.earlier`` gives it. What still stands in the text is nobody's
    forebear.
    """
    wanted = list(dict.fromkeys(sources))
    before: dict[str, EarlierSentence] = {}
    for each in earlier:
        before.setdefault(each.source, each)
    gone = [each for source, each in before.items() if source not in frozenset(wanted)]
    texts = [each.source for each in gone]
    found = {}
    for source in wanted:
        if source not in before and (best := ranked(source, texts, SAME_SENTENCE)):
            found[source] = gone[best[0][0]]
    return found


def find_home(candidates: Sequence[Job], sha256: str, sentences: Sequence[str]) -> Job | None:
    """Give the job that a text belongs to: it has this very text, or one that was corrected to it.

    A text is known by its file's name, which the ``candidates`` have; of several the one with most
    of it, and of those the one that was run last. An archived job is only found with the very text
    that it has.
    """
    same = [job for job in candidates if job.source_sha256 == sha256]
    if same:
        return min(same, key=lambda job: job.archived)
    ranked = [
        (*_compared(job, sentences), job)
        for job in candidates
        if not job.archived and job.database.exists()
    ]
    best = max(ranked, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= SAME_TEXT else None


def _compared(job: Job, sentences: Sequence[str]) -> tuple[float, str]:
    """Tell how much of the text a job has, and when it was last run."""
    try:
        with closing(Store(job.database)) as store:
            history = store.history()
            theirs = [segment.source for segment in store.segments()]
            return shared(theirs, sentences), history[-1].at if history else ""
    except JobError:
        return 0.0, ""


def revise(job: Job, source_name: str, data: bytes) -> Job:
    """Put a corrected text in the place of a job's; what there was stays on record.

    Raises JobError where the job is busy or cannot be written.
    """
    with locked(job.folder / LOCK), closing(Store(job.database)) as store:
        # A run that was killed in the middle of this may have gone on since it was opened.
        job = open_job(job.folder.parent, job.name)
        with store.transaction():
            store.leave(job, _standing(store, job.revision))
        job = move_on(job, source_name, data)
        with store.transaction():
            store.begin(job)
    return job


def _standing(store: Store, revision: int) -> list[EarlierSentence]:
    translations = {each.segment_id: each for each in store.translations()}
    read = {each.segment_id: each for each in store.reviewed()}
    sentences = []
    for segment in store.segments():
        made, state = translations.get(segment.id), read.get(segment.id)
        sentences.append(
            EarlierSentence(
                revision,
                segment.id,
                segment.source,
                made.text if made else "",
                made.origin if made else Origin.ENGINE,
                state.state if state else SentenceState.OPEN,
                state.reviewer if state else "",
            )
        )
    return sentences
