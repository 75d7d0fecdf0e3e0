"""The bytes of a text file in, its readable text out, or one line that names the right encoding.

Decoding is strict: a wrong encoding is an error with its remedy. Text that was spoilt before (UTF-8
read in another encoding, and saved so) is put right where that is certain, and told of where it is
not. Letters that only typesetters use are read as the letters they stand for.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import Act, InputError, Remedy
from pipeline.model import Notice
from pipeline.text import Repair, cleaned, notices_of

_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What a NUL-ridden head tells: a file of another format, not a text in another encoding.
_SNIFF_BYTES = 8192
# Where bytes are no UTF-8, these are tried, the likeliest first.
_SINGLE_BYTE = ("cp1252", "iso8859-15", "mac-roman", "cp850")

_FRENCH_LETTERS = "àâäéèêëîïôöùûüÿçœæÀÂÄÉÈÊËÎÏÔÖÙÛÜŸÇŒÆñáíóúÑ"
_FRENCH_SIGNS = "«»’‘“”–—…€°·•§\u00a0"
_NUMBER_SIGNS = "½¼¾²³±×"


def readable(data: bytes, encoding: str, tabs: bool = False) -> tuple[str, tuple[Notice, ...]]:
    """Decode the bytes of a text file, mend and clean it; see ``decode``, ``mended``, ``clean``."""
    text = decode(data, encoding)
    doubts = _misread(data, encoding)
    text, mojibake = _without_mojibake(text)
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
    best = _likeliest(data)
    if best is None:
        return InputError(f"{what}; it is probably not a text file", "save it as UTF-8 text")
    return InputError(what, "save it as UTF-8", Remedy(Act.CHOOSE_ENCODING, best))


def _likeliest(data: bytes) -> str | None:
    """Give the single-byte encoding in which the bytes read best as French; None if in none."""
    scores = [
        (codec, score) for codec in _SINGLE_BYTE if (score := _score(data, codec)) is not None
    ]
    if not scores:
        return None
    best, score = max(scores, key=lambda pair: pair[1])
    # Nothing tells encodings apart in a text that is not French in any.
    return best if score > 0 or best == "cp1252" else None


def _score(data: bytes, codec: str) -> int | None:
    """Say how much of a text reads as French in an encoding: what fits less what does not."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return sum(
        _fit(text[place - 1 : place], text[place], text[place + 1 : place + 2])
        for place in (match.start() for match in _NOT_ASCII.finditer(text))
    )


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _fit(before: str, character: str, after: str) -> int:
    if character in _FRENCH_LETTERS:
        # A capital inside small letters is another letter in another encoding.
        inside = character.isupper() and before.islower()
        alone = not before.isalpha() and not after.isalpha() and character not in "àÀôÔ"
        return -1 if inside or alone else 1
    if character in _NUMBER_SIGNS:
        return -1 if before.isalpha() and after.isalpha() else 0
    return 1 if character in _FRENCH_SIGNS else -1


def _misread(data: bytes, encoding: str) -> tuple[Notice, ...]:
    """Tell of a text that reads better in another encoding than in the one a person named."""
    codec = codecs.lookup(encoding).name
    score = _score(data, codec) if codec in _ONE_BYTE else None
    best = _likeliest(data) if score is not None else None
    if best is None or score is None or codecs.lookup(best).name == codec:
        return ()
    better = _score(data, best)
    if better is None or better <= score or data.decode(best) == data.decode(codec):
        return ()
    line = data.count(b"\n", 0, _first_difference(data, codec, best)) + 1
    message = (
        f"reads better as {best} than as {encoding} (line {line}); if signs are wrong there, read "
        f"it again as {best}"
    )
    return (Notice("encoding", message, line),)


_ONE_BYTE = {codecs.lookup(name).name for name in (*_SINGLE_BYTE, "latin-1")}


def _first_difference(data: bytes, codec: str, other: str) -> int:
    pairs = zip(data.decode(codec), data.decode(other), strict=True)
    return next((place for place, (one, two) in enumerate(pairs) if one != two), 0)


@dataclass(frozen=True, slots=True)
class _Misreading:
    """UTF-8 read in another encoding: what its sequences look like, and stand for."""

    name: str
    sequences: re.Pattern[str]
    single: re.Pattern[str]
    meant: dict[str, str]

    def read_back(self, shown: str) -> str:
        """Give what a match of ``sequences`` stands for."""
        lost = "à" if shown[0] == "Ã" else "\u00a0"
        return "".join(map(self.meant.__getitem__, self.single.findall(shown))) or lost


@lru_cache(maxsize=1)
def _misreadings() -> tuple[_Misreading, ...]:
    return tuple(
        _misreading(name, codec)
        for name, codec in (("cp1252", "cp1252"), ("mac-roman", "mac-roman"), ("cp850", "cp850"))
    )


def _misreading(name: str, codec: str) -> _Misreading:
    meant = _shown(f"{_FRENCH_LETTERS}{_FRENCH_SIGNS}\u202f\u2009′″²³½", codec)
    ways = _alternatives(meant)
    if name == "cp1252":
        # What was misread twice is several such signs in a row.
        twice = _shown("".join(map(chr, range(0x80, 0x100))), codec)
        ways = f"(?:{_alternatives(twice)}){{2,}}|{ways}"
        meant = twice | meant
        # The second half of « à » and of the no-break space is a space, which may be lost.
        ways += "|Ã (?= )|Ã(?= )|(?<![A-ZÀ-Ý])Â "
    return _Misreading(name, re.compile(ways), re.compile(_alternatives(meant)), meant)


def _shown(characters: str, codec: str) -> dict[str, str]:
    """Say what characters look like in a wrong encoding, in Latin-1 too where that is cp1252."""
    codecs_ = (codec, "latin-1") if codec == "cp1252" else (codec,)
    return {_read_as(each.encode(), name): each for each in characters for name in codecs_}


def _alternatives(texts: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, texts), key=len, reverse=True))


def _read_as(data: bytes, codec: str) -> str:
    """Decode as programs do: a byte that an encoding lacks is the control character it is."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in data)


_ACCENTED = re.compile(f"[{_FRENCH_LETTERS}]")


def _without_mojibake(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Read back lines of UTF-8 that was read in another encoding; tell of those that are mixed.

    A line that also has accents as they should be quotes such signs, or was mended by half: it is
    left as it is.
    """
    notices: list[Notice] = []
    for misreading in _misreadings():
        if not misreading.sequences.search(text):
            continue
        lines, count, first, left = [], 0, 0, 0
        for number, line in enumerate(text.split("\n"), 1):
            mended, changes = _read_back(line, misreading)
            lines.append(mended)
            if changes > 0:
                count, first = count + changes, first or number
            elif changes < 0:
                left = left or number
        text = "\n".join(lines)
        if count:
            plural = "s were" if count > 1 else " was"
            message = (
                f"looks like UTF-8 read as {misreading.name}, line {first}: {count} "
                f"character{plural} read back"
            )
            notices.append(Notice("mojibake", message, first))
        if left:
            message = (
                f"looks like UTF-8 read as {misreading.name}, line {left}, which was left as it "
                "is: see that its accents are right"
            )
            notices.append(Notice("mojibake", message, left))
    return text, tuple(notices)


def _read_back(line: str, misreading: _Misreading) -> tuple[str, int]:
    """Give a line read back and how many signs that took; -1 where it was left as it is."""
    changes = 0
    # What was spoilt twice is read back twice.
    for _ in range(3):
        if not misreading.sequences.search(line):
            break
        if _ACCENTED.search(misreading.sequences.sub("", line)):
            return line, changes or -1
        line, count = misreading.sequences.subn(lambda match: misreading.read_back(match[0]), line)
        changes += count
    return line, changes


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
