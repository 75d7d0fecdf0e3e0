"""An output folder in; its jobs by the name of their source, looked up again and again, out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.errors import JobError
from pipeline.jobs.folder import Job, entries, open_job


class Roster:
    """The jobs of a folder; each is opened once, and again when a text may be its own."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._sources: dict[str, str] = {}

    def called(self, source_name: str, besides: Collection[str] = ()) -> Iterator[Job]:
        """Give the jobs whose source has this name, but for those named; damaged ones are none.

        Jobs that others have made or removed meanwhile are noticed.
        """
        names = entries(self._output)
        if len(names) < len(self._sources):
            self._sources = {name: self._sources[name] for name in names if name in self._sources}
        for name in names:
            if self._sources.get(name, source_name) != source_name or name in besides:
                continue
            with suppress(JobError):
                job = open_job(self._output, name)
                self._sources[name] = job.source_name
                if job.source_name == source_name:
                    yield job
