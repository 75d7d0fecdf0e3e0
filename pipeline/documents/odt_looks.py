"""The styles of an OpenDocument text in; those that marks of its English get out.

A style is made where the document has none.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from pipeline.documents.inline import LINKED, Style
from pipeline.documents.package import Element, attribute, child
from pipeline.model import InlineKind

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _STYLE = f"{{{_ODF}:text:1.0}}", f"{{{_ODF}:style:1.0}}"
_FO = f"{{{_ODF}:xsl-fo-compatible:1.0}}"
_PROPERTIES = {
    InlineKind.STRONG: (f"{_FO}font-weight", "bold"),
    InlineKind.EMPHASIS: (f"{_FO}font-style", "italic"),
    InlineKind.SMALL_CAPS: (f"{_FO}font-variant", "small-caps"),
    InlineKind.SUPERSCRIPT: (f"{_STYLE}text-position", "super 58%"),
    InlineKind.SUBSCRIPT: (f"{_STYLE}text-position", "sub 58%"),
}
_STYLED = frozenset((*_PROPERTIES, InlineKind.LANGUAGE))


class EnglishStyles:
    """The character styles that marks of the English get; made where the document has none."""

    def __init__(self, content: Element, common: Element | None) -> None:
        self._automatic = child(content, "automatic-styles")
        self._content = content
        self._paragraphs = {
            attribute(each, "name"): each
            for root in (common, content)
            if root is not None
            for each in root.iter(f"{_STYLE}style")
            if attribute(each, "family") == "paragraph"
        }
        self._made: dict[frozenset[Style], str] = {}

    def span(
        self, within: Element, looks: Mapping[frozenset[Style], str], wanted: frozenset[Style]
    ) -> Element | None:
        """Give an empty element that marks text so, like those of the French; None needs none.

        ``looks`` are the styles that most of the French of a paragraph with the same marks had.
        """
        made = within.makeelement(f"{_TEXT}span")
        if name := looks.get(wanted, looks.get(wanted - {LINKED}, "")):
            made.set(f"{_TEXT}style-name", name)
            return made
        known = frozenset(each for each in wanted if each[0] in _STYLED)
        if not known:
            return None
        if known not in self._made:
            self._made[known] = self._new(known)
        made.set(f"{_TEXT}style-name", self._made[known])
        return made

    def go_on(self, element: Element) -> None:
        """Give a paragraph that stands below another of its style one that begins no page."""
        name = attribute(element, "style-name")
        if not self._begins_page(name):
            return
        made = f"English_{name}"
        if made not in self._paragraphs:
            style = self._place().makeelement(f"{_STYLE}style")
            style.set(f"{_STYLE}name", made)
            style.set(f"{_STYLE}family", "paragraph")
            style.set(f"{_STYLE}parent-style-name", name)
            found = self._paragraphs[name]
            if found.getparent() is self._place():
                # Of styles made for one paragraph none can be the parent.
                style = copy.deepcopy(found)
                style.set(f"{_STYLE}name", made)
            for key in [key for key in style.attrib if key.endswith("}master-page-name")]:
                del style.attrib[key]
            properties = child(style, "paragraph-properties")
            if properties is None:
                properties = style.makeelement(f"{_STYLE}paragraph-properties")
                style.insert(0, properties)
            for key in [key for key in properties.attrib if key.endswith("}page-number")]:
                del properties.attrib[key]
            properties.set(f"{_FO}break-before", "auto")
            self._place().append(style)
            self._paragraphs[made] = style
        element.set(f"{_TEXT}style-name", made)

    def _begins_page(self, name: str) -> bool:
        seen: set[str] = set()
        while name in self._paragraphs and name not in seen:
            seen.add(name)
            style = self._paragraphs[name]
            properties = child(style, "paragraph-properties")
            opens = "" if properties is None else attribute(properties, "break-before")
            if attribute(style, "master-page-name") or opens in ("page", "column"):
                return True
            name = attribute(style, "parent-style-name")
        return False

    def _place(self) -> Element:
        """Give the element that holds the styles of this text alone; made where there is none."""
        if self._automatic is None:
            place = f"{{{_ODF}:office:1.0}}automatic-styles"
            self._automatic = self._content.makeelement(place)
            body = child(self._content, "body")
            body.addprevious(self._automatic)  # type: ignore[union-attr]
        return self._automatic

    def _new(self, wanted: frozenset[Style]) -> str:
        ordered = sorted(wanted)
        name = "_".join(("English", *(value or kind.value for kind, value in ordered)))
        style = self._place().makeelement(f"{_STYLE}style")
        style.set(f"{_STYLE}name", name)
        style.set(f"{_STYLE}family", "text")
        properties = style.makeelement(f"{_STYLE}text-properties")
        for kind, value in ordered:
            if kind is InlineKind.LANGUAGE:
                language, _, country = value.partition("-")
                properties.set(f"{_FO}language", language)
                properties.set(f"{_FO}country", country or "none")
            else:
                properties.set(*_PROPERTIES[kind])
        style.append(properties)
        self._place().append(style)
        return name
