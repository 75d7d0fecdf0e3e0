"""JSON that somebody else may have written in; plain Python values out, or a ValueError.

Stricter than ``json``: no endless nesting, no numbers that are none or too large to count with, no
key twice, and no text that could not be stored or printed (unpaired surrogates, U+0000).
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

_UNFIT = re.compile("[\x00\ud800-\udfff]")
# Beyond 64 bits a number can neither be stored nor, in the end, made a float of.
_MOST, _MOST_DIGITS = 2**63, 20


def load_json(data: str | bytes) -> Any:
    """Give the value of a JSON text; raises ValueError where it is anything but sound JSON."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refused,
            parse_float=_finite,
            parse_int=_small,
        )
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    # Escapes can write what the text itself cannot hold.
    if "\\u" in text or _UNFIT.search(text):
        _checked(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is too large")
    return number


def _small(text: str) -> int:
    if len(text) > _MOST_DIGITS or not -_MOST <= int(text) < _MOST:
        raise ValueError(f"{text[:20]} is too large")
    return int(text)


def _checked(value: Any) -> None:
    """Refuse text that cannot be stored; without recursion, however deep the value is."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            left += each
        elif isinstance(each, str) and _UNFIT.search(each):
            raise ValueError("it holds a character that is none")
