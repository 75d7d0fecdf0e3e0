"""An ``EditionContent`` in; the tagged PDF edition out. The one module that uses WeasyPrint."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pipeline.errors import PublishError
from pipeline.model import EditionContent
from pipeline.render.edition import build_edition
from pipeline.render.templates import fill_trusted, read_asset
from pipeline.render.typefaces import FACES, Face, faces_for, font_face_css, foreign_text

PAGE_SIZES = {"A4": "A4", "Letter": "letter"}
_ENDLESS_WORD = re.compile(r"(?:&#?\w+;|[^ \t\n<>&]){100}(?=[^ \t\n<>])")
_SCHEME = "enregard-font:"


def render_pdf(content: EditionContent, page_size: str = "A4") -> bytes:
    """Return the PDF edition, tagged as PDF/UA-1 with the language of each cell marked.

    ``page_size`` is a key of ``PAGE_SIZES``. The creation date is SOURCE_DATE_EPOCH if that is
    set, else left out. Raises PublishError where a segment does not stand exactly once on both
    sides, where WeasyPrint cannot be loaded, or where it wants anything but the bundled fonts.
    """
    if page_size not in PAGE_SIZES:
        known = " or ".join(PAGE_SIZES)
        raise PublishError(f"The page size '{page_size}' is not known; use {known}.")
    edition = build_edition(content)
    faces = font_face_css(faces_for(edition), _address)
    css = faces + "\n" + read_asset("print.css").replace("PAGE_SIZE", PAGE_SIZES[page_size])
    page = fill_trusted("print.html", css=css, script="", edition=edition, created=_created())
    return _print(_eased(_prepare(page)), edition.author)


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


def _eased(page: str) -> str:
    """Part the space before each glossary link, and bind the last word of a sentence to its notes.

    WeasyPrint 70 breaks a line after its first word where a text ends with a space that alone does
    not fit any more; a space of its own is spared that. The tags are ours: texts are escaped.
    """
    page = re.sub(r'([ \u00a0\u202f]+)(?=<a class="t )', r"<span>\1</span>", page)
    return re.sub(
        r'(?<![^\s<>])([^\s<>]+)</span>((?:<sup class="note [^\n]*?</sup>)+)',
        r'<span class="last">\1\2</span></span>',
        page,
    )


def _address(face: Face) -> str:
    return _SCHEME + face.name


def _created() -> str:
    """Return SOURCE_DATE_EPOCH as a W3C date, "" if it is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise PublishError(
            f"SOURCE_DATE_EPOCH is '{epoch}', which is no date; set it to seconds since 1970."
        ) from error


def _prepare(page: str) -> str:
    """Adapt the body of a page to what WeasyPrint does badly.

    A font that lacks a glyph is encoded in a way that some readers cannot extract text from: what
    the bundled fonts cannot draw gets a font of its own. Breaking a word into lines takes time by
    the square of its length: endless ones may break now and then. Such texts only stand between
    tags, because attributes are all our own and short.
    """
    head, body, rest = page.partition("<body>")
    rest = foreign_text().sub(lambda run: f'<span class="foreign">{run[0]}</span>', rest)
    return head + body + _ENDLESS_WORD.sub(r"\g<0><wbr>", rest)


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


def _print(page: str, author: str) -> bytes:
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
            # Given here and not in the page, where it would stand in an attribute.
            document.metadata.authors = [author] if author else []
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
