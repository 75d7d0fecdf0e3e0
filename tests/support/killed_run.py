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

from pipeline import files
from pipeline.jobs import run as runs
from pipeline.jobs.run import Event
from pipeline.jobs.store import Store
from pipeline.model import Stage
from pipeline.service.jobs import make_plan, run_text
from pipeline.stages import segment
from pipeline.stages.publish import stage as publish
from pipeline.stages.read import stage as read
from pipeline.stages.score import stage as score
from pipeline.stages.translate import stage as translate

# point: what is called when the kill falls, and whether it falls before or after the call
POINTS: dict[str, tuple[object, str, int, str]] = {
    # object, attribute, which call, before | after
    "read starts": (read, "read", 2, "before"),
    "read is written": (Store, "add_document", 1, "after"),
    "segment starts": (segment, "segment", 1, "before"),
    "segments are written": (Store, "add_segments", 1, "after"),
    "translate starts": (translate, "plan", 1, "before"),
    "first chunk is being written": (Store, "deliver", 2, "after"),
    "second chunk starts": (translate, "translate", 2, "before"),
    "the ladder has mended a chunk": (translate, "enforce", 2, "after"),
    "second chunk is being written": (Store, "deliver", 3, "after"),
    "score starts": (score, "score", 1, "before"),
    "findings are written": (Store, "add_scores", 1, "after"),
    "publish starts": (publish, "publish", 1, "before"),
    "half the edition is written": (files, "_write_new", 4, "after"),
    "the edition is in place": (runs, "publish_folder", 1, "after"),
    "the first copy is in place": (runs, "write_atomic", 1, "after"),
}


def arm(point: str) -> None:
    """Replace the function at a point by one that kills the process at the chosen call."""
    owner, name, wanted, side = POINTS[point]
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def killing(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == wanted and side == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == wanted:
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
