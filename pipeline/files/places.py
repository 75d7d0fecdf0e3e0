"""The name of a file or folder in; its path out."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import InputError

_PACKAGE = Path(__file__).resolve().parent.parent
# The settings of the folder that one works in, below those of a file that is named.
PROJECT_FILE = "enregard.yaml"


def shipped(name: str) -> Path:
    """Give the path of something that ships with the program: ``config``, ``models``, ….

    In a clone these are folders beside the package; in an installed wheel they are inside it.
    """
    installed = _PACKAGE / "_shipped"
    return (installed if installed.is_dir() else _PACKAGE.parent) / name


def project_file() -> list[Path]:
    """Give the settings of this folder; none where there is nothing of that name.

    What has the name and is no file is given too: settings that cannot be read are no absent ones.
    """
    return [Path(PROJECT_FILE)] if os.path.lexists(PROJECT_FILE) else []


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
