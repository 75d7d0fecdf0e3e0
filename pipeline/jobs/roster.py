"""An output folder in; its jobs by the name of their source, looked up again and again, out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import JobError
from pipeline.files import in_full
from pipeline.jobs.folder import Job, entries, open_job


class Roster:
    """The jobs of a folder; each is opened once, and again when a text may be its own.

    ``owners`` say which file some jobs are of: to no other is such a job offered.
    """

    def __init__(self, output: Path, owners: Mapping[str, str] | None = None) -> None:
        self._output = output
        self._sources: dict[str, str] = {}
        self._owners = dict(owners or {})
        self._lock = threading.Lock()

    def called(self, source_name: str, path: Path | None = None) -> Iterator[Job]:
        """Give the jobs whose source has this name and may be of a file; damaged ones are none.

        Jobs that others have made or removed meanwhile are noticed.
        """
        names = entries(self._output)
        if len(names) < len(self._sources):
            self._sources = {name: self._sources[name] for name in names if name in self._sources}
        mine = str(in_full(path)) if path else ""
        for name in names:
            if self._sources.get(name, source_name) != source_name:
                continue
            if self._owners.get(name, mine) != mine:
                continue
            with suppress(JobError):
                job = open_job(self._output, name)
                self._sources[name] = job.source_name
                if job.source_name == source_name:
                    yield job

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Keep others from taking a job until the one that was found is claimed."""
        with self._lock:
            yield

    def claim(self, name: str, path: Path) -> None:
        """Record which file a job is of."""
        self._owners[name] = str(in_full(path))
