"""The characters of a text in; what is said of those that the bundled fonts cannot draw, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.config import PublishSettings
from pipeline.model import Document, Notice
from pipeline.stages.publish.render import boxed, undrawn

# So many are named; a text in a script that is not there would fill a page with them.
_NAMED = 120
REMEDY = (
    "replace these characters in the text, or set publish.missing_glyphs to substitute and check "
    "how they print"
)


def glyph_notices(document: Document, settings: PublishSettings) -> tuple[Notice, ...]:
    """Return a notice that names what the bundled fonts lack, before anything is translated."""
    texts = [document.title, document.author, document.date, *(b.text for b in document.blocks)]
    if not (lacking := undrawn("".join(texts))):
        return ()
    message = f"the bundled fonts cannot draw {named(lacking)}: "
    if settings.missing_glyphs == "fail":
        message += f"publishing will stop; {REMEDY}"
    else:
        message += substitution(lacking)
    return (Notice("missing_glyphs", message),)


def substitution(lacking: Sequence[str]) -> str:
    """Say which fonts draw what the bundled ones lack: this machine's, or none."""
    none = boxed(lacking)
    drawn = [each for each in lacking if each not in none]
    said = []
    if drawn:
        said.append(f"fonts of this machine draw {named(drawn)}")
    if none:
        said.append(
            f"no font of this machine draws {named(none)}: the PDF shows boxes; install a font "
            "that has these characters"
        )
    return "; ".join(said)


def named(characters: Iterable[str]) -> str:
    """Name characters, all of them or as many as can be read, and then how many more there are."""
    each = list(characters)
    more = f" and {len(each) - _NAMED} more" if len(each) > _NAMED else ""
    return " ".join(each[:_NAMED]) + more
