"""Bytes and folders in, files that are whole or absent out: atomic writes, publishing, locks.

The recipe for "old or new, never a mixture": write to a temporary name in the same folder, flush
it to the disk, rename, flush the folder (Pillai et al., OSDI 2014).
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import Act, EnregardError, InputError, JobError, Remedy

_PACKAGE = Path(__file__).resolve().parent
TEMPORARY_PREFIX = ".tmp-"
CHECKSUMS = "SHA256SUMS"
_ELSEWHERE = Remedy(Act.CHOOSE_OUTPUT)


def shipped(name: str) -> Path:
    """Give the path of something that ships with the program: ``config``, ``models``, ….

    In a clone these are folders beside the package; in an installed wheel they are inside it.
    """
    installed = _PACKAGE / "_shipped"
    return (installed if installed.is_dir() else _PACKAGE.parent) / name


def explain(error: OSError) -> str:
    """Say in a few words for a user why the operating system refused."""
    return (error.strerror or str(error)).lower()


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
    try:
        if path.is_dir():
            raise error("… is a folder", "name the files inside it", where=path)
        if path.exists() and not path.is_file():
            raise error(
                "… is not an ordinary file", "copy what it holds to a file first", where=path
            )
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise error("… does not exist", "check the path", where=path) from None
    except (OSError, ValueError) as cause:
        reason = explain(cause) if isinstance(cause, OSError) else str(cause)
        raise error(f"… cannot be read: {reason}", where=repr(str(path))) from None
    if len(data) > max_bytes:
        raise error(f"… is larger than {max_bytes:,} bytes", remedy, where=path)
    return data


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Put the name of the file before what is said to be wrong with what it holds."""
    try:
        yield
    except InputError as error:
        where = f"{name}: {error.where}" if error.where else name
        raise InputError(error.what, *error.remedies, where=where) from None


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_new(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, ever sees the old content or the new, whole.

    Raises OSError; the old content is then untouched and no temporary file is left.
    """
    handle, temporary = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=path.parent)
    os.close(handle)
    temporary_path = Path(temporary)
    try:
        _write_new(temporary_path, data)
        temporary_path.chmod(0o644)
        temporary_path.replace(path)
        _flush_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary_path.unlink()
        raise


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Give the text of a ``SHA256SUMS`` file (as ``sha256sum`` reads it), names sorted."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return "".join(lines).encode()


def publish_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Put files and their ``SHA256SUMS`` in the folder ``target``, all of them or none.

    The folder is built under a temporary name and renamed. A folder of that name which already
    holds exactly these files is left as it is; any other is replaced. Raises OSError.
    """
    sums = checksums(files)
    if _holds(target, files, sums):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY_PREFIX, dir=target.parent))
    try:
        temporary.chmod(0o755)
        for name, data in files.items():
            _write_new(temporary / name, data)
        _write_new(temporary / CHECKSUMS, sums)
        _flush_folder(temporary)
        if target.exists():
            shutil.rmtree(target)
        temporary.rename(target)
        _flush_folder(target.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _holds(folder: Path, files: Mapping[str, bytes], sums: bytes) -> bool:
    try:
        return (folder / CHECKSUMS).read_bytes() == sums and all(
            (folder / name).read_bytes() == data for name, data in files.items()
        )
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Remove what a killed run left behind in a folder: its temporary files and folders."""
    for stray in folder.glob(f"{TEMPORARY_PREFIX}*"):
        if stray.is_dir() and not stray.is_symlink():
            shutil.rmtree(stray, ignore_errors=True)
        else:
            with suppress(OSError):
                stray.unlink()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the advisory lock file ``path``; the system lets go of it even after ``kill -9``.

    Raises JobError at once where another process holds it.
    """
    import portalocker

    try:
        with portalocker.Lock(path, mode="a", timeout=0, fail_when_locked=True):
            yield
    except portalocker.exceptions.LockException:
        raise JobError(
            "… is in use by another run", "wait for it", "stop it first", where=path.parent.name
        ) from None


@contextmanager
def storing(
    what: str,
    error: type[EnregardError] = JobError,
    otherwise: str | Remedy = _ELSEWHERE,
) -> Iterator[None]:
    """Turn an operating-system error while storing ``what`` into one that says what to do.

    ``otherwise`` is the way out where nothing can be changed about the folder.
    """
    try:
        yield
    except OSError as cause:
        full = cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        remedy = "free some space" if full else "check the folder and its permissions"
        raise error(
            f"… cannot be written: {explain(cause)}",
            f"{remedy} and run again",
            otherwise,
            where=what,
        ) from None


def expanded(name: str | Path) -> Path:
    """Give a path with ``~`` replaced by the home folder; raises InputError where there is none."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise InputError("there is no such home folder", "write the path out", where=name) from None
