"""Measure the desk on a long text: pages, saving, memory, and many people at once.

    python -m benchmarks.desk shared/eval/flores200.dev.fr shared/eval/flores200.dev.en

Takes lines of French and their English, makes a job of some 10,000 words in which each sentence is
translated as its line says (no model runs), and starts the real desk on it. Measured are, by the
clock: the page of the text, opening a sentence, saving one and seeing its findings; in Chromium,
where there is one, from asking for the page until its scripts run and until a sentence is open, and
from Ctrl+Enter until what was typed is stored and judged; the desk's memory; then twenty people who
read and five who edit the same sentences at once, each of whom writes only over what they have
seen. Every text that was accepted must stand in the history.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from pipeline import engines
from pipeline.engines import Offer
from pipeline.model import EngineCard, Hypothesis, Likelihood, Request
from pipeline.service.benches import Benches
from pipeline.service.intake import NewText, Wishes, add_texts
from pipeline.service.jobs import resume_job

ROOT = Path(__file__).resolve().parent.parent
WORDS = 10_000
READERS, EDITORS, ROUNDS = 20, 5, 6


class Lines:
    """An engine that says the English of a line; see ``pipeline.engines.protocol``."""

    card = EngineCard("embedded", "Lines", "1", "none", "lines")
    takes_hints = False
    half_beam_suffices = False

    def __init__(self, pairs: dict[str, str]) -> None:
        self.pairs = pairs

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give the English of each line."""
        del beam_size, guarded
        return [
            (Hypothesis(self.pairs.get(each.source, each.source), -0.3, True),) for each in requests
        ]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Give nothing: no glossary asks for it."""
        del beam_size
        return [() for _ in begun]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Find all equally probable."""
        return [Likelihood(-0.3, (-0.3,) * len(text.split())) for _, text in pairs]

    def fits(self, text: str) -> bool:
        """Tell that any line fits."""
        return len(text) < 10_000


class Client:
    """A browser as far as the desk can tell, with its key."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie

    def ask(
        self, method: str, address: str, body: str = "", **headers: str
    ) -> tuple[int, str, float]:
        """Ask once; give the status, the text and the seconds."""
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        told = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin", **headers}
        connection.request(method, address, body.encode(), told)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, time.perf_counter() - started

    def etag(self, job: str, segment: str) -> str:
        """Give what says which texts a sentence has."""
        found = re.search(
            r'data-etag="(\w+)"', self.ask("GET", f"/jobs/{job}/sentences/{segment}")[1]
        )
        assert found
        return found[1]

    def save(self, job: str, segment: str, text: str, etag: str) -> tuple[int, str, float]:
        """Write a sentence."""
        return self.ask(
            "PUT",
            f"/jobs/{job}/sentences/{segment}",
            json.dumps({"text": text}),
            **{
                "Content-Type": "application/json",
                "Accept": "application/json",
                "If-Match": f'"{etag}"',
            },
        )


def made(folder: Path, french: Sequence[str], english: Sequence[str]) -> tuple[str, list[str]]:
    """Make the job; give its name and the ids of its sentences."""
    pairs = dict(zip(french, english, strict=True))
    chosen: list[str] = []
    for line in french:
        if sum(len(each.split()) for each in chosen) >= WORDS:
            break
        chosen.append(line)
    engine = Lines(pairs)
    engines.ENGINES["embedded"] = lambda: [Offer(lambda: engine.card, lambda _: engine, 64, "here")]
    config = folder / "c.yaml"
    config.write_text("publish: {pdf: false}\ntranslate: {lexicon: false}\n", "utf-8")
    text = NewText("long.txt", "\n\n".join(chosen).encode())
    output = folder / "output"
    (job,) = add_texts(output, config, [text], Wishes()).jobs
    resume_job(output, job, lambda _: None)
    with Benches(output).open(job) as bench:
        return job, [row.segment.id for row in bench.rows()]


def crowd(client: Client, job: str, segments: Sequence[str]) -> tuple[Counter[int], int, int]:
    """Let many read and edit at once; give statuses, accepted texts, and those that were lost."""
    statuses: Counter[int] = Counter()
    accepted: list[tuple[str, str]] = []
    lock = threading.Lock()

    def read() -> None:
        for n in range(ROUNDS):
            for address in ("/text", f"/sentences/{segments[n]}", "/terms", ""):
                status, _, _ = client.ask("GET", f"/jobs/{job}{address}")
                with lock:
                    statuses[status] += 1

    def edit(who: int) -> None:
        for n in range(ROUNDS):
            segment, text = segments[n], f"Editor {who} wrote this in round {n}."
            while True:
                status, _, _ = client.save(job, segment, text, client.etag(job, segment))
                with lock:
                    statuses[status] += 1
                if status == 200:
                    accepted.append((segment, text))
                    break

    jobs: list[Callable[[], None]] = [read] * READERS
    jobs += [lambda who=who: edit(who) for who in range(EDITORS)]  # type: ignore[misc]
    threads = [threading.Thread(target=each) for each in jobs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    lost = sum(
        text not in client.ask("GET", f"/jobs/{job}/sentences/{segment}")[1]
        for segment, text in accepted
    )
    return statuses, len(accepted), lost


def main(french: Path, english: Path) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [path.read_text("utf-8").splitlines() for path in (french, english)]
        job, segments = made(folder, *texts)
        command = [sys.executable, "-m", "pipeline", "desk", "--no-browser", "--output", "output"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout
            address = urlsplit(process.stdout.readline().strip())
            assert address.port
            connection = http.client.HTTPConnection("127.0.0.1", address.port)
            connection.request("GET", f"{address.path}?{address.query}")
            cookie = (connection.getresponse().getheader("set-cookie") or "").split(";")[0]
            client = Client(address.port, cookie)
            measure(client, job, segments, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait()


def in_a_browser(client: Client, job: str, segments: Sequence[str]) -> None:
    """Print how long a browser takes until a sentence can be written in, and until it is stored."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium: not measured in a browser")
        return
    from playwright.sync_api import sync_playwright

    home = f"http://127.0.0.1:{client.port}"
    name, _, value = client.cookie.partition("=")
    ready, opened, stored = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, chromium_sandbox=False)
        context = browser.new_context(base_url=home)
        context.set_default_timeout(300_000)
        context.add_cookies([{"name": name, "value": value, "url": home}])
        page = context.new_page()
        # Whoever opens the text comes from another page of the desk.
        page.goto(f"/jobs/{job}")
        for segment in segments[20:25]:
            started = time.perf_counter()
            page.goto(f"/jobs/{job}/text", wait_until="commit")
            page.locator("[data-layers]:not([hidden])").wait_for(state="attached")
            ready.append(time.perf_counter() - started)
            row = page.locator(f'[id="{segment}"]')
            row.locator(".opens").press("Enter")
            row.locator("textarea[name=text]").wait_for()
            opened.append(time.perf_counter() - started)
            row.locator("textarea[name=text]").fill("The committee met on Tuesday in 1998.")
            started = time.perf_counter()
            page.keyboard.press("Control+Enter")
            row.locator(".s-yours").wait_for()
            stored.append(time.perf_counter() - started)
        browser.close()
    for what, took in (("interactive", ready), ("a sentence open", opened), ("stored", stored)):
        print(
            f"in a browser, {what}: first {took[0]:.2f} s, median {statistics.median(took):.2f}, "
            f"longest of the rest {max(took[1:]):.2f}"
        )


def measure(client: Client, job: str, segments: Sequence[str], process: psutil.Process) -> None:
    """Print what is measured."""
    print(f"{len(segments)} sentences")

    def times(name: str, ask: Callable[[str], float]) -> None:
        took = [ask(segment) for segment in segments[10:20]]
        print(
            f"{name}: first {took[0]:.2f} s, median {statistics.median(took):.2f}, "
            f"longest of the rest {max(took[1:]):.2f}"
        )

    times("text page", lambda _: client.ask("GET", f"/jobs/{job}/text")[2])
    times("a sentence", lambda s: client.ask("GET", f"/jobs/{job}/sentences/{s}")[2])
    times("beside it", lambda s: client.ask("GET", f"/jobs/{job}/beside/{s}")[2])
    etags = {segment: client.etag(job, segment) for segment in segments[10:20]}
    words = "The committee of ministers met on Tuesday in Paris and said nothing about 1998."
    times("saving", lambda s: client.save(job, s, words, etags[s])[2])
    in_a_browser(client, job, segments)
    print(f"memory {process.memory_info().rss / 1e6:.0f} MB")
    started = time.perf_counter()
    statuses, accepted, lost = crowd(client, job, segments)
    print(
        f"{READERS} readers and {EDITORS} editors: {dict(statuses)} in "
        f"{time.perf_counter() - started:.0f} s, {accepted} texts accepted, {lost} lost"
    )
    print(f"memory {process.memory_info().rss / 1e6:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
