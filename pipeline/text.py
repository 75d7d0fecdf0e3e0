"""Text in, clean Unicode text out, with a notice for everything that had to be repaired.

Cleaning keeps every visible character; it drops what cannot be printed or could mislead the reader
(control characters, and the bidirectional controls of CVE-2021-42574) and says so.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Notice

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
# Letters that are never seen and can say anything; but the flags of three nations are made of them.
_TAGS = "\U000e0000-\U000e007f"
_FLAGS = [
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in nation) + "\U000e007f"
    for nation in ("gbeng", "gbsct", "gbwls")
]
_IN_A_FLAG = "|".join(f"(?<={flag[:at]})(?={flag[at:]})" for flag in _FLAGS for at in range(2, 8))
# One variation selector says how the character before it is drawn; more of them say something else.
_SELECTORS = "[\ufe00-\ufe0f\U000e0080-\U000e01ef]"
_SAYS_MORE = f"(?:(?<={_SELECTORS}{_SELECTORS})|(?<![^\\s]{_SELECTORS}))"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)
)
# code, the characters, what the notice calls them, what takes their place
_REPAIRS = (
    ("control", re.compile(f"[{_CONTROLS}]"), "control character", ""),
    ("bidi", re.compile(f"[{_BIDI}]"), "text-direction control", ""),
    ("invisible", re.compile(f"[{_INVISIBLE}]"), "invisible character", ""),
    ("invisible", re.compile(f"[{_TAGS}](?!{_IN_A_FLAG})"), "invisible character", ""),
    ("invisible", re.compile(f"{_SELECTORS}{_SAYS_MORE}"), "invisible character", ""),
    ("noncharacter", re.compile(f"[{_NONCHARACTERS}]"), "Unicode noncharacter", ""),
    ("surrogate", re.compile("[\ud800-\udfff]"), "unpaired surrogate", "\ufffd"),
)
_LOST = "replacement"


def fingerprint(*parts: object) -> str:
    """Give the SHA-256 (hex) of JSON-serialisable parts; equal parts give equal fingerprints."""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1 << 12)
def fold(word: str) -> str:
    """Give a word in lower case without diacritics and ligatures ("Çà" → "ca", "Œuvre" → "oeuvre").

    What readers take for one word has one folded form: letters in other shapes (ﬁ, ²) count too.
    """
    plain = unicodedata.normalize("NFKD", word).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_PLAIN = str.maketrans("’‘“”\u00a0\u202f", "''\"\"  ")


def plain(text: str) -> str:
    """Give a text to be searched in: as people type it, in small letters."""
    return text.translate(_PLAIN).casefold()


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Give advice about a word that is not known: the nearest that is, or ``otherwise``."""
    nearest = difflib.get_close_matches(word[:80], known, n=1, cutoff=0.5)
    return f"did you mean {nearest[0]!r}?" if nearest else otherwise


def unknown(kind: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """Say that there is no ``kind`` of this name; and which may be meant, and which there are."""
    names = list(known)
    guess = did_you_mean(name, names, "")
    there = f"{guess} There are" if guess else "there are"
    return f"there is no {kind} {name[:80]!r}", f"{there} {', '.join(names)}"


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair: what was mended how often, from which line on (0: the text has none)."""

    code: str
    title: str
    deed: str
    count: int
    line: int = 0


def clean(text: str, tabs: bool = False) -> tuple[str, tuple[Notice, ...]]:
    r"""Make decoded text printable: NFC, ``\n`` line breaks, no controls; say what was repaired.

    A paragraph separator (U+2029) becomes an empty line; tabs become spaces unless ``tabs`` keeps
    them. Each notice counts one kind of repair and names the first line, counted from 1, where it
    was needed.
    """
    text, repairs = cleaned(text, tabs)
    return text, notices_of(repairs)


def cleaned(text: str, tabs: bool = False) -> tuple[str, tuple[Repair, ...]]:
    """Do what ``clean`` does, and give the repairs as data."""
    text = _LINE_BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    if not tabs:
        text = text.replace("\t", " ")
    repairs = []
    for code, pattern, title, replacement in _REPAIRS:
        first = pattern.search(text)
        if first is None:
            continue
        line = text.count("\n", 0, first.start()) + 1
        text, count = pattern.subn(replacement, text)
        repairs.append(Repair(code, title, "replaced" if replacement else "removed", count, line))
    if "\ufffd" in text and not any(repair.code == "surrogate" for repair in repairs):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        repairs.append(Repair(_LOST, "", "", text.count("\ufffd"), line))
    return unicodedata.normalize("NFC", text), tuple(repairs)


def notices_of(repairs: Iterable[Repair]) -> tuple[Notice, ...]:
    """Put repairs in words, those of one kind together."""
    kinds: dict[str, list[Repair]] = {}
    for repair in repairs:
        kinds.setdefault(repair.code, []).append(repair)
    notices = []
    for code, alike in kinds.items():
        count, line = sum(each.count for each in alike), min(each.line for each in alike)
        if code == _LOST:
            place = f" on line {line}" if line else ""
            message = f"a character was lost before Enregard: U+FFFD{place}"
        else:
            plural = "s" if count > 1 else ""
            title = alike[0].title.replace("(s)", plural)
            title += "" if title != alike[0].title else plural
            place = f", first on line {line}" if line else ""
            message = f"{count} {title} {alike[0].deed}{place}"
        notices.append(Notice(code, message, line or None))
    return tuple(notices)


def slug(name: str, limit: int = 40) -> str:
    """Make a short file-name-safe ASCII form of a name: lower-case letters, digits and hyphens.

    Unlike ``fold`` it drops a letter that is not ASCII (æ, ß): jobs on disk are found again by it.
    """
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:limit].strip("-") or "text"


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word so that it has at most so many characters, and an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"


def opening(text: str) -> str:
    """Give the first words of a text, which name it where it has no title."""
    return shortened(" ".join(text.split()), 60)
