"""An ``EditionContent`` in; the HTML and the PDF edition out.

``edition`` makes the view both editions share, ``html`` and ``pdf`` print it, ``typefaces`` knows
the bundled fonts and ``typography`` the spaces and quotation marks of each language.
"""

from pipeline.render.html import render_html
from pipeline.render.pdf import PAGE_SIZES, check_renderer, render_pdf
from pipeline.render.typefaces import missing_glyphs

VERSION = 1

__all__ = [
    "PAGE_SIZES",
    "VERSION",
    "check_renderer",
    "missing_glyphs",
    "render_html",
    "render_pdf",
]
