"""Texts and settings in; jobs run, resumed, listed and shown out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.config import Settings, find_glossary, load_settings
from pipeline.errors import EnregardError, JobError
from pipeline.files import expanded
from pipeline.glossary import load_glossary
from pipeline.jobs.folder import Job, create_job, find_job, list_jobs, open_job
from pipeline.jobs.plan import Plan, registered
from pipeline.jobs.run import Event, Listener, run
from pipeline.jobs.store import Standing, open_store
from pipeline.model import Milestone, Segment, Stage
from pipeline.service.published import Scorecard, read_scorecard
from pipeline.service.texts import read_reference, read_text
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.report import segment_records
from pipeline.stages.score import stage as score

__all__ = [
    "Event",
    "JobStatus",
    "Listener",
    "job_history",
    "job_segments",
    "job_status",
    "jobs",
    "make_plan",
    "output_folder",
    "output_path",
    "resume_job",
    "run_text",
    "segment_text",
    "status_of",
]


@dataclass(frozen=True, slots=True)
class JobStatus:
    """Where a job stands; ``unfinished`` is the first stage not done, "" in a finished job.

    ``problem`` says what is wrong with a damaged job, of which nothing else is known.

    ``files`` are the paths of the newest edition's files by name; ``card`` is its scorecard, None
    without an edition. ``read`` counts the segments that a person has read as they stand,
    ``signed_off`` those of them that were signed off.
    """

    name: str
    folder: Path
    source_name: str = ""
    unfinished: str = ""
    segments: int = 0
    translated: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    card: Scorecard | None = None
    problem: EnregardError | None = None
    read: int = 0
    signed_off: int = 0

    @property
    def state(self) -> str:
        """One word: published, unfinished or damaged."""
        return "damaged" if self.problem else "unfinished" if self.unfinished else "published"


def make_plan(
    config: Path | None = None,
    glossaries: Sequence[str] = (),
    reference: Path | None = None,
    flags: Mapping[str, object] | None = None,
) -> Plan:
    """Load and validate everything a run needs besides its text.

    ``flags`` replace settings by dotted name, for example ``{"engine.name": "embedded"}``;
    ``glossaries`` (paths, or names in a folder ``glossaries``) are added to those of the settings.
    """
    settings = load_settings(registered(), config, flags)
    beside = config.parent if config else None
    paths = [find_glossary(name, beside) for name in (*settings.glossaries, *glossaries)]
    text = None
    if reference is not None:
        text = read_reference(reference, settings.read)
    glossary = load_glossary(paths)
    glossary.check_scopes(settings.scopes)
    plan = Plan(settings, glossary, text)
    # An engine that is not there is refused now, not when the text is half done.
    plan.engine()
    return plan


def run_text(path: Path, plan: Plan, listener: Listener) -> JobStatus:
    """Translate and publish a text file, as a new job or by going on with the one it has."""
    settings = plan.settings
    # A text that cannot be read, or a reference that does not fit it, leaves no job behind.
    text = read_text(path, settings.read)
    document = text.document
    if plan.reference is not None:
        score.align_reference(plan.reference, document, segment.segment(document))
    job = create_job(output_folder(settings), text.name, text.data)
    applying = plan.glossary.within([*settings.scopes, *text.scopes])
    plan = replace(plan, glossary=applying)
    return _status(job, run(job, plan, listener, document=document))


def resume_job(output: Path, name: str, listener: Listener, rebuild: bool = False) -> JobStatus:
    """Go on with a job by the plan it was last run with; ``rebuild`` makes its edition anew."""
    job = find_job(output, name)
    return _status(job, run(job, None, listener, rebuild=rebuild))


def output_folder(settings: Settings) -> Path:
    """Give the folder that holds the jobs."""
    return expanded(settings.output)


def output_path(given: Path | None) -> Path:
    """Give the folder that holds the jobs: the one given, or the default."""
    return output_folder(load_settings(registered())) if given is None else expanded(given)


def jobs(output: Path) -> list[JobStatus]:
    """Give every job in a folder, by name; one that is damaged says so and hides no other."""
    statuses = []
    for name in list_jobs(output):
        try:
            statuses.append(status_of(open_job(output, name)))
        except JobError as error:
            statuses.append(JobStatus(name, output / name, problem=error))
    return statuses


def job_status(output: Path, name: str) -> JobStatus:
    """Tell where a job stands."""
    return status_of(find_job(output, name))


def job_history(output: Path, name: str) -> tuple[Milestone, ...]:
    """Give every stage that a run of the job has finished, oldest first."""
    with closing(open_store(find_job(output, name).database)) as store:
        return store.history()


def job_segments(output: Path, name: str) -> list[dict[str, Any]]:
    """Give the record of every segment of a job, as in ``segments.jsonl``."""
    with closing(open_store(find_job(output, name).database)) as store:
        return segment_records(store.translated(), store.scores(), store.reviewed())


def segment_text(path: Path, settings: Settings) -> tuple[Segment, ...]:
    """Read and segment a text file; nothing is stored or translated."""
    return segment.segment(read_text(path, settings.read).document)


def status_of(job: Job) -> JobStatus:
    """Tell where a job stands, from its store and the files of its edition."""
    with closing(open_store(job.database)) as store:
        return _status(job, store.standing())


def _status(job: Job, standing: Standing) -> JobStatus:
    files = job.edition(standing.edition) if standing.edition else {}
    return JobStatus(
        name=job.name,
        folder=job.folder,
        source_name=job.source_name,
        unfinished=standing.unfinished or ("" if files else Stage.PUBLISH),
        segments=standing.segments,
        translated=standing.translated,
        findings=standing.findings,
        files=files,
        card=read_scorecard(files[publish.REPORT]) if publish.REPORT in files else None,
        read=standing.read,
        signed_off=standing.signed_off,
    )
