"""A little of the proof on every change; all of it is `make proof`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.proof.__main__ import QUICK
from tests.support.paths import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
@pytest.mark.parametrize("part", QUICK)
def test_a_little_of_the_proof(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof", "--quick", part],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
