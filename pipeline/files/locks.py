"""The path of a lock file in; the lock, held as long as it is wanted, out."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import JobError

# What a job holds is for its owner, and for the group where the umask lets it in.
PRIVATE = 0o770


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the advisory lock file ``path``; the system lets go of it even after ``kill -9``.

    Raises JobError at once where another process holds it, or it is a link or no ordinary file.
    """
    import portalocker

    try:
        with portalocker.Lock(
            path, mode="a", timeout=0, fail_when_locked=True, opener=_lock_opened
        ):
            yield
    except portalocker.exceptions.LockException:
        raise JobError(
            "… is in use by another run", "wait for it", "stop it first", where=path.parent.name
        ) from None


def _lock_opened(path: str, flags: int) -> int:
    # A pipe is opened without waiting for its reader.
    own = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(path, flags | own, PRIVATE & 0o666)
    except OSError as error:
        if error.errno not in (errno.ENXIO, errno.ELOOP):
            raise
    raise JobError(
        f"… has a {Path(path).name} that is no ordinary file",
        "remove that file",
        where=Path(path).parent.name,
    )
