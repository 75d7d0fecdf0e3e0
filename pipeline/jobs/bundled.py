"""The files that ship inside the program in; a refusal where one is not what was shipped, out.

A font cut short would print in another face, a changed lexicon would find other faults, and nobody
would notice. Their hashes stand in the package's ``SHA256SUMS``, which ``tools/versions.py``
makes; the embedded model's own manifest is among them, and holds those of its large parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pipeline.engines.embedded.files import find
from pipeline.errors import EngineError, EnregardError, PublishError
from pipeline.files import CHECKSUMS, explain, shipped

_PACKAGE = Path(__file__).resolve().parent.parent
# What is written here by people and made by no tool, and what is not read at all.
_LEFT_OUT = (".py", ".pyc", ".po")
_MODEL = "models/fr-en-1"
# What an edition is made with: what knows the languages, and what sets and prints the pages.
EDITIONS = ("language/", "stages/")
_REMEDY = "install Enregard again"
_DEVELOPER = "run tools/versions.py if you changed it yourself"


def bundled_files() -> Iterator[tuple[str, Path]]:
    """Give every file whose hash is kept: its name in the list, and where it is."""
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE).as_posix()
        kept = path.is_file() and path.suffix not in _LEFT_OUT and "__pycache__" not in path.parts
        if kept and not name.startswith("_shipped/") and name != CHECKSUMS:
            yield name, path
    for path in sorted(shipped(_MODEL).iterdir()):
        if ".bin." not in path.name:
            yield f"{_MODEL}/{path.name}", path


@cache
def hashes() -> Mapping[str, str]:
    """Give the hash of each file as it was shipped; raises PublishError where the list is gone."""
    try:
        lines = (_PACKAGE / CHECKSUMS).read_text(encoding="utf-8").splitlines()
        return {line[66:]: line[:64] for line in lines}
    except (OSError, UnicodeDecodeError):
        raise _damaged(_PACKAGE / CHECKSUMS, "missing or damaged", PublishError) from None


def edition_hash() -> str:
    """Give one hash of all that an edition is made with."""
    lines = (f"{value} {name}" for name, value in hashes().items() if name.startswith(EDITIONS))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


@cache
def check_editions() -> None:
    """Check what an edition is made with; raises PublishError naming the first that is damaged."""
    _check((name for name in hashes() if name.startswith(EDITIONS)), PublishError)


def check_all() -> int:
    """Check every file, and give how many there are; raises an error naming the first damaged."""
    _check(hashes(), EngineError)
    return len(hashes())


def _check(names: Iterable[str], error: type[EnregardError]) -> None:
    for name in names:
        _, _, file = name.partition(f"{_MODEL}/")
        path = find(Path(_MODEL).name, file) if file else _PACKAGE / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as cause:
            raise _damaged(path, explain(cause), error) from None
        if found != hashes()[name]:
            raise _damaged(path, "it is not what was shipped", error)


def _damaged(path: Path, reason: str, error: type[EnregardError]) -> EnregardError:
    return error(f"… is damaged: {reason}", _REMEDY, _DEVELOPER, where=path)


def listing() -> str:
    """Give the list of hashes as the files are now."""
    found = (
        (name, hashlib.sha256(path.read_bytes()).hexdigest()) for name, path in bundled_files()
    )
    return "".join(f"{value}  {name}\n" for name, value in found)
