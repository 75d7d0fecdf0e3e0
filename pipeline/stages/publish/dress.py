"""Settings in; the dress of an edition, which says what stands beside the text, out."""

from __future__ import annotations

from pipeline.config import PublishSettings
from pipeline.model import Dress, House

# What can stand beside the text, and what it is.
PARTS = {
    "marks": "underlined glossary terms and the numbers of findings, each with its appendix; in "
    "review, doubtful words",
    "numbers": "the numbers of the rows",
    "notice": "that the English is a machine's, and who has read it",
    "imprint": "source, rights and credits, and the edition's provenance in one line",
    "glossary": "the glossary's entries: all about them in review, names and terms in print",
    "findings": "what the checks found",
    "colophon": "how it was made, with every hash",
    "contents": "of a book: its chapters in both languages, with their pages",
    "index": "of a book: the rows, or where these have no numbers the pages, of names and terms",
}

# The parts that each dress has, unless the settings say otherwise.
DRESSES = {
    "review": frozenset({"marks", "numbers", "notice", "glossary", "findings", "colophon"}),
    "print": frozenset({"notice", "imprint"}),
}
# The parts that a book has besides.
_HOUSE_FONTS = {"text-font": "House Text", "title-font": "House Title"}
_BOOK = frozenset({"numbers", "contents", "index", "imprint"})


def dress_of(settings: PublishSettings, house: House | None = None) -> Dress:
    """Give the dress that the settings ask for; where they differ from the house's, they count."""
    parts = DRESSES[settings.dress] | (_BOOK if settings.book else frozenset())
    for part, wanted in settings.parts.items():
        parts = parts | {part} if wanted else parts - {part}
    families = {font.family for font in house.fonts} if house else set()
    own = {name: family for name, family in _HOUSE_FONTS.items() if family in families}
    return Dress(
        settings.dress,
        parts,
        settings.notices,
        settings.english,
        settings.page_size,
        {**own, **(house.theme if house else {}), **settings.theme},
        house,
    )
