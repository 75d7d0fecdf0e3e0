"""The upstream font files in; the bundled WOFF2 subsets and ``coverage.json`` out.

Run by hand when the fonts change, never by the program (``docs/editions.md`` gives the command).
The upstream licence reserves a name for unmodified fonts, so the subsets carry names of their own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "pipeline" / "stages" / "publish" / "render" / "fonts"

LATIN = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x2000, 0x206F), (0x2070, 0x218F)]
LATIN += [(0x2190, 0x22FF), (0x25A0, 0x27BF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD)]
# A space is drawn by the font of the word before it, and punctuation best by that too: no subset is
# without them. Of other spaces than U+0020 each is made from that one.
MARKS = [(0x20, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0xA0, 0xBF), (0x2000, 0x206F)]
EXTENDED = [*MARKS, (0x250, 0x2AF), (0x370, 0x52F), (0x1D00, 0x1FFF), (0x2E00, 0x2E7F)]
MONO = [*LATIN, (0x250, 0x2AF), (0x2500, 0x259F), *EXTENDED]
# What is taken from a file that is a subset already: all of it but control characters.
WHOLE = [(0x20, 0x7E), (0xA0, 0x10FFFF)]

# Output file: (upstream file, family name, ranges, OpenType features kept beside the default ones).
FACES: dict[str, tuple[str, str, list[tuple[int, int]], list[str]]] = {
    "serif-regular": (
        "SourceSerif4-Regular",
        "Enregard Serif",
        LATIN,
        ["smcp", "c2sc", "onum", "pnum"],
    ),
    "serif-italic": ("SourceSerif4-It", "Enregard Serif", LATIN, ["onum", "pnum"]),
    "serif-semibold": ("SourceSerif4-Semibold", "Enregard Serif", LATIN, ["onum", "pnum"]),
    "display-regular": ("SourceSerif4Display-Regular", "Enregard Display", LATIN, ["onum", "pnum"]),
    "extended-regular": ("SourceSerif4-Regular", "Enregard Extended", EXTENDED, []),
    "extended-italic": ("SourceSerif4-It", "Enregard Extended", EXTENDED, []),
    "extended-semibold": ("SourceSerif4-Semibold", "Enregard Extended", EXTENDED, []),
    "mono-regular": ("SourceCodePro-Regular", "Enregard Mono", MONO, []),
}
# Families for what those lack, in one style each.
NOTO = {
    "latin": ("serif-latin-ext", "Enregard Wide Latin"),
    "cyrillic": ("serif-cyrillic-ext", "Enregard Wide Cyrillic"),
    "greek": ("serif-greek-ext", "Enregard Wide Greek"),
    "hebrew": ("serif-hebrew-hebrew", "Enregard Hebrew"),
    "arabic": ("naskh-arabic-arabic", "Enregard Arabic"),
    "armenian": ("serif-armenian-armenian", "Enregard Armenian"),
    "georgian": ("serif-georgian-georgian", "Enregard Georgian"),
    "devanagari": ("serif-devanagari-devanagari", "Enregard Devanagari"),
    "thai": ("serif-thai-thai", "Enregard Thai"),
    "symbols": ("serif-math", "Enregard Symbols"),
    "emoji": ("emoji-emoji", "Enregard Emoji"),
}
FACES |= {
    f"{name}-regular": (f"noto-{upstream}-400-normal", family, WHOLE, [])
    for name, (upstream, family) in NOTO.items()
}
# Ticks, crosses, boxes, stars and arrows of forms and lists.
SIGNS = [(0x20, 0x20), (0x2190, 0x21FF), (0x25A0, 0x27BF)]
FACES["signs-regular"] = ("noto-sans-symbols-2-symbols-400-normal", "Enregard Signs", SIGNS, [])


def build(upstream: Path, target: Path = FONTS) -> None:
    """Write every subset of ``FACES`` and the code points that each family covers to ``target``.

    ``upstream`` holds ``NAME.otf`` or ``NAME.woff2`` for each upstream file named in ``FACES``.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    covered: dict[str, set[int]] = {}
    for name, (source, family, ranges, features) in FACES.items():
        options = subset.Options()
        options.flavor = "woff2"
        options.hinting = False
        options.layout_features = [*options.layout_features, *features]
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.notdef_outline = True
        options.recalc_timestamp = False
        file = next(path for path in upstream.glob(f"{source}.*") if path.suffix != ".woff")
        with TTFont(file, recalcTimestamp=False) as font:
            subsetter = subset.Subsetter(options)
            subsetter.populate(
                unicodes=[point for first, last in ranges for point in range(first, last + 1)]
            )
            subsetter.subset(font)
            style = name.partition("-")[2].capitalize()
            _rename(font, family, style)
            points = set(font.getBestCmap())
            if 0x20 not in points:
                raise SystemExit(f"{file} has no space; take one that has")
            subset.save_font(font, str(target / f"{name}.woff2"), options)
        # A character counts as covered only if every style of the family can draw it.
        covered[family] = covered.get(family, points) & points
    table = {family: _ranges(points) for family, points in covered.items()}
    lines = (f"{json.dumps(family)}: {json.dumps(ranges)}" for family, ranges in table.items())
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (target / "coverage.json").write_text(text, encoding="ascii")


def _rename(font, family: str, style: str) -> None:  # type: ignore[no-untyped-def]
    postscript = f"{family}-{style}".replace(" ", "")
    names = {1: family, 2: style, 3: postscript, 4: f"{family} {style}", 6: postscript}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
    if "CFF " not in font:
        return
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName = family, f"{family} {style}"


def _ranges(points: set[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


if __name__ == "__main__":
    build(Path(sys.argv[1]))
