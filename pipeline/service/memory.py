"""The house memory: what a job gives it and takes from it, and what people ask of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from pipeline.decisions import Decided
from pipeline.errors import InputError, JobError, UsageError
from pipeline.exchange.returned import Returned
from pipeline.exchange.tmx import memory_tmx, read_tmx
from pipeline.files import check_file, read_input, storing, write_pieces
from pipeline.jobs.database import now
from pipeline.jobs.decided import Approved
from pipeline.jobs.folder import Job, check_name, rename_job
from pipeline.jobs.memory import FILE, ApprovedPair, Memory, MemoryStats, NearPair, open_memory
from pipeline.jobs.plan import Plan
from pipeline.jobs.store import Store
from pipeline.service.returned import READERS
from pipeline.text import clean

__all__ = [
    "ApprovedPair",
    "MemoryStats",
    "NearPair",
    "export_memory",
    "follow",
    "forget",
    "import_memory",
    "learn",
    "recall",
    "stats",
    "suggestions",
]

_MAX_BYTES = 100_000_000
_LONGEST = 10_000


def recall(job: Job, plan: Plan, sources: Sequence[str]) -> Iterator[str]:
    """Record in a job what the memory has for its sentences, and say so.

    What a person has written or read in the job itself stands, also where it came from the memory.
    A job's own sentences are no memory for it.
    """
    memory = open_memory(job.folder.parent) if plan.settings.memory.use else None
    found: dict[str, ApprovedPair] = {}
    if memory is not None:
        with closing(memory):
            found = memory.exact(sources)
    if not found and not job.database.exists():
        return
    with closing(Store(job.database)) as store:
        held = store.recalled()
        # Before its first run nothing is a job's own: another had its name, and was deleted.
        own = job.name if store.snapshot() else None
        known = _known(found, held, Decided.of(store.decisions()), own)
        if known != held:
            with store.transaction():
                store.recall(known)
    if count := len(known.keys() & set(sources)):
        yield f"the memory knows {count} of its sentences"


def _known(
    found: Mapping[str, ApprovedPair], held: Mapping[str, str], decided: Decided, own: str | None
) -> dict[str, str]:
    """Give what a job is to have from the memory: what was found there, and what it ``held``.

    What is approved in the job that is called ``own`` is its own from then on, also what others
    approved before. So that sentence keeps what it had, and one that was read what was read.
    """
    states, written = decided.states, decided.translations
    others = {
        source: pair.target
        for source, pair in found.items()
        if pair.job != own and (source,) not in states and (source,) not in written
    }

    def stays(source: str, text: str) -> bool:
        read = states.get((source,))
        return read.text == text if read else source in found and source not in others

    kept = {source: text for source, text in held.items() if stays(source, text)}
    return kept | others


def learn(job: Job, plan: Plan, approved: Iterable[Approved]) -> None:
    """Put what people wrote or read in a job in the memory, unless that is switched off."""
    glossary = plan.glossary.sha256 if plan.glossary.entries else ""
    pairs = [
        ApprovedPair(
            each.source, each.target, job.name, each.at, each.author, each.origin, glossary
        )
        for each in approved
    ]
    if pairs and plan.settings.memory.learn:
        with closing(Memory(job.folder.parent / FILE)) as memory:
            memory.add(pairs)


def import_memory(output: Path, file: Path, author: str = "") -> tuple[int, int]:
    """Put the pairs of a TMX file, a table or a bilingual document in the memory.

    Gives how many there were and how many are new. Raises InputError, having stored nothing, where
    the file is not what it should be.
    """
    suffix = file.suffix.lower()
    check_file(file)
    if suffix not in READERS:
        raise InputError(
            "… is of no kind that can be read", f"bring one of {', '.join(READERS)}", where=file
        )
    seen = 0

    def counted(rows: Iterable[Returned]) -> Iterator[ApprovedPair]:
        nonlocal seen
        at = now()
        for row in rows:
            source, target = (" ".join(clean(text)[0].split()) for text in (row.source, row.target))
            if source and target and max(len(source), len(target)) <= _LONGEST:
                seen += 1
                yield ApprovedPair(source, target, "", at, row.author or author, "import")

    with storing(f"the folder {output}"):
        output.mkdir(parents=True, exist_ok=True)
    with closing(Memory(output / FILE)) as memory:
        if suffix != ".tmx":
            rows = READERS[suffix](read_input(file, _MAX_BYTES), str(file))
            new = memory.add(counted(rows))
            return new, seen
        try:
            with file.open("rb") as stream:
                new = memory.add(counted(read_tmx(stream, str(file))))
        except OSError:
            raise InputError("… cannot be read", "check the path", where=file) from None
        return new, seen


def export_memory(output: Path, file: Path, force: bool = False) -> int:
    """Write the memory as TMX or CSV, as the file's name says; give how many pairs.

    Raises UsageError where another file would be replaced, unless forced.
    """
    writers: Mapping[str, Callable[[Iterable[ApprovedPair]], Iterator[bytes]]] = {
        ".tmx": lambda pairs: memory_tmx((p.source, p.target, p.author, p.origin) for p in pairs),
        ".csv": _table,
    }
    if file.suffix.lower() not in writers:
        raise UsageError("a memory is written as TMX or CSV", "call the file .tmx or .csv")
    with closing(_opened(output)) as memory:
        pieces = writers[file.suffix.lower()](memory.pairs())
        write_pieces(file, pieces, force, JobError, "choose another file")
        return memory.stats().pairs


def _table(pairs: Iterable[ApprovedPair]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    rows = ([p.source, p.target, p.job, p.at, p.author, p.origin] for p in pairs)
    for row in chain([["français", "english", "job", "at", "author", "origin"]], rows):
        stream = io.StringIO()
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerow(row)
        yield stream.getvalue().encode()


def suggestions(output: Path, source: str) -> list[NearPair]:
    """Give pairs whose French is nearly that of a sentence, the likest first."""
    memory = open_memory(output)
    if memory is None:
        return []
    with closing(memory):
        return memory.suggestions(source)


def forget(output: Path, source: str = "", job: str = "") -> int:
    """Remove the pairs of a French sentence or of a job; give how many that were."""
    if not source and not job:
        raise UsageError("nothing is named to forget", "name a French sentence or a job")
    with closing(_opened(output)) as memory:
        return memory.forget(source, job)


def follow(job: Job, name: str) -> Job:
    """Give a job another name, in the memory too; raises UsageError where it cannot have it.

    The memory goes first: a rename that is cut off between the two is asked for again by the same
    names, and then finds nothing left to do there.
    """
    check_name(job.folder.parent, name)
    memory = open_memory(job.folder.parent)
    if memory is None:
        return rename_job(job, name)
    with closing(memory):
        memory.rename(job.name, name)
        try:
            return rename_job(job, name)
        except BaseException:
            memory.rename(name, job.name)
            raise


def stats(output: Path) -> MemoryStats:
    """Tell how much the memory holds."""
    memory = open_memory(output)
    if memory is None:
        return MemoryStats(0, 0, ())
    with closing(memory):
        return memory.stats()


def _opened(output: Path) -> Memory:
    memory = open_memory(output)
    if memory is None:
        raise UsageError(
            "there is no memory yet", "read or write a sentence, or import a file", where=output
        )
    return memory
