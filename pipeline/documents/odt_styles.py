"""The styles of an OpenDocument text in; what each says of paragraphs and spans out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pipeline.documents.package import Element, attribute, child, local
from pipeline.model import InlineKind

# How far letters stand above or below their line, in words or in hundredths of their height.
_RAISED, _LOWERED = re.compile("super|[1-9]"), re.compile("sub|-[1-9]")


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style says, its ancestors' words included; ``off`` are the marks it switches off."""

    name: str = ""
    marks: tuple[InlineKind, ...] = ()
    hidden: bool = False
    language: str = ""
    struck: bool = False
    underlined: bool = False
    off: frozenset[InlineKind] = frozenset()


def read_styles(roots: Iterable[Element]) -> dict[str, OdtStyle]:
    """Give the styles of a document by their names; parents come before them."""
    styles: dict[str, OdtStyle] = {}
    for style in chain.from_iterable(root.iter() for root in roots):
        if local(style) != "style":
            continue
        above = styles.get(attribute(style, "parent-style-name"), OdtStyle())
        properties = child(style, "text-properties")
        marks, off = set(above.marks), set(above.off)
        hidden, language = above.hidden, above.language
        struck, underlined = above.struck, False
        if properties is not None:
            position = attribute(properties, "text-position")
            found = {
                InlineKind.EMPHASIS: attribute(properties, "font-style") in ("italic", "oblique"),
                InlineKind.STRONG: attribute(properties, "font-weight") in ("bold", "700"),
                InlineKind.SMALL_CAPS: attribute(properties, "font-variant") == "small-caps",
                InlineKind.SUPERSCRIPT: bool(_RAISED.match(position)),
                InlineKind.SUBSCRIPT: bool(_LOWERED.match(position)),
            }
            plain = {
                InlineKind.EMPHASIS: attribute(properties, "font-style") == "normal",
                InlineKind.STRONG: attribute(properties, "font-weight") in ("normal", "400"),
                InlineKind.SMALL_CAPS: attribute(properties, "font-variant") == "normal",
            }
            on, no = ({kind for kind, said in each.items() if said} for each in (found, plain))
            marks, off = (marks - no) | on, (off - on) | no
            hidden = hidden or attribute(properties, "display") == "none"
            language = _language_tag(properties) or language
            if line := attribute(properties, "text-line-through-style"):
                struck = line != "none"
            underlined = attribute(properties, "text-underline-style") not in ("", "none")
        title = attribute(style, "display-name") or attribute(style, "name")
        styles[attribute(style, "name")] = OdtStyle(
            f"{above.name} {title}".strip(),
            tuple(sorted(marks)),
            hidden,
            language,
            struck,
            underlined,
            frozenset(off),
        )
    return styles


def languages_of(
    text: Element, styles: Mapping[str, OdtStyle], default: str
) -> Iterator[tuple[str, int]]:
    """Give the language of each paragraph, as in "fr", and how long that is."""
    for each in text.iter():
        if local(each) in ("p", "h"):
            style = styles.get(attribute(each, "style-name"), OdtStyle())
            yield style.language.lower()[:2] or default, len("".join(each.itertext()))


def _language_tag(properties: Element) -> str:
    """Give the language that the properties of a text name, as in "en-GB"."""
    parts = attribute(properties, "language"), attribute(properties, "country")
    return "-".join(part for part in parts if part and part != "none")


def default_language(styles: Element | None) -> str:
    """Give the language, as in "fr", that a document is in where nothing else is said."""
    for style in () if styles is None else styles.iter():
        if local(style) == "default-style" and attribute(style, "family") == "paragraph":
            properties = child(style, "text-properties")
            if properties is not None:
                return _language_tag(properties).lower()[:2]
    return ""
