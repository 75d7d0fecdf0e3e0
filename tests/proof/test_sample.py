"""A little of the proof on every change; all of it is `make proof`."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.proof.__main__ import QUICK
from tests.support.paths import ROOT


@pytest.fixture(scope="module")
def said() -> str:
    """What a little of each part says; one process does them all, as getting ready is dear."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof", "--quick", *QUICK],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return f"{done.stdout}{done.stderr[-4000:]}\nexit code {done.returncode}"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
@pytest.mark.parametrize("part", QUICK)
def test_a_little_of_the_proof(part: str, said: str) -> None:
    assert re.search(rf"^{part}: \d+ tries, 0 faults$", said, re.MULTILINE), said[-8000:]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_all_of_the_little_ends_well(said: str) -> None:
    assert said.endswith("\nexit code 0"), said[-8000:]
