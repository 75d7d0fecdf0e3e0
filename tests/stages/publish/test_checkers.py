"""Others' checkers find nothing in the editions. Each runs where it is on this machine.

``pip install outloud pdfua`` in an environment of their own on the path (they bring libraries that
the program must not need), and ``npm install vnu-jar`` beside Java, with its folder in VNU. ACE is
the command ``ace-puppeteer`` of ``npm install @daisy/ace``, which wants a Chromium.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_settings
from pipeline.jobs.plan import registered
from pipeline.model import BlockKind, EditionContent, House, Logo
from pipeline.stages.publish.dress import dress_of
from pipeline.stages.publish.exports import EXPORTS
from pipeline.stages.publish.figures import assess
from pipeline.stages.publish.render import (
    PrintOptions,
    build_edition,
    render_html,
    render_pdf,
    render_quality,
    screen_css,
)
from pipeline.stages.publish.render.view import Edition
from tests.support.render_long import long_text
from tests.support.render_sample import P, Plan, make_content
from tests.support.showcase import showcase

OUTLOUD, PDFUA = shutil.which("outloud"), shutil.which("pdfua")
VNU = Path(os.environ.get("VNU", "")) / "build" / "dist" / "vnu.jar"
ACE = shutil.which(os.environ.get("ACE", "ace-puppeteer"))
# The checker does not know that a policy may name a style and a script by their hashes, nor that
# "data:" lets a picture inside the page load, which Chromium shows.
POLICY = re.compile(r"(?:Inline (?:style|script)|Resource) violates Content Security Policy")
SETTINGS: dict[str, dict[str, object]] = {
    "review": {},
    "print": {"publish.dress": "print"},
    "book": {"publish.dress": "print", "publish.book": True},
    "tables": {"publish.dress": "print", "publish.parts": {"numbers": True}},
}
LOGO = Logo(
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1" width="300" height="100">'
    b'<circle cx="1" cy=".5" r=".4"/></svg>',
    (300.0, 100.0),
    b"",
    b"",
)
# Heads of pages with so many small words may be taken for text that nobody is read.
LONG_TITLES = (
    "Le port que le ministre des Affaires étrangères a visité hier avec le maire de la ville",
    "The port that the minister of foreign affairs has seen with the mayor of the town",
)
TABLE: list[Plan] = [
    *[(P, 0, "", [("Le poète محمود درويش est venu. " * 9, "The poet محمود درويش came. " * 9)])] * 9,
    (P, 0, "", [("Le port, en chiffres.", "The port, in figures.")]),
    *(
        (BlockKind.CELL, column, f"1.{line}", [(text, text)])
        for line, cells in enumerate((("Port", "Tonnes"), ("Brest", "1 250"), ("Caen", "870")), 1)
        for column, text in enumerate(cells, 1)
    ),
    # A table that finds no room, whose cells stand below one another.
    *(
        (BlockKind.CELL, column, f"2.{line}", [(text, text)])
        for line, cells in enumerate(
            (
                ("Port", "Tonnes", "Remarques des services de la capitainerie du port"),
                ("Brest", "1 250", "Le registre est tenu à jour par les services du port"),
                ("Caen", "870", "Le registre n’est plus tenu depuis la dernière tempête"),
            ),
            1,
        )
        for column, text in enumerate((*cells, *cells[2:]), 1)
    ),
    (BlockKind.IMAGE, 0, "", [("Le port vu du phare.", "The port from the lighthouse.")]),
    (BlockKind.VERSE, 1, "", [("Le vent du nord", "The north wind")]),
    (BlockKind.VERSE, 2, "", [("a pris ma voile.", "has taken my sail.")]),
    (P, 0, "", [("Voir https://www.exemple.org/port-de-brest.", "See https://www.exemple.org/a.")]),
    (BlockKind.NOTE, 0, "1", [("Selon le registre.", "According to the register.")]),
]
LAYOUTS = ("side-by-side", "facing-pages", "interlinear")


def content_of(kind: str) -> EditionContent:
    settings = load_settings(registered(), flags=SETTINGS[kind])
    if kind == "tables":
        dress = dress_of(settings.publish, House("Les Éditions du Phare", logo=LOGO))
        return replace(make_content(TABLE, *LONG_TITLES), dress=dress)
    content = long_text(2_000) if kind == "book" else showcase()
    return replace(content, dress=dress_of(settings.publish))


def edition(kind: str) -> Edition:
    return build_edition(content_of(kind))


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pdfs")
    made = []
    for kind in SETTINGS:
        view = edition(kind)
        for layout in LAYOUTS:
            options = PrintOptions("A5" if kind == "book" else "A4", layout, book=kind == "book")
            made.append(folder / f"{kind}-{layout}.pdf")
            made[-1].write_bytes(render_pdf(view, options))
    return made


def findings(report: Any) -> Iterator[str]:
    """Give each error and each warning of a report of outloud."""
    if isinstance(report, dict) and report.get("severity") in ("error", "warning"):
        if "rule" in report and "message" in report:
            yield f"{report['rule']} on page {report.get('page')}: {report['message']}"
    elif isinstance(report, dict):
        for each in report.values():
            yield from findings(each)
    elif isinstance(report, list):
        for each in report:
            yield from findings(each)


@pytest.mark.skipif(OUTLOUD is None, reason="outloud is not on this machine")
def test_outloud_finds_nothing_in_any_pdf(pdfs: list[Path]) -> None:
    assert OUTLOUD
    for path in pdfs:
        command = [OUTLOUD, "--json", "-", "--fail-on", "never", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        report = done.stdout[done.stdout.index("{") :]
        assert list(findings(json.loads(report))) == [], path.stem


@pytest.mark.skipif(PDFUA is None, reason="pdfua is not on this machine")
def test_pdfua_finds_no_error_in_any_pdf(pdfs: list[Path]) -> None:
    assert PDFUA
    done = subprocess.run([PDFUA, "check", *map(str, pdfs)], capture_output=True, text=True)
    assert done.stdout.count("errors=0 warnings=0") == len(pdfs), done.stdout


@pytest.mark.skipif(
    not VNU.is_file() or shutil.which("java") is None,
    reason="the Nu HTML checker or Java is not on this machine",
)
def test_the_nu_checker_finds_nothing_in_the_pages(tmp_path: Path) -> None:
    content, pages = showcase(), []
    for kind in ("review", "print", "tables"):
        pages.append(tmp_path / f"{kind}.html")
        pages[-1].write_text(render_html(edition(kind)), encoding="utf-8")
    view = edition("review")
    pages.append(tmp_path / "quality.html")
    quality = render_quality(content, view, assess(content), screen_css(view))
    pages[-1].write_text(quality, encoding="utf-8")
    command = ["java", "-jar", str(VNU), "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    assert [each for each in messages if not POLICY.search(each["message"])] == []


@pytest.mark.skipif(ACE is None, reason="DAISY Ace is not on this machine")
@pytest.mark.parametrize("kind", SETTINGS)
def test_ace_finds_nothing_in_an_epub(kind: str, tmp_path: Path) -> None:
    assert ACE
    (tmp_path / "edition.epub").write_bytes(EXPORTS["epub"].make(content_of(kind)))
    chromium = shutil.which("chromium") or ""
    command = [ACE, "--force", "--outdir", str(tmp_path / "report"), str(tmp_path / "edition.epub")]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert [each["assertions"] for each in report["assertions"]] == [
        [] for _ in report["assertions"]
    ]
    assert report["earl:result"]["earl:outcome"] == "pass"
