"""The bundled fonts: their files, the CSS that declares them, and the characters they can draw."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.stages.publish.render.view import Edition

FOLDER = Path(__file__).resolve().parent / "fonts"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its name without ".woff2", and the family, weight and style it declares."""

    name: str
    family: str
    weight: int = 400
    style: str = "normal"
    data: bytes = b""

    def read(self) -> bytes:
        """Return the WOFF2 file."""
        return self.data or (FOLDER / f"{self.name}.woff2").read_bytes()


FACES = (
    Face("serif-regular", "Enregard Serif"),
    Face("serif-italic", "Enregard Serif", style="italic"),
    Face("serif-semibold", "Enregard Serif", weight=600),
    Face("display-regular", "Enregard Display"),
    Face("extended-regular", "Enregard Extended"),
    Face("extended-italic", "Enregard Extended", style="italic"),
    Face("extended-semibold", "Enregard Extended", weight=600),
    Face("mono-regular", "Enregard Mono"),
    Face("greek-regular", "Enregard Wide Greek"),
    Face("cyrillic-regular", "Enregard Wide Cyrillic"),
    Face("latin-regular", "Enregard Wide Latin"),
    Face("hebrew-regular", "Enregard Hebrew"),
    Face("arabic-regular", "Enregard Arabic"),
    Face("armenian-regular", "Enregard Armenian"),
    Face("georgian-regular", "Enregard Georgian"),
    Face("devanagari-regular", "Enregard Devanagari"),
    Face("thai-regular", "Enregard Thai"),
    Face("symbols-regular", "Enregard Symbols"),
    Face("emoji-regular", "Enregard Emoji"),
    Face("signs-regular", "Enregard Signs"),
)
# Those of every edition, whatever it is about.
_CORE = ("Enregard Serif", "Enregard Display", "Enregard Mono")
# Joiners, variation selectors and the like: they are heard by the characters beside them and never
# drawn, so that no font need have them.
_SILENT = "\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0001-\U000e01ef"


def faces_for(edition: Edition) -> tuple[Face, ...]:
    """Return the faces an edition needs, in the order in which they are asked for a character.

    Those of Greek, Cyrillic, Hebrew and so on are among them only where such letters occur.
    """
    wanted = set(_CORE)
    coverage = _coverage()
    for each in _characters(edition) - coverage["Enregard Serif"]:
        family = next((name for name, drawn in coverage.items() if each in drawn), "")
        wanted.add(family)
    return (*house_faces(edition), *(face for face in FACES if face.family in wanted))


def house_faces(edition: Edition) -> tuple[Face, ...]:
    """Return the fonts of the house's own."""
    return tuple(
        Face(f"house-{number}", font.family, font.weight, font.style, font.data)
        for number, font in enumerate(edition.house.fonts if edition.house else ())
    )


def beside_house(edition: Edition) -> tuple[str, ...]:
    """Return the characters of an edition, sorted, that a font of the house does not have."""
    lacking: set[str] = set()
    for font in edition.house.fonts if edition.house else ():
        has = {point for first, last in font.covered for point in range(first, last + 1)}
        lacking |= {each for each in _characters(edition) if ord(each) not in has}
    return tuple(sorted(each for each in lacking if each.isprintable() and not each.isspace()))


def picture_url(kind: str, data: bytes) -> str:
    """Return a picture itself as an address."""
    return f"data:{kind};base64," + base64.b64encode(data).decode("ascii")


def core_faces() -> tuple[Face, ...]:
    """Return the faces of a page that shows no text of its own."""
    return tuple(face for face in FACES if face.family in _CORE)


def font_css(faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """Return one @font-face rule a face, with its source at ``address(face)``.

    The property ``--others`` has the families that follow a text's own, for what that lacks.
    """
    faces = tuple(faces)
    rules = [
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f'font-style:{face.style};font-display:swap;src:url("{address(face)}") format("woff2")}}'
        for face in faces
    ]
    families = dict.fromkeys(face.family for face in faces if not face.data)
    others = ",".join(f'"{name}"' for name in families if name != "Enregard Display")
    return "\n".join([*rules, f":root{{--others:{others}}}"])


def own_address(face: Face) -> str:
    """Return the address under which a page that is printed asks for the font file."""
    return f"enregard-font:{face.name}"


def data_url(face: Face) -> str:
    """Return the font file itself as an address."""
    return "data:font/woff2;base64," + base64.b64encode(face.read()).decode("ascii")


def missing_glyphs(edition: Edition) -> tuple[str, ...]:
    """Return the characters of an edition, sorted, that no bundled font can draw.

    They are printed with whatever font the reader's machine has.
    """
    return undrawn(_characters(edition))


def undrawn(characters: Iterable[str]) -> tuple[str, ...]:
    """Return those of some characters, sorted, that no bundled font can draw."""
    foreign = foreign_text()
    return tuple(each for each in sorted(set(characters)) if foreign.match(each))


@cache
def foreign_text() -> re.Pattern[str]:
    """Return the pattern of a run of characters that no bundled font can draw."""
    drawn = frozenset().union(*_coverage().values())
    return re.compile(f"[^\\s{_SILENT}{re.escape(''.join(sorted(drawn)))}]+")


@cache
def _coverage() -> dict[str, frozenset[str]]:
    """Return what every face of a family can draw, by family, in the order of ``FACES``."""
    table = json.loads((FOLDER / "coverage.json").read_text(encoding="ascii"))
    return {
        family: frozenset(
            chr(point) for first, last in table[family] for point in range(first, last + 1)
        )
        for family in dict.fromkeys(face.family for face in FACES)
    }


def _characters(edition: Edition) -> frozenset[str]:
    """Return every character of an edition that comes from the text, glossary or provenance."""
    texts = [edition.title, edition.target_title]
    lines = [each for each in (*edition.people, edition.origin, edition.imprint) if each]
    texts += [text for pair in lines for text in (pair.source, pair.target)]
    for row in edition.rows:
        texts += [row.marker, row.source.text, row.target.text]
    for term in edition.terms:
        texts += [term.source, term.target, term.note]
    texts += [note.message for note in edition.notes]
    texts += [edition.source_line, edition.citation, *edition.summary]
    texts += [fact.value for fact in edition.facts]
    return frozenset("".join(texts))
