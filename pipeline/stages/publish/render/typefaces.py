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

    def read(self) -> bytes:
        """Return the WOFF2 file."""
        return (FOLDER / f"{self.name}.woff2").read_bytes()


FACES = (
    Face("serif-regular", "Enregard Serif"),
    Face("serif-italic", "Enregard Serif", style="italic"),
    Face("serif-semibold", "Enregard Serif", weight=600),
    Face("display-regular", "Enregard Display"),
    Face("extended-regular", "Enregard Extended"),
    Face("extended-italic", "Enregard Extended", style="italic"),
    Face("extended-semibold", "Enregard Extended", weight=600),
    Face("mono-regular", "Enregard Mono"),
)


def faces_for(edition: Edition) -> tuple[Face, ...]:
    """Return the faces an edition needs: Greek, Cyrillic and Vietnamese only where they occur."""
    serif = _coverage()["Enregard Serif"]
    extended = _coverage()["Enregard Extended"]
    if any(each in extended and each not in serif for each in _characters(edition)):
        return FACES
    return tuple(face for face in FACES if face.family != "Enregard Extended")


def font_face_css(faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """Return one @font-face rule a face, with its source at ``address(face)``."""
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f'font-style:{face.style};font-display:swap;src:url("{address(face)}") format("woff2")}}'
        for face in faces
    )


def data_url(face: Face) -> str:
    """Return the font file itself as an address."""
    return "data:font/woff2;base64," + base64.b64encode(face.read()).decode("ascii")


def missing_glyphs(edition: Edition) -> tuple[str, ...]:
    """Return the characters of an edition, sorted, that no bundled font can draw.

    They are printed with whatever font the reader's machine has.
    """
    return tuple(each for each in sorted(_characters(edition)) if foreign_text().match(each))


@cache
def foreign_text() -> re.Pattern[str]:
    """Return the pattern of a run of characters that no bundled font can draw."""
    drawn = frozenset().union(*_coverage().values())
    return re.compile(f"[^\\s{re.escape(''.join(sorted(drawn)))}]+")


@cache
def _coverage() -> dict[str, frozenset[str]]:
    table = json.loads((FOLDER / "coverage.json").read_text(encoding="ascii"))
    return {
        family: frozenset(chr(point) for first, last in ranges for point in range(first, last + 1))
        for family, ranges in table.items()
    }


def _characters(edition: Edition) -> frozenset[str]:
    """Return every character of an edition that comes from the text, glossary or provenance."""
    texts = [edition.title, edition.target_title, edition.byline, edition.target_byline]
    for row in edition.rows:
        texts += [row.marker, row.source.text, row.target.text]
    for term in edition.terms:
        texts += [term.source, term.target, term.note]
    texts += [note.message for note in edition.notes]
    texts += [edition.source_line, edition.citation, *edition.summary]
    texts += [fact.value for fact in edition.facts]
    return frozenset("".join(texts))
