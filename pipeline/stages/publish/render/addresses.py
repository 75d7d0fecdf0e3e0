"""The address of a link in a text in; one that an edition may link to, or none, out."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# What leads out of the edition and runs nothing: relative ones lead nowhere from where it lies.
_ALLOWED = re.compile(r"https?://[^\s/?#\\]|mailto:[^\s@]+@", re.IGNORECASE)
_KEPT = "%:/?#[]@!$&'()*+,;=~"
_LONGEST = 2_000


def safe_address(address: str) -> str:
    """Return an address of the web or for mail, in ASCII; "" for all others."""
    address = address.strip()
    if not _ALLOWED.match(address) or len(address) > _LONGEST:
        return ""
    try:
        quoted = quote(address, safe=_KEPT)
        urlsplit(quoted)
    except ValueError:
        return ""
    return quoted
