"""An element of HTML in; what it is out: a block, a mark on words, something that is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.foreign import foreign_tag
from pipeline.documents.inline import Mender, Style
from pipeline.documents.markup import Markup
from pipeline.model import InlineKind

BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
    legend li main menu nav ol optgroup option p pre search section select summary table tbody td
    textarea tfoot th thead title tr ul""".split()
)
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr image".split()
)
HIDDEN = frozenset(
    """audio canvas datalist embed head iframe map math noembed noframes noscript object rp rt
    script style svg template video""".split()
)
# Without words of their own, but part of the page: kept where the sentence around is translated.
EMBEDDED = frozenset("embed image img input link meta".split())
KEPT = HIDDEN - {"head", "rp", "rt"}
# What an element that opens closes, where it is open inside the nearest of the others.
CLOSES = {
    "li": ({"li"}, {"ul", "ol", "menu", "dir"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "option": ({"option"}, {"select"}),
}
_STYLES: dict[str, InlineKind] = {
    **dict.fromkeys(("em", "i", "u", "cite", "dfn", "var"), InlineKind.EMPHASIS),
    **dict.fromkeys(("strong", "b"), InlineKind.STRONG),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), InlineKind.CODE),
    "sup": InlineKind.SUPERSCRIPT,
    "sub": InlineKind.SUBSCRIPT,
}
_CSS = (
    (re.compile(r"font-style\s*:\s*italic", re.I), InlineKind.EMPHASIS),
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), InlineKind.STRONG),
    (re.compile(r"font-variant\s*:\s*small-caps", re.I), InlineKind.SMALL_CAPS),
)
_PLAIN = {
    InlineKind.STRONG: re.compile(r"font-weight\s*:\s*(?:normal|400)", re.I),
    InlineKind.EMPHASIS: re.compile(r"font-style\s*:\s*normal", re.I),
}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_VERSE = re.compile(r"\b(?:verses?|vers|poems?|poèmes?|poeme|poetry|stanza|strophe)\b", re.I)
NOTE_ROLES = re.compile(r"footnote|endnote|rearnote|noteref|doc-note")
NOTE_ID = re.compile(r"_?(?:ftn|edn|sdfootnote|sdendnote|fn|note)[\d:_-]", re.IGNORECASE)
BACK = re.compile(r"[↩↑⏎⬑⤴^]\ufe0e?")


def styles_of(piece: Markup) -> tuple[Style, ...]:
    """Give the marks that an inline element is: of its kind, and of the language of its words."""
    language = language_said(piece)
    return (*_formats(piece), *([(InlineKind.LANGUAGE, language)] if language else []))


def language_said(piece: Markup) -> str:
    """Give the language that an element says its words are in, "" where that is French or none."""
    attributes = piece.attributes
    if piece.name == "lang":
        # WebVTT: <lang de>
        return foreign_tag(next(iter(attributes), ""))
    return foreign_tag(attributes.get("lang", "") or attributes.get("xml:lang", ""))


def _formats(piece: Markup) -> Iterator[Style]:
    attributes = piece.attributes
    if piece.name == "a" and attributes.get("href", "").strip():
        yield (InlineKind.LINK, attributes["href"].strip())
        return
    css = attributes.get("style", "")
    if kind := _STYLES.get(piece.name):
        # « <b style="font-weight: normal"> », as editors on the web wrap what is copied from them.
        plain = _PLAIN.get(kind)
        if plain is None or not plain.search(css):
            yield (kind, "")
        return
    yield from [(kind, "") for pattern, kind in _CSS if pattern.search(css)][:1]


def is_verse(piece: Markup) -> bool:
    """Tell whether an element says that it is a poem, a stanza or a line of one."""
    attributes = piece.attributes
    return bool(_VERSE.search(attributes.get("class", "") + " " + attributes.get("epub:type", "")))


def is_hidden(piece: Markup, mender: Mender) -> bool:
    """Tell whether what is in an element is not shown; what an author hid is counted."""
    attributes = piece.attributes
    if piece.name in ("del", "s", "strike") or _STRUCK.search(attributes.get("style", "")):
        mender.count("deleted", "deleted passage", "left out")
        return True
    if "hidden" in attributes or _UNSEEN.search(attributes.get("style", "")):
        mender.count("hidden", "hidden element", "left out")
        return True
    return piece.name in HIDDEN
