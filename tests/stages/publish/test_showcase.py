"""The showcase looks as it did when it was last looked at: pages, text and outline.

Where a change is meant, look at the pages, then make the goldens again with
``python -m tests.stages.publish.test_showcase``.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from pypdf import PdfReader

from pipeline.model import Dress
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.render import (
    LAYOUTS,
    PrintOptions,
    build_edition,
    check_renderer,
    render_pdf,
)
from tests.support.paths import TESTS
from tests.support.showcase import showcase

GOLDENS = TESTS / "goldens"
# Of 255: the mean difference of two pages, blurred so that smoothing of letters does not count.
TOLERANCE = 1.5
# The edition as it comes: these pages of it, and its text.
PAGES = {"side-by-side": (1, 2, 4), "facing-pages": (1, 2, 3), "interlinear": (1, 2)}
# Every dress on every size of paper: its first page. What is for screens has a size of its own.
SIZES = [
    (dress, layout, size)
    for dress in DRESSES
    for layout in LAYOUTS
    for size in (("A4",) if layout == "interlinear" else ("A4", "Letter", "A5"))
    if (dress, size) != ("review", "A4")
]
CASES = [
    *(("review", layout, "A4", page) for layout, pages in PAGES.items() for page in pages),
    *(("print", layout, "A4", 2) for layout in LAYOUTS),
    *((*case, 1) for case in SIZES),
    *(
        (*case, 2)
        for case in SIZES
        if case[1:] in {("facing-pages", "Letter"), ("facing-pages", "A5")}
    ),
]
PDFTOPPM = shutil.which("pdftoppm")


def setter() -> str:
    return check_renderer().rpartition(",")[0]


same_setter = pytest.mark.skipif(
    setter() != json.loads((GOLDENS / "setter.json").read_text())["setter"]
    if (GOLDENS / "setter.json").exists()
    else False,
    reason="lines break elsewhere with another WeasyPrint or Pango than the goldens were made with",
)


def name_of(dress: str, layout: str, size: str, page: int | None = None) -> str:
    parts = [dress, *([] if layout == "interlinear" else [size]), layout]
    return "-".join([*parts, *([str(page)] if page else [])])


@cache
def pdf_of(dress: str, layout: str, size: str) -> bytes:
    content = replace(showcase(), dress=Dress(dress, DRESSES[dress]))
    return render_pdf(build_edition(content), PrintOptions(size, layout))


def outline_of(reader: PdfReader) -> list[Any]:
    def titles(entries: Any) -> list[Any]:
        return [titles(e) if isinstance(e, list) else e.title for e in entries]

    return titles(reader.outline)


def text_of(dress: str, layout: str, size: str) -> str:
    reader = PdfReader(io.BytesIO(pdf_of(dress, layout, size)))
    outline = json.dumps(outline_of(reader), ensure_ascii=False, indent=1)
    return "\f\n".join([outline, *(page.extract_text() for page in reader.pages)]) + "\n"


def picture(dress: str, layout: str, size: str, page: int) -> Image.Image:
    assert PDFTOPPM
    command = [PDFTOPPM, "-gray", "-r", "60", "-f", str(page), "-l", str(page), "-"]
    pdf = pdf_of(dress, layout, size)
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


@same_setter
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dress", DRESSES)
def test_text_and_outline_are_the_same(dress: str, layout: str) -> None:
    golden = GOLDENS / f"{name_of(dress, layout, 'A4')}.txt"
    assert text_of(dress, layout, "A4") == golden.read_text(encoding="utf-8")


@same_setter
@pytest.mark.skipif(PDFTOPPM is None, reason="no pdftoppm here; apt-get install poppler-utils")
@pytest.mark.parametrize(("dress", "layout", "size", "page"), CASES)
def test_pages_look_the_same(dress: str, layout: str, size: str, page: int) -> None:
    golden = Image.open(GOLDENS / f"{name_of(dress, layout, size, page)}.png").convert("L")
    made = picture(dress, layout, size, page)
    assert made.size == golden.size
    blurred = [each.filter(ImageFilter.GaussianBlur(2)) for each in (made, golden)]
    assert ImageStat.Stat(ImageChops.difference(*blurred)).mean[0] < TOLERANCE


def make_goldens() -> None:
    GOLDENS.mkdir(exist_ok=True)
    for old in GOLDENS.iterdir():
        old.unlink()
    (GOLDENS / "setter.json").write_text(json.dumps({"setter": setter()}) + "\n")
    for dress in DRESSES:
        for layout in LAYOUTS:
            path = GOLDENS / f"{name_of(dress, layout, 'A4')}.txt"
            path.write_text(text_of(dress, layout, "A4"), encoding="utf-8")
    for case in CASES:
        picture(*case).quantize(16).save(GOLDENS / f"{name_of(*case)}.png", optimize=True)


if __name__ == "__main__":
    make_goldens()
