"""An ``EditionContent`` in; the ``Edition`` built from it, its HTML, PDF and quality page, out.

``edition`` makes the view both editions share, ``html`` and ``pdf`` print it, ``typefaces`` knows
the bundled fonts and ``typography`` the spaces and quotation marks of each language.
"""

from pipeline.stages.publish.render.edition import build_edition
from pipeline.stages.publish.render.html import render_html, screen_css
from pipeline.stages.publish.render.layouts import LAYOUTS, PAGE_SIZES, THEME, PrintOptions
from pipeline.stages.publish.render.pdf import boxed, check_renderer, drawing_pdf, render_pdf
from pipeline.stages.publish.render.quality_page import render_quality
from pipeline.stages.publish.render.typefaces import beside_house, missing_glyphs, undrawn

VERSION = 37

__all__ = [
    "LAYOUTS",
    "PAGE_SIZES",
    "THEME",
    "VERSION",
    "PrintOptions",
    "beside_house",
    "boxed",
    "build_edition",
    "check_renderer",
    "drawing_pdf",
    "missing_glyphs",
    "render_html",
    "render_pdf",
    "render_quality",
    "screen_css",
    "undrawn",
]
