"""The properties of a run in; with what its marks and its language ask for out."""

from __future__ import annotations

from pipeline.documents.docx_fields import W
from pipeline.documents.inline import Style
from pipeline.documents.package import Element, child, local
from pipeline.model import InlineKind

_SWITCHES = {InlineKind.STRONG: "b", InlineKind.EMPHASIS: "i", InlineKind.SMALL_CAPS: "smallCaps"}
ENGLISH = "en-GB"


def say_language(properties: Element, foreign: str) -> None:
    """Let the properties of a run say that its words are in English, or in a foreign language."""
    language = child(properties, "lang")
    if language is None and foreign:
        language = properties.makeelement(f"{W}lang")
        properties.insert(_rank(properties, "lang"), language)
    if language is not None:
        language.set(f"{W}val", foreign or ENGLISH)


def switch_marks(properties: Element, styles: frozenset[Style]) -> None:
    """Switch marks on and off in the properties of a run."""
    kinds = {kind for kind, _ in styles}
    for kind, name in _SWITCHES.items():
        own = child(properties, name)
        if kind in kinds and own is None:
            properties.insert(_rank(properties, name), properties.makeelement(f"{W}{name}"))
        elif kind not in kinds and own is not None:
            properties.remove(own)
    raised = child(properties, "vertAlign")
    wanted = next((k for k in (InlineKind.SUPERSCRIPT, InlineKind.SUBSCRIPT) if k in kinds), None)
    if raised is not None:
        properties.remove(raised)
    if wanted is not None:
        made = properties.makeelement(f"{W}vertAlign")
        made.set(f"{W}val", wanted.value)
        properties.insert(_rank(properties, "vertAlign"), made)


# The order that the schema asks for.
_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
).split()


def _rank(properties: Element, name: str) -> int:
    """Give where in the properties of a run one of this name belongs."""
    before = _ORDER[: _ORDER.index(name)]
    return sum(local(each) in before for each in properties)
