"""A module of this program and its arguments in; a process that runs it out, its limit, its end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent
GRACE = 5.0


def command(module: str, arguments: Sequence[str]) -> list[str]:
    """Give the command that runs a module of this program."""
    # -P: a folder "pipeline" in the current folder is not the program.
    return [sys.executable, "-P", "-m", module, *arguments]


def started(line: Sequence[str]) -> subprocess.Popen[str]:
    """Start a command that is told by its standard input and tells by its standard output."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        line,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def end(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, and kill it where it does not."""
    with suppress(OSError):
        process.terminate()
    try:
        process.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def close(process: subprocess.Popen[str]) -> None:
    """Close the pipes of a process that is over."""
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than this; 0 is no limit."""
    # Windows has no such limit.
    if megabytes and sys.platform != "win32":
        import resource

        limit = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
