"""A machine that is full or shut is told at the desk as it is at the command line."""

from __future__ import annotations

import errno
import os
import tempfile

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("number", "what_to_do"),
    [(errno.ENOSPC, "free some space"), (errno.EACCES, "check the folder and its permissions")],
)
def test_a_refusal_of_the_system_is_told(
    number: int, what_to_do: str, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number), "/tmp/enregard-x")

    form = {"called": "deux", "text": "name: x\nentries:\n  - {source: pluie, target: rain}\n"}
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", refuse)
        answer = browser.post("/glossaries", data=form)
    assert answer.status_code == 507
    assert f"{os.strerror(number).lower()}; {what_to_do}" in answer.text
    assert "Traceback" not in answer.text
    assert browser.post("/glossaries", data=form).status_code == 303
