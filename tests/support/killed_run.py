"""Run a job in this process and kill the process at a named point: a helper of test_resume.py.

python -m tests.support.killed_run FILE CONFIG POINT
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.files import TEMPORARY_PREFIX
from pipeline.jobs import stage_run
from pipeline.jobs.stage_run import Event
from pipeline.jobs.store import Store
from pipeline.model import Stage
from pipeline.service.jobs import make_plan, run_text
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate


def call(number: int) -> Callable[[int], bool]:
    """Wait for a call by its number."""
    return lambda calls: calls == number


def half_an_edition(calls: int) -> bool:
    """Wait until two files of an edition lie in its temporary folder."""
    return len(list(Path().glob(f"output/*/editions/{TEMPORARY_PREFIX}*/*"))) == 2


# point: what is called when the kill falls, on which call, and whether before or after it
POINTS: dict[str, tuple[object, str, Callable[[int], bool], str]] = {
    "the text is read": (Store, "add_document", call(1), "before"),
    "read is written": (Store, "add_document", call(1), "after"),
    # Cut once before, to find the job that has most of the text.
    "segment starts": (segment, "segment", call(2), "before"),
    "segments are written": (Store, "add_segments", call(1), "after"),
    "translate starts": (translate, "plan", call(1), "before"),
    "first chunk is being written": (Store, "deliver", call(2), "after"),
    "second chunk starts": (translate, "translate", call(2), "before"),
    "the ladder has mended a chunk": (translate, "enforce", call(2), "after"),
    "second chunk is being written": (Store, "deliver", call(3), "after"),
    "score starts": (score, "score", call(1), "before"),
    "findings are written": (Store, "add_scores", call(1), "after"),
    "publish starts": (publish, "publish", call(1), "before"),
    "half the edition is written": (os, "fsync", half_an_edition, "after"),
    "the edition is in place": (stage_run, "publish_folder", call(1), "after"),
    "the first copy is in place": (stage_run, "write_atomic", call(1), "after"),
}


def arm(point: str) -> None:
    """Replace the function at a point by one that kills the process at the awaited call."""
    owner, name, awaited, side = POINTS[point]
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def killing(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if side == "before" and awaited(calls):
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if side == "after" and awaited(calls):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, killing)


def ignore(event: Event) -> None:
    """Take no notice of progress."""
    assert event.stage in Stage


if __name__ == "__main__":
    text, config, point = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    plan = make_plan(config, sys.argv[4:])
    arm(point)
    run_text(text, plan, ignore)
