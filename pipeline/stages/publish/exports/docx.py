"""An ``EditionContent`` in; the edition as a document for word processors (DOCX) out.

Office Open XML (ECMA-376, transitional): a table of two columns and the rows' numbers; a table of
the text is one with its columns on both sides. All that is seen comes from styles, so that a house
can give it its own; what stands on a run itself is but its language. Findings are comments on their
sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from xml.sax.saxutils import quoteattr

from pipeline.exchange.archive import archive
from pipeline.model import BlockKind, Dress, EditionContent
from pipeline.stages.publish.logo import DRAWING, picture_name
from pipeline.stages.publish.render import PAGE_SIZES, build_edition
from pipeline.stages.publish.render.templates import fill
from pipeline.stages.publish.render.view import Row, Run, stretches_of

_STYLES = {
    BlockKind.LIST_ITEM: "ListItem",
    BlockKind.NOTE: "FootnoteText",
    BlockKind.QUOTE: "Quote",
    BlockKind.CODE: "Code",
    BlockKind.CAPTION: "Caption",
    BlockKind.IMAGE: "Caption",
    BlockKind.VERSE: "Verse",
    BlockKind.CELL: "Cell",
}
_DEEPEST = 4
# What a run's style is made of, in this order: its name, and what it adds to a run.
_FACES = {
    "Term": '<w:u w:val="dotted" w:color="A39B8D"/>',
    "Amiss": '<w:u w:val="dash" w:color="8C2F23"/>',
    "doubtful": '<w:u w:val="dotted" w:color="8C2F23"/>',
    "link": '<w:u w:val="single" w:color="A39B8D"/>',
    "strong": "<w:b/>",
    "emphasis": "<w:i/>",
    "small_caps": "<w:smallCaps/>",
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
    "superscript": '<w:vertAlign w:val="superscript"/>',
    "subscript": '<w:vertAlign w:val="subscript"/>',
    "call": '<w:vertAlign w:val="superscript"/>',
}
# The order of these elements in a run's properties, which the format wants.
_ORDER = ("<w:rFonts", "<w:b/>", "<w:i/>", "<w:smallCaps/>", "<w:u ", "<w:vertAlign")
# What the styles name.
_FONT = "Georgia"
_COLOURS = {"ink": "1B1917", "muted": "5F594F", "rule": "A39B8D", "accent": "8C2F23"}
_TWIPS = 1440 / 25.4
# The unit of pictures in the twentieth of a point.
_EMU = 635
# Characters of a title in the running head: faces that stand in for ours may be wider.
_RUNNING = 32
_AMISS = ("missing", "forbidden")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page and its columns, in twentieths of a point: French, number, English, remarks."""

    width: int
    height: int
    margin: int
    columns: tuple[int, ...]

    @property
    def text_width(self) -> int:
        """What is left between the margins."""
        return sum(self.columns)


@dataclass(frozen=True, slots=True)
class PlacedLogo:
    """The logo in a document: whose it is, and its width and height in the format's own unit."""

    name: str
    width: int
    height: int


def docx(content: EditionContent) -> bytes:
    """Return the document; the findings that its dress shows are comments."""
    return _document(content, remarks=False)


def review_docx(content: EditionContent) -> bytes:
    """Return the document in its review dress, with a column for remarks."""
    dress = replace(content.dress, name="review", parts=content.dress.parts | Dress().parts)
    return _document(replace(content, dress=dress), remarks=True)


def _document(content: EditionContent, remarks: bool) -> bytes:
    edition = build_edition(content)
    parts = {
        "[Content_Types].xml": "types.xml",
        "_rels/.rels": "package-rels.xml",
        "docProps/core.xml": "core.xml",
        "word/_rels/document.xml.rels": "document-rels.xml",
        "word/styles.xml": "styles.xml",
        "word/settings.xml": "settings.xml",
        "word/comments.xml": "comments.xml",
        "word/header1.xml": "header.xml",
        "word/footer1.xml": "footer.xml",
        "word/document.xml": "document.xml",
    }
    english = "en-US" if content.dress.english == "us" else "en-GB"
    faces = sorted({face for row in edition.rows for face in _faces_in(row)})
    text = [row for rows in edition.sections for row in rows]
    sheet, logo = _sheet(content.dress.page_size, remarks), _pictures(content.dress)
    made: dict[str, bytes | str] = {
        name: fill(
            f"docx/{template}",
            edition=edition,
            sheet=sheet,
            stretches=tuple(stretches_of(text)),
            widths=partial(_widths, sheet),
            logo=_placed(content.dress, sheet),
            pictures=tuple(logo),
            room=_RUNNING,
            remarks=remarks,
            english=english,
            title_font=_font(content.dress, "House Title"),
            styles=_style,
            face=_face,
            faces={_name(face): _properties(face) for face in faces},
        ).lstrip()
        for name, template in parts.items()
    }
    made["word/styles.xml"] = _in_house(str(made["word/styles.xml"]), content.dress)
    return archive({**made, **{f"word/{name}": data for name, data in logo.items()}})


def _pictures(dress: Dress) -> dict[str, bytes]:
    """Give the files of the logo: a picture, and the drawing for programs that know it."""
    logo = dress.house.logo if dress.house else None
    if logo is None:
        return {}
    found = {picture_name(logo, logo.still): logo.still}
    return {**found, **({"logo.svg": logo.data} if logo.kind == DRAWING else {})}


def _placed(dress: Dress, sheet: Sheet) -> PlacedLogo | None:
    """Say how large the logo is: as high as in print, and no wider than the page allows."""
    house = dress.house
    if house is None or house.logo is None:
        return None
    width, height = house.logo.size
    high = min(11 * sheet.margin / 20, 0.6 * sheet.text_width * height / width)
    return PlacedLogo(house.name, round(high * width / height * _EMU), round(high * _EMU))


def _in_house(styles: str, dress: Dress) -> str:
    """Give the styles the face and the colours of the house in the place of ours."""
    for name, value in dress.theme.items():
        if name in _COLOURS and re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
            styles = styles.replace(_COLOURS[name], value[1:].upper())
    return styles.replace(_FONT, quoteattr(_font(dress, "House Text"))[1:-1])


def _font(dress: Dress, family: str) -> str:
    """Name a font of the house, which its own machines have; ours where there is none."""
    fonts = dress.house.fonts if dress.house else ()
    return next((font.title for font in fonts if font.family == family), _FONT)


def _sheet(size: str, remarks: bool) -> Sheet:
    width, height = PAGE_SIZES[size]
    # A wide margin on a wide page, as in print.
    margin = round(20 * min(1.0, width / 210) * _TWIPS)
    text = round(width * _TWIPS) - 2 * margin
    number = round(9 * _TWIPS)
    aside = round(text * 0.22) if remarks else 0
    side = (text - number - aside) // 2
    columns = (side, number, text - number - aside - side)
    return Sheet(
        round(width * _TWIPS),
        round(height * _TWIPS),
        margin,
        (*columns, aside) if remarks else columns,
    )


def _widths(sheet: Sheet, cell: Row) -> tuple[int, ...]:
    """Return the widths of a table's columns on both sides, the number's, and the remarks'."""
    french, number, english, *aside = sheet.columns
    return (*_shared(french, cell), number, *_shared(english, cell), *aside)


def _shared(width: int, cell: Row) -> Iterator[int]:
    """Part the width of a side between the columns of a table."""
    edges = [0, *accumulate(column.share for column in cell.columns)]
    return (width * end // 100 - width * start // 100 for start, end in pairwise(edges))


def _style(row: Row) -> str:
    """Name the style of a row's paragraphs."""
    if row.heading:
        return f"Heading{row.heading}"
    style = _STYLES.get(row.kind, "BodyText")
    if row.close:
        return "VerseLine"
    if row.kind is BlockKind.LIST_ITEM and row.depth > 1:
        return f"{style}{min(row.depth, _DEEPEST)}"
    return style


def _faces_in(row: Row) -> Iterator[tuple[str, ...]]:
    for side in (row.source, row.target):
        for sentence in side.sentences:
            for run in sentence.runs:
                if face := _parts(run):
                    yield face


def _face(run: Run) -> str:
    """Name the style of a run, "" where it has none."""
    return _name(_parts(run))


def _parts(run: Run) -> tuple[str, ...]:
    found = {*run.styles, *(["link"] if run.link else [])}
    if run.term:
        found.add("Amiss" if run.status in _AMISS else "Term")
    return tuple(part for part in _FACES if part in found)


def _name(face: tuple[str, ...]) -> str:
    return "".join(part.title().replace("_", "") for part in face)


def _properties(face: tuple[str, ...]) -> str:
    """Join what the parts of a style add, each kind once."""
    made = [_FACES[part] for part in face]
    return "".join(next((each for each in made if each.startswith(begin)), "") for begin in _ORDER)
