"""A request of an editor's browser to the desk in; what came of it, as of a command, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.testclient import TestClient

from pipeline.errors import EnregardError
from pipeline.service.jobs import resume_job
from pipeline.service.runs import Progress, Runs, RunState
from pipeline.web.app import make_app
from pipeline.web.desk import Desk
from pipeline.web.guard import Door
from tests.proof.ground import TEXT, Said

_PORT = 4321
_SEGMENT = "b0001.s01"


class _Here(Runs):
    """Runs in this process, where they can be killed at a call."""

    def start(
        self, job: str, rebuild: bool = False, flags: Mapping[str, object] | None = None
    ) -> bool:
        try:
            resume_job(Path("output"), job, lambda _: None, rebuild=rebuild, flags=flags)
        except EnregardError as error:
            self._put(Progress(job, RunState.FAILED, 0, problem=error))
        else:
            self._put(Progress(job, RunState.DONE, 0))
        return True


def browser() -> tuple[TestClient, Desk]:
    """Open a desk on the current folder, and give an editor's browser."""
    door = Door(_PORT, "start", "key")
    desk = Desk(Path("output"), Path("enregard.yaml"), _Here(Path("output")))
    client = TestClient(
        make_app(desk, door),
        base_url=f"http://127.0.0.1:{_PORT}",
        follow_redirects=False,
        raise_server_exceptions=True,
        headers={"sec-fetch-site": "same-origin", "accept-language": "en"},
        cookies={door.cookie: door.key, "enregard-reviewer": "Anne"},
    )
    return client, desk


def asked(ask: Callable[[TestClient, str], object]) -> Callable[[str], Said]:
    """Give what opens a desk, asks it for something and says as a command would what came of it."""

    def does(job: str) -> Said:
        client, desk = browser()
        answer = ask(client, job)
        status, text = getattr(answer, "status_code"), getattr(answer, "text")  # noqa: B009
        failed = [str(run.problem) for run in desk.runs.since(0) if run.state is RunState.FAILED]
        if status >= 400 or failed:
            told = " ".join(re.sub(r"<[^>]*>", " ", text).split())
            return Said(1, "", f"enregard: {status} {failed or told[:500]}\n")
        return Said(0, f"{status}", "")

    return does


def create(client: TestClient, job: str) -> object:
    """Upload a text, which goes on with its job where there is one."""
    files = {"files": ("t.md", TEXT.encode())}
    return client.post("/jobs", data={"engine": "embedded", "glossary": "g.yaml"}, files=files)


def write(client: TestClient, job: str) -> object:
    """Write the English of a sentence."""
    return client.post(
        f"/jobs/{job}/sentences/{_SEGMENT}",
        data={"text": "A treaty was signed.", "etag": _etag(client, job)},
    )


def judge(client: TestClient, job: str) -> object:
    """Decline what the glossary did in a sentence."""
    form = {"entry": "accord", "ordinal": "0", "verdict": "declined", "etag": _etag(client, job)}
    return client.post(f"/jobs/{job}/terms/{_SEGMENT}", data=form)


def change(client: TestClient, job: str) -> object:
    """Give an entry another target."""
    form = {"entry": "accord", "target": "pact", "etag": _etag(client, job)}
    return client.post(f"/jobs/{job}/entries/{_SEGMENT}", data=form)


def mark(client: TestClient, job: str) -> object:
    """Sign a sentence off."""
    form = {"state": "signed-off", "etag": _etag(client, job)}
    return client.post(f"/jobs/{job}/states/{_SEGMENT}", data=form)


def undo(client: TestClient, job: str) -> object:
    """Take back what was decided last; where that is done, look at the text."""
    page = client.get(f"/jobs/{job}/text").text
    step = re.search(r'name="step" value="(\d+)"', page)
    if step is None:
        return client.get(f"/jobs/{job}/text")
    return client.post(f"/jobs/{job}/undo", data={"step": step[1]})


def layout(client: TestClient, job: str) -> object:
    """Ask for another layout."""
    form = {"layout": "facing-pages", "page_size": "A4", "dress": "print", "notices": "en"}
    return client.post(f"/jobs/{job}/layout", data=form | {"english": "gb"})


def glossary(client: TestClient, job: str) -> object:
    """Bring a glossary in, or look at it where it is there."""
    if Path("glossaries/deux.yaml").exists():
        return client.get("/glossaries/deux")
    text = "name: Essai deux\nentries:\n  - {source: pluie, target: rain}\n"
    return client.post("/glossaries", data={"called": "deux", "text": text})


def _etag(client: TestClient, job: str) -> str:
    page = client.get(f"/jobs/{job}/sentences/{_SEGMENT}").text
    found = re.search(r'name="etag" value="([^"]*)"', page)
    return found[1] if found else "none"
