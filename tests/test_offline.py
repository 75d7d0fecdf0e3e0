"""Offline is offline: a whole run, from text to PDF, never so much as makes a socket."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GUARDED = """
import sys
def forbid(event, arguments):
    if event.startswith('socket.') or event in ('urllib.Request', 'http.client.connect'):
        sys.stderr.write(f'NETWORK: {event} {arguments!r}\\n')
        sys.stderr.flush()
        import os
        os._exit(99)
sys.addaudithook(forbid)
from pipeline.cli import main
main(sys.argv[1:])
"""


def guarded(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARDED, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_a_whole_run_makes_no_socket(article: Path, fast_config: Path, tmp_path: Path) -> None:
    done = guarded(tmp_path, "run", article.name, "--config", fast_config.name, "--json")
    assert done.returncode == 0, done.stderr
    assert '"state": "published"' in done.stdout
    for command in (["doctor"], ["engines"], ["list"]):
        assert guarded(tmp_path, *command).returncode == 0


def test_the_guard_sees_a_socket(tmp_path: Path) -> None:
    opening = "import socket; socket.socket()\nfrom pipeline.cli"
    probe = GUARDED.replace("from pipeline.cli", opening)
    done = subprocess.run([sys.executable, "-c", probe, "list"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 99
