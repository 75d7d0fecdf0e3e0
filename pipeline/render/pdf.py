"""An ``Edition`` in; the tagged PDF edition out. The one module that uses WeasyPrint."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.errors import PublishError
from pipeline.render.edition import LONG_WORD_CHARACTERS
from pipeline.render.templates import fill_trusted, read_asset
from pipeline.render.typefaces import FACES, Face, faces_for, font_face_css, foreign_text
from pipeline.render.view import Edition

_PAGE_SIZES = {"A4": "A4", "Letter": "letter"}
# A no-break space is part of a word here.
_CHARACTER = r"(?:&#?\w+;|[^ \t\n<>&])"
_ENDLESS_WORD = re.compile(_CHARACTER + r"{100}(?=[^ \t\n<>])")
_SPACE_BEFORE_TERM = re.compile(r'(?<![ \u00a0\u202f])[ \u00a0\u202f]++(?=<a class="t )')
_LAST_WORD_AND_NOTES = re.compile(
    rf"(?<![^ \t\n<>])({_CHARACTER}{{1,{LONG_WORD_CHARACTERS}}}+)</span>"
    r'((?:<sup class="note [^\n]*?</sup>)+)'
)
_SCHEME = "enregard-font:"


def render_pdf(edition: Edition, page_size: str) -> bytes:
    """Return the PDF edition, tagged as PDF/UA-1 with the language of each cell marked.

    ``page_size`` is "A4" or "Letter". Raises PublishError where it is neither, where WeasyPrint
    cannot be loaded, or where it wants anything but the bundled fonts.
    """
    if page_size not in _PAGE_SIZES:
        known = " or ".join(_PAGE_SIZES)
        raise PublishError(f"The page size '{page_size}' is not known; use {known}.")
    faces = font_face_css(faces_for(edition), _address)
    css = faces + "\n" + read_asset("print.css").replace("PAGE_SIZE", _PAGE_SIZES[page_size])
    page = fill_trusted("print.html", css=css, script="", edition=edition)
    return _print(_adapted(page), edition.author, edition.created)


def check_renderer() -> str:
    """Return what makes the PDF ("WeasyPrint 70.0, Pango 1.50.12, 8 fonts"), having tried it.

    Raises PublishError if WeasyPrint, Pango or a font cannot be loaded.
    """
    weasyprint = _load()
    try:
        fonts = [face.read() for face in FACES]
    except OSError as error:
        raise PublishError(
            f"The bundled font {error.filename} cannot be read; install Enregard again."
        ) from error
    pango = weasyprint.text.ffi.pango.pango_version()
    version = f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}"
    return f"WeasyPrint {weasyprint.__version__}, Pango {version}, {len(fonts)} fonts"


def _address(face: Face) -> str:
    return _SCHEME + face.name


def _adapted(page: str) -> str:
    """Adapt the body of a page to what WeasyPrint 70 does badly, in time linear in its length.

    - A font that lacks a glyph is encoded in a way that some readers cannot extract text from: what
      the bundled fonts cannot draw gets a font of its own.
    - Breaking a word into lines takes time by the square of its length: an endless one may break
      every hundred characters.
    - A line breaks after its first word where a text ends with a space that alone does not fit any
      more; the space before a glossary link is parted from the text, which spares it that.
    - A line may break between a word and the note that follows it: the last word of a sentence is
      bound to its notes, unless it is so long that it may have to be broken.

    Only texts between tags are touched: ``<`` and ``>`` are escaped in them, and attributes are all
    our own and short.
    """
    head, body, rest = page.partition("<body>")
    rest = _ENDLESS_WORD.sub(r"\g<0><wbr>", rest)
    rest = foreign_text().sub(r'<span class="foreign">\g<0></span>', rest)
    rest = _SPACE_BEFORE_TERM.sub(r"<span>\g<0></span>", rest)
    rest = _LAST_WORD_AND_NOTES.sub(r'<span class="last">\1\2</span></span>', rest)
    return head + body + rest


def _load() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise PublishError(
            "Pango, the library that sets the PDF, cannot be loaded; install it with "
            "'apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' "
            "or 'brew install pango'."
        ) from error
    return weasyprint


def _print(page: str, author: str = "", created: str = "") -> bytes:
    weasyprint = _load()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    assets = {_address(face): face for face in FACES}

    class BundledFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, *_: object) -> URLFetcherResponse:
            if url not in assets:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, assets[url].read(), {"Content-Type": "font/woff2"})

    with _quiet():
        try:
            document = weasyprint.HTML(string=page, url_fetcher=BundledFonts()).render(
                presentational_hints=False
            )
            # Given here and not in the page, where they would stand in attributes.
            document.metadata.authors = [author] if author else []
            document.metadata.created = document.metadata.modified = created or None
            pdf: bytes = document.write_pdf(
                pdf_variant="pdf/ua-1", finisher=lambda *_: _mark_languages(document)
            )
        except FatalURLFetchingError as error:
            raise PublishError(
                f"The PDF was not made: its page asked for '{error}'; report this."
            ) from error
    return pdf


def _mark_languages(document: Any) -> None:
    """Write each table cell's language to its structure element.

    WeasyPrint writes the language of the whole document only; it leaves the structure element of
    a cell in the ``mark`` of its box.
    """
    import pydyf  # type: ignore[import-untyped]

    for page in document.pages:
        for box in page._page_box.descendants():
            element = getattr(box, "mark", None)
            if element is not None and (language := box.element.get("lang")):
                element["Lang"] = pydyf.String(language)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' log records from handlers that are not theirs, such as the terminal."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [logger.propagate for logger in loggers]
    silencer = logging.NullHandler()
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(silencer)
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(silencer)
