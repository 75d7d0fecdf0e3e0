"""A whole run, with the real model and the PDF, where there is no network; what it made, looked at.

The HTML is opened in Chromium with a log of its requests, the PDF is searched for whatever could
act or lead elsewhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.proof.ground import TEXT, place, work
from tests.proof.report import Tally
from tests.support.paths import ROOT

# Reports every socket, with what Python knows of it; exits where one is not local.
_GUARD = """
import sys
def watch(event, arguments):
    if event in ('socket.connect', 'socket.bind', 'socket.sendto', 'socket.getaddrinfo',
                 'urllib.Request', 'http.client.connect'):
        sys.stderr.write(f'NETWORK {event} {arguments!r}\\n')
sys.addaudithook(watch)
from pipeline.cli import main
main(sys.argv[1:])
"""
# Brings a loopback up, on which the desk listens, and becomes the command that follows.
_LOOPBACK = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_:
    fcntl.ioctl(any_, 0x8914, struct.pack("16sH14s", b"lo", 0x41, b""))
os.execv(sys.argv[1], sys.argv[1:])
"""
_ACTIONS = (b"/JavaScript", b"/JS", b"/Launch", b"/SubmitForm", b"/ImportData", b"/GoToR", b"/URI")
_HOSTILE = """\
# Un <script>alert(1)</script> accord

![x](https://example.org/x.png) <img src="https://example.org/y.png"> <iframe src="//example.org">

Le comité @import url(https://example.org/z.css) a signé. javascript:alert(1) file:///etc/passwd
"""
COMMANDS = (
    ("run", "t.md"),
    ("run", "h.md", "--set", "publish.layout=facing-pages"),
    ("list",),
    ("doctor",),
    ("engines",),
    ("glossary", "check", "g.yaml"),
)


def egress(tally: Tally, share: Callable[[int], bool]) -> None:
    """Run the program without a network, and look at what it made."""
    for piece, tests in enumerate(_suite(), 1):
        if share(piece):
            _run_apart(tally, tests, f"suite-{piece}.xml")
    if not share(0):
        return
    with place() as folder:
        work(folder, TEXT)
        (folder / "h.md").write_text(_HOSTILE, "utf-8")
        (folder / "enregard.yaml").write_text("glossaries: [g.yaml]\n", "utf-8")
        for command in COMMANDS:
            tally.add("commands without a network", _alone(folder, command), " ".join(command))
        for path in sorted(folder.glob("output/*/edition.html")):
            tally.add("requests of an HTML edition", _requests(path), path.parent.name)
        for path in sorted(folder.glob("output/*/quality.html")):
            tally.add("requests of a quality page", _requests(path), path.parent.name)
        for path in sorted(folder.glob("output/*/edition.pdf")):
            tally.add("actions of a PDF", _acts(path), path.parent.name)


def _suite() -> list[list[str]]:
    """Give the tests of the suite in pieces: each folder, and the files beside the folders."""
    tests = ROOT / "tests"
    folders = sorted({path.relative_to(tests).parts[0] for path in tests.glob("*/**/test_*.py")})
    return [*([f"tests/{name}"] for name in folders), sorted(map(str, tests.glob("test_*.py")))]


def _run_apart(tally: Tally, tests: list[str], name: str) -> None:
    """Run tests where there is no network, but for a loopback."""
    if not _may_part():
        return
    report = ROOT / "build" / "proof" / name
    done = subprocess.run(
        [
            *("unshare", "-n", sys.executable, "-c", _LOOPBACK),
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests),
            *("--junitxml", str(report), "--deselect", "tests/proof/test_sample.py"),
        ],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "LD_PRELOAD"},
        capture_output=True,
        text=True,
    )
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        named = f"{case.get('classname')}.{case.get('name')}"
        tally.add("tests without a network", done.stdout[-1500:] if failed else "", named)


def _alone(folder: Path, command: tuple[str, ...]) -> str:
    """Run a command where there is no network to be had; say what it asked for."""
    apart = ["unshare", "-n"] if _may_part() else []
    environment = {key: value for key, value in os.environ.items() if key != "LD_PRELOAD"}
    done = subprocess.run(
        [*apart, sys.executable, "-P", "-c", _GUARD, *command],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if done.returncode or "NETWORK" in done.stderr or "Traceback" in done.stderr:
        return f"{done.returncode}: {done.stderr[-1500:]}"
    return ""


def _may_part() -> bool:
    tool = shutil.which("unshare")
    return (
        bool(tool) and not subprocess.run([str(tool), "-n", "true"], capture_output=True).returncode
    )


def _requests(path: Path) -> str:
    """Open a page in Chromium; say what it asked for besides itself."""
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    environment: dict[str, str | float | bool] = {
        key: value for key, value in os.environ.items() if key != "LD_PRELOAD"
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"], env=environment
        )
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.keyboard.press("r")
        page.wait_for_load_state("networkidle")
        browser.close()
    others = [url for url in asked if url != path.as_uri() and not url.startswith("data:")]
    return f"it asked for {others[:5]}" if others else ""


def _acts(path: Path) -> str:
    """Say what of a PDF could run, launch or lead elsewhere."""
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    reader, found = PdfReader(path), []
    for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
        value = reader.get_object(number)
        if isinstance(value, DictionaryObject):
            found += [name for name in value if name.encode() in _ACTIONS]
            if value.get("/S") in ("/URI", "/Launch", "/JavaScript", "/GoToR"):
                found.append(str(value["/S"]))
    data = path.read_bytes()
    found += [name.decode() for name in _ACTIONS if re.search(name + rb"\b", data)]
    root: Any = reader.trailer["/Root"]
    if "/OpenAction" in root or "/AA" in root:
        found.append("/OpenAction")
    return f"it has {sorted(set(found))}" if found else ""
