"""The styles of a Word document in; what each says of paragraphs and runs out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.documents.package import Element, attribute, child, local

OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|titre|überschrift) ?([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocxStyle:
    """What a style says, its ancestors' words included: of its paragraphs, and of its runs.

    ``language`` is a tag as it stands there, "" where nothing is said of it.
    """

    name: str = ""
    level: int = 0
    listed: bool = False
    on: frozenset[str] = frozenset()
    language: str = ""


def read_styles(root: Element) -> dict[str, DocxStyle]:
    """Give the styles by their ids; that of a document's defaults is called ""."""
    elements = {attribute(each, "styleId"): each for each in root if local(each) == "style"}
    defaults: Element | None = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        defaults = None if defaults is None else child(defaults, name)
    return {
        **{key: _style(key, elements) for key in elements},
        "": DocxStyle(language=said_of(defaults)),
    }


def said_of(properties: Element | None) -> str:
    """Give the tag of the language in the properties of a run, "" where they name none."""
    language = None if properties is None else child(properties, "lang")
    return "" if language is None else attribute(language, "val")


def languages_of(body: Element, default: str) -> Iterator[tuple[str, int]]:
    """Give the language of each run, as in "fr", and how many letters it has."""
    for run in body.iter():
        if local(run) == "r":
            language = (said_of(child(run, "rPr")) or default).lower()[:2]
            yield language, sum(len(each.text or "") for each in run if local(each) == "t")


def _style(key: str, elements: dict[str, Element]) -> DocxStyle:
    """Give a style with what it inherits; a style may be based on itself in a hostile file."""
    name, level, listed, language = "", 0, False, ""
    on: dict[str, bool] = {}
    seen: set[str] = set()
    while key in elements and key not in seen and len(seen) < 20:
        seen.add(key)
        element = elements[key]
        own = child(element, "name")
        title = "" if own is None else attribute(own, "val")
        name = f"{name} {title} {key}".strip()
        heading = _HEADING.search(title) or _HEADING.search(key)
        level = level or (int(heading[1]) if heading else 0)
        if title.lower() in ("title", "titre"):
            level = level or 1
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        if paragraph is not None:
            outline = child(paragraph, "outlineLvl")
            value = "" if outline is None else attribute(outline, "val")
            level = level or (int(value) + 1 if value.isdecimal() and len(value) < 3 else 0)
            listed = listed or child(paragraph, "numPr") is not None
        language = language or said_of(run)
        for each in run if run is not None else ():
            on.setdefault(local(each), attribute(each, "val").lower() not in OFF)
        above = child(element, "basedOn")
        key = "" if above is None else attribute(above, "val")
    switched = frozenset(key for key, value in on.items() if value)
    return DocxStyle(name, level, listed and not level, switched, language)
