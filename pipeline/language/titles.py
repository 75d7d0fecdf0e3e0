"""An English text in, the places where a title or rank stands twice out: "General Maj. Gen."."""

from __future__ import annotations

import re

Span = tuple[int, int]

# Ranks of two words come first, and are never taken apart: "General Major General" is two ranks.
_COMPOUND = (
    r"(?:major|lieutenant|brigadier|colonel|captain|attorney|inspector|surgeon|maj\.|lt\.|brig\.)"
    r"[\s-](?:general|gen\.)|(?:lieutenant|lt\.)[\s-](?:colonel|col\.|commander|cmdr\.)"
    r"|(?:vice|rear)[\s-](?:admiral|adm\.)|(?:master|staff|first)[\s-](?:sergeant|sgt\.)"
    r"|sergeant[\s-]major|sgt\.\s?maj\.|(?:first|second)[\s-]lieutenant"
)
_SIMPLE = (
    r"general|gen\.|colonel|col\.|major|maj\.|captain|capt\.|lieutenant|lt\.|sergeant|sgt\.|admiral"
    r"|adm\.|commander|cmdr\.|brigadier|corporal|cpl\.|mr\.?|mrs\.?|ms\.?|dr\.?|doctor"
)
_TITLE = rf"(?>{_COMPOUND}|{_SIMPLE})"
_TWICE = re.compile(rf"\b{_TITLE}\s{_TITLE}(?=\s[A-Z])", re.IGNORECASE)


def doubled_title(text: str) -> Span | None:
    """Return where two titles stand before one name, or None."""
    found = next((match for match in _TWICE.finditer(text) if match[0][0].isupper()), None)
    return found.span() if found else None
