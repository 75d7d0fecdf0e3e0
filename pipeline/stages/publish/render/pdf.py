"""An ``Edition`` in; the tagged PDF edition out. The one module that uses WeasyPrint."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeAlias

from pipeline.errors import PublishError
from pipeline.stages.publish.render.adapt import adapted
from pipeline.stages.publish.render.book import bound
from pipeline.stages.publish.render.finish import cut_words, finish, parted_rows
from pipeline.stages.publish.render.hush import quiet, uncollected
from pipeline.stages.publish.render.layouts import (
    LAYOUTS,
    PrintOptions,
    page_width,
    print_css,
    running_rooms,
)
from pipeline.stages.publish.render.spreads import parted_spreads
from pipeline.stages.publish.render.templates import fill_trusted
from pipeline.stages.publish.render.typefaces import FACES, Face, faces_for, font_css, own_address
from pipeline.stages.publish.render.view import Edition

# How often a text is laid out again to bring the two sides of its rows to one page.
_ROUNDS = 4
# The class of a text whose rows that may be split are set without hyphens, and the size from which
# on a text is one: to lay it out again for each word that is cut at a page's end takes too long.
_UNHYPHENATED, _LONG_PAGE = "unhyphenated", 600_000
_Files: TypeAlias = dict[str, tuple[str, Callable[[], bytes]]]
# Under this address a page asks for the logo of the house.
_LOGO = "enregard-logo:house"
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
# PDF/A knows no PDF/UA identifier, so its metadata must describe it.
_ALSO_ACCESSIBLE = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>"""


def render_pdf(edition: Edition, options: PrintOptions | None = None) -> bytes:
    """Return the PDF edition, tagged as PDF/UA-1 with the language of each cell marked.

    Both sides of a row start on the same page. A book has its chapters laid out one by one. What is
    for the press is PDF/X-3 instead. Raises PublishError where an option is not known, where
    WeasyPrint cannot be loaded, or where it wants anything but the bundled fonts.
    """
    options = options or PrintOptions()
    faces = faces_for(edition)
    css = font_css(faces, own_address) + "\n" + print_css(options)
    if options.book:
        with quiet(), uncollected():
            setter = _Setter(_files(faces, edition, options.press), css)
            document = setter.document(bound(edition, options, setter.lay_out), edition.heading)
            return _written(document, options, edition)
    page = fill_trusted(
        "print.html",
        css=css,
        script="",
        edition=edition,
        layout=options.layout,
        rooms=running_rooms(options),
    )
    if len(page) > _LONG_PAGE:
        page = page.replace('<html class="', f'<html class="{_UNHYPHENATED} ', 1)
    return print_page(adapted(page), options, edition, faces)


def check_renderer() -> str:
    """Return what makes the PDF ("WeasyPrint 70.0, Pango 1.50.12, 8 fonts"), having tried it.

    Raises PublishError if WeasyPrint, Pango or a font cannot be loaded.
    """
    weasyprint = _load()
    try:
        fonts = [face.read() for face in FACES]
    except OSError as error:
        raise PublishError(
            f"The bundled font {error.filename} cannot be read", "install Enregard again"
        ) from error
    pango = weasyprint.text.ffi.pango.pango_version()
    version = f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}"
    return f"WeasyPrint {weasyprint.__version__}, Pango {version}, {len(fonts)} fonts"


def boxed(characters: Iterable[str]) -> tuple[str, ...]:
    """Return those of some characters, sorted, that no font of this machine can draw.

    They are printed as boxes. What the bundled fonts draw is not asked about.
    """
    wanted = sorted(set(characters))
    if not wanted:
        return ()
    undrawn = _Undrawn()
    logger = logging.getLogger("weasyprint")
    with quiet():
        logger.addHandler(undrawn)
        try:
            print_page(fill_trusted("glyphs.html", css="", script="", characters=wanted))
        finally:
            logger.removeHandler(undrawn)
    return tuple(each for each in wanted if each in undrawn.characters)


class _Undrawn(logging.Handler):
    """Collects the characters for which WeasyPrint says that it draws a box."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Take the character, which is given beside its code point."""
        if ".notdef" in str(record.msg) and isinstance(record.args, tuple):
            self.characters.add(str(record.args[0]))


def _load() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise PublishError(
            "Pango, the library that sets the PDF, cannot be loaded",
            "install it with 'apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0'",
            "'brew install pango'",
        ) from error
    return weasyprint


def print_page(
    page: str,
    options: PrintOptions | None = None,
    edition: Edition | None = None,
    faces: Iterable[Face] = FACES,
) -> bytes:
    """Return an adapted page, of an edition or none, as a PDF; raises as ``render_pdf`` does.

    It may ask for these ``faces`` and no others.
    """
    options = options or PrintOptions()
    with quiet(), uncollected():
        setter = _Setter(_files(faces, edition, options.press))
        document = setter.document(setter.lay_out(page))
        return _written(document, options, edition)


def drawing_pdf(drawing: bytes, size: tuple[float, float]) -> bytes:
    """Return a page of the size of a drawing (SVG), in points, with nothing but that on it."""
    css = f"@page{{size:{size[0]:.6g}pt {size[1]:.6g}pt;margin:0}}body{{margin:0}}"
    css += "img{display:block;width:100%;height:100%}"
    page = f'<style>{css}</style><img alt="" src="{_LOGO}">'
    with quiet(), uncollected():
        setter = _Setter({_LOGO: ("image/svg+xml", partial(bytes, drawing))})
        made: bytes = setter.document(setter.lay_out(page)).write_pdf()
    return made


def _files(faces: Iterable[Face], edition: Edition | None, press: bool) -> _Files:
    """Return what a page may ask for, by address: its media type, and what reads it."""
    house = edition.house if edition else None
    files = {own_address(face): ("font/woff2", face.read) for face in faces}
    if house and house.logo:
        logo = house.logo
        kind, data = ("image/png", logo.black) if press else (logo.kind, logo.data)
        files[_LOGO] = (kind, partial(bytes, data))
    return files


class _Setter:
    """Lays out pages that share fonts and, where it is given, a stylesheet."""

    def __init__(self, files: _Files, css: str = "") -> None:
        weasyprint = _load()
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

        class BundledFonts(URLFetcher):  # type: ignore[misc]
            def fetch(self, url: str, *_: object) -> URLFetcherResponse:
                if url not in files:
                    raise FatalURLFetchingError(url)
                kind, read = files[url]
                return URLFetcherResponse(url, read(), {"Content-Type": kind})

        self._html, self._style = weasyprint.HTML, weasyprint.CSS
        self._fetcher, self._fonts = BundledFonts(), FontConfiguration()
        self._first: Any = None
        self._css = [self._styled(css)] if css else []

    def lay_out(self, page: str, css: str = "") -> list[Any]:
        """Lay a page out, with a stylesheet for it alone.

        Where the sides of a row start on different pages, it gets a new page.
        """
        styles = [*self._css, *([self._styled(css)] if css else [])]
        with _refused():
            for turn in range(_ROUNDS):
                document = self._html(string=page, url_fetcher=self._fetcher).render(
                    font_config=self._fonts, stylesheets=styles, presentational_hints=False
                )
                parted, cut = parted_rows(document), cut_words(document)
                if not parted and not cut:
                    break
                for name in parted:
                    page = page.replace(f' id="{name}">', f' id="{name}" data-fresh>')
                for name in cut:
                    page = page.replace(f' id="{name}">', f' id="{name}" data-whole>')
                if turn == _ROUNDS - 2:
                    page = page.replace('<html class="', f'<html class="{_UNHYPHENATED} ', 1)
        self._first = self._first or document
        pages: list[Any] = document.pages
        if self._css:
            # One of several: what was laid out in vain is thrown away, the rest left alone.
            gc.collect()
            gc.freeze()
        return pages

    def document(self, pages: list[Any], title: str = "") -> Any:
        """Return a document of laid-out pages."""
        document = self._first.copy(pages)
        document.metadata.title = title or document.metadata.title
        return document

    def _styled(self, css: str) -> Any:
        with _refused():
            return self._style(string=css, font_config=self._fonts, url_fetcher=self._fetcher)


@contextmanager
def _refused() -> Iterator[None]:
    """Raise PublishError where a page asks for anything but the bundled fonts."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise PublishError(
            f"The PDF was not made: its page asked for '{error}'", "report this"
        ) from error


def _written(document: Any, options: PrintOptions, edition: Edition | None) -> bytes:
    """Return laid-out pages as a PDF, mended."""
    weasyprint = _load()
    layout = LAYOUTS[options.layout]
    numbered = edition is None or "numbers" in edition.parts
    if layout.in_spreads:
        document.pages = parted_spreads(document.pages, page_width(options))
    # Given here and not in the page, where they would stand in attributes.
    if edition is not None:
        document.metadata.authors = [edition.author] if edition.author else []
        document.metadata.description = edition.provenance
    # PDF/X asks for dates.
    created = edition.created if edition else ""
    created = created or (_NO_DATE.strftime("%Y-%m-%dT%H:%M:%SZ") if options.press else "")
    document.metadata.created = document.metadata.modified = created or None
    document.metadata.xmp_metadata = [_ALSO_ACCESSIBLE] if options.archive else []
    variant = "pdf/a-3a" if options.archive else "pdf/ua-1"
    with _refused():
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/x-3" if options.press else variant,
            output_intent="srgb" if options.archive and not options.press else None,
            attachments=[
                weasyprint.Attachment(
                    string=data,
                    name=name,
                    created=_NO_DATE,
                    modified=_NO_DATE,
                    relationship="Data",
                )
                for name, data in sorted(options.attachments.items())
            ],
            finisher=partial(
                finish,
                as_text=options.layout != "side-by-side" or not numbered,
                in_spreads=layout.in_spreads,
                for_press=options.press,
            ),
        )
    return pdf
