"""The bytes of a text file in, its readable text out, or one line that names the right encoding.

Decoding is strict: a wrong encoding is an error with its remedy. Text that was spoilt before (UTF-8
read in another encoding, and saved so) is put right where that is certain, and told of where it is
not. Letters that only typesetters use are read as the letters they stand for.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.documents.encoding_guess import likeliest, misread
from pipeline.documents.mojibake import without_mojibake
from pipeline.errors import Act, InputError, Remedy
from pipeline.model import Notice
from pipeline.text import Repair, cleaned, notices_of

_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What a NUL-ridden head tells: a file of another format, not a text in another encoding.
_SNIFF_BYTES = 8192


def readable(data: bytes, encoding: str, tabs: bool = False) -> tuple[str, tuple[Notice, ...]]:
    """Decode the bytes of a text file, mend and clean it; see ``decode``, ``mended``, ``clean``."""
    text = decode(data, encoding)
    doubts = misread(data, encoding)
    text, mojibake = without_mojibake(text)
    text, repairs = mended(text)
    text, more = cleaned(text, tabs)
    return text, (*doubts, *mojibake, *_lost(text), *notices_of((*repairs, *more)))


# « pr?fet »: a program that had no sign for é wrote this one. Addresses have it too.
_QUESTIONED = re.compile(r"(?<![\w/.=&?-])(?:[^\W\d_]|['’])*[^\W\d_]\?[^\W\d_]+(?![\w=/])")


def _lost(text: str) -> tuple[Notice, ...]:
    """Tell of words with question marks in the place of letters, where there are several."""
    found = [match for match in _QUESTIONED.finditer(text) if match[0].isascii()]
    if len(found) < 2:
        return ()
    line = text.count("\n", 0, found[0].start()) + 1
    what = f"letters were lost before Enregard: “{found[0][0]}” on line {line}"
    return (Notice("replacement", what, line),)


def decode(data: bytes, encoding: str) -> str:
    """Decode the bytes of a file strictly, without a byte order mark.

    Raises InputError where the file is empty, is not text, or is not in ``encoding``; the message
    names, where one fits, the encoding to try.
    """
    if not data.strip(b" \t\r\n"):
        raise InputError("the file is empty: there is nothing to translate")
    try:
        codec = codecs.lookup(encoding).name
        "a".encode(codec)  # refuses codecs that are not of text
    except (LookupError, ValueError):
        raise InputError(
            f"encoding {encoding!r} is not known", "try utf-8, cp1252 or utf-16"
        ) from None
    if codec in ("utf-8", "utf-8-sig"):
        if data.startswith(_WIDE_BOMS):
            raise InputError("this is UTF-16 text", Remedy(Act.CHOOSE_ENCODING, "utf-16"))
        if b"\x00" in data[:_SNIFF_BYTES] and data.count(b"\x00") * 20 > len(data):
            raise InputError(
                "this is a binary file, not text", "save it as plain text or Markdown in UTF-8"
            )
        codec = "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise _unread(data, codec, line) from None
    if not text.strip():
        raise InputError("the file is empty: there is nothing to translate")
    return text


def _unread(data: bytes, codec: str, line: int) -> InputError:
    if codec != "utf-8-sig":
        return InputError(f"this is not {codec} text (line {line})", Remedy(Act.NAME_ENCODING))
    lost = data.decode("utf-8", "replace")
    kept = sum(character > "\x7f" and character != "\ufffd" for character in lost)
    if kept > 3 * lost.count("\ufffd"):
        return InputError(
            f"the text is UTF-8 but for some bytes (first on line {line})",
            "write the characters of that line again and save it as UTF-8",
        )
    what = f"this is not utf-8 text (line {line})"
    best = likeliest(data)
    if best is None:
        return InputError(f"{what}; it is probably not a text file", "save it as UTF-8 text")
    return InputError(what, "save it as UTF-8", Remedy(Act.CHOOSE_ENCODING, best))


_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)",
    re.IGNORECASE,
)
# What browsers make of these names.
_AS_CP1252 = frozenset({"iso8859-1", "ascii", "latin-1", "us-ascii"})


def html_encoding(data: bytes, encoding: str) -> str:
    """Give the encoding of a page: of its byte order mark, what it names itself, else the given."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith(_WIDE_BOMS):
        return "utf-16"
    found = _CHARSET.search(data[:4096])
    if found is None:
        return encoding
    try:
        codec = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, ValueError):
        return encoding
    # A page that can be read as bytes of ASCII is not in UTF-16, whatever it says.
    if codec.startswith("utf-16"):
        return "utf-8"
    return "cp1252" if codec in _AS_CP1252 else codec


def decode_html(data: bytes, encoding: str) -> str:
    """Decode a web page strictly, as it is; see ``html_encoding`` and ``decode``."""
    own = html_encoding(data, encoding)
    try:
        return decode(data, own)
    except InputError:
        if own == "utf-8" or not _is_utf8(data):
            raise
        return decode(data, "utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_LIGATURES = re.compile("[\ufb00-\ufb06]")
# Superior letters of French abbreviations (1ᵉʳ, Mᵐᵉ, nᵒˢ), not those of phonetics (pʰ, kʷ).
_SUPERIOR = re.compile("(?<=[^\\W_])[ᵃᵇᵈᵉᵍⁱᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛ]*[ᵃᵇᵈᵉᵍᵏˡᵐᵒᵖʳˢᵗᵘᵛ]+")
# Letters and digits drawn as bold or slanted, for mathematics, or as wide as Chinese signs.
_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
# A soft hyphen or, in the text of scans, ¬ ends a line inside a word: a hyphen that is no letter.
_BROKEN = re.compile("(?<=[^\\W\\d_])[\u00ad¬](?=[ \\t\u00a0]*\\r?\\n)")
BREAK = "\u2010"


def mended(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Read letters that only typesetters use as those they stand for; count each kind."""
    repairs = []
    for code, pattern, title in (
        ("ligature", _LIGATURES, "ligature"),
        ("superior", _SUPERIOR, "superior letter"),
        ("styled", _STYLED, "styled letter"),
    ):
        found = list(pattern.finditer(text))
        if found:
            line = text.count("\n", 0, found[0].start()) + 1
            count = sum(len(match[0]) for match in found)
            repairs.append(Repair(code, title, "read as letters", count, line))
            text = pattern.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _BROKEN.sub(BREAK, text), tuple(repairs)
