"""Texts and settings in; jobs run, resumed, listed and shown out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.config import Settings
from pipeline.errors import EnregardError, InputError, UsageError
from pipeline.files import expanded
from pipeline.jobs.folder import (
    Job,
    archive_job,
    check_name,
    create_job,
    delete_job,
    find_job,
    list_jobs,
    restore_source,
)
from pipeline.jobs.home import find_home, forebears, revise
from pipeline.jobs.labour import HERE, Labour
from pipeline.jobs.plan import Plan
from pipeline.jobs.revisions import Carried, Revision
from pipeline.jobs.roster import Roster
from pipeline.jobs.run import is_current, remember, run
from pipeline.jobs.stage_run import Event, Listener
from pipeline.jobs.store import Standing, open_store
from pipeline.model import Document, Milestone, Segment, Stage
from pipeline.service.languages import foreign_passages
from pipeline.service.memory import follow, learn, recall
from pipeline.service.plans import adjusted, continued, make_plan, remarks
from pipeline.service.published import read_scorecard
from pipeline.service.status import JobStatus
from pipeline.service.texts import Text, read_bytes, read_text, scopes_of
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.publish.report import segment_records
from pipeline.stages.score import stage as score

__all__ = [
    "Carried",
    "Event",
    "Intent",
    "JobStatus",
    "Listener",
    "Revision",
    "archive",
    "delete",
    "job_history",
    "job_names",
    "job_revisions",
    "job_segments",
    "job_status",
    "make_plan",
    "output_folder",
    "rename",
    "resume_job",
    "run_text",
    "segment_text",
    "status_of",
]


@dataclass(frozen=True, slots=True)
class Intent:
    """How a text is to be taken: which job it belongs to, and what of that job still holds.

    ``new`` makes it a job of its own; ``revises`` names the job whose next revision it is; else it
    goes on with the job that has most of it, of those that the ``roster`` offers. ``fresh`` takes
    no setting over from the last run. ``force`` has a text translated that is not all French.
    ``labour`` does what need not be done here. ``name`` is what the job is called from then on.
    """

    new: bool = False
    revises: str = ""
    fresh: bool = False
    force: bool = False
    roster: Roster | None = None
    labour: Labour = HERE
    name: str = ""


_USUAL = Intent()


def run_text(path: Path, plan: Plan, listener: Listener, intent: Intent = _USUAL) -> JobStatus:
    """Translate and publish a text file, by going on with the job it has or as a new one.

    A text that was corrected goes on as the next revision of its job. What the plan does not name
    is as the job was last run with; the listener is told. Raises InputError where much of the text
    is not French.
    """
    # A text that cannot be read, or a reference that does not fit it, leaves no job behind.
    text = read_text(path, plan.settings.read)
    kept = plan.settings.translate.keep_foreign
    foreign = foreign_passages(text.name, text.document, intent.force, kept)
    roster = intent.roster or Roster(output_folder(plan.settings))
    with roster.placing():
        job, wanted, said = _placed(text, plan, replace(intent, roster=roster), path)
        roster.claim(job.name, path)
    for remark in (*foreign, *said):
        listener(Event(Stage.READ, 0, 1, remark, is_remark=True))
    keep = partial(learn, job)
    standing = run(job, wanted, listener, document=text.document, labour=intent.labour, keep=keep)
    return _status(job, standing)


def add_text(name: str, data: bytes, plan: Plan, force: bool = False) -> str:
    """Give the job of a text, to be run by ``resume_job``, as ``run_text`` finds or makes it.

    Raises InputError where the text cannot be read or, unless ``force`` is given, much of it is not
    French; no job is then left behind.
    """
    limit = plan.settings.read.max_bytes
    if len(data) > limit:
        remedy = "split it, or raise read.max_bytes"
        raise InputError(f"… is larger than {limit:,} bytes", remedy, where=name)
    text = read_bytes(name, data, plan.settings.read)
    foreign_passages(text.name, text.document, force, plan.settings.translate.keep_foreign)
    job, wanted, _ = _placed(text, plan)
    remember(job, wanted)
    return job.name


def _placed(
    text: Text, plan: Plan, intent: Intent = _USUAL, path: Path | None = None
) -> tuple[Job, Plan, tuple[str, ...]]:
    """Find or make the job of a text; give it, its plan, and what is to be said of that."""
    output, document = output_folder(plan.settings), text.document
    segments = segment.segment(document)
    if plan.reference is not None:
        score.align_reference(plan.reference, document, segments)
    sources = [each.source for each in segments]
    home = find_job(output, intent.revises) if intent.revises else None
    if not home and not intent.new:
        roster = intent.roster or Roster(output)
        candidates = list(roster.called(text.name, path))
        home = find_home(candidates, document.sha256, sources)
    if intent.name and (home is None or home.name != intent.name):
        # Told before anything is made.
        check_name(output, intent.name)
    if home is not None and home.archived:
        home = archive_job(home, False)
    if home is None:
        job = create_job(output, text.name, text.data)
    elif home.source_sha256 != document.sha256:
        job = revise(home, text.name, text.data)
    else:
        job = home
        restore_source(job, text.data)
    if intent.name and job.name != intent.name:
        job = follow(job, intent.name)
    earlier = _last_plan(job) if home else None
    wanted = plan if earlier is None or intent.fresh else continued(earlier, plan)
    applying = wanted.glossary.within([*wanted.settings.scopes, *text.scopes])
    wanted = replace(wanted, glossary=applying)
    said = [*(remarks(earlier, plan, wanted) if earlier else ()), *recall(job, wanted, sources)]
    return job, wanted, tuple(said)


def resume_job(
    output: Path,
    name: str,
    listener: Listener,
    rebuild: bool = False,
    config: Path | None = None,
    flags: Mapping[str, object] | None = None,
) -> JobStatus:
    """Go on with a job by the plan it was last run with; ``rebuild`` makes its edition anew.

    A configuration file and flags replace single settings; with ``rebuild`` only those of
    publishing, so that the translation stays as it is.
    """
    job, plan = find_job(output, name), None
    earlier = _last_plan(job) if config or flags else None
    if earlier:
        labels = [*earlier.settings.scopes, *_scopes(job)]
        plan = adjusted(earlier, config, flags, labels, "publish" if rebuild else "")
        for remark in remarks(earlier, plan, plan):
            listener(Event(Stage.READ, 0, 1, remark, is_remark=True))
    return _status(job, run(job, plan, listener, rebuild=rebuild, keep=partial(learn, job)))


def _scopes(job: Job) -> tuple[str, ...]:
    """Give the glossary scopes that a job's text is in by itself."""
    with closing(open_store(job.database)) as store:
        return scopes_of(job.source_name, store.document())


def _last_plan(job: Job) -> Plan | None:
    """Give the plan that a job was last run with; None before its first run."""
    if not job.database.exists():
        return None
    with closing(open_store(job.database)) as store:
        snapshot = store.snapshot()
    return Plan.restore(snapshot) if snapshot else None


def output_folder(settings: Settings) -> Path:
    """Give the folder that holds the jobs."""
    return expanded(settings.output)


def job_names(output: Path) -> list[str]:
    """Give the names of the jobs in a folder, sorted."""
    return list_jobs(output)


def job_status(output: Path, name: str) -> JobStatus:
    """Tell where a job stands, and whether its edition lacks what was decided."""
    job = find_job(output, name)
    return with_behind(job, status_of(job))


def with_behind(job: Job, status: JobStatus) -> JobStatus:
    """Tell also whether a job's edition lacks what was decided; looked for only where it may."""
    if status.unfinished or not status.decided:
        return status
    try:
        return replace(status, behind=not is_current(job))
    except EnregardError:
        # What the edition would be made with is not there, and something was decided.
        return replace(status, behind=True)


def shows_all(output: Path, name: str) -> bool:
    """Tell whether a job's edition shows all that was decided and asked for."""
    return is_current(find_job(output, name))


def job_history(output: Path, name: str) -> tuple[Milestone, ...]:
    """Give every stage that a run of the job has finished, oldest first."""
    with closing(open_store(find_job(output, name).database)) as store:
        return store.history()


def job_segments(output: Path, name: str) -> list[dict[str, Any]]:
    """Give the record of every segment of a job, as in ``segments.jsonl``; none before segment."""
    with closing(open_store(find_job(output, name).database)) as store:
        if not store.segments():
            return []
        text = store.translated()
        records = segment_records(text, store.scores(), store.reviewed())
        before = forebears([each.source for each in text.segments], store.earlier())
        for record in records:
            found = before.get(record["source"])
            record["earlier"] = asdict(found) if found else None
        return records


def job_revisions(output: Path, name: str) -> tuple[Revision, ...]:
    """Give the revisions of a job's text, the first first; none where it was never corrected."""
    with closing(open_store(find_job(output, name).database)) as store:
        return store.revisions()


def rename(output: Path, name: str, new_name: str) -> JobStatus:
    """Give a job another name; raises UsageError where it cannot have it."""
    return status_of(follow(find_job(output, name), new_name))


def archive(output: Path, name: str, archived: bool = True) -> str:
    """Put a job away, or (False) back among the others; give its whole name."""
    return archive_job(find_job(output, name), archived).name


def delete(output: Path, name: str) -> None:
    """Remove a job with everything in it, for good; its whole name is needed."""
    job = find_job(output, name)
    if job.name != Path(name).name:
        raise UsageError("to delete a job its whole name is needed", f"it is {job.name}")
    delete_job(job)


def segment_text(path: Path, settings: Settings) -> tuple[Document, tuple[Segment, ...]]:
    """Read and segment a text file; nothing is stored or translated."""
    document = read_text(path, settings.read).document
    return document, segment.segment(document)


def status_of(job: Job) -> JobStatus:
    """Tell where a job stands, from its store and the files of its edition."""
    if not job.database.exists():
        # A run was killed before it began.
        facts = (job.name, job.folder, job.source_name, Stage.READ)
        return JobStatus(*facts, revision=job.revision, archived=job.archived)
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
        revision=job.revision,
        carried=standing.carried,
        archived=job.archived,
        decided=standing.decided,
    )
