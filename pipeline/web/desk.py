"""What the views of one desk share: its folder, its runs and benches."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import EnregardError
from pipeline.service.bench import Benches
from pipeline.service.jobs import job_names
from pipeline.service.overview import Overview
from pipeline.service.runs import Runs


class Desk:
    """The state of a desk; everything that must last is in the jobs' folders."""

    def __init__(self, output: Path, config: Path | None = None, runs: Runs | None = None) -> None:
        """Work on the jobs in ``output``, new ones by the settings in ``config``."""
        self.output = output
        self.config = config
        self.runs = runs or Runs(output)
        self.benches = Benches(output)
        self.overview = Overview(output, self.runs)
        self.is_ending: Callable[[], bool] = lambda: False

    def has(self, job: str) -> bool:
        """Tell whether there is a job of exactly this name."""
        return job in job_names(self.output)

    def decided(self, job: str) -> None:
        """Take note that something was decided on a job."""

    def warm(self) -> None:
        """Load what the first edit would have to wait for."""
        with suppress(EnregardError):
            self.benches.warm()
