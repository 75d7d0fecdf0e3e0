"""The colours of a theme in; the one that does not stand out from its paper out."""

from __future__ import annotations

from collections.abc import Mapping

# The contrast that text needs to be read by everyone (WCAG 2.2, 1.4.3), and the papers it is on.
_LEAST_CONTRAST = 4.5
_PAPERS = {"the white of the PDF": "#ffffff", "the paper of the HTML": "#fdfbf6"}
_NAMED_COLOURS = {"white": "#ffffff", "black": "#000000"}


def _contrast(first: str, second: str) -> float | None:
    """Give the contrast of two colours, from 1 to 21; None where one is not known."""
    shades = []
    for colour in (first, second):
        digits = _NAMED_COLOURS.get(colour.strip().lower(), colour.strip()).removeprefix("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        try:
            parts = [part / 255 for part in bytes.fromhex(digits)[:3]]
        except ValueError:
            return None
        if len(parts) < 3:
            return None
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        shades.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(shades) / min(shades)


def too_pale(theme: Mapping[str, str]) -> str:
    """Say which colour of a theme does not stand out from its paper, "" where all do."""
    paper = {"the paper of the HTML": theme["paper"]} if "paper" in theme else {}
    for name in ("ink", "muted", "accent"):
        for place, under in (_PAPERS | paper).items() if name in theme else ():
            contrast = _contrast(theme[name], under)
            if contrast is not None and contrast < _LEAST_CONTRAST:
                return (
                    f"theme: {name} {theme[name]} on {place} has a contrast of {contrast:.1f} to "
                    f"1; text needs {_LEAST_CONTRAST} to 1, take a darker one"
                )
    return ""
