"""An SVG file from elsewhere in; the same drawing, with nothing in it but shapes and colours, out.

What programs write beside a drawing for themselves is left out. What could run, load or say
something else than it shows is refused: scripts, handlers, links, pictures, text (whose fonts are
not there), and shapes that multiply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.exchange.xml import element_bytes, from_bytes, local

if TYPE_CHECKING:
    from pipeline.exchange.xml import XmlElement

_SVG = "http://www.w3.org/2000/svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_SHAPES = frozenset(
    "svg g defs path rect circle ellipse line polyline polygon linearGradient radialGradient stop "
    "clipPath use style".split()
)
_LEFT_OUT = frozenset(["metadata", "title", "desc"])
_LARGEST, _MOST_ELEMENTS, _MOST_COPIES, _DEEPEST = 300_000, 1_000, 1_000, 40
# The longest side of a drawing in points, and how many times it is as long as the other.
_SIZE, _LONGEST = 300.0, 20
_NUMBER = re.compile(r"\s*(\d{1,6}(?:\.\d{1,8})?)\s*(?:px|pt|mm|cm|in|pc)?\s*")
_OWN = re.compile(r"url\(\s*[\"']?#([\w.-]+)[\"']?\s*\)", re.IGNORECASE)
# In a value or a style: other addresses, rules that load, and what spells either in another way.
_LOADS = re.compile(r"url\s*\(|@|\\|//|javascript:|data:|image\s*\(|image-set", re.IGNORECASE)
_REMEDY = "save it as plain SVG, of shapes, gradients and colours alone"


def clean_drawing(data: bytes, where: Path) -> tuple[bytes, tuple[float, float]]:
    """Return a drawing as SVG, with its size in points; raises ConfigError where it is unfit."""
    if len(data) > _LARGEST:
        raise ConfigError(f"… is larger than {_LARGEST // 1000} kB", "simplify it", where=where)
    root = from_bytes(data, str(where), ConfigError)
    if root.tag != f"{{{_SVG}}}svg":
        raise ConfigError("… is no SVG drawing", "save it anew", where=where)
    _prune(root)
    elements = list(root.iter())
    if len(elements) > _MOST_ELEMENTS or max(map(_depth, elements)) > _DEEPEST:
        raise ConfigError("the drawing has too many parts", "simplify it", where=where)
    for element in elements:
        _check(element, where)
    _check_references(elements, where)
    size = _size(root, where)
    root.set("width", f"{size[0]:.6g}")
    root.set("height", f"{size[1]:.6g}")
    return element_bytes(root), size


def _prune(root: XmlElement) -> None:
    """Take out what programs note beside the shapes, and titles: the house style has a name."""
    for element in list(root.iter()):
        parent = element.getparent()
        foreign = not str(element.tag).startswith(f"{{{_SVG}}}") or local(element) in _LEFT_OUT
        if parent is not None and foreign:
            parent.remove(element)
    for element in root.iter():
        for name in [str(each) for each in element.attrib]:
            if name.startswith("{") and name not in _HREFS:
                del element.attrib[name]


def _depth(element: XmlElement) -> int:
    return 1 + sum(1 for _ in element.iterancestors())


def _check(element: XmlElement, where: Path) -> None:
    name = local(element)
    if name in ("text", "tspan", "textPath"):
        raise ConfigError(
            "the drawing holds text, and no fonts", "turn the text into paths", where=where
        )
    if name not in _SHAPES:
        raise ConfigError(f"the drawing holds <{name[:30]}>", _REMEDY, where=where)
    handles = any(str(each).lower().startswith("on") for each in element.attrib)
    away = any(not each.startswith("#") for each in _hrefs(element))
    if handles or away or any(_LOADS.search(_OWN.sub("", each)) for each in _values(element)):
        raise ConfigError("the drawing holds a script or an address", _REMEDY, where=where)


def _hrefs(element: XmlElement) -> list[str]:
    return [str(element.get(each)) for each in _HREFS if element.get(each) is not None]


def _values(element: XmlElement) -> Iterator[str]:
    yield from (str(each) for name, each in element.attrib.items() if name not in _HREFS)
    if local(element) == "style":
        yield element.text or ""


def _check_references(elements: list[XmlElement], where: Path) -> None:
    """Refuse references to what refers itself, without end or with an end that is far."""
    named = {str(each.get("id")): each for each in elements if each.get("id")}
    copies = 0
    for element in elements:
        found = [each[1:] for each in _hrefs(element)]
        found += [name for value in _values(element) for name in _OWN.findall(value)]
        for target in (named[each] for each in found if each in named):
            within = list(target.iter())
            copies += len(within) if local(element) == "use" else 0
            refers = any(_hrefs(one) for one in within) if _hrefs(element) else False
            clips = any(_OWN.search(value) for one in within for value in _values(one))
            if refers or (clips and local(target) == "clipPath") or copies > _MOST_COPIES:
                raise ConfigError("the drawing refers to itself", _REMEDY, where=where)


def _size(root: XmlElement, where: Path) -> tuple[float, float]:
    """Return width and height, of the shape that the drawing has and no more than ``_SIZE``."""
    box = [
        float(each) for each in re.findall(r"-?\d{1,6}(?:\.\d{1,8})?", root.get("viewBox") or "")
    ]
    if len(box) == 4:
        width, height = box[2:]
    else:
        sides = [_NUMBER.fullmatch(root.get(name) or "") for name in ("width", "height")]
        width, height = (float(side[1]) if side else 0.0 for side in sides)
        root.set("viewBox", f"0 0 {width:.6g} {height:.6g}")
    if min(width, height) <= 0 or max(width, height) > _LONGEST * min(width, height):
        raise ConfigError(
            "the drawing has no size, or is far longer than it is wide",
            "give it a viewBox of its own shape",
            where=where,
        )
    scale = _SIZE / max(width, height)
    return width * scale, height * scale
