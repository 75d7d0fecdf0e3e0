"""A folder in; temporary names in it, and what killed commands left there swept away, out."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TEMPORARY_PREFIX = ".tmp-"
# What is temporary says which machine and process made it, so that the next can tell it is dead.
_MACHINE = hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]
_TEMPORARY = re.compile(r"\.tmp-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]+")
_OLD_SECONDS = 86_400


def temporary_name() -> str:
    """Give a name for what is temporary, by which ``sweep_dead`` tells who made it."""
    return f"{TEMPORARY_PREFIX}{_MACHINE}-{os.getpid()}-{secrets.token_hex(4)}"


@contextmanager
def temporary_folder(place: Path) -> Iterator[Path]:
    """Make a folder in ``place`` that only this user can read; it is gone at the end."""
    folder = place / temporary_name()
    folder.mkdir(0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove(path: Path) -> None:
    """Remove a file, a folder with what it holds, or a link but not what it leads to; if there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a killed run left behind in a folder that nobody else writes to now."""
    for stray in folder.glob(f"{TEMPORARY_PREFIX}*"):
        with suppress(OSError):
            remove(stray)


def sweep_dead(folder: Path) -> None:
    """Remove what killed commands left behind in a folder that others may be writing to."""
    with suppress(OSError):
        for stray in folder.glob(f"{TEMPORARY_PREFIX}*"):
            with suppress(OSError):
                if _is_dead(stray):
                    remove(stray)


def _is_dead(stray: Path) -> bool:
    """Tell whether the process that made a temporary file has ended, as far as can be known."""
    made = _TEMPORARY.fullmatch(stray.name)
    # Asking Windows whether a process is there would end it.
    if made and made[1] == _MACHINE and os.name == "posix":
        try:
            os.kill(int(made[2]), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
        return False
    return time.time() - stray.lstat().st_mtime > _OLD_SECONDS
