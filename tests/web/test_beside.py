"""What stands beside an open sentence: as a page of its own, and in parts for a script."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.errors import EngineError
from pipeline.jobs.memory import FILE, ApprovedPair, Memory
from pipeline.web.desk import Desk
from tests.support.obedient import Obedient

SCRIPT = {"accept": "application/json"}


def test_without_scripts_it_is_a_page(
    browser: TestClient,
    posted: str,
    tmp_path: Path,
    engine: Obedient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(Memory(tmp_path / "output" / FILE)) as memory:
        memory.add([ApprovedPair("Les Nations unies n’ont pas commenté la décision.", "No <b>.")])
    opened = browser.get(f"/jobs/{posted}/sentences/b0002.s01").text
    assert f'href="/jobs/{posted}/beside/b0002.s01"' in opened
    shown = browser.get(f"/jobs/{posted}/beside/b0002.s01?words=Tallinn").text
    assert "No &lt;b&gt;." in shown
    assert "<ins>cette</ins>" in shown
    assert "United Nations" in shown
    assert '<span class="hit">Tallinn</span>' in shown
    monkeypatch.setattr(engine, "_obey", lambda request: "It says otherwise.")
    asked = browser.get(f"/jobs/{posted}/beside/b0002.s01?part=engine").text
    assert "Use: It says otherwise." in asked
    assert browser.get(f"/jobs/{posted}/beside/none").status_code == 404


def test_a_script_is_given_the_part_that_it_asks_for(browser: TestClient, posted: str) -> None:
    address = f"/jobs/{posted}/beside/b0002.s01"
    whole = browser.get(address, headers=SCRIPT).text
    assert whole.startswith('<div class="aids">')
    part = browser.get(f"{address}?part=places&words=zzz", headers=SCRIPT).text
    assert part.strip().startswith('<section data-part="places">')
    assert "Nowhere else." in part


def test_an_engine_without_an_answer_says_so(browser: TestClient, posted: str, desk: Desk) -> None:
    def fails(job: str, segment: str) -> list[object]:
        raise EngineError("the engine gave no answer", "try again")

    desk.hypotheses = fails  # type: ignore[assignment]
    shown = browser.get(f"/jobs/{posted}/beside/b0002.s01?part=engine", headers=SCRIPT)
    assert shown.status_code == 200
    assert "the engine gave no answer" in shown.text
    assert "Ask the engine" in shown.text
