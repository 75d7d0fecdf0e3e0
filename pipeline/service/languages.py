"""A document in; what in it is not French, told before anything is translated, out."""

from __future__ import annotations

from pipeline.errors import Act, InputError, Remedy
from pipeline.language.identify import NAMES, Foreign, foreign
from pipeline.model import BlockKind, Document

# From which share of the text on it is taken for the wrong text, or one in two languages.
_MOST = 0.2
_TOLD = 3  # passages named
_QUOTED = 40  # characters


def foreign_passages(
    name: str, document: Document, force: bool = False, kept: bool = False
) -> tuple[str, ...]:
    """Give what is to be said of passages that are not French.

    Raises InputError where they are more than a fifth of the text, unless somebody wants it
    translated all the same (``force``), or they are ``kept`` as they are.
    """
    prose = [block for block in document.blocks if block.kind is not BlockKind.CODE]
    found, share = foreign(block.text for block in prose)
    if not found:
        return ()
    languages = " and ".join(dict.fromkeys(NAMES[each.language] for each in found))
    what = f"{len(found)} of {len(prose)} paragraphs are {languages}, {_where(found)}"
    if len(found) == 1:
        what = f"1 of {len(prose)} paragraphs is {languages}, {_where(found)}"
    if kept:
        return (f"{what}: kept as they are",)
    if share > _MOST and not force:
        raise InputError(
            f"… is not all French: {share:.0%} of it is {languages} ({what})",
            "give only the French text",
            "set translate.keep_foreign to leave the rest as it is",
            Remedy(Act.TRANSLATE_ANYWAY),
            where=name,
        )
    return (f"{what}: translated as if French",)


def _where(found: tuple[Foreign, ...]) -> str:
    """Say which passages they are: the number of each, and how it begins."""
    said = [f"no. {each.place + 1} «{_begin(each.text)}»" for each in found[:_TOLD]]
    more = len(found) - len(said)
    return ", ".join(said) + (f" and {more} more" if more else "")


def _begin(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
