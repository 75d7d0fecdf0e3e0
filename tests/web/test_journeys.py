"""An editor's ways through the desk: a real server process, a real model, a real browser."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support.paths import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium on this machine; apt-get install chromium"
)
ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1440, 900)}
TEXT = (
    "Les ministres des Affaires étrangères ont signé un accord à Riga. Il pleut sur le port.\n\n"
    "La pêche reprend mardi. Les Nations unies n’ont rien dit. Le comité se réunira en 2027."
)


@contextmanager
def a_desk(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a desk on a folder; give its process and its address."""
    command = [sys.executable, "-m", "pipeline", "desk", "--no-browser", "--output", "output"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0 or process.returncode == -signal.SIGKILL
        if process.stdout:
            process.stdout.close()


def children(process: subprocess.Popen[str]) -> list[int]:
    """Give the processes that a process has started."""
    command = ["ps", "-o", "pid=", "--ppid", str(process.pid)]
    return [int(each) for each in subprocess.run(command, capture_output=True).stdout.split()]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def entered(chromium: Any, address: str, size: str, script: bool = True, **more: Any) -> Any:
    """Open the desk in a browser of its own; whatever goes wrong in a page fails the test."""
    context = chromium.new_context(
        viewport=dict(zip(("width", "height"), SIZES[size], strict=True)),
        java_script_enabled=script,
        locale="en-GB",
        base_url=address.split("/start")[0],
        **more,
    )
    context.set_default_timeout(150_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"error in the page: {error}"))
    page.goto(address)
    page.wait_for_url("**/")
    return page


def pasted(page: Any, text: str = TEXT) -> None:
    """Make a job of a text, and wait for its edition."""
    page.get_by_label("or paste a French text").fill(text)
    page.get_by_label("Title").fill("Un accord")
    page.get_by_role("button", name="Translate").click()
    page.wait_for_url("**/jobs/*")


def finished(page: Any) -> None:
    page.locator(".card[data-condition=current]").wait_for()


def opened(page: Any, french: str) -> Any:
    """Open the sentence with this French by the keyboard; give its row."""
    row = page.locator(".row", has_text=french)
    row.locator(".opens").focus()
    page.keyboard.press("Enter")
    row.locator("textarea[name=text]").wait_for()
    return row


def pdf_text(page: Any) -> str:
    with page.expect_download() as downloading:
        page.get_by_role("link", name="PDF", exact=True).click()
    data = Path(downloading.value.path()).read_bytes()
    assert downloading.value.suggested_filename.endswith(" (fr-en).pdf")
    return " ".join(
        " ".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages).split()
    )


def test_from_a_text_to_a_pdf_with_exactly_the_changes(chromium: Any, folder: Path) -> None:
    with a_desk(folder) as (process, address):
        page = entered(chromium, address, "desktop")
        pasted(page)
        finished(page)
        page.get_by_role("link", name="Text").click()
        page.get_by_label("Who reads").fill("Élise Marchandeau")
        page.get_by_role("button", name="Set").click()
        for french, english in (
            ("Il pleut", "It rains on the old harbour."),
            ("La pêche", "Fishing starts again on Tuesday."),
            ("Le comité", "The committee meets in 2028."),
        ):
            row = opened(page, french)
            row.locator("textarea[name=text]").fill(english)
            page.keyboard.press("Control+Enter")
            page.locator(".row", has_text=french).locator(".s-yours").wait_for()
        row = opened(page, "Le comité")
        row.locator(".finding", has_text="2027").first.wait_for()
        count = row.get_by_role("button", name="Dismiss").count()
        row.get_by_role("button", name="Dismiss").first.click()
        row.get_by_role("button", name="It is one after all").first.wait_for()
        assert row.get_by_role("button", name="Dismiss").count() == count - 1
        row = opened(page, "Les Nations unies")
        row.get_by_role("button", name="Decline: Nations unies").click()
        row.get_by_text("declined by you").wait_for()
        row = opened(page, "Les ministres")
        row.get_by_text("Change the entry in this job").click()
        row.locator(".use input[name=target]").fill("foreign secretaries")
        row.get_by_role("button", name="Change", exact=True).click()
        page.get_by_role("button", name="Sign off all that is read").click()
        page.wait_for_load_state()
        page.get_by_role("link", name="Edition and files").click()
        page.get_by_role("button", name="Update the edition").click()
        finished(page)
        page.reload()
        printed = pdf_text(page)
        for english in (
            "It rains on the old harbour.",
            "Fishing starts again on Tuesday.",
            "The committee meets in 2028.",
            "foreign secretaries",
            "Élise Marchandeau",
        ):
            assert english in printed
        assert not children(process)


def test_without_scripts_on_a_phone(chromium: Any, folder: Path) -> None:
    with a_desk(folder) as (_, address):
        page = entered(chromium, address, "phone", script=False)
        page.set_input_files(
            "#files", {"name": "Un-accord.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
        )
        page.get_by_role("button", name="Translate").click()
        while not page.locator(".card[data-condition=current]").count():
            page.reload()
        page.get_by_role("link", name="Text").click()
        page.locator(".row", has_text="Il pleut").locator(".opens").click()
        page.locator("textarea[name=text]").fill("It rains.")
        page.get_by_role("button", name="Save").click()
        page.locator(".row.is-open .s-yours").wait_for()
        page.get_by_role("button", name="Update the edition").click()
        while not page.locator(".card[data-condition=current]").count():
            page.reload()
        assert "It rains." in pdf_text(page)


def test_two_tabs_a_killed_desk_and_a_killed_run_lose_nothing(chromium: Any, folder: Path) -> None:
    with a_desk(folder) as (process, address):
        page = entered(chromium, address, "tablet")
        pasted(page)
        for child in children(process):
            os.kill(child, signal.SIGKILL)
        page.locator(".card[data-condition=failed]").wait_for()
        page.get_by_text("nothing that was stored is lost").wait_for()
        page.get_by_role("button", name="Try again").click()
        finished(page)
        page.reload()
        page.get_by_role("link", name="Text").click()
        other = page.context.new_page()
        other.goto(page.url)
        mine, theirs = opened(page, "Il pleut"), opened(other, "Il pleut")
        theirs.locator("textarea[name=text]").fill("Theirs.")
        other.keyboard.press("Control+Enter")
        other.locator(".row", has_text="Il pleut").locator(".s-yours").wait_for()
        mine.locator("textarea[name=text]").fill("Mine.")
        page.keyboard.press("Control+Enter")
        page.locator(".conflict").get_by_text("Theirs.").wait_for()
        page.get_by_role("button", name="Keep mine").click()
        page.locator(".row", has_text="Il pleut").locator("[data-kind=saved]").first.wait_for()
        other.close()
        typed = opened(page, "La pêche").locator("textarea[name=text]")
        typed.fill("Half a sent")
        process.kill()
        page.locator(".row [data-kind=draft]").first.wait_for()
        page.get_by_text("The desk does not answer.").first.wait_for()
    with a_desk(folder) as (_, again):
        assert again.split("/start")[0] == address.split("/start")[0]
        page.goto(again)
        page.wait_for_url("**/")
        page.get_by_role("link", name="Un accord").click()
        assert page.locator(".row", has_text="Il pleut").locator(".en").inner_text() == "Mine."
        field = opened(page, "La pêche").locator("textarea[name=text]")
        assert field.input_value() == "Half a sent"


def test_no_page_has_a_fault_that_axe_knows(chromium: Any, folder: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with a_desk(folder) as (_, address):
        page = entered(chromium, address, "desktop")
        pasted(page)
        finished(page)
        job = page.url
        for size in ("desktop", "phone"):
            page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
            for place in ("/", job, f"{job}/text", f"{job}/terms", f"{job}/quality", "/machine"):
                page.goto(place)
                if place.endswith("/text"):
                    opened(page, "Les Nations unies")
                found = Axe().run(page, options={"resultTypes": ["violations"]})
                assert found.violations_count == 0, (place, found.generate_report())
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
