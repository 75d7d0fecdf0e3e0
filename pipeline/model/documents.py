"""What a text is once it is read: blocks with their marks, and the segments in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SOURCE_LANGUAGE = "fr"


TARGET_LANGUAGE = "en"


class BlockKind(StrEnum):
    """What a block is in the source text, which decides how it is set.

    ``FURNITURE`` is what stands on every page: heads and feet. ``VERSE`` is a line of verse.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    VERSE = "verse"
    CODE = "code"
    CELL = "cell"
    CAPTION = "caption"
    NOTE = "note"
    IMAGE = "image"
    CUE = "cue"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader repaired or wants known: a code, a sentence, the line (from 1)."""

    code: str
    message: str
    line: int | None = None


class InlineKind(StrEnum):
    """What a stretch of a block is, besides its words.

    ``NOTE`` is a point: where a note, named by the mark's value, is called for. ``LANGUAGE`` is on
    words that are not French.
    """

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    SMALL_CAPS = "small_caps"
    CODE = "code"
    NOTE = "note"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class InlineMark:
    """A mark on ``text[start:end]``.

    ``value`` is a link's address, a note's name, or the tag of a language ("de", "en-GB").
    """

    kind: InlineKind
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text, such as a heading or a paragraph; only code has lines.

    ``level`` is the heading level (1–6), the nesting depth of a list item or quotation (from 1),
    the column of a table's cell or the place of a line in its stanza (from 1), 0 otherwise.
    ``marker`` is a list item's own mark as it stands in the source ("-", "3."), "" in the later
    paragraphs of an item; of a note its number or name; of a cell its table and row ("2.1"), both
    counted from 1; of a cue its time. ``marks`` are in the order of their starts.
    """

    index: int
    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    marks: tuple[InlineMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What stands around a text besides its title, author and date, "" where there is nothing.

    ``subtitle`` and ``kicker`` are blocks of the text too, right after its title, so that they are
    translated with the rest; those in English are what a person gave instead. ``credit`` is that of
    the images.
    """

    subtitle: str = ""
    kicker: str = ""
    title_en: str = ""
    subtitle_en: str = ""
    kicker_en: str = ""
    source: str = ""
    rights: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that has been read: cleaned blocks, and the SHA-256 of the bytes they came from.

    ``scopes`` are the glossary scopes that the text names itself, in its front matter.
    """

    sha256: str
    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    date: str = ""
    language: str = SOURCE_LANGUAGE
    notices: tuple[Notice, ...] = ()
    scopes: tuple[str, ...] = ()
    front: Front = Front()


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a block: ``source == block.text[start:end]``; ``id`` is like "b0012.s03"."""

    id: str
    block: int
    start: int
    end: int
    source: str
