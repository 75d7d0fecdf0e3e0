"""A job's name on the command line in; a run of it in this process, told as JSON lines, out.

python -m pipeline.service.worker JOB FOLDER MEGABYTES resume|rebuild FLAGS

``FLAGS`` are settings by dotted name, as a JSON object.
It ends when its standard input does: with the process that started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import EngineError, EnregardError, pack, within_memory
from pipeline.service.jobs import Event, resume_job
from pipeline.service.processes import limit_memory


def main(arguments: Sequence[str]) -> None:
    """Run a job within limits; tell each step, and how it ended."""
    job, folder, megabytes, what, flags = arguments
    limit_memory(int(megabytes))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with within_memory(EngineError):
            resume_job(
                Path(folder), job, _tell, rebuild=what == "rebuild", flags=json.loads(flags) or None
            )
    except EnregardError as error:
        _say(ended="failed", problem=pack(error))
    else:
        _say(ended="done")


def _tell(event: Event) -> None:
    if not event.is_remark:
        _say(stage=event.stage, done=event.done, total=event.total)


def _say(**told: object) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201


def _end_with_parent() -> None:
    """End at once when nobody is there any more: what was committed stays."""
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
