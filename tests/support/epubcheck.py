"""Asks epubcheck, which other people made, what is wrong with a book."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_COMMAND = shutil.which("epubcheck")
# What starts sooner: a book is checked before the machine's own translation pays.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

needs_epubcheck = pytest.mark.skipif(
    _COMMAND is None or shutil.which("java") is None,
    reason="epubcheck or Java is not on this machine; apt-get install epubcheck",
)


def complaints(path: Path) -> str:
    """Give what is wrong with a book, "" where nothing is."""
    assert _COMMAND
    # Debian's command is the archive itself.
    command = ["java", *_QUICK, "-jar", str(Path(_COMMAND).resolve()), str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    said = done.stdout + done.stderr
    return "" if "0 fatals / 0 errors / 0 warnings" in said else said
