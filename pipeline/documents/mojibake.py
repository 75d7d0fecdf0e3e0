"""A text that was UTF-8 read in another encoding in; what it was out, where that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.documents.encoding_guess import FRENCH_LETTERS, FRENCH_SIGNS
from pipeline.model import Notice


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
    meant = _shown(f"{FRENCH_LETTERS}{FRENCH_SIGNS}\u202f\u2009′″²³½", codec)
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


_ACCENTED = re.compile(f"[{FRENCH_LETTERS}]")


def without_mojibake(text: str) -> tuple[str, tuple[Notice, ...]]:
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
