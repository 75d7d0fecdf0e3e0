"""A job and a plan in, a published edition out, under the job's lock; and where the job stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from pipeline.config import ReadSettings
from pipeline.errors import Act, JobError, Remedy
from pipeline.files import locked, storing, sweep
from pipeline.jobs.bundled import check_editions
from pipeline.jobs.database import now
from pipeline.jobs.decided import Approved
from pipeline.jobs.folder import EDITIONS, LOCK, Job
from pipeline.jobs.labour import HERE, Labour
from pipeline.jobs.plan import Plan
from pipeline.jobs.stage_run import Keeper, Listener, StageRun
from pipeline.jobs.store import Standing, Store, open_store
from pipeline.model import Document, EditionContent, Stage


def keep_nothing(_: Plan, __: Sequence[Approved]) -> None:
    """Keep what people approved in the job alone."""


def run(
    job: Job,
    plan: Plan | None,
    listener: Listener,
    rebuild: bool = False,
    document: Document | None = None,
    labour: Labour = HERE,
    keep: Keeper = keep_nothing,
) -> Standing:
    """Run what is missing of a job, by a plan or (None) by the one it was last run with.

    Gives where the job then stands. ``rebuild`` publishes again even if nothing changed;
    ``document`` is what the read stage would give, where the source was just read by the plan;
    ``labour`` does what need not be done here. ``keep`` gets what people approved, before the
    edition counts as made, so that a run after one that was killed does so again.
    Raises JobError where the job is busy, damaged or was never run; the stages' own errors pass.
    What was committed before an error stays, and the next run goes on from there.
    """
    check_editions()
    with ExitStack() as stack:
        stack.enter_context(_held(job))
        with storing(f"the job folder {job.folder}"):
            sweep(job.folder)
            sweep(job.folder / EDITIONS)
        store = stack.enter_context(closing(Store(job.database)))
        if job.revision > 1 and all(each.number != job.revision for each in store.revisions()):
            # What put the text in its place was killed before it could say so.
            with store.transaction():
                store.begin(job)
        snapshot = store.snapshot()
        if plan is None:
            if snapshot is None:
                raise JobError("… was never started", "run its text again", where=job.name)
            plan = Plan.restore(snapshot)
        elif (dumped := plan.dump()) != snapshot:
            with store.transaction():
                store.add_snapshot(now(), dumped)
        if rebuild:
            with store.transaction():
                store.reopen([Stage.PUBLISH])
        return StageRun(job, store, plan, listener, document, labour).all_stages(keep)


def remember(job: Job, plan: Plan) -> None:
    """Make a plan the one by which a job is run next; raises JobError where a run is under way."""
    with _held(job), closing(Store(job.database)) as store, store.transaction():
        if plan.dump() != store.snapshot():
            store.add_snapshot(now(), plan.dump())


def is_running(job: Job) -> bool:
    """Tell whether a run holds the job, in whatever process."""
    try:
        with locked(job.folder / LOCK):
            return False
    except JobError:
        return True


def is_current(job: Job) -> bool:
    """Tell whether the job's edition shows what its plan, its source and its decisions ask for."""
    with closing(open_store(job.database)) as store:
        snapshot = store.snapshot()
        return (
            snapshot is not None
            and StageRun(job, store, Plan.restore(snapshot), lambda _: None).is_published()
        )


@contextmanager
def _held(job: Job) -> Iterator[None]:
    with ExitStack() as stack:
        with storing(f"the job folder {job.folder}"):
            stack.enter_context(locked(job.folder / LOCK))
        yield


def published_content(job: Job) -> EditionContent:
    """Give what the edition of a job shows.

    Raises JobError unless the job is published and nothing it was made from has changed since.
    """
    check_editions()
    with closing(open_store(job.database)) as store, store.reading():
        snapshot = store.snapshot()
        run_ = StageRun(job, store, Plan.restore(snapshot), lambda _: None) if snapshot else None
        if run_ is None or not run_.is_published():
            raise JobError(
                "… is not published as it stands",
                Remedy(Act.FINISH_JOB, job.name),
                where=job.name,
            )
        return run_.content()


def read_settings(job: Job) -> ReadSettings:
    """Give how the text of a published job was read."""
    with closing(open_store(job.database)) as store:
        snapshot = store.snapshot()
    if snapshot is None:
        raise JobError("… was never started", "run its text again", where=job.name)
    return Plan.restore(snapshot).settings.read
