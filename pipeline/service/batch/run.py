"""Documents in, each run as a job of its own by one warm engine; what came of them, on record, out.

A document that fails keeps no other from its edition. What is published as it is asked for is not
run again, so that a batch that was interrupted goes on where it was.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from pipeline.errors import (
    EngineError,
    EnregardError,
    JobError,
    UsageError,
    remedy_of,
    within_memory,
)
from pipeline.files import explain, in_full, locked, read_input, storing, sweep
from pipeline.jobs.folder import PEOPLES_FILES, open_job
from pipeline.jobs.labour import HERE, Labour
from pipeline.jobs.roster import Roster
from pipeline.jobs.run import is_current
from pipeline.jobs.stage_run import Event
from pipeline.service.batch.gather import Asker, Gathering
from pipeline.service.batch.ledger import DocumentRecord, Ledger
from pipeline.service.batch.manifest import BatchItem
from pipeline.service.batch.plans import BatchOrder, Plans
from pipeline.service.batch.summary import Totals, to_read_first, write_summary
from pipeline.service.cluster.client import Cluster
from pipeline.service.jobs import Intent, JobStatus, run_text, status_of
from pipeline.text import fingerprint, slug

__all__ = ["Batch", "BatchOrder", "Doing", "batch_name", "open_batch"]

FOLDER = "batches"
_LOCK = "batch.lock"
# Documents that are worked on at once for each thing that the labour does at once: what short ones
# ask for is translated together, while others are read, checked and printed (each that is printed
# here takes some 10 MB). No more than so many in all.
_FOR_EACH = 4
_MOST = 500
# Bytes from which on a document is long: it fills a chunk by itself, and takes memory.
_LONG = 100_000
_LONG_FOR_EACH = 2


@dataclass(frozen=True, slots=True)
class Doing:
    """What a batch is doing: a step of a document's run, or what came of it.

    ``place`` counts the documents that are done, of ``total``, once this one is.
    """

    path: Path
    total: int
    place: int | None = None
    event: Event | None = None
    record: DocumentRecord | None = None
    skipped: bool = False
    problem: EnregardError | None = None


Watcher = Callable[[Doing], None]


def batch_name(where: Sequence[Path]) -> str:
    """Name the batch of some files, folders and lists: the same for the same."""
    places = [str(in_full(path)) for path in where]
    stem = in_full(where[0]).stem if where else ""
    return f"{slug(stem)}-{fingerprint(ascii(places))[:8]}"


@contextmanager
def open_batch(
    output: Path, name: str, order: BatchOrder, labour: Labour = HERE
) -> Iterator[Batch]:
    """Open a batch, or begin it, and keep others from it.

    Raises JobError where another process runs it, UsageError where it cannot have that name, and
    what is wrong with the settings that are asked for.
    """
    if slug(name, 60) != name:
        raise UsageError(
            f"{name!r} cannot be a batch's name, which has small letters, digits and hyphens only",
            f"call it {slug(name)!r}",
        )
    order = replace(order, flags={**order.flags, "output": str(output)})
    plans = Plans(order)
    if isinstance(labour, Cluster):
        labour.check(plans.usual)
    folder = output / FOLDER / name
    with storing(f"the batch in {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / _LOCK):
        sweep(folder)
        yield Batch(output, folder, order, plans, labour)


class Batch:
    """A batch that is open: its documents are run, and what came of them is summed up."""

    def __init__(
        self, output: Path, folder: Path, order: BatchOrder, plans: Plans, labour: Labour
    ) -> None:
        self._labour = labour
        self._cluster = labour if isinstance(labour, Cluster) else None
        self._writing = threading.Lock()
        self.folder = folder
        self._output = output
        self._order = order
        self._plans = plans
        self._ledger = Ledger(folder)
        self._roster = Roster(output, dict(self._ledger.owners()))

    def run(self, items: Sequence[BatchItem], watcher: Watcher) -> None:
        """Run what is not published as it is asked for, several documents at once.

        Raises EngineError where the labour is lost; what was done until then stays done.
        """
        at_once = max(self._labour.hands, self._labour.ahead)
        many = min(_FOR_EACH * at_once, _MOST, len(items))
        if not many:
            return
        gathering = Gathering(self._labour, many)
        waiting, done, one_by_one = iter(items), count(1), threading.Lock()
        long = threading.BoundedSemaphore(_LONG_FOR_EACH * self._labour.hands)

        def told(doing: Doing) -> None:
            with one_by_one:
                watcher(doing)

        def hand() -> None:
            try:
                for item in waiting:
                    with long if _size(item.path) > _LONG else nullcontext():
                        if self._is_lost or gathering.is_closed:
                            break
                        self._watched(item, len(items), done, told, gathering)
            except BaseException:
                gathering.close()
                raise
            finally:
                gathering.leave()

        with ThreadPoolExecutor(many) as pool:
            try:
                running = [pool.submit(hand) for _ in range(many)]
                gathering.serve()
                for each in running:
                    each.result()
            except BaseException:
                gathering.close()
                if self._cluster is not None:
                    self._cluster.close()
                raise
        if self._is_lost:
            raise EngineError("the cluster was lost", "run the same again to go on from there")

    @property
    def _is_lost(self) -> bool:
        return self._cluster is not None and self._cluster.is_lost

    def watch(
        self,
        listed: Callable[[], Sequence[BatchItem]],
        watcher: Watcher,
        wait: Callable[[], bool],
    ) -> None:
        """Run documents that come or change, for as long as ``wait`` says to look again.

        A file is taken when it has not changed from one look to the next: another program may be
        writing it.
        """
        done = {item.path: _mark(item.path) for item in listed()}
        before = dict(done)
        while wait():
            items = listed()
            now = {item.path: _mark(item.path) for item in items}
            come = [
                item
                for item in items
                if (mark := now[item.path])
                and mark == before.get(item.path)
                and mark != done.get(item.path)
            ]
            before = now
            if come:
                self.run(come, watcher)
                done |= {item.path: now[item.path] for item in come}
                self.summarise(items)

    def summarise(self, items: Sequence[BatchItem]) -> Totals:
        """Write ``batch.json`` and ``batch.html``; give what stands at their top."""
        theme = self._plans.usual.settings.publish.theme
        return write_summary(self.folder, len(items), lambda: self._known(items), theme)

    def records(self, items: Iterable[BatchItem], most: int | None = None) -> list[DocumentRecord]:
        """Give what is known of documents: of all that failed, and of the others to read first."""
        return to_read_first(self._known(items), most)

    def _known(self, items: Iterable[BatchItem]) -> Iterator[DocumentRecord]:
        known = (self._ledger.get(item.path) for item in items)
        return (record for record in known if record is not None)

    def _watched(
        self,
        item: BatchItem,
        total: int,
        done: Iterator[int],
        watcher: Watcher,
        gathering: Gathering,
    ) -> None:
        doing = Doing(item.path, total)
        watcher(doing)

        def listener(event: Event) -> None:
            watcher(replace(doing, event=event))

        problem: EnregardError | None = None
        known = self._ledger.get(item.path)
        record = DocumentRecord(str(in_full(item.path)), "failed", job=known.job if known else "")
        skipped = False
        try:
            with within_memory(JobError):
                record, skipped = self._record(item, known, record, listener, Asker(gathering))
        except EnregardError as error:
            problem = error
        except OSError as error:
            problem = JobError(f"the system refused: {explain(error)}", remedy_of(error))
        if problem is not None:
            record = replace(record, problem=str(problem))
        if problem is not None and (self._is_lost or gathering.is_closed):
            # Nothing is wrong with the document.
            return
        with self._writing:
            if not skipped or record != known:
                self._ledger.add(record)
            place = next(done)
        watcher(replace(doing, place=place, record=record, skipped=skipped, problem=problem))

    def _record(
        self,
        item: BatchItem,
        known: DocumentRecord | None,
        record: DocumentRecord,
        listener: Callable[[Event], None],
        labour: Asker,
    ) -> tuple[DocumentRecord, bool]:
        """Run a document, unless it is published as it is asked for; say which."""
        plan, asked = self._plans.of(item)
        data = read_input(item.path, plan.settings.read.max_bytes)
        record = replace(record, sha256=hashlib.sha256(data).hexdigest(), plan=asked)
        if known and (status := self._standing(known, record)) is not None:
            return replace(_summed(record, status), seconds=known.seconds), True
        intent = Intent(
            revises=self._own(known),
            fresh=self._order.fresh,
            force=self._order.force,
            roster=self._roster,
            labour=labour,
        )
        begun = time.monotonic()
        status = run_text(item.path, plan, listener, intent)
        seconds = round(time.monotonic() - begun - labour.idle, 2)
        return replace(_summed(record, status), seconds=seconds), False

    def _own(self, known: DocumentRecord | None) -> str:
        """Give the job that a document goes on with: the one it had, unless that was put away."""
        if known is None or not self._is_there(known):
            return ""
        return "" if open_job(self._output, known.job).archived else known.job

    def _is_there(self, known: DocumentRecord) -> bool:
        return bool(known.job) and (self._output / known.job).is_dir()

    def _standing(self, known: DocumentRecord, wanted: DocumentRecord) -> JobStatus | None:
        """Give where a document's job stands, if that is all that is wanted of it."""
        same = (known.sha256, known.plan) == (wanted.sha256, wanted.plan)
        if not (same and known.is_published and self._is_there(known)):
            return None
        try:
            job = open_job(self._output, known.job)
            status = status_of(job)
            return status if status.state == "published" and is_current(job) else None
        except EnregardError:
            return None


def _size(path: Path) -> int:
    """Give the bytes of a file; 0 where it is gone."""
    mark = _mark(path)
    return mark[1] if mark else 0


def _mark(path: Path) -> tuple[int, int] | None:
    """Give what changes when a file does; None where it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _summed(record: DocumentRecord, status: JobStatus) -> DocumentRecord:
    card = status.card
    return replace(
        record,
        state=status.state,
        job=status.name,
        title=card.titles[1] if card else "",
        segments=status.segments,
        words=card.source_words if card else 0,
        findings=dict(status.findings),
        estimated=card.estimated if card else 0,
        expected_errors=round(card.expected_errors, 2) if card else 0.0,
        page=next((name for name in PEOPLES_FILES if name in status.files), ""),
    )
