"""A scheduler's address, or a number of processes, in; a labour that works there out.

The only importer of Dask's ``distributed`` (extra ``cluster``). Documents' chunks, checks and
editions are tasks, each a pure function of what it is given; what comes back is stored by the one
process that holds the job. Dask does what a scheduler must: it gives work to who is free, and does
again what a worker that died was doing.
"""

from __future__ import annotations

import atexit
import logging
import os
import tempfile
import warnings
from asyncio import CancelledError
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import PublishSettings
from pipeline.engines import Offer
from pipeline.engines.decoding import worker_count
from pipeline.engines.memory import give_back_large_pieces, share_one_heap
from pipeline.errors import EngineError, UsageError
from pipeline.jobs.labour import Judging, Promise
from pipeline.jobs.plan import Plan
from pipeline.model import Doubt, EditionContent, Scores
from pipeline.service.cluster.work import (
    EngineOrder,
    Parcel,
    Refusal,
    introduce,
    perform,
    program_digest,
)
from pipeline.stages.publish.stage import EditionFiles
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task

# Seconds that a scheduler has to answer, and workers to come.
_PATIENCE = 20
# Tasks for each worker that wait for it, so that it is never without one.
_WAITING = 2
_SPILLS = (
    "start the workers with DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False and "
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False in their environment"
)


@dataclass(frozen=True, slots=True)
class Site:
    """Where to work: ``workers`` processes of this machine, or a scheduler's ``address``.

    ``ca``, ``cert`` and ``key`` are files of TLS.
    """

    workers: int = 0
    address: str = ""
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    @property
    def is_open(self) -> bool:
        """Whether anybody who reaches the scheduler can read texts and run programs there."""
        return bool(self.address) and not self.address.startswith("tls://")


class Cluster:
    """A labour whose work is done by the workers of a Dask client."""

    def __init__(self, client: Any, threads: int) -> None:
        self._client = client
        self._threads = threads
        self.is_lost = False
        # How many tasks can be worked on at once.
        self.hands = 1

    @property
    def ahead(self) -> int:
        """How many chunks of a document may be asked for before the first is taken."""
        return _WAITING * self.hands

    def translate(
        self,
        offer: Offer,
        threads: int,  # noqa: ARG002
        tasks: Sequence[Task],
        search: Search,
    ) -> Promise:
        """Begin to translate a chunk; give what waits for its translations."""
        return self._asked("translate", _order(offer, self._threads), tasks, search)

    def score(self, judging: Judging) -> tuple[tuple[Doubt, ...], Scores]:
        """Check a text, unless what the checks hold is known, and score it."""
        found: tuple[tuple[Doubt, ...], Scores] = self._asked("score", judging)()
        return found

    def publish(self, content: EditionContent, settings: PublishSettings) -> EditionFiles:
        """Make the files of an edition."""
        made: EditionFiles = self._asked("publish", content, settings)()
        return made

    def check(self, plan: Plan) -> None:
        """Compare every worker with this process; raises EngineError where one is not alike."""
        order, glossary = _order(plan.engine(), self._threads), plan.glossary.dump()
        with self._losing():
            self.hands = max(sum(self._client.nthreads().values()), 1)
            found: Mapping[str, Mapping[str, str]] = self._client.run(
                _introduced, Parcel((order, glossary))
            )
        if not found:
            raise EngineError("the cluster has no workers", "start some")
        ours = introduce(order, glossary)
        for address, theirs in found.items():
            if theirs["spills"]:
                raise EngineError("… may write texts to its disk", _SPILLS, where=address)
            for name, value in ours.items():
                if theirs[name] != value:
                    raise EngineError(
                        f"{name} differs: {theirs[name]} there, {value} here",
                        "install the same on all machines",
                        where=address,
                    )

    def processes(self) -> tuple[int, ...]:
        """Give the numbers of the workers' processes."""
        found: Mapping[str, int] = self._client.run(os.getpid)
        return tuple(found.values())

    def close(self) -> None:
        """Give up what is under way."""
        self.is_lost = True
        with suppress(Exception, CancelledError):
            self._client.close(timeout=2)

    def _asked(self, kind: str, *arguments: object) -> Callable[[], Any]:
        import dask

        with self._losing():
            future = self._client.submit(
                perform, kind, Parcel(arguments), program_digest(), pure=False
            )

        def take() -> Any:
            with self._losing():
                parcel: Parcel = future.result()
                future.release()
            # Dask keeps how it took a key apart, of the last 100,000.
            dask.utils.key_split.cache_clear()
            value = parcel.open()
            if isinstance(value, Refusal):
                raise value.error
            return value

        return take

    @contextmanager
    def _losing(self) -> Iterator[None]:
        """Turn what Dask raises where scheduler or workers are gone into one error of ours."""
        import distributed

        try:
            yield
        except distributed.KilledWorker:
            raise EngineError(
                "workers died again and again over one part of this text", "give them more memory"
            ) from None
        # What asyncio raises when it is cancelled is no Exception.
        except (Exception, CancelledError) as error:
            self.is_lost = True
            raise EngineError(
                f"the cluster was lost ({type(error).__name__})",
                "run the same again to go on from there",
            ) from None


def _order(offer: Offer, threads: int) -> EngineOrder:
    card = offer.card()
    return EngineOrder(card.name, card.sha256, card.fingerprint, threads)


def _introduced(asked: Parcel, dask_worker: Any) -> dict[str, Any]:
    """Say on a worker what it is, and whether it may write what it holds to its disk.

    Dask gives the worker under this name.
    """
    order, glossary = asked.open()
    memory = dask_worker.memory_manager
    spills = any(
        getattr(memory, name, None) not in (False, None)
        for name in ("memory_target_fraction", "memory_spill_fraction")
    )
    return {**introduce(order, glossary), "spills": bool(memory.memory_limit) and spills}


@contextmanager
def joined(place: Site) -> Iterator[Cluster]:
    """Give the labour of a cluster; one of this machine's processes is started, and ended after.

    Raises UsageError where Dask is not installed, EngineError where nobody answers.
    """
    try:
        import distributed
    except ModuleNotFoundError:
        raise UsageError(
            "work by several processes needs Dask, which is not installed",
            "install Enregard with the extra 'cluster'",
        ) from None
    # What Dask logs when somebody dies is told in our words.
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # What is received by one thread and freed by another.
    give_back_large_pieces()
    share_one_heap()
    with warnings.catch_warnings():
        # Versions of Dask that differ a little, ports that are taken: nothing to do about it.
        warnings.simplefilter("ignore")
        with _configured(distributed):
            if place.address:
                yield from _of_scheduler(distributed, place)
            else:
                yield from _of_this_machine(distributed, place.workers)


@contextmanager
def _configured(distributed: Any) -> Iterator[None]:
    import dask

    settings = {
        # Nothing of a text is written to a disk.
        "distributed.worker.memory.target": False,
        "distributed.worker.memory.spill": False,
        "distributed.worker.memory.pause": False,
        # Its record of a worker's calls takes a quarter of a megabyte a second, for 1,000 seconds.
        "distributed.worker.profile.enabled": False,
        # What it keeps for its developers: a thousand messages each way, with the texts in them,
        # and an hour of what the system had to do.
        "distributed.admin.low-level-log-length": 10,
        "distributed.admin.system-monitor.log-length": 100,
        "distributed.comm.timeouts.connect": f"{_PATIENCE}s",
        # One parcel can hold a whole book; it is packed.
        "distributed.admin.large-graph-warning-threshold": "1GB",
    }
    assert distributed
    with dask.config.set(settings):
        yield


def _of_scheduler(distributed: Any, place: Site) -> Iterator[Cluster]:
    security = None
    if "://" not in place.address:
        raise UsageError(
            "this is no address of a scheduler", "write it as tls://HOST:PORT", where=place.address
        )
    if place.address.startswith("tls://"):
        for name in ("ca", "cert", "key"):
            path = getattr(place, name)
            if path is None or not path.is_file():
                raise UsageError(
                    f"a tls:// scheduler needs --tls-{name}"
                    if path is None
                    else f"{path} does not exist",
                    "name the files of TLS",
                )
        security = distributed.Security(
            tls_ca_file=str(place.ca),
            tls_client_cert=str(place.cert),
            tls_client_key=str(place.key),
            require_encryption=True,
        )
    try:
        client = distributed.Client(
            place.address, security=security, timeout=_PATIENCE, set_as_default=False
        )
    except (OSError, ValueError, TypeError) as error:
        raise EngineError(
            f"no scheduler answers ({type(error).__name__})",
            "check the address and that it runs",
            where=place.address,
        ) from None
    yield from _worked(Cluster(client, threads=1), client, 1)


def _of_this_machine(distributed: Any, workers: int) -> Iterator[Cluster]:
    cores = worker_count(0)
    security = distributed.Security.temporary()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="enregard-"))
        try:
            local = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                memory_limit=0,
                dashboard_address=None,
                extensions=_forgetful(distributed.worker),
                scheduler_kwargs={"extensions": _forgetful(distributed.scheduler)},
                local_directory=folder,
                security=security,
                silence_logs=logging.CRITICAL + 1,
            )
        except BaseException:
            # Dask would end what has not begun, and fail; its processes end with this one.
            atexit.unregister(distributed.deploy.spec.close_clusters)
            raise
        stack.enter_context(local)
        client = distributed.Client(local, security=security, set_as_default=False)
        yield from _worked(Cluster(client, max(cores // workers, 1)), client, workers)


def _forgetful(part: Any) -> dict[str, Any]:
    """Give what Dask extends a scheduler or a worker with, less what it keeps of every task.

    Spans tell what tasks took together: 3 kB a document, and none is ever dropped.
    """
    return {name: each for name, each in part.DEFAULT_EXTENSIONS.items() if name != "spans"}


def _worked(cluster: Cluster, client: Any, workers: int) -> Iterator[Cluster]:
    try:
        client.wait_for_workers(workers, timeout=_PATIENCE)
    except TimeoutError:
        cluster.close()
        raise EngineError("the cluster has no workers", "start some") from None
    try:
        yield cluster
    finally:
        cluster.close()
