"""Some words in; the sentences of all jobs that have them, in French or English, out."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EnregardError
from pipeline.jobs.folder import list_jobs, open_job
from pipeline.jobs.store import open_store


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found, with the job it is in and the title of its text."""

    job: str
    title: str
    segment_id: str
    source: str
    target: str


def search(output: Path, words: str, most: int = 200) -> tuple[Hit, ...]:
    """Give at most ``most`` sentences with these words, in any case; damaged jobs have none."""
    wanted = words.casefold()
    found: list[Hit] = []
    for name in list_jobs(output):
        try:
            found += _in_job(output, name, wanted)
        except EnregardError:
            continue
        if len(found) >= most:
            break
    return tuple(found[:most])


def _in_job(output: Path, name: str, wanted: str) -> list[Hit]:
    with closing(open_store(open_job(output, name).database)) as store:
        title = store.document().title
        targets = {each.segment_id: each.text for each in store.translations()}
        return [
            Hit(name, title, each.id, each.source, targets.get(each.id, ""))
            for each in store.segments()
            if wanted in each.source.casefold() or wanted in targets.get(each.id, "").casefold()
        ]
