"""What many documents cost: measured on this machine, and worked out for many machines.

python -m benchmarks.scale cost [--engine argos] [--words 600]
                                         processor time, bytes and writes of each step of a document
python -m benchmarks.scale single [--documents 20] [--words 300] [--engine argos]
                                         one batch against a process a document
python -m benchmarks.scale many [--documents 10000] [--workers 2 --engine argos]
                                         memory and time of tiny documents: with an engine of none,
                                         or by so many processes with one that they have
python -m benchmarks.scale list [--documents 10000]
                                         `enregard list` of as many jobs
python -m benchmarks.scale place [--workers 1 2] [--engine argos] [--documents 8] [--words 300]
                                         the same documents by so many processes
python -m benchmarks.scale book [--words 100000] [--workers 2] [--engine argos]
                                         one long text by so many processes and by this one: alike?
python -m benchmarks.scale simulate      workers against words a day, by the model of cost

Processor time is what counts where a machine is shared: it hardly changes with what else runs.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

from pipeline import engines
from pipeline.engines import Engine, Offer
from pipeline.jobs.database import Database
from pipeline.jobs.labour import HERE, Here
from pipeline.model import EngineCard, Hypothesis, Likelihood, Request
from pipeline.service.batch import BatchItem, BatchOrder, Doing, open_batch
from pipeline.service.cluster import Cluster, Site, joined
from pipeline.service.cluster.work import EngineOrder, Parcel

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "sommet-de-tallinn.md"


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=[*MEASURES])
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--workers", type=int, nargs="*", default=[])
    parser.add_argument(
        "--sentences", type=Path, help="French, one a line [default: those of the example]"
    )
    parser.add_argument("--pdf", action="store_true", help="print the PDFs too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="enregard-scale-") as folder:
        MEASURES[arguments.what](arguments, Path(folder))


# Texts


def sentences(given: Path | None) -> list[str]:
    """Give sentences of a file, one a line, or those of the example."""
    from pipeline.service.jobs import make_plan, segment_text

    if given is not None:
        return given.read_text("utf-8").splitlines()
    return [each.source for each in segment_text(EXAMPLE, make_plan().settings)[1]]


def write_documents(
    folder: Path, documents: int, words: int, given: Path | None = None
) -> list[BatchItem]:
    """Write documents of about so many words; the same every time.

    No sentence comes twice until all were used: one that stands twice in a text is translated once.
    """
    known = cycle(sentences(given))
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for number in range(documents):
        paragraphs, written = [f"# Dépêche {number}"], 0
        while written < words:
            chosen = [next(known) for _ in range(4)]
            written += sum(len(each.split()) for each in chosen)
            paragraphs.append(" ".join([*chosen, f"Voici la note {number * 1000 + written}."]))
        path = folder / f"d{number:05}.md"
        path.write_text("\n\n".join(paragraphs) + "\n", "utf-8")
        items.append(BatchItem(path))
    return items


class Nothing:
    """An engine that says the same of everything: what is measured is all the rest."""

    takes_hints = False
    half_beam_suffices = True
    card = EngineCard("nothing", "Nothing", "1", "none", "nothing")

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give one hypothesis a request."""
        assert beam_size
        assert guarded is not None
        return [(Hypothesis(f"It says {len(each.source)}.", -0.1, True),) for each in requests]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Give none."""
        assert beam_size
        return [() for _ in begun]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Find everything as probable."""
        return [Likelihood(-0.5, ()) for _ in pairs]

    def fits(self, text: str) -> bool:
        """Take any text."""
        return bool(text) or True


def offer_nothing() -> None:
    """Register the engine that does nothing."""

    def open_it(threads: int) -> Engine:
        assert threads >= 0
        return Nothing()

    engines.ENGINES["nothing"] = lambda: [Offer(lambda: Nothing.card, open_it, 64, "here")]


def order_of(engine: str, pdf: bool, **flags: object) -> BatchOrder:
    """Ask for an engine, and for no PDF unless it is wanted."""
    given = {"engine.name": engine, "publish.pdf": pdf, "glossaries": []}
    return BatchOrder(flags={**given, **flags})


def silent(doing: Doing) -> None:
    """Take no notice, but of what fails."""
    if doing.problem is not None:
        raise SystemExit(f"{doing.path}: {doing.problem}")


def memory_mb(pid: int | str = "self", peak: bool = False) -> float:
    """Give the memory that a process has now, or had at most."""
    name = "VmHWM" if peak else "VmRSS"
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


# Cost of each step


@dataclass
class Metered(Here):
    """Does the work here, and notes what it took and what would have travelled."""

    seconds: defaultdict[str, float]
    sent: Counter[str]

    def translate(self, *arguments: Any) -> Any:
        """Translate a chunk."""
        offer, threads, tasks, search = arguments
        card = offer.card()
        asked = (EngineOrder(card.name, card.sha256, card.fingerprint, 1), tasks, search)
        promise = self._metered("translate", lambda: super(Metered, self).translate(*arguments))
        self._weigh("translate", asked, promise())
        assert threads >= 0
        return promise

    def score(self, *arguments: Any) -> Any:
        """Check and score a text."""
        found = self._metered("score", lambda: super(Metered, self).score(*arguments))
        self._weigh("score", arguments, found)
        return found

    def publish(self, *arguments: Any) -> Any:
        """Make the files of an edition."""
        made = self._metered("publish", lambda: super(Metered, self).publish(*arguments))
        self._weigh("publish", arguments, made)
        return made

    def _metered(self, name: str, work: Callable[[], Any]) -> Any:
        begun = time.process_time()
        result = work()
        self.seconds[name] += time.process_time() - begun
        return result

    def _weigh(self, name: str, *values: object) -> None:
        begun = time.process_time()
        self.sent[name] += sum(len(Parcel(value).data) for value in values)
        self.seconds["weighing"] += time.process_time() - begun


def cost(arguments: argparse.Namespace, folder: Path) -> None:
    """Measure one document after a first that warms everything up."""
    if arguments.engine == "nothing":
        offer_nothing()
    writes: list[float] = []
    with counted_writes(writes):
        items = write_documents(
            folder / "in", 1 + (arguments.documents or 2), arguments.words, arguments.sentences
        )
        labour = Metered(defaultdict(float), Counter())
        order = order_of(arguments.engine, arguments.pdf)
        with open_batch(folder / "output", "cost", order, labour) as batch:
            batch.run(items[:1], silent)
            labour.seconds.clear()
            labour.sent.clear()
            writes.clear()
            begun = time.process_time()
            for item in items[1:]:
                # One at a time: the time that each step takes is that of the whole process.
                batch.run([item], silent)
            whole = time.process_time() - begun - labour.seconds.pop("weighing")
            totals = batch.summarise(items[1:])
    thousands = totals.words / 1000
    print(f"{totals.documents} documents, {totals.words} French words, engine {arguments.engine}")
    for name, seconds in labour.seconds.items():
        print(f"{name:<10} {seconds / thousands:8.2f} s of processor time for 1,000 words")
    here = whole - sum(labour.seconds.values())
    print(f"{'the client':<10} {here / thousands:8.2f} s: reading, segmenting, storing")
    for name, sent in labour.sent.items():
        print(f"{name:<10} {sent / thousands / 1000:8.1f} KB there and back for 1,000 words")
    print(f"{len(writes) / totals.documents:.1f} writes a document, {1000 * median(writes):.1f} ms")
    print(f"memory {memory_mb(peak=True):.0f} MB at most")


@contextmanager
def counted_writes(seconds: list[float]) -> Iterator[None]:
    """Note how long each transaction's commit takes."""
    real = Database.transaction

    @contextmanager
    def transaction(self: Database) -> Iterator[None]:
        with real(self):
            yield
            begun = time.monotonic()
        seconds.append(time.monotonic() - begun)

    Database.transaction = transaction  # type: ignore[method-assign]
    try:
        yield
    finally:
        Database.transaction = real  # type: ignore[method-assign]


def median(values: Sequence[float]) -> float:
    """Give the middle one."""
    return sorted(values)[len(values) // 2] if values else 0.0


# One process against one a document


def single(arguments: argparse.Namespace, folder: Path) -> None:
    """Run the same documents in one batch, and each by a command of its own."""
    documents = arguments.documents or 20
    items = write_documents(folder / "in", documents, arguments.words, arguments.sentences)
    options = ["--engine", arguments.engine, "--set", "glossaries=[]"]
    options += [] if arguments.pdf else ["--set", "publish.pdf=false"]
    program = [sys.executable, "-m", "pipeline"]
    seconds, processor = timed([*program, "batch", str(folder / "in"), *options], folder)
    alone = [timed([*program, "run", str(item.path), *options], folder / "alone") for item in items]
    apart, apart_processor = (sum(each) for each in zip(*alone, strict=True))
    print(f"{documents} documents of {arguments.words} words, engine {arguments.engine}")
    print(f"one batch      {seconds:8.1f} s, {processor:8.1f} s of processor time")
    print(f"single runs    {apart:8.1f} s, {apart_processor:8.1f} s of processor time")
    print(f"ratio          {apart / seconds:8.2f}   {apart_processor / processor:8.2f}")
    same = editions(folder / "output") == editions(folder / "alone" / "output")
    print("the same editions, byte for byte" if same else "NOT the same editions")


def editions(output: Path) -> dict[str, dict[str, bytes]]:
    """Give the files of the editions in a folder, by the names of their jobs."""
    found = {}
    for job in output.glob("*/job.json"):
        (made,) = (job.parent / "editions").iterdir()
        found[job.parent.name] = {path.name: path.read_bytes() for path in made.iterdir()}
    return found


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; give its seconds, and those of processor time of it and what it started."""
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    before, begun = os.times(), time.monotonic()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return time.monotonic() - begun, spent


# Many documents


def many(arguments: argparse.Namespace, folder: Path) -> None:
    """Run tiny documents; note the memory of client and workers every tenth of them."""
    offer_nothing()
    documents = arguments.documents or 10_000
    place = folder / "in"
    place.mkdir()
    items = []
    for number in range(documents):
        path = place / f"d{number:05}.txt"
        path.write_text(f"Le port numéro {number} est fermé.\n", "utf-8")
        items.append(BatchItem(path))
    # A page a document that shows nothing: what is measured is the batch, not the setting of pages.
    workers = sum(arguments.workers)
    order = order_of(
        arguments.engine if workers else "nothing", False, **{"translate.lexicon": False}
    )
    step = max(documents // 10, 1)
    begun, done = time.process_time(), 0
    print("documents  memory MB  processor s  memory MB of each worker")
    output = folder / "output"
    with ExitStack() as stack:
        labour = stack.enter_context(joined(Site(workers=workers))) if workers else HERE
        batch = stack.enter_context(open_batch(output, "many", order, labour))
        pids = labour.processes() if isinstance(labour, Cluster) else ()

        def watcher(doing: Doing) -> None:
            nonlocal done
            silent(doing)
            if doing.record is None:
                return
            done += 1
            # What a document leaves behind takes room where the temporary folder is in memory.
            for name in ("editions", "edition.html", "quality.html"):
                gone = output / doing.record.job / name
                shutil.rmtree(gone) if gone.is_dir() else gone.unlink(missing_ok=True)
            if done % step == 0:
                spent = time.process_time() - begun
                theirs = "  ".join(f"{memory_mb(pid):.1f}" for pid in pids)
                print(f"{done:>9}  {memory_mb():9.1f}  {spent:11.1f}  {theirs}", flush=True)

        batch.run(items, watcher)
        batch.summarise(items)
    print(f"memory after the summary {memory_mb():.1f} MB")
    print(f"batch.html {(batch.folder / 'batch.html').stat().st_size:,} bytes")


def list_many(arguments: argparse.Namespace, folder: Path) -> None:
    """Make copies of one job, and list them."""
    offer_nothing()
    documents = arguments.documents or 10_000
    items = write_documents(folder / "in", 1, 20)
    output = folder / "output"
    with open_batch(output, "one", order_of("nothing", False)) as batch:
        batch.run(items, silent)
        job = output / batch.records(items)[0].job
    for number in range(1, documents):
        copy = output / f"{job.name[:-8]}{number:08x}"
        shutil.copytree(job, copy, copy_function=os.link)
        # A database and job.json have times of their own.
        for name in ("job.json", "job.sqlite3"):
            (copy / name).unlink()
            shutil.copy2(job / name, copy / name)
    for path in output.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    list_times(output)


def list_times(output: Path) -> None:
    """Say how long `enregard list` takes at first, and then."""
    command = [sys.executable, "-m", "pipeline", "list", "--output", str(output)]
    for when in ("at first", "then", "again"):
        seconds, processor = timed(command, output)
        print(f"enregard list {when}: {seconds:.2f} s, {processor:.2f} s of processor time")


# Placement


def place(arguments: argparse.Namespace, folder: Path) -> None:
    """Run the same documents by some processes, and by this one alone."""
    documents = arguments.documents or 8
    items = write_documents(folder / "in", documents, arguments.words, arguments.sentences)
    order = order_of(arguments.engine, arguments.pdf)
    rows: dict[int, str] = {}
    for workers in [0, *(arguments.workers or [1, 2])]:
        output = folder / f"output{workers}"
        begun, before = time.monotonic(), os.times()
        if not workers:
            with open_batch(output, "place", order) as batch:
                batch.run(items, silent)
            memory = memory_mb(peak=True)
        else:
            with joined(Site(workers=workers)) as labour:
                begun, before = time.monotonic(), os.times()
                with open_batch(output, "place", order, labour) as batch:
                    batch.run(items, silent)
                pids = list(labour.processes())
                memory = sum(memory_mb(pid, peak=True) for pid in pids)
        words = sum(record.words for record in batch.records(items))
        seconds = time.monotonic() - begun
        mine = os.times().user - before.user
        who = f"{workers} processes" if workers else "this one alone"
        rows[workers] = (
            f"{who:<15} {words / seconds:7.1f} words/s  {memory:6.0f} MB in workers  "
            f"{mine:6.1f} s of processor time in the client"
        )
        print(rows[workers], flush=True)


def book(arguments: argparse.Namespace, folder: Path) -> None:
    """Run one long text by this process and by some, and compare the editions byte for byte."""
    items = write_documents(folder / "in", 1, arguments.words, arguments.sentences)
    order = order_of(arguments.engine, arguments.pdf, **{"translate.beam_size": 1})
    made = []
    for workers in (0, *(arguments.workers or [2])):
        output = folder / f"output{workers}"
        begun = time.monotonic()
        with ExitStack() as stack:
            labour = stack.enter_context(joined(Site(workers=workers))) if workers else HERE
            batch = stack.enter_context(open_batch(output, "book", order, labour))
            batch.run(items, silent)
            (record,) = batch.records(items)
        who = f"{workers} processes" if workers else "this one alone"
        seconds = time.monotonic() - begun
        print(f"{who:<15} {record.words:,} words, {record.segments:,} segments, {seconds:.0f} s")
        (edition,) = (output / record.job / "editions").iterdir()
        made.append({path.name: path.read_bytes() for path in edition.iterdir()})
        print(f"{'':<15} {memory_mb(peak=True):.0f} MB at most in the client", flush=True)
    print("the same, byte for byte" if made[0] == made[1] else "NOT the same")


# The model of cost


@dataclass(frozen=True)
class Costs:
    """What 1,000 French words cost, as ``cost`` measures it, and what machines and networks give.

    ``work`` is seconds of a worker, ``client`` seconds of the one client, ``sent`` kilobytes there
    and back, ``task`` seconds of the scheduler a task, ``write`` seconds of a write of the store.
    """

    work: float
    client: float
    sent: float
    task: float = 0.001
    tasks: float = 3.0
    write: float = 0.005
    writes: float = 8.0
    network: float = 100_000.0
    memory: float = 350.0


# Documents of 390 words with their PDF, the embedded engine (docs/scale.md).
MEASURED = Costs(work=21.4, client=0.51, sent=1440.0, tasks=9.0, write=0.02, writes=40.0)


def simulate_day(costs: Costs, workers: int, clients: int = 1, documents: int = 5_000) -> float:
    """Give the words a second of documents of 1,000 words, all there from the start.

    A document is read by a client, worked on by a worker, and stored by its client; a client does
    one thing at a time, tasks pass the scheduler one by one, and all share the network.
    """
    client_free = [0.0] * clients
    worker_free = [0.0] * workers
    heapq.heapify(worker_free)
    scheduler = network = 0.0
    waiting: list[tuple[float, int]] = []
    done = 0.0
    first, last = 0.4 * costs.client, 0.6 * costs.client + costs.writes * costs.write
    ahead = 2 * workers + clients
    for number in range(documents):
        owner = number % clients
        if len(waiting) >= ahead:
            ready, its_owner = heapq.heappop(waiting)
            client_free[its_owner] = max(client_free[its_owner], ready) + last
            done = max(done, client_free[its_owner])
        client_free[owner] += first
        scheduler = max(scheduler, client_free[owner]) + costs.tasks * costs.task
        network = max(network, scheduler) + costs.sent / costs.network
        begun = max(heapq.heappop(worker_free), network)
        heapq.heappush(worker_free, begun + costs.work)
        heapq.heappush(waiting, (begun + costs.work, owner))
    while waiting:
        ready, its_owner = heapq.heappop(waiting)
        client_free[its_owner] = max(client_free[its_owner], ready) + last
        done = max(done, client_free[its_owner])
    return 1000 * documents / done


def simulate(arguments: argparse.Namespace, folder: Path) -> None:
    """Print words a day by workers and clients."""
    assert folder.exists()
    costs = MEASURED
    print(json.dumps(costs.__dict__))
    print("workers  clients  words/s  million words/day  of what workers could do")
    for workers in (1, 2, 4, 10, 30, 100, 300, 1000):
        for clients in (1, 4, 16):
            documents = max(2_000, 12 * workers) if not arguments.documents else arguments.documents
            speed = simulate_day(costs, workers, clients, documents)
            share = speed / (1000 * workers / costs.work)
            print(f"{workers:>7}  {clients:>7}  {speed:7.0f}  {speed * 0.0864:17.1f}  {share:6.0%}")
    faster = replace(costs, work=costs.work / 4)
    print(f"with a worker four times as fast, 100 of them: {simulate_day(faster, 100):.0f} words/s")


MEASURES: dict[str, Callable[[argparse.Namespace, Path], None]] = {
    "cost": cost,
    "single": single,
    "many": many,
    "list": list_many,
    "place": place,
    "book": book,
    "simulate": simulate,
}


if __name__ == "__main__":
    main()
