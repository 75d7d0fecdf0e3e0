"""How an edition is laid out in print: the choices in, the stylesheet of the page out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.errors import PublishError
from pipeline.stages.publish.render.templates import read_asset
from pipeline.text import unknown

# The page sizes in millimetres, width first.
PAGE_SIZES = {
    "A4": (210.0, 297.0),
    "Letter": (215.9, 279.4),
    "A5": (148.0, 210.0),
    "B5": (176.0, 250.0),
    "6x9in": (152.4, 228.6),
}
# The colour of page numbers, which knows no custom property, and what it is for the press.
_MARGIN_INK, _MARGIN_GREY = "#5f594f", "device-cmyk(0 0 0 .7)"
# Counts one less: the left page of a sheet that is counted by its right one.
_COUNTED = " ".join(f'"{number}"' for number in range(1_000))
_BEFORE = f"@counter-style before{{system:fixed;symbols:{_COUNTED}}}\n"
# A page that is narrower than this has smaller margins and type.
_FULL_WIDTH = 210.0
_SCALED = re.compile(r"([\d.]+)(mm|pt)\*")
_PIXELS_PER_MILLIMETRE = 96 / 25.4
# Of a full page in millimetres: its margin, the name of a language in a running head with the space
# around it, and a letter there.
_SIDE_MARGIN, _TONGUE, _CAPITAL = 20.0, 17.0, 1.7
# A page the shape of a telephone, for the layout that is read on one.
_SCREEN = (90.0, 160.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to set the rows of the text.

    ``stylesheet`` is added to print.css. Of a layout ``in_spreads`` the text is laid out on sheets
    two pages wide, which are then parted; one ``for_screens`` has its own page size.
    """

    stylesheet: str
    in_spreads: bool = False
    for_screens: bool = False


LAYOUTS = {
    "side-by-side": Layout("print-side-by-side.css"),
    "facing-pages": Layout("print-facing-pages.css", in_spreads=True),
    "interlinear": Layout("print-interlinear.css", for_screens=True),
}


# What a theme may set: custom properties of the stylesheets.
THEME = (
    "ink",
    "muted",
    "rule",
    "accent",
    "paper",
    "glow",
    "bar",
    "text-size",
    "line-height",
    "text-font",
    "title-font",
)


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """The choices for a PDF: a page size, a layout, and how far the lines are filled.

    ``book`` makes chapters, contents and an index; ``press`` what a printer wants: bleed, crop
    marks and no colour but black. ``archive`` makes a PDF/A-3 too. ``theme`` gives custom
    properties of the stylesheet another value. ``attachments`` are files to embed, by name.
    """

    page_size: str = "A4"
    layout: str = "side-by-side"
    justify: bool = False
    book: bool = False
    press: bool = False
    archive: bool = False
    theme: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)


def layout_of(options: PrintOptions) -> Layout:
    """Return the layout that is asked for; raises PublishError where it or the size is unknown."""
    _require("page size", options.page_size, PAGE_SIZES)
    _require("layout", options.layout, LAYOUTS)
    return LAYOUTS[options.layout]


def page_width(options: PrintOptions) -> float:
    """Return the width of a page in CSS pixels."""
    return PAGE_SIZES[options.page_size][0] * _PIXELS_PER_MILLIMETRE


def running_rooms(options: PrintOptions) -> tuple[int, int]:
    """Return how many characters of a title a running head has room for: in the text, beyond it.

    On a page of one language that has all of the width, on others half of it.
    """
    width = PAGE_SIZES[options.page_size][0]
    scale = min(1.0, width / _FULL_WIDTH)
    type_size = (1 + scale) / 2
    whole = width - 2 * _SIDE_MARGIN * scale
    alone, beside = (
        int((room - _TONGUE * type_size) / (_CAPITAL * type_size)) for room in (whole, whole / 2)
    )
    return (alone if layout_of(options).in_spreads else beside), beside


def print_css(options: PrintOptions) -> str:
    """Return the stylesheet of the page, theme and page sizes filled in.

    Sizes with a star behind them are those of A4 and smaller on smaller pages.
    """
    layout = layout_of(options)
    width, height = _SCREEN if layout.for_screens else PAGE_SIZES[options.page_size]
    names = ["print.css", *(["print-book.css"] if options.book else []), layout.stylesheet]
    css = "".join(map(read_asset, names)) + theme_css(options.theme)
    if options.press:
        css = css.replace(_MARGIN_INK, _MARGIN_GREY) + read_asset("print-press.css")
    if layout.in_spreads:
        css += _BEFORE
    if options.justify:
        css += ".facing .fr,.facing .en{text-align:justify}\n"
    scale = 1.0 if layout.for_screens else min(1.0, width / _FULL_WIDTH)
    return (
        _SCALED.sub(lambda size: _scaled(float(size[1]), size[2], scale), css)
        .replace("PAGE_SIZE", f"{width}mm {height}mm")
        .replace("SPREAD_SIZE", f"{2 * width}mm {height}mm")
    )


def _scaled(size: float, unit: str, scale: float) -> str:
    # Type shrinks by half as much as the page does.
    return f"{size * (scale if unit == 'mm' else (1 + scale) / 2):.4g}{unit}"


def theme_css(theme: Mapping[str, str]) -> str:
    """Return the rule that sets a theme's custom properties; its values are already checked."""
    rules = "".join(f"--{name}:{value};" for name, value in sorted(theme.items()))
    return f":root{{{rules}}}\n" if rules else ""


def _require(what: str, name: str, known: Mapping[str, object]) -> None:
    if name not in known:
        raise PublishError(*unknown(what, name, known))
