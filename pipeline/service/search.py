"""Some words in; the sentences of all jobs and of the memory that have them, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EnregardError
from pipeline.jobs.folder import list_jobs, open_job
from pipeline.jobs.memory import open_memory
from pipeline.jobs.store import open_store
from pipeline.text import fold, plain

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found, with the job it is in and the title of its text.

    ``origin`` is whose English it is or how far a person is with it (``read``, ``signed-off``), or
    how it came in the memory, whose sentences have no ``segment_id``.
    """

    job: str
    title: str
    segment_id: str
    source: str
    target: str
    origin: str = ""
    author: str = ""
    at: str = ""


def search(output: Path, words: str, most: int = 200) -> tuple[Hit, ...]:
    """Give at most ``most`` sentences with these words, in any case; damaged jobs have none."""
    wanted = plain(words)
    return _in_jobs(output, lambda text: wanted in plain(text), most)


def everywhere(
    output: Path, words: str, most: int = 20, where: str | None = None
) -> tuple[Hit, ...]:
    """Give at most ``most`` sentences that have all these words, in French or in English.

    Those that people approved come first, the newest before the others; then those of the jobs.
    ``where`` is "memory" or "jobs" for these alone.
    """
    wanted = frozenset(map(fold, _WORD.findall(words)))
    if not wanted:
        return ()
    found: list[Hit] = []
    memory = open_memory(output) if where != "jobs" else None
    if memory is not None:
        with closing(memory):
            found = [
                Hit(p.job, "", "", p.source, p.target, p.origin, p.author, p.at)
                for p in memory.search(words, most)
            ]
    if where != "memory" and len(found) < most:
        known = {(each.source, each.target) for each in found}
        hits = _in_jobs(
            output,
            lambda text: wanted <= frozenset(map(fold, _WORD.findall(text))),
            most,
        )
        found += [each for each in hits if (each.source, each.target) not in known]
    return tuple(found[:most])


def _in_jobs(output: Path, fits: Callable[[str], bool], most: int) -> tuple[Hit, ...]:
    found: list[Hit] = []
    for name in list_jobs(output):
        try:
            found += _in_job(output, name, fits)
        except EnregardError:
            continue
        if len(found) >= most:
            break
    return tuple(found[:most])


def _in_job(output: Path, name: str, fits: Callable[[str], bool]) -> list[Hit]:
    with closing(open_store(open_job(output, name).database)) as store:
        title = store.document().title
        made = {each.segment_id: each for each in store.translations()}
        read = {each.segment_id: each for each in store.reviewed()}
        hits = []
        for each in store.segments():
            translation, state = made.get(each.id), read.get(each.id)
            target = translation.text if translation else ""
            if fits(each.source) or fits(target):
                origin = state.state.value if state else translation.origin if translation else ""
                author = state.reviewer if state else ""
                hits.append(Hit(name, title, each.id, each.source, target, origin, author))
        return hits
