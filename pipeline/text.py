"""Bytes in, clean Unicode text out, with a notice for everything that had to be repaired.

Decoding is strict: a wrong encoding is an error that names the remedy, never mojibake. Cleaning
keeps every visible character; it drops what cannot be printed or could mislead the reader (control
characters, and the bidirectional controls of CVE-2021-42574) and says so.
"""

from __future__ import annotations

import codecs
import difflib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipeline.errors import Act, InputError, Remedy
from pipeline.model import Notice

_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What a NUL-ridden head tells: a file of another format, not a text in another encoding.
_SNIFF_BYTES = 8192

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)
# code, the characters, what the notice calls them, what takes their place
_REPAIRS = (
    ("control", re.compile(f"[{_CONTROLS}]"), "control character", ""),
    ("bidi", re.compile(f"[{_BIDI}]"), "text-direction control", ""),
    ("invisible", re.compile(f"[{_INVISIBLE}]"), "invisible character", ""),
    ("noncharacter", re.compile(f"[{_NONCHARACTERS}]"), "code point that is no character", ""),
    ("surrogate", re.compile("[\ud800-\udfff]"), "unpaired surrogate", "\ufffd"),
)


def fingerprint(*parts: object) -> str:
    """Give the SHA-256 (hex) of JSON-serialisable parts; equal parts give equal fingerprints."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Give a word in lower case without diacritics and ligatures ("Çà" → "ca", "Œuvre" → "oeuvre").

    What readers take for one word has one folded form: letters in other shapes (ﬁ, ²) count too.
    """
    plain = unicodedata.normalize("NFKD", word).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Give advice about a word that is not known: the nearest that is, or ``otherwise``."""
    nearest = difflib.get_close_matches(word[:80], known, n=1, cutoff=0.5)
    return f"did you mean {nearest[0]!r}?" if nearest else otherwise


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Say that there is no ``kind`` of this name, which may be meant, and which there are."""
    names = list(known)
    guess = did_you_mean(name, names, "")
    there = f"{guess} There are" if guess else "there are"
    return f"there is no {kind} {name[:80]!r}; {there} {', '.join(names)}"


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
        raise _misread(data, codec, line) from None
    if not text.strip():
        raise InputError("the file is empty: there is nothing to translate")
    return text


def _misread(data: bytes, codec: str, line: int) -> InputError:
    if codec != "utf-8-sig":
        return InputError(f"this is not {codec} text (line {line})", Remedy(Act.NAME_ENCODING))
    what = f"this is not utf-8 text (line {line})"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return InputError(f"{what}; it is probably not a text file", "save it as UTF-8 text")
    return InputError(what, "save it as UTF-8", Remedy(Act.CHOOSE_ENCODING, "cp1252"))


def readable(data: bytes, encoding: str) -> tuple[str, tuple[Notice, ...]]:
    """Decode the bytes of a text file and clean it; see ``decode`` and ``clean``."""
    return clean(decode(data, encoding))


def clean(text: str) -> tuple[str, tuple[Notice, ...]]:
    r"""Make decoded text printable: NFC, ``\n`` line breaks, no controls; say what was repaired.

    A paragraph separator (U+2029) becomes an empty line; tabs become spaces. Each notice counts one
    kind of repair and names the first line, counted from 1, where it was needed.
    """
    text = _LINE_BREAKS.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " ")
    notices = []
    for code, pattern, title, replacement in _REPAIRS:
        first = pattern.search(text)
        if first is None:
            continue
        line = text.count("\n", 0, first.start()) + 1
        text, count = pattern.subn(replacement, text)
        deed = "replaced" if replacement else "removed"
        plural = "s" if count > 1 else ""
        notices.append(Notice(code, f"{count} {title}{plural} {deed}, first on line {line}", line))
    if "\ufffd" in text and not any(notice.code == "surrogate" for notice in notices):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        notices.append(
            Notice(
                "replacement", f"a character was lost before Enregard: U+FFFD on line {line}", line
            )
        )
    return unicodedata.normalize("NFC", text), tuple(notices)


def slug(name: str, limit: int = 40) -> str:
    """Make a short file-name-safe ASCII form of a name: lower-case letters, digits and hyphens.

    Unlike ``fold`` it drops a letter that is not ASCII (æ, ß): jobs on disk are found again by it.
    """
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:limit].strip("-") or "text"
