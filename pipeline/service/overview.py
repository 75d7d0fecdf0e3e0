"""An output folder and its runs in; every job as a list of them shows it, out."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import EnregardError, JobError
from pipeline.jobs.folder import Job, known_job, list_jobs
from pipeline.jobs.run import is_current, is_running
from pipeline.jobs.store import open_store
from pipeline.service.jobs import JobStatus, status_of
from pipeline.service.runs import Progress, Runs, RunState


class Condition(StrEnum):
    """What an editor can do with a job: what it waits for, or how its edition stands."""

    QUEUED = "queued"
    RUNNING = "running"
    BUSY = "busy"
    STOPPED = "stopped"
    FAILED = "failed"
    UNFINISHED = "unfinished"
    STALE = "stale"
    CURRENT = "current"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class JobCard:
    """A job in a list of jobs; ``changed`` is when its store was last written, in seconds.

    ``BUSY`` is one that another process runs; the edition of a ``STALE`` one is not what its
    decisions ask for; of a ``DAMAGED`` one nothing is known but the problem in its status.
    ``problem`` says why a run of it failed.
    """

    name: str
    title: str
    condition: Condition
    status: JobStatus
    changed: float = 0.0
    progress: Progress | None = None
    problem: EnregardError | None = None

    @property
    def is_moving(self) -> bool:
        """Whether a run is waiting or under way."""
        return self.condition in (Condition.QUEUED, Condition.RUNNING)

    @property
    def has_text(self) -> bool:
        """Whether there are sentences to look at."""
        return self.status.segments > 0


class Overview:
    """The jobs of a folder; what takes long to tell is remembered until their stores change."""

    def __init__(self, output: Path, runs: Runs) -> None:
        """Look at the jobs in ``output``, whose runs are ``runs``."""
        self._output = output
        self._runs = runs
        self._current: dict[str, tuple[tuple[int, int], bool]] = {}

    def cards(self) -> list[JobCard]:
        """Give every job, the one last worked on first."""
        cards = [self._safe(name) for name in list_jobs(self._output)]
        return sorted(cards, key=lambda card: (-card.changed, card.name))

    def card(self, name: str) -> JobCard:
        """Give one job; raises UsageError where there is none of exactly this name."""
        known_job(self._output, name)
        return self._safe(name)

    def _safe(self, name: str) -> JobCard:
        try:
            return self._card(known_job(self._output, name))
        except EnregardError as error:
            status = JobStatus(name, self._output / name, problem=error)
            return JobCard(name, name, Condition.DAMAGED, status)

    def _card(self, job: Job) -> JobCard:
        status = status_of(job)
        stat = job.database.stat()
        with closing(open_store(job.database)) as store:
            try:
                title = store.document().title
            except JobError:
                title = Path(job.source_name).stem
        progress = self._runs.of(job.name)
        condition = self._condition(job, status, progress, (stat.st_mtime_ns, stat.st_size))
        problem = progress.problem if progress and condition is Condition.FAILED else None
        return JobCard(job.name, title, condition, status, stat.st_mtime, progress, problem)

    def _condition(
        self, job: Job, status: JobStatus, progress: Progress | None, mark: tuple[int, int]
    ) -> Condition:
        if progress is not None and not progress.state.is_over:
            return Condition(progress.state.value)
        if status.unfinished:
            if is_running(job):
                return Condition.BUSY
            if progress is not None and progress.state is not RunState.DONE:
                return Condition(progress.state.value)
            return Condition.UNFINISHED
        if progress is not None and progress.state is RunState.FAILED:
            return Condition.FAILED
        known = self._current.get(job.name)
        if known is None or known[0] != mark:
            known = self._current[job.name] = (mark, is_current(job))
        return Condition.CURRENT if known[1] else Condition.STALE
