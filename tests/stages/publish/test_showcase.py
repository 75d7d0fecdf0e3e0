"""The showcase looks as it did when it was last looked at: pages, text and outline.

Where a change is meant, look at the pages, then make the goldens again with
``python -m tests.stages.publish.test_showcase``.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from functools import cache
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from pypdf import PdfReader

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
PAGES = {"side-by-side": (1, 2, 4), "facing-pages": (1, 2, 3), "interlinear": (1, 2)}
PDFTOPPM = shutil.which("pdftoppm")


def setter() -> str:
    return check_renderer().rpartition(",")[0]


same_setter = pytest.mark.skipif(
    setter() != json.loads((GOLDENS / "setter.json").read_text())["setter"]
    if (GOLDENS / "setter.json").exists()
    else False,
    reason="lines break elsewhere with another WeasyPrint or Pango than the goldens were made with",
)


@cache
def pdf_of(layout: str) -> bytes:
    return render_pdf(build_edition(showcase()), PrintOptions(layout=layout))


def outline_of(reader: PdfReader) -> list[Any]:
    def titles(entries: Any) -> list[Any]:
        return [titles(e) if isinstance(e, list) else e.title for e in entries]

    return titles(reader.outline)


def text_of(layout: str) -> str:
    reader = PdfReader(io.BytesIO(pdf_of(layout)))
    outline = json.dumps(outline_of(reader), ensure_ascii=False, indent=1)
    return "\f\n".join([outline, *(page.extract_text() for page in reader.pages)]) + "\n"


def picture(layout: str, page: int) -> Image.Image:
    assert PDFTOPPM
    command = [PDFTOPPM, "-gray", "-r", "60", "-f", str(page), "-l", str(page), "-"]
    done = subprocess.run(command, input=pdf_of(layout), capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


@same_setter
@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_and_outline_are_the_same(layout: str) -> None:
    assert text_of(layout) == (GOLDENS / f"{layout}.txt").read_text(encoding="utf-8")


@same_setter
@pytest.mark.skipif(PDFTOPPM is None, reason="no pdftoppm here; apt-get install poppler-utils")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_look_the_same(layout: str) -> None:
    for page in PAGES[layout]:
        golden = Image.open(GOLDENS / f"{layout}-{page}.png").convert("L")
        made = picture(layout, page)
        assert made.size == golden.size
        blurred = [each.filter(ImageFilter.GaussianBlur(2)) for each in (made, golden)]
        difference = ImageStat.Stat(ImageChops.difference(*blurred)).mean[0]
        assert difference < TOLERANCE, f"{layout}, page {page}"


def make_goldens() -> None:
    GOLDENS.mkdir(exist_ok=True)
    (GOLDENS / "setter.json").write_text(json.dumps({"setter": setter()}) + "\n")
    for layout, pages in PAGES.items():
        (GOLDENS / f"{layout}.txt").write_text(text_of(layout), encoding="utf-8")
        for page in pages:
            small = picture(layout, page).quantize(16)
            small.save(GOLDENS / f"{layout}-{page}.png", optimize=True)


if __name__ == "__main__":
    make_goldens()
