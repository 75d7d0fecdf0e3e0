"""Bytes and folders in, files that are whole or absent out: atomic writes, publishing, locks.

The recipe for "old or new, never a mixture": write to a temporary name in the same folder, flush
it to the disk, rename, flush the folder (Pillai et al., OSDI 2014).
"""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import (
    Act,
    EnregardError,
    InputError,
    JobError,
    Remedy,
    UsageError,
    remedy_of,
)

_PACKAGE = Path(__file__).resolve().parent
TEMPORARY_PREFIX = ".tmp-"
CHECKSUMS = "SHA256SUMS"
# What a job holds is for its owner, and for the group where the umask lets it in.
PRIVATE = 0o770
# The settings of the folder that one works in, below those of a file that is named.
PROJECT_FILE = "enregard.yaml"
_ELSEWHERE = Remedy(Act.CHOOSE_OUTPUT)
# What is temporary says which machine and process made it, so that the next can tell it is dead.
_MACHINE = hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]
_TEMPORARY = re.compile(r"\.tmp-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]+")
_OLD_SECONDS = 86_400


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
    except OSError as cause:
        what = f"… cannot be read: {explain(cause)}"
        raise error(what, remedy_of(cause), where=repr(str(path))) from None
    except ValueError as cause:
        raise error(f"… cannot be read: {cause}", where=repr(str(path))) from None
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


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, ever sees the old content or the new, whole.

    A file that is there keeps its mode; a new one has what the umask leaves. Of a link the link is
    replaced, never what it leads to. Raises OSError; the old content is then untouched and no
    temporary file is left.
    """
    temporary = path.parent / temporary_name()
    mode = _mode(path)
    try:
        _write_new(temporary, data, 0o666 if mode is None else 0o600)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
        _flush_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode(path: Path) -> int | None:
    """Give the permissions of an ordinary file; None where there is none."""
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            return stat.S_IMODE(status.st_mode)
    return None


def write_output(
    files: Mapping[Path, bytes], force: bool, error: type[EnregardError], otherwise: str | Remedy
) -> None:
    """Write files where the user wants them, and sweep there what a killed command left.

    One that is there and holds something else is replaced only by ``force``; what is no ordinary
    file never is. Raises UsageError before anything is written, ``error`` where it cannot be.
    """
    wanted = {expanded(path): data for path, data in files.items()}
    missing = {path: data for path, data in wanted.items() if not _stands(path, data, force)}
    for folder in dict.fromkeys(path.parent for path in wanted):
        sweep_dead(folder)
    for path, data in missing.items():
        with storing(str(path), error, otherwise):
            write_atomic(path, data)


def write_pieces(
    path: Path,
    pieces: Iterable[bytes],
    force: bool,
    error: type[EnregardError],
    otherwise: str | Remedy,
) -> None:
    """Write a file that is too large to be held, as ``write_output`` writes others."""
    wanted = expanded(path)
    staged, mode = wanted.parent / temporary_name(), _mode(wanted)
    sweep_dead(wanted.parent)
    try:
        with storing(str(path), error, otherwise):
            with staged.open("xb") as stream:
                stream.writelines(pieces)
                stream.flush()
                os.fsync(stream.fileno())
            if mode is not None:
                staged.chmod(mode)
            same = mode is not None and filecmp.cmp(staged, wanted, shallow=False)
        if not same:
            _stands(wanted, b"", force)
            with storing(str(path), error, otherwise):
                staged.replace(wanted)
                _flush_folder(wanted.parent)
    finally:
        with suppress(OSError):
            staged.unlink()


def _stands(path: Path, data: bytes, force: bool) -> bool:
    """Tell whether a file holds the data already; raises UsageError where it must not be replaced.

    That is where it holds anything else without ``force``, and where it is no ordinary file.
    """
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return False
    if not stat.S_ISREG(status.st_mode):
        kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
        kind = kinds.get(stat.S_IFMT(status.st_mode), "no ordinary file")
        raise UsageError(f"… is {kind}", "choose another name", where=path)
    with suppress(OSError):
        if status.st_size == len(data) and path.read_bytes() == data:
            return True
    if not force:
        raise UsageError("… exists", "choose another name", Remedy(Act.REPLACE_FILE), where=path)
    return False


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
    temporary = target.parent / temporary_name()
    try:
        temporary.mkdir()
        for name, data in files.items():
            _write_new(temporary / name, data)
        _write_new(temporary / CHECKSUMS, sums)
        _flush_folder(temporary)
        remove(target)
        temporary.rename(target)
        _flush_folder(target.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _holds(folder: Path, files: Mapping[str, bytes], sums: bytes) -> bool:
    try:
        return read_own(folder / CHECKSUMS) == sums and all(
            read_own(folder / name) == data for name, data in files.items()
        )
    except OSError:
        return False


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
        raise error(
            f"… cannot be written: {explain(cause)}",
            f"{remedy_of(cause)} and run again",
            otherwise,
            where=what,
        ) from None


def expanded(name: str | Path) -> Path:
    """Give a path with ``~`` replaced by the home folder.

    Raises InputError where there is none, or the name can be none of a file.
    """
    if "\0" in str(name):
        raise InputError("a name cannot hold the character U+0000", "remove it", where=repr(name))
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise InputError("there is no such home folder", "write the path out", where=name) from None


def in_full(path: Path) -> Path:
    """Give a path from the root on, without . and ..: the same for the same file."""
    # Two links to a file are two documents, which resolve() would not tell apart.
    return Path(os.path.abspath(path))  # noqa: PTH100
