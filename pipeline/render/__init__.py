"""An ``EditionContent`` in; the ``Edition`` built from it, its HTML, PDF and quality page, out.

``edition`` makes the view both editions share, ``html`` and ``pdf`` print it, ``typefaces`` knows
the bundled fonts and ``typography`` the spaces and quotation marks of each language.
"""

from pipeline.render.edition import build_edition
from pipeline.render.html import render_html
from pipeline.render.layouts import LAYOUTS, PrintOptions
from pipeline.render.pdf import check_renderer, render_pdf
from pipeline.render.quality import render_quality
from pipeline.render.typefaces import missing_glyphs

VERSION = 3

__all__ = [
    "LAYOUTS",
    "VERSION",
    "PrintOptions",
    "build_edition",
    "check_renderer",
    "missing_glyphs",
    "render_html",
    "render_pdf",
    "render_quality",
]
