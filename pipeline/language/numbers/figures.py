"""A French text that is one number in figures in; the same as English writes it out."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?P<sign>[+±−-]?)(?P<whole>[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,(?P<part>\d+))?"
    r"(?:[ \u00a0\u202f]*(?P<unit>[€$£%‰°]))?"
)


def english_figures(text: str) -> str:
    """Give « 1 250,5 » as 1,250.5, « 3 400 € » as €3,400, « 12 % » as 12%; all else as it is."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return text
    number = re.sub(r"\D", ",", found["whole"])
    number += f".{found['part']}" if found["part"] else ""
    unit = found["unit"] or ""
    before, behind = (unit, "") if unit and unit in "€$£" else ("", unit)
    return f"{found['sign']}{before}{number}{behind}"
