"""An English text in, the places where a title or rank stands twice out: "General Maj. Gen."."""

from __future__ import annotations

import re
from itertools import chain

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
_OFFICES = (
    ("president", "pres."), ("minister", "min."), ("professor", "prof."), ("senator", "sen."),
    ("governor", "gov."), ("representative", "rep."), ("chancellor",), ("judge",), ("bishop",),
    ("king",), ("queen",), ("prince",), ("princess",), ("pope",), ("saint", "st."), ("sir",),
)  # fmt: skip
_SAME = re.compile(
    "|".join(
        rf"\b(?:{forms})\s(?:{forms})(?=\s[A-Z])"
        for forms in ("|".join(map(re.escape, each)) for each in _OFFICES)
    ),
    re.IGNORECASE,
)
_TWICE = re.compile(rf"\b{_TITLE}\s{_TITLE}(?=\s[A-Z])", re.IGNORECASE)


def doubled_title(text: str) -> Span | None:
    """Return where two titles stand before one name, or None."""
    matches = chain(_TWICE.finditer(text), _SAME.finditer(text))
    found = next((match for match in matches if match[0][0].isupper()), None)
    return found.span() if found else None
