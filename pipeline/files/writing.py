"""Bytes in, files and folders that are whole or absent out.

The recipe for "old or new, never a mixture": write to a temporary name in the same folder, flush
it to the disk, rename, flush the folder (Pillai et al., OSDI 2014).
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import Act, EnregardError, JobError, Remedy, UsageError, remedy_of
from pipeline.files.places import expanded
from pipeline.files.reading import explain, read_own
from pipeline.files.temporary import remove, sweep_dead, temporary_name

CHECKSUMS = "SHA256SUMS"
_ELSEWHERE = Remedy(Act.CHOOSE_OUTPUT)


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
