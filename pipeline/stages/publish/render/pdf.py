"""An ``Edition`` in; the tagged PDF edition out. The one module that uses WeasyPrint."""

from __future__ import annotations

import gc
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pipeline.errors import PublishError
from pipeline.stages.publish.render.edition import LONG_WORD_CHARACTERS
from pipeline.stages.publish.render.finish import cut_words, finish, parted_rows
from pipeline.stages.publish.render.layouts import PAGE_SIZES, PrintOptions, layout_of, print_css
from pipeline.stages.publish.render.spreads import part_spreads
from pipeline.stages.publish.render.templates import fill_trusted
from pipeline.stages.publish.render.typefaces import (
    FACES,
    faces_for,
    font_css,
    foreign_text,
    own_address,
)
from pipeline.stages.publish.render.view import Edition

# How often a text is laid out again to bring the two sides of its rows to one page.
_ROUNDS = 4
_PIXELS_PER_MILLIMETRE = 96 / 25.4
# A no-break space is part of a word here.
_CHARACTER = r"(?:&#?\w+;|[^ \t\n<>&])"
_ENDLESS_WORD = re.compile(_CHARACTER + r"{100}(?=[^ \t\n<>])")
_SPACE_BEFORE_MARK = re.compile(
    r"(?<![ \u00a0\u202f])[ \u00a0\u202f]++"
    r'(?=(?:</\w+>)*<(?:a class="(?:t |link")|span class="(?:t |small_caps"|doubtful")|'
    r"(?:em|strong|code)>))"
)
# The same before what is put around words below.
_SPACE_BEFORE_OURS = re.compile(
    r"(?<![ \u00a0\u202f>])[ \u00a0\u202f]++(?=<span class=\"(?:foreign|last|name)\">)"
)
_LAST_WORD_AND_NOTES = re.compile(
    rf"(?<![^ \t\n<>])({_CHARACTER}{{1,{LONG_WORD_CHARACTERS}}}+)</span>"
    r'((?:<sup class="note [^\n]*?</sup>)+)'
)
# A word with a capital; one that is shorter is never hyphenated. Those of a link stay as they are,
# for its tag to hold them; no term is hyphenated.
_NAME = re.compile(r"(<a class=\"t [^>]*>[^<]*)|(?<!\w)(?=[A-ZÀ-ÖØ-Þ])\w{8,}")
# The class of a text whose rows that may be split are set without hyphens, and the size from which
# on a text is one: to lay it out again for each word that is cut at a page's end takes too long.
_UNHYPHENATED, _LONG_PAGE = "unhyphenated", 600_000
# The address of a link, which stands in a tag and not in a text.
_ADDRESS = re.compile(r'(?<=<a class="link" href=")[^"]*')
_STRAY_SELECTOR = re.compile("(?<=\\s)[\ufe00-\ufe0f]+")
_FONTS = {own_address(face): face for face in FACES}
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

    Both sides of a row start on the same page. Raises PublishError where an option is not known,
    where WeasyPrint cannot be loaded, or where it wants anything but the bundled fonts.
    """
    options = options or PrintOptions()
    css = font_css(faces_for(edition), own_address) + "\n" + print_css(options)
    page = fill_trusted("print.html", css=css, script="", edition=edition, layout=options.layout)
    if len(page) > _LONG_PAGE:
        page = page.replace('<html class="', f'<html class="{_UNHYPHENATED} ', 1)
    numbered = "numbers" in edition.parts
    return print_page(adapted(page), options, edition.author, edition.created, numbered)


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
    with _quiet():
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


def adapted(page: str) -> str:
    """Adapt the body of a page to what WeasyPrint 70 does badly, in time linear in its length.

    - A font that lacks a glyph is encoded in a way that some readers cannot extract text from: what
      the bundled fonts cannot draw gets a font of its own.
    - Breaking a word into lines takes time by the square of its length: an endless one may break
      every hundred characters.
    - A line breaks after its first word where a text ends with a space that alone does not fit any
      more; the space before what is marked is parted from the text, which spares it that.
    - A variation selector after a space, where it selects nothing, is drawn as a box.
    - A name is not hyphenated.
    - A line may break between a word and the note that follows it: the last word of a sentence is
      bound to its notes, unless it is so long that it may have to be broken.

    Only texts between tags are touched: ``<`` and ``>`` are escaped in them, and attributes are all
    our own and short but for the addresses of links, which are taken out meanwhile.
    """
    head, body, rest = page.partition("<body>")
    addresses = iter(_ADDRESS.findall(rest))
    rest = _ADDRESS.sub("", rest)
    rest = _STRAY_SELECTOR.sub("", rest)
    rest = _ENDLESS_WORD.sub(r"\g<0><wbr>", rest)
    rest = foreign_text().sub(r'<span class="foreign">\g<0></span>', rest)
    rest = _SPACE_BEFORE_MARK.sub(r"<span>\g<0></span>", rest)
    rest = _LAST_WORD_AND_NOTES.sub(r'<span class="last">\1\2</span></span>', rest)
    rest = _NAME.sub(
        lambda found: found[1] or f'<span class="name">{found[0]}</span>',
        rest,
    )
    rest = _SPACE_BEFORE_OURS.sub(r"<span>\g<0></span>", rest)
    return head + body + _ADDRESS.sub(lambda _: next(addresses), rest)


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
    author: str = "",
    created: str = "",
    numbered: bool = True,
) -> bytes:
    """Return an adapted page as a PDF; raises PublishError as ``render_pdf`` does."""
    options = options or PrintOptions()
    layout = layout_of(options)
    weasyprint = _load()
    from weasyprint.urls import FatalURLFetchingError

    as_text = options.layout != "side-by-side" or not numbered
    with _quiet(), _uncollected():
        try:
            document = _laid_out(page)
            if layout.in_spreads:
                part_spreads(document, PAGE_SIZES[options.page_size][0] * _PIXELS_PER_MILLIMETRE)
            # Given here and not in the page, where they would stand in attributes.
            document.metadata.authors = [author] if author else []
            document.metadata.created = document.metadata.modified = created or None
            document.metadata.xmp_metadata = [_ALSO_ACCESSIBLE] if options.archive else []
            pdf: bytes = document.write_pdf(
                pdf_variant="pdf/a-3a" if options.archive else "pdf/ua-1",
                output_intent="srgb" if options.archive else None,
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
                finisher=partial(finish, as_text=as_text, in_spreads=layout.in_spreads),
            )
        except FatalURLFetchingError as error:
            raise PublishError(
                f"The PDF was not made: its page asked for '{error}'", "report this"
            ) from error
    return pdf


def _laid_out(page: str) -> Any:
    """Lay a page out; where the sides of a row start on different pages, it gets a new page."""
    weasyprint = _load()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundledFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, *_: object) -> URLFetcherResponse:
            if url not in _FONTS:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, _FONTS[url].read(), {"Content-Type": "font/woff2"})

    for turn in range(_ROUNDS):
        document = weasyprint.HTML(string=page, url_fetcher=BundledFonts()).render(
            presentational_hints=False
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
    return document


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of boxes that are all still in use.

    That takes a fifth of the time; the cycles there are cost 2 MB a thousand words until the end.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


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
        with warnings.catch_warnings():
            # WeasyPrint 70 leaves the file of its colour profile for Python to close.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(silencer)
