"""The path of a file in; its bytes, or an error that says what to do, out."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import EnregardError, InputError, remedy_of


def explain(error: OSError) -> str:
    """Say in a few words for a user why the operating system refused."""
    return (error.strerror or str(error)).lower()


def check_file(path: Path, error: type[EnregardError] = InputError) -> None:
    """Raise ``error`` where a path is missing, a folder or not an ordinary file."""
    try:
        if path.is_dir():
            raise error("… is a folder", "name the files inside it", where=path)
        if path.exists() and not path.is_file():
            raise error(
                "… is not an ordinary file", "copy what it holds to a file first", where=path
            )
        path.stat()
    except FileNotFoundError:
        raise error("… does not exist", "check the path", where=path) from None
    except OSError as cause:
        raise error(
            f"… cannot be read: {explain(cause)}", remedy_of(cause), where=repr(str(path))
        ) from None
    except ValueError as cause:
        raise error(
            f"… cannot be read: {cause}", "use another name", where=repr(str(path))
        ) from None


def read_input(
    path: Path,
    max_bytes: int,
    error: type[EnregardError] = InputError,
    remedy: str = "split it, or raise read.max_bytes",
) -> bytes:
    """Read a user's file whole.

    Raises ``error`` where it is missing, a folder, not an ordinary file, unreadable or over
    ``max_bytes``; ``remedy`` says what to do about the last.
    """
    check_file(path, error)
    try:
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise error("… does not exist", "check the path", where=path) from None
    except OSError as cause:
        what = f"… cannot be read: {explain(cause)}"
        raise error(what, remedy_of(cause), where=repr(str(path))) from None
    if len(data) > max_bytes:
        raise error(f"… is larger than {max_bytes:,} bytes", remedy, where=path)
    return data


def read_own(path: Path) -> bytes:
    """Read a file of a job whole; raises OSError where it is a link or no ordinary file."""
    # A pipe is opened without waiting for its writer.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, os.O_RDONLY | flags)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        return stream.read()


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Put the name of the file before what is said to be wrong with what it holds."""
    try:
        yield
    except InputError as error:
        where = f"{name}: {error.where}" if error.where else name
        raise InputError(error.what, *error.remedies, where=where) from None
