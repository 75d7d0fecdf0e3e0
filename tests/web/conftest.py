"""A desk on a folder of jobs, a browser that has its key, and an engine without a model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.service.benches import Benches
from pipeline.service.helper import others
from pipeline.service.jobs import resume_job
from pipeline.service.runs import Progress, Runs, RunState
from pipeline.web.app import make_app
from pipeline.web.desk import Desk
from pipeline.web.guard import Door
from tests.support.obedient import Obedient

PORT = 4321
HOME = f"http://127.0.0.1:{PORT}"


class Ready(Runs):
    """Runs that are over when they were started, in this process."""

    def __init__(self, output: Path) -> None:
        super().__init__(output)
        self._folder = output

    def start(
        self, job: str, rebuild: bool = False, flags: Mapping[str, object] | None = None
    ) -> bool:
        resume_job(self._folder, job, lambda _: None, rebuild=rebuild, flags=flags)
        self._put(Progress(job, RunState.DONE, 0))
        return True


@pytest.fixture
def desk(tmp_path: Path, engine: Obedient, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "c.yaml"
    config.write_text("publish: {pdf: false}\n", "utf-8")
    output = tmp_path / "output"
    ask = partial(others, Benches(output))
    return Desk(output, config, Ready(output), hypotheses=ask)


@pytest.fixture
def door() -> Door:
    return Door(PORT, "start-token", "key-token")


@pytest.fixture
def stranger(desk: Desk, door: Door) -> TestClient:
    """A client that knows the address and no token."""
    return TestClient(make_app(desk, door), base_url=HOME, follow_redirects=False)


def browser_of(desk: Desk, door: Door) -> TestClient:
    """Give a client like an editor's browser: it has the key, and says where it asks from."""
    return TestClient(
        make_app(desk, door),
        base_url=HOME,
        follow_redirects=False,
        headers={"sec-fetch-site": "same-origin", "accept-language": "en"},
        cookies={door.cookie: door.key},
    )


@pytest.fixture
def browser(desk: Desk, door: Door) -> TestClient:
    """A client like the editor's browser."""
    return browser_of(desk, door)


@pytest.fixture
def posted(browser: TestClient, article: Path) -> str:
    """The name of a job that was made of the article by its form."""
    with article.open("rb") as file:
        answer = browser.post("/jobs", files={"files": ("accord.md", file)})
    assert answer.status_code == 303
    return str(answer.headers["location"]).rsplit("/", 1)[1]
