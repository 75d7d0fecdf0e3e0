"""An editor's ways through the desk: a real server process, a real model, a real browser."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support import browsers
from tests.support.browsers import needs_chromium
from tests.support.paths import ROOT

pytestmark = needs_chromium
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1440, 900)}
SHAPES = {**SIZES, "zoomed": (720, 450)}
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
        assert process.wait(300) == 0 or process.returncode == -signal.SIGKILL
        if process.stdout:
            process.stdout.close()


def children(process: subprocess.Popen[str]) -> list[int]:
    """Give the processes that a process has started."""
    command = ["ps", "-o", "pid=", "--ppid", str(process.pid)]
    return [int(each) for each in subprocess.run(command, capture_output=True).stdout.split()]


def ended(process: subprocess.Popen[str]) -> None:
    """Wait for the end of those that run of the processes that a process has started."""
    for child in children(process):
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(child)
            select.select([handle], [], [])
            os.close(handle)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browsers.chromium() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def a_page(context: Any) -> Any:
    """Open a page; whatever goes wrong in it fails the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"error in the page: {error}"))
    return page


def entered(chromium: Any, address: str, size: str, script: bool = True, **more: Any) -> Any:
    """Open the desk in a browser of its own."""
    context = browsers.context_of(
        chromium,
        viewport=dict(zip(("width", "height"), SIZES[size], strict=True)),
        java_script_enabled=script,
        locale="en-GB",
        base_url=address.split("/start")[0],
        **more,
    )
    page = a_page(context)
    page.goto(address)
    page.wait_for_url("**/")
    return page


def begun(page: Any) -> None:
    """Ask for a job of the text."""
    page.get_by_label("or paste a French text").fill(TEXT)
    page.get_by_label("Title").fill("Un accord")
    page.get_by_role("button", name="Translate").click()


def pasted(page: Any) -> None:
    """Make a job of the text, and wait for its page."""
    begun(page)
    page.wait_for_url("**/jobs/*")


def finished(page: Any) -> None:
    """Wait for the edition's files: when a run is over its page is loaded anew, with them."""
    page.locator(".downloads a[href$='/docx']").wait_for()


def text_of(page: Any) -> None:
    """Go to the sentences of the job that is shown."""
    page.get_by_role("link", name="Text").click()
    page.wait_for_url("**/text")


def opened(page: Any, french: str) -> Any:
    """Open the sentence with this French by the keyboard, once the scripts run; give its row."""
    page.locator("[data-layers]:not([hidden])").wait_for(state="attached")
    row = page.locator(".row", has_text=french)
    row.locator(".opens").focus()
    page.keyboard.press("Enter")
    row.locator("textarea[name=text]").wait_for()
    return row


def stored(page: Any, row: Any) -> None:
    """Store the open sentence by the keyboard; wait until it is, and the next one is open."""
    own = f'[data-number="{row.get_attribute("data-number")}"]'
    page.keyboard.press("Control+Enter")
    row.locator(".s-yours").wait_for()
    page.locator(f".row.is-open:not({own}), .row.is-open{own}:last-child").wait_for()


def holds(field: Any, text: str) -> None:
    """Wait until a field holds a text."""
    from playwright.sync_api import expect

    expect(field).to_have_value(text)


def gone(field: Any, text: str) -> None:
    """Wait until a field holds another text, and any."""
    from playwright.sync_api import expect

    expect(field).not_to_have_value(text)
    expect(field).not_to_have_value("")


def says(place: Any, text: str) -> None:
    """Wait until a place says a text."""
    from playwright.sync_api import expect

    expect(place).to_have_text(text)


def number(many: Any, count: int) -> None:
    """Wait until there are as many."""
    from playwright.sync_api import expect

    expect(many).to_have_count(count)


def pdf_text(page: Any) -> str:
    with page.expect_download() as downloading:
        page.get_by_role("link", name="PDF", exact=True).click()
    data = Path(downloading.value.path()).read_bytes()
    assert downloading.value.suggested_filename.endswith(" (fr-en).pdf")
    return " ".join(
        " ".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages).split()
    )


def press(page: Any, locator: Any) -> None:
    """Press a button or follow a link by the keyboard alone."""
    locator.focus()
    page.keyboard.press("Enter")


def typed(page: Any, field: Any, text: str) -> None:
    """Put a text in the place of what a field has, by the keyboard alone."""
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


EDITS = (
    ("Il pleut", "It rains on the old harbour."),
    ("La pêche", "Fishing starts again on Tuesday."),
    ("Le comité", "The committee meets in 2028."),
)


# With the middle size somebody edits in two tabs, below.
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_from_a_text_to_a_pdf_with_exactly_the_changes_by_keyboard(
    chromium: Any, folder: Path, size: str
) -> None:
    with a_desk(folder) as (process, address):
        page = entered(chromium, address, size)
        typed(page, page.get_by_label("or paste a French text"), TEXT)
        typed(page, page.get_by_label("Title"), "Un accord")
        press(page, page.get_by_role("button", name="Translate"))
        page.wait_for_url("**/jobs/*")
        finished(page)
        before = pdf_text(page)
        press(page, page.get_by_role("link", name="Text"))
        typed(page, page.get_by_label("Who reads"), "Élise Marchandeau")
        press(page, page.get_by_role("button", name="Set"))
        page.locator(".who").get_by_role("button", name="Change").wait_for()
        for french, english in EDITS:
            row = opened(page, french)
            typed(page, row.locator("textarea[name=text]"), english)
            stored(page, row)
        row = opened(page, "Le comité")
        row.locator(".finding", has_text="2027").first.wait_for()
        count = row.get_by_role("button", name="Dismiss").count()
        press(page, row.get_by_role("button", name="Dismiss").first)
        row.get_by_role("button", name="Reopen").first.wait_for()
        number(row.get_by_role("button", name="Dismiss"), count - 1)
        row = opened(page, "Les Nations unies")
        press(page, row.get_by_role("button", name="Decline: Nations unies"))
        row.get_by_text("declined by you").wait_for()
        row = opened(page, "Les ministres")
        press(page, row.get_by_text("Change the entry in this job"))
        typed(page, row.locator(".use input[name=target]"), "foreign secretaries")
        press(page, row.get_by_role("button", name="Change", exact=True))
        page.get_by_role("button", name="Undo: entry").wait_for()
        press(page, page.get_by_role("button", name="Sign off all that is read"))
        page.get_by_text("3 signed off").wait_for()
        press(page, page.get_by_role("link", name="Edition and files"))
        page.wait_for_url("**/jobs/*")
        press(page, page.get_by_role("button", name="Update the edition"))
        finished(page)
        printed = pdf_text(page)
        for _, english in EDITS:
            assert english in printed
            assert english not in before
        assert "foreign secretaries" in printed
        assert "Élise Marchandeau" in printed
        assert not children(process)


def test_without_scripts_and_in_every_size(chromium: Any, folder: Path) -> None:
    def settled() -> None:
        page.wait_for_url("**/jobs/*")
        while not page.locator(".card[data-condition=current]").count():
            ended(process)
            page.reload()

    def click(button: Any) -> None:
        """Click, where a finger could on a page of any size."""
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            button.click(trial=True)
        button.click()

    def followed(french: str) -> Any:
        click(page.locator(".row", has_text=french).locator(".opens"))
        row = page.locator(".row.is-open", has_text=french)
        row.wait_for()
        return row

    with a_desk(folder) as (process, address):
        page = entered(chromium, address, "phone", script=False)
        page.set_input_files(
            "#files", {"name": "Un-accord.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
        )
        click(page.get_by_role("button", name="Translate"))
        settled()
        text_of(page)
        page.get_by_label("Who reads").fill("Élise Marchandeau")
        click(page.get_by_role("button", name="Set"))
        page.locator(".who").get_by_role("button", name="Change").wait_for()
        for french, english in EDITS:
            row = followed(french)
            row.locator("textarea[name=text]").fill(english)
            click(row.get_by_role("button", name="Save"))
            row.locator(".s-yours").wait_for()
        click(followed("Le comité").get_by_role("button", name="Dismiss").first)
        page.locator(".row.is-open").get_by_role("button", name="Reopen").wait_for()
        click(followed("Nations unies").get_by_role("button", name="Decline: Nations unies"))
        page.locator(".row.is-open").get_by_text("declined by you").wait_for()
        row = followed("Les ministres")
        click(row.get_by_role("link", name="Memory, dictionary"))
        click(page.get_by_role("link", name="Back to sentence"))
        click(page.locator(".row.is-open").get_by_text("Change the entry in this job"))
        page.locator(".use input[name=target]").fill("foreign secretaries")
        click(page.locator(".row.is-open").get_by_role("button", name="Change", exact=True))
        page.get_by_role("button", name="Undo: entry").wait_for()
        click(page.get_by_role("button", name="Sign off all that is read"))
        page.get_by_text("3 signed off").wait_for()
        click(page.get_by_role("button", name="Update the edition"))
        settled()
        printed = pdf_text(page)
        for _, english in EDITS:
            assert english in printed
        assert "foreign secretaries" in printed


def test_a_closed_laptop_and_the_back_button_lose_nothing(chromium: Any, folder: Path) -> None:
    with a_desk(folder) as (process, address):
        page = entered(chromium, address, "desktop")
        pasted(page)
        finished(page)
        text_of(page)
        row = opened(page, "Il pleut")
        # As if the machine slept: nothing answers, and then everything does.
        process.send_signal(signal.SIGSTOP)
        row.locator("textarea[name=text]").fill("It rains.")
        page.keyboard.press("Control+Enter")
        page.locator(".row", has_text="Il pleut").locator("[data-kind=saving]").first.wait_for()
        process.send_signal(signal.SIGCONT)
        page.locator(".row", has_text="Il pleut").locator(".s-yours").wait_for()
        page.locator(".row.is-open", has_text="La pêche").wait_for()
        # What is half typed waits for who comes back.
        opened(page, "La pêche").locator("textarea[name=text]").fill("Half a sent")
        page.get_by_role("link", name="Terms").click()
        page.get_by_role("heading", name="Occurrences").wait_for()
        page.go_back()
        # The sentence that was open is open again.
        page.locator(".row.is-open", has_text="La pêche").wait_for()
        page.locator(".row", has_text="Il pleut").get_by_text("It rains.").first.wait_for()
        field = opened(page, "La pêche").locator("textarea[name=text]")
        holds(field, "Half a sent")
        # The panel: another translation is taken over into the field, and back with Ctrl+Z.
        row = opened(page, "Les Nations unies")
        field = row.locator("textarea[name=text]")
        before = field.input_value()
        row.get_by_role("button", name="Ask the engine").click()
        row.get_by_role("button", name="Use: ").first.click()
        gone(field, before)
        page.keyboard.press("Control+Z")
        holds(field, before)
        # Beneath the field stands what the page will print.
        field.fill('It "rains".')
        row.get_by_text("It ‘rains’.").wait_for()
        field.fill(before)
        row.get_by_label("French or English words to look for").fill("pluie")
        row.get_by_role("button", name="Find").click()
        row.get_by_text("Nowhere else.").wait_for()


def test_two_tabs_a_killed_desk_and_a_killed_run_lose_nothing(chromium: Any, folder: Path) -> None:
    with a_desk(folder) as (process, address):
        page = entered(chromium, address, "tablet")
        begun(page)
        while not (running := children(process)):
            pass
        for child in running:
            os.kill(child, signal.SIGKILL)
        page.locator(".card[data-condition=failed]").wait_for()
        # A page is loaded anew when the run that it shows is over; one that comes later is not.
        job, begin = page.url, page
        page = begin.context.new_page()
        begin.close()
        page.goto(job)
        page.get_by_text("nothing that was stored is lost").wait_for()
        page.get_by_role("button", name="Try again").click()
        finished(page)
        text_of(page)
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
        says(page.locator(".row", has_text="Il pleut").locator(".en"), "Mine.")
        field = opened(page, "La pêche").locator("textarea[name=text]")
        holds(field, "Half a sent")


def test_what_an_update_changes_is_shown_beside_a_sentence_that_is_typed(
    chromium: Any, folder: Path
) -> None:
    with a_desk(folder) as (_, address):
        page = entered(chromium, address, "desktop")
        pasted(page)
        finished(page)
        text_of(page)
        row = opened(page, "Les Nations unies")
        row.get_by_text("Change the entry in this job").click()
        row.locator(".use input[name=target]").fill("the UN")
        row.get_by_role("button", name="Change", exact=True).click()
        row.locator(".term-missing").wait_for()
        # It is the word in the French that is underlined, and not all that is said of it.
        lines = "(use) => getComputedStyle(use).textDecorationLine"
        assert row.locator(".use").evaluate(lines) == "none"
        field = opened(page, "La pêche").locator("textarea[name=text]")
        press(page, page.get_by_role("button", name="Update the edition"))
        field.fill("Half a sent")
        page.locator(".row", has_text="Les Nations unies").locator(".term-present").last.wait_for()
        number(page.locator(".row", has_text="Les Nations unies").locator(".s-pending"), 0)
        holds(field, "Half a sent")


@pytest.fixture(scope="module")
def published(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page that shows a published job, on a desk of its own."""
    with a_desk(tmp_path_factory.mktemp("desk")) as (_, address):
        page = entered(chromium, address, "desktop")
        pasted(page)
        finished(page)
        yield page


LOOKS = [("desktop", "light"), ("phone", "dark"), ("zoomed", "light")]


def test_no_page_has_a_fault_that_axe_knows(published: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    def sound(place: str) -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, (place, look, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (place, look)

    page, job = a_page(published.context), published.url
    page.goto("/glossaries")
    page.get_by_label("An empty one, called").fill("Essai")
    page.get_by_role("button", name="Create").click()
    page.get_by_label("French", exact=True).fill("accord")
    page.get_by_label("English", exact=True).fill("deal")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Change: accord").wait_for()
    places = [
        "/",
        "/?find=pluie",
        "/?archived=yes",
        job,
        f"{job}/text?order=risk",
        f"{job}/text?find=zzz",
        f"{job}/terms",
        f"{job}/quality",
        f"{job}/replace?find=the&by=a",
        f"{job}/replace?find=zzz&by=a",
        "/glossaries?source=a&target=b",
        "/glossaries/essai?edit=0",
        "/glossaries/diplomacy",
        "/machine",
        "/nowhere",
    ]
    for look in LOOKS:
        size, scheme = look
        page.set_viewport_size(dict(zip(("width", "height"), SHAPES[size], strict=True)))
        page.emulate_media(color_scheme=scheme)
        for place in places:
            page.goto(place)
            sound(place)
        page.goto(f"{job}/text")
        row = opened(page, "Les Nations unies")
        row.locator(".aids").wait_for()
        row.locator(".senses summary").click()
        sound("an open sentence")
        page.goto(f"{job}/beside/{row.get_attribute('id')}?words=accord")
        sound("beside a sentence")
        page.goto(job)
        page.get_by_role("button", name="Delete …").click()
        page.get_by_role("heading", name="Delete this job?").wait_for()
        sound("delete")
        table = {"name": "t.csv", "mimeType": "text/csv", "buffer": b"source,target\na,b\n"}
        page.goto("/glossaries")
        page.set_input_files("#file", table)
        page.get_by_role("button", name="Add").click()
        page.get_by_role("heading", name="Add this glossary?").wait_for()
        sound("a glossary that comes in")


def test_everything_is_reached_by_tab_alone(published: Any) -> None:
    shown = """() => [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter((each) => each.checkVisibility() && !each.disabled).length"""
    reached = """() => { const at = document.activeElement;
        if (at === document.body || at.dataset.reached) return false;
        if (at.matches('a[href], button, input, select, textarea, summary')) at.dataset.reached = 1;
        return true; }"""
    page, job = a_page(published.context), published.url
    for place in ("/", job, f"{job}/text", f"{job}/terms", f"{job}/replace", "/machine"):
        page.goto(place)
        if place.endswith("/text"):
            opened(page, "Les Nations unies").locator(".aids").wait_for()
        # What is within a frame is another page's; entered, it would keep the focus.
        page.evaluate("for (const each of document.querySelectorAll('iframe')) each.inert = true")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.locator(".skip").focus()
        while page.evaluate(reached):
            page.keyboard.press("Tab")
        left = page.evaluate(shown) - page.locator("[data-reached]").count()
        names = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input, select, summary')]"
            ".filter((each) => each.checkVisibility() && !each.dataset.reached)"
            ".map((each) => each.outerHTML.slice(0, 90))"
        )
        assert left == 0, (place, names)
