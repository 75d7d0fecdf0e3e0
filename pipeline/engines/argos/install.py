"""An ``.argosmodel`` archive in, an installed package out, whatever is in the archive.

Argos' own installer unpacks an archive as it is, over other packages too. Here only files that a
package needs are unpacked, under one root, with a cap on what is really written, to a temporary
folder that is renamed at the end; what an archive claims about itself is never believed.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from pipeline.engines.argos.package import ArgosPackage, is_part, read_package
from pipeline.errors import EngineError, InputError, remedy_of
from pipeline.files import (
    explain,
    remove,
    storing,
    sweep_dead,
    temporary_folder,
)

MAX_ENTRIES = 5_000
MAX_FILE_BYTES = 3_000_000_000
# Weights hardly shrink, vocabularies shrink about threefold: more than this is a bomb.
MAX_RATIO = 100
_FREE_BYTES = 1_000_000
_BLOCK = 1 << 20
# What a package is unpacked to, in a temporary folder.
_ROOT = "package"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def unpacked(archive: Path, folder: Path) -> Iterator[ArgosPackage]:
    """Unpack an archive to a temporary place in ``folder``, which is removed at the end.

    Raises InputError where the archive is missing or unfit, EngineError where what it holds is no
    package.
    """
    with ExitStack() as stack:
        with storing(f"the packages folder {folder}", EngineError):
            folder.mkdir(parents=True, exist_ok=True)
            sweep_dead(folder)
            place = stack.enter_context(temporary_folder(folder)) / _ROOT
            place.mkdir()
        try:
            with zipfile.ZipFile(archive) as opened:
                _unpack(opened, archive.name, place)
        except FileNotFoundError:
            raise InputError("… does not exist", "check the path", where=archive) from None
        except IsADirectoryError:
            raise InputError("… is a folder", "name the .argosmodel file", where=archive) from None
        except _BROKEN as error:
            raise _refused(archive.name, f"it is damaged ({error})") from None
        except OSError as error:
            raise EngineError(
                f"… cannot be unpacked: {explain(error)}", remedy_of(error), where=archive
            ) from None
        yield read_package(place)


def keep(package: ArgosPackage, folder: Path) -> ArgosPackage:
    """Give an unpacked package its place in ``folder``, beside and never over any other.

    What stands there already is left if it is the same, and repaired if it was damaged.
    """
    sha256 = package.sha256
    target = folder / f"{package.source}_{package.target}-{package.version}-{sha256[:8]}"
    with storing(f"the packages folder {folder}", EngineError):
        if not _is_whole(target, sha256):
            remove(target)
            package.folder.rename(target)
    return read_package(target)


def _is_whole(folder: Path, sha256: str) -> bool:
    if folder.is_symlink():
        return False
    try:
        return read_package(folder).sha256 == sha256
    except EngineError:
        return False


def _unpack(archive: zipfile.ZipFile, name: str, place: Path) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _refused(name, f"it holds more than {MAX_ENTRIES:,} entries")
    roots: set[str] = set()
    seen: set[str] = set()
    for entry in entries:
        parts = _parts(entry, name)
        roots.add(parts[0])
        relative = "/".join(parts[1:])
        if relative.casefold() in seen and not entry.is_dir():
            raise _refused(name, f"it holds {relative!r} twice")
        seen.add(relative.casefold())
        if entry.is_dir() or not is_part(relative):
            continue
        target = place / relative
        target.parent.mkdir(exist_ok=True)
        with archive.open(entry) as source, target.open("wb") as sink:
            _copy(source, sink, entry, name)
    if len(roots) != 1:
        raise _refused(name, "it does not hold exactly one folder")


def _parts(entry: zipfile.ZipInfo, name: str) -> tuple[str, ...]:
    """Give the path of an entry as its parts; refuse one that is not plainly inside one folder."""
    path = entry.orig_filename
    parts = PurePosixPath(path).parts
    unsafe = path.startswith("/") or ".." in parts or re.search(r"[\x00-\x1f\\:]", path)
    if not parts or unsafe:
        raise _refused(name, f"it holds an unsafe name, {path!r}")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(name, f"{path!r} is not an ordinary file")
    return parts


def _copy(source: IO[bytes], sink: IO[bytes], entry: zipfile.ZipInfo, name: str) -> None:
    limit = min(MAX_FILE_BYTES, _FREE_BYTES + MAX_RATIO * entry.compress_size)
    written = 0
    while block := source.read(_BLOCK):
        written += len(block)
        if written > limit:
            raise _refused(name, f"{entry.filename!r} unpacks to far more than it should")
        sink.write(block)


def _refused(name: str, reason: str) -> InputError:
    return InputError(f"… is no Argos package to trust: {reason}", "download it again", where=name)
