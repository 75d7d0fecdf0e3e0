"""The bytes of a PDF in, the letters of its pages and where they stand out; the one user of PDFium.

PDFium is native code: the stage that reads documents does so in a process of its own (see
``pipeline.documents.confined``).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.documents.inline import Mender
from pipeline.errors import InputError

_MOST_PAGES = 3_000
_MOST_LETTERS = 5_000_000
# Fewer letters a page, on the mean, are a stamp or a page number on pictures of text.
_FEWEST_LETTERS = 12
# Of a font that does not say which letters its glyphs are, some happen to be known.
_UNKNOWN_SHARE = 0.1
_INVISIBLE = 3  # PDF's text rendering mode
_SMALLEST = 1.0  # points
_LARGEST = 14_400.0  # points: no page of a PDF is larger, whatever a spoilt one says
_STRONG = re.compile(r"bold|black|heavy|semibold|demi(?!-?light)|[-,]bd\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
_ITALIC_FLAG, _STRONG_WEIGHT = 1 << 6, 600
_HYPHEN = "\x02"  # PDFium's word for a hyphen that parts a word at a line's end

Handle = Any  # of PDFium, which has no types


class Letter(NamedTuple):
    """A letter, where it stands on its page (from the top left, in points), and how it looks."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    strong: bool
    italic: bool
    link: str


_BLANK = Letter(" ", 0.0, 0.0, 0.0, 0.0, False, False, "")


@dataclass(frozen=True, slots=True)
class Page:
    """The letters of a page in the order of its content; a space has no place."""

    width: float
    height: float
    letters: tuple[Letter, ...]


def pages_of(data: bytes, mender: Mender) -> list[Page]:
    """Give the pages of a PDF; what is hidden is left out and counted.

    Raises InputError where it is damaged or encrypted, or its pages are pictures.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("it is encrypted", "save it without a password") from None
        raise InputError("it is not a whole PDF", "save or print it again as PDF") from None
    try:
        if len(document) > _MOST_PAGES:
            raise InputError(f"it has more than {_MOST_PAGES:,} pages", "split it")
        readings = []
        left = _MOST_LETTERS
        for number in range(len(document)):
            reading = _PageReading(document, number, left)
            readings.append(reading)
            left -= len(reading.shown) + len(reading.unseen)
    finally:
        document.close()
    _check(readings)
    # A scan that was recognised has all its letters behind a picture; elsewhere they are hidden.
    recognised = not any(each.text != " " for reading in readings for each in reading.shown)
    if recognised:
        mender.count("recognised", "page(s)", "read by recognition: compare them", len(readings))
    else:
        hidden = sum(reading.hides for reading in readings)
        empty = sum(
            reading.pictures and all(each.text == " " for each in reading.shown)
            for reading in readings
        )
        mender.count("hidden", "page(s) with hidden text,", "which was left out", hidden)
        mender.count("picture", "page(s) without text, as pictures,", "left out", empty)
    turned = sum(reading.turned for reading in readings)
    mender.count("turned", "page(s) with turned text,", "which was left out", turned)
    return [
        Page(each.width, each.height, tuple(each.unseen if recognised else each.shown))
        for each in readings
    ]


def _check(readings: list[_PageReading]) -> None:
    letters = [each for reading in readings for each in (*reading.shown, *reading.unseen)]
    visible = sum(not each.text.isspace() for each in letters)
    if visible < _FEWEST_LETTERS * len(readings) and any(each.pictures for each in readings):
        raise InputError(
            "its pages are pictures of text (a scan)",
            "have the text recognised (OCR) and take that",
        )
    unknown = sum(each.unknown for each in readings)
    if unknown > _UNKNOWN_SHARE * max(1, visible):
        raise InputError(
            "its fonts do not say which letters they show",
            "have the text recognised (OCR) and take that",
        )


class _PageReading:
    """What PDFium says of one page."""

    def __init__(self, document: Handle, number: int, most: int) -> None:
        import pypdfium2
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self.shown: list[Letter] = []
        self.unseen: list[Letter] = []
        self.unknown = 0
        self.hides = self.turned = self.pictures = False
        self.width = self.height = 0.0
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            return
        try:
            self._left, bottom, right, self._top = page.get_cropbox()
            self.width, self.height = right - self._left, self._top - bottom
            text = page.get_textpage()
            try:
                self._links = list(self._annotated(page))
                self._read(text.raw, min(most, text.count_chars()))
                self.pictures = any(
                    True for _ in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
                )
            finally:
                text.close()
        except pypdfium2.PdfiumError:
            return
        finally:
            page.close()

    def _read(self, text: Handle, count: int) -> None:
        angles = Counter(
            round(math.degrees(self._pdfium.FPDFText_GetCharAngle(text, index)) / 90) % 4
            for index in range(0, count, 7)
        )
        self._angle = angles.most_common(1)[0][0] if angles else 0
        x, y = ctypes.c_double(), ctypes.c_double()
        box = self._pdfium.FS_RECTF()
        fonts = _Fonts(self._pdfium, text)
        for index in range(count):
            code = self._pdfium.FPDFText_GetUnicode(text, index)
            letter = "-" if code == ord(_HYPHEN) else _letter(code)
            if letter in " \n":
                # PDFium also says where it takes a gap for a space.
                self.shown += [_BLANK] if letter == " " else []
                self.unseen += [_BLANK] if letter == " " else []
                continue
            self._pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            self._pdfium.FPDFText_GetLooseCharBox(text, index, box)
            place = self._upright(x.value, y.value, box)
            angle = math.degrees(self._pdfium.FPDFText_GetCharAngle(text, index)) % 360
            if abs((angle - 90 * self._angle + 180) % 360 - 180) > 10:
                self.turned = True
                continue
            left, right, baseline, size = place
            across, down = min(self._across, _LARGEST), min(self._down, _LARGEST)
            outside = right < 0 or left > across or not 0 <= baseline <= down + size
            if outside or not (right - left <= _LARGEST and _SMALLEST <= size <= _LARGEST):
                self.hides = True
                continue
            self.unknown += letter == "\ufffd"
            strong, italic, visible = fonts.of(index)
            link = self._link(x.value, y.value)
            made = Letter(letter, left, right, baseline, size, strong, italic, link)
            if visible:
                self.shown.append(made)
            else:
                self.unseen.append(made)
                self.hides = True
        if self._angle % 2:
            self.width, self.height = self.height, self.width

    @property
    def _across(self) -> float:
        return self.height if self._angle % 2 else self.width

    @property
    def _down(self) -> float:
        return self.width if self._angle % 2 else self.height

    def _upright(self, x: float, y: float, box: Handle) -> tuple[float, float, float, float]:
        """Give left, right, baseline and size on a page turned so that its text stands upright."""
        left, right = box.left - self._left, box.right - self._left
        top, bottom = self._top - box.top, self._top - box.bottom
        x, y = x - self._left, self._top - y
        match self._angle:
            case 3:  # the text runs upwards
                return self.height - bottom, self.height - top, x, right - left
            case 2:
                return self.width - right, self.width - left, self.height - y, bottom - top
            case 1:
                return top, bottom, self.width - x, right - left
        return left, right, y, bottom - top

    def _annotated(self, page: Handle) -> Iterator[tuple[float, float, float, float, str]]:
        pdfium = self._pdfium
        place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        box = pdfium.FS_RECTF()
        while pdfium.FPDFLink_Enumerate(page.raw, place, link):
            action = pdfium.FPDFLink_GetAction(link)
            if not action or not pdfium.FPDFLink_GetAnnotRect(link, box):
                continue
            size = pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
            if 1 < size < 2_000:
                buffer = ctypes.create_string_buffer(size)
                pdfium.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, size)
                address = buffer.raw[: size - 1].decode("utf-8", "replace")
                yield (*sorted((box.left, box.right)), *sorted((box.bottom, box.top)), address)

    def _link(self, x: float, y: float) -> str:
        for left, right, bottom, top, address in self._links:
            if left - 0.5 <= x < right and bottom - 0.5 <= y <= top:
                return address
        return ""


class _Fonts:
    """How letters look, asked of PDFium once a text object, as asking is slow."""

    def __init__(self, pdfium: Handle, text: Handle) -> None:
        self._pdfium, self._text = pdfium, text
        self._known: dict[int, tuple[bool, bool, bool]] = {}

    def of(self, index: int) -> tuple[bool, bool, bool]:
        """Say whether a letter is strong, italic, and to be seen."""
        pdfium = self._pdfium
        item = pdfium.FPDFText_GetTextObject(self._text, index)
        key = ctypes.addressof(item.contents) if item else 0
        if key not in self._known:
            buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(self._text, index, buffer, 200, flags)
            name = buffer.value.decode("utf-8", "replace")
            weight = pdfium.FPDFText_GetFontWeight(self._text, index)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(item) if item else 0
            colour = [ctypes.c_uint() for _ in range(4)]
            pdfium.FPDFText_GetFillColor(self._text, index, *colour)
            self._known[key] = (
                bool(_STRONG.search(name)) or weight >= _STRONG_WEIGHT,
                bool(_ITALIC.search(name)) or bool(flags.value & _ITALIC_FLAG),
                mode != _INVISIBLE and (mode == 1 or colour[3].value > 0),
            )
        return self._known[key]


# What the symbol fonts of word processors have at these places.
_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0A8: "▪", 0xF0D8: "‣", 0xF076: "▪", 0xF02D: "–", 0xF0FC: "✓",
    0xF0E0: "→", 0xE00C: "•",
}  # fmt: skip


def _letter(code: int) -> str:
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if code in (10, 13):
        return "\n"
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xF900:
        return "\ufffd"
    return " " if chr(code).isspace() else chr(code)
