"""What each revision of a job's text was and left behind, as rows of the job's database.

A decision holds wherever its sentence stands, so of those made before a revision all count whose
sentence is still there, or comes back; the others are detached: kept, listed and without effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.decisions import Decided, Decision, sentence_of
from pipeline.jobs.database import now
from pipeline.jobs.decided import DecidedRows
from pipeline.jobs.folder import Job
from pipeline.jobs.rows import made, sound
from pipeline.model import Origin, SentenceState


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of a job's text: its number (from 1), when it was first run, and its file."""

    number: int
    begun: str
    source_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EarlierSentence:
    """A sentence as a revision left it: both texts, whose English it was, how far it was read.

    ``revision`` is the last one that it stood in. ``target`` is "" where it was not translated yet.
    """

    revision: int
    segment_id: str
    source: str
    target: str
    origin: Origin
    state: SentenceState
    reviewer: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What a revision kept of the one before: sentences, and decisions of the whole job."""

    kept_sentences: int
    new_sentences: int
    kept_decisions: int
    detached_decisions: int


class RevisionRows(DecidedRows):
    """The revisions of a job's text in its database."""

    @sound
    def revisions(self) -> tuple[Revision, ...]:
        """Give every revision, the first first; none in a job that was never revised."""
        rows = self._all("SELECT * FROM revisions ORDER BY number")
        return tuple(made(Revision, row) for row in rows)

    def leave(self, job: Job, sentences: Iterable[EarlierSentence]) -> None:
        """Record the job's revision as it stands, before another takes its place."""
        # A job that was never revised has no row of its first revision.
        first = self._one("SELECT min(at) AS at FROM events") if job.revision == 1 else None
        begun = (first and first["at"]) or now()
        self._run(
            "INSERT OR IGNORE INTO revisions VALUES (?, ?, ?, ?)",
            job.revision,
            begun,
            job.source_name,
            job.source_sha256,
        )
        self._run("DELETE FROM earlier WHERE revision = ?", job.revision)
        self._insert("earlier", sentences)

    def begin(self, job: Job) -> None:
        """Record that a revision was begun."""
        self._run(
            "REPLACE INTO revisions VALUES (?, ?, ?, ?)",
            job.revision,
            now(),
            job.source_name,
            job.source_sha256,
        )

    @sound
    def earlier(self) -> tuple[EarlierSentence, ...]:
        """Give the sentences of every earlier revision, those of the newest first."""
        rows = self._all("SELECT * FROM earlier ORDER BY revision DESC, rowid")
        return tuple(made(EarlierSentence, row) for row in rows)

    @sound
    def carried(self) -> Carried | None:
        """Tell what the revision kept of the one before; None where there was none."""
        before = {
            row["source"]
            for row in self._all(
                "SELECT source FROM earlier WHERE revision = (SELECT max(revision) FROM earlier)"
            )
        }
        if not before:
            return None
        sources = [row["source"] for row in self._all("SELECT source FROM segments")]
        kept = sum(source in before for source in sources)
        everything = Decided.of(self.decisions()).all
        off = len(detached(everything, sources))
        return Carried(kept, len(sources) - kept, len(everything) - off, off)


def detached(decisions: Sequence[Decision], sources: Iterable[str]) -> list[Decision]:
    """Give the decisions about sentences that stand nowhere in a text any more."""
    there = frozenset(sources)
    return [
        each
        for each in decisions
        if (sentence := sentence_of(each)) is not None and sentence not in there
    ]
