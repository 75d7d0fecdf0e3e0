"""The folder of a house style in; its colours, logo and fonts, checked and ready to be set, out.

``house.yaml`` names what lies beside it::

    name: Les Éditions du Phare
    theme: {accent: "#8a1538"}
    logo: logo.png
    fonts:
      licence: Text face under licence 1234 of the foundry, for print and screen
      regular: text-regular.otf
      italic: text-italic.otf
      bold: text-bold.otf
      title: title.otf

Fonts are cut down to the letters that the editions know, so that a job can hold them.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.config import ThemeValue, too_pale
from pipeline.errors import ConfigError, EnregardError
from pipeline.files import read_input
from pipeline.language.typography import printable
from pipeline.model import House, HouseFont
from pipeline.stages.publish.characters import named
from pipeline.stages.publish.logo import dump_logo, load_logo, restore_logo
from pipeline.stages.publish.render import THEME
from pipeline.text import unknown
from pipeline.yamlfile import load_yaml

FILE = "house.yaml"
TEXT, TITLE = "House Text", "House Title"
# The faces of a house: family, weight and style in a stylesheet.
_FACES = {
    "regular": (TEXT, 400, "normal"),
    "italic": (TEXT, 400, "italic"),
    "bold": (TEXT, 600, "normal"),
    "title": (TITLE, 400, "normal"),
}
_TEXT_FACES = ("regular", "italic", "bold")
_LARGEST_FONT = 10_000_000
# What text in French and English is made of.
_NEEDED = (
    " !\"#%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]abcdefghijklmnopqrstuvwxyz"
    "\u00a0«»àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’‘“”–—…·°"
)
# Latin, Greek and Cyrillic letters, punctuation, signs.
_KEPT = ((0x20, 0x7E), (0xA0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x22FF), (0xFB00, 0xFB06))
# Of a font's permissions: not to be embedded, not to be cut down, to be embedded as pictures only.
_FORBIDDEN = 0x0002 | 0x0100 | 0x0200


class _Fonts(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    licence: Annotated[str, Field(min_length=3, max_length=400)]
    regular: str | None = None
    italic: str | None = None
    bold: str | None = None
    title: str | None = None


class _Style(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[str, Field(min_length=1, max_length=80)]
    theme: dict[str, ThemeValue] = {}
    logo: str | None = None
    fonts: _Fonts | None = None


def load_house(folder: Path) -> House:
    """Read a house style; raises ConfigError for what is missing, unfit or not to be used."""
    path = folder if folder.suffix in (".yaml", ".yml") else folder / FILE
    value, _ = load_yaml(path, ConfigError)
    try:
        style = _Style.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "it"
        raise ConfigError(
            f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}",
            "the documentation of editions shows one",
            where=path,
        ) from None
    for each in style.theme:
        if each not in THEME:
            raise ConfigError(*unknown("theme value", each, THEME), where=path)
    if what := too_pale(style.theme):
        raise ConfigError(what, where=path)
    logo = load_logo(_beside(path, style.logo)) if style.logo else None
    fonts = tuple(_fonts(path, style.fonts)) if style.fonts else ()
    return House(
        name=printable(style.name),
        theme=style.theme,
        logo=logo,
        fonts=fonts,
        licence=printable(style.fonts.licence) if style.fonts else "",
    )


def house_name(folder: Path) -> str:
    """Give the name of a house style, whatever else may be wrong with it; else its folder's."""
    with suppress(EnregardError):
        value, _ = load_yaml(folder / FILE, ConfigError)
        name = value.get("name") if isinstance(value, dict) else None
        if isinstance(name, str) and (plain := printable(name).strip()):
            return plain[:80]
    return printable(folder.name)


def dump_house(house: House | None) -> dict[str, Any] | None:
    """Give a house style as plain data."""
    if house is None:
        return None
    return {
        "name": house.name,
        "theme": dict(house.theme),
        **dump_logo(house.logo),
        "licence": house.licence,
        "fonts": [
            {
                "family": font.family,
                "weight": font.weight,
                "style": font.style,
                "title": font.title,
                "covered": [list(span) for span in font.covered],
                "data": base64.b64encode(font.data).decode("ascii"),
            }
            for font in house.fonts
        ],
    }


def restore_house(value: Mapping[str, Any] | None) -> House | None:
    """Give back what ``dump_house`` gave; raises ValueError or KeyError where it is no such."""
    if value is None:
        return None
    families = {family for family, *_ in _FACES.values()}
    fonts = tuple(
        HouseFont(
            str(each["family"]),
            int(each["weight"]),
            "italic" if each["style"] == "italic" else "normal",
            printable(str(each["title"])),
            tuple((int(first), int(last)) for first, last in each["covered"]),
            base64.b64decode(each["data"], validate=True),
        )
        for each in value["fonts"]
    )
    theme = _Style.model_validate({"name": "-", "theme": value["theme"]}).theme
    if {font.family for font in fonts} - families or set(theme) - set(THEME):
        raise ValueError("no house style")
    return House(
        printable(str(value["name"])),
        theme,
        restore_logo(value),
        fonts,
        printable(str(value["licence"])),
    )


def _beside(path: Path, name: str) -> Path:
    """Give a file of the folder; what lies elsewhere is no part of a house style."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise ConfigError(f"{name} is not in the folder", "copy it there", where=path)
    return path.parent / name


def _fonts(path: Path, fonts: _Fonts) -> list[HouseFont]:
    files = {name: getattr(fonts, name) for name in _FACES}
    missing = [name for name in _TEXT_FACES if not files[name]]
    if missing and len(missing) < len(_TEXT_FACES):
        raise ConfigError(
            f"fonts: {', '.join(missing)} missing",
            "a text face needs regular, italic and bold; name all three or none",
            where=path,
        )
    return [
        _font(_beside(path, file), *_FACES[name])
        for name, file in files.items()
        if file is not None
    ]


def _font(path: Path, family: str, weight: int, style: str) -> HouseFont:
    """Read a font, see whether it may be used and has what is needed, and cut it down."""
    data = read_input(path, _LARGEST_FONT, ConfigError, "take one with fewer letters")
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.flavor, options.hinting, options.notdef_outline = "woff2", False, True
    options.layout_features = ["*"]
    options.recalc_timestamp = False
    try:
        with TTFont(io.BytesIO(data), recalcTimestamp=False, fontNumber=0) as font:
            allowed = int(font["OS/2"].fsType)
            title = printable(font["name"].getDebugName(4) or path.stem)
            points = set(font.getBestCmap() or ())
            cutter = subset.Subsetter(options)
            cutter.populate(
                unicodes=[each for first, last in _KEPT for each in range(first, last + 1)]
            )
            cutter.subset(font)
            kept = sorted(points & set(font.getBestCmap() or ()))
            small = io.BytesIO()
            subset.save_font(font, small, options)
    except Exception:
        # What a damaged font makes the library raise is of no one kind.
        raise ConfigError(
            "… is no OpenType, TrueType or WOFF font, or a damaged one",
            "ask its maker for it anew",
            where=path,
        ) from None
    if allowed & _FORBIDDEN:
        raise ConfigError(
            "the font's maker forbids to embed it, cut down to the letters that are used",
            "ask for a licence and a file that allow it, or take another font",
            where=path,
        )
    if lacking := [each for each in _NEEDED if ord(each) not in points]:
        raise ConfigError(
            f"the font has no {named(lacking)}",
            "take one that has all letters and signs of French and English",
            where=path,
        )
    return HouseFont(family, weight, style, title, _spans(kept), small.getvalue())


def _spans(points: list[int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1] = (spans[-1][0], point)
        else:
            spans.append((point, point))
    return tuple(spans)
