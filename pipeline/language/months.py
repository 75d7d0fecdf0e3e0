"""The names of the months, as each language writes them in a date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH = "January February March April May June July August September October November December"
MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "fr": tuple(_FRENCH.split()),
    "en": tuple(_ENGLISH.split()),
}
