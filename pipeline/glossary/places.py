"""What may stand at which places of a text in; a place of its own for as much as can have one, out.

Things with equal keys may stand at the same places. Each takes the leftmost place that is free;
where none is, one that others hold who find another (an augmenting path, as in the matching of
bipartite graphs).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

_MOST_ASKED: Final = 50  # keys, so that a list of a thousand terms stays quick

Key = tuple[str, tuple[str, ...]]
"""An entry and its renderings."""

Span = tuple[int, int]
"""The first token of a rendering and the token behind its last."""


def assigned(keys: Sequence[Key], spans: Mapping[Key, Sequence[Span]]) -> list[Span | None]:
    """Give each thing a place that overlaps no other's, or None; those of one key in their order.

    Those with the longest places choose first, and leave none to what stands in a part of it.
    """
    longest = {
        key: max((end - start for start, end in own), default=0) for key, own in spans.items()
    }
    places = _Places(keys, spans)
    for one in sorted(range(len(keys)), key=lambda one: -longest[keys[one]]):
        if keys[one] not in places.in_vain:
            asked: set[Key] = set()
            if not places.find(one, asked):
                places.in_vain |= asked
    given = places.given
    alike: defaultdict[Key, list[int]] = defaultdict(list)
    for one in sorted(given):
        alike[keys[one]].append(one)
    for own in alike.values():
        given |= zip(own, sorted(given[one] for one in own), strict=True)
    return [given.get(one) for one in range(len(keys))]


@dataclass(slots=True)
class _Places:
    """Which place is given to which thing, and which thing holds which token.

    ``in_vain`` are the keys for which there is no further place.
    """

    keys: Sequence[Key]
    spans: Mapping[Key, Sequence[Span]]
    given: dict[int, Span] = field(default_factory=dict)
    holders: dict[int, int] = field(default_factory=dict)
    in_vain: set[Key] = field(default_factory=set)

    def find(self, one: int, asked: set[Key]) -> bool:
        """Give a thing a place, or another than it has, and say whether there was one."""
        own = self.spans[self.keys[one]]
        asked.add(self.keys[one])
        place = next(filter(self._is_free, own), None)
        if place is None:
            place = next((span for span in own if self._is_left(span, asked)), None)
        if place is None:
            return False
        for token in range(*self.given.get(one, (0, 0))):
            del self.holders[token]
        self.given[one] = place
        self.holders |= dict.fromkeys(range(*place), one)
        return True

    def _is_free(self, span: Span) -> bool:
        return self.holders.keys().isdisjoint(range(*span))

    def _is_left(self, span: Span, asked: set[Key]) -> bool:
        """Whether all who hold a part of a place find another, none of them in it."""
        holders = {self.holders[token] for token in range(*span) if token in self.holders}
        return all(self._leaves(one, span, asked) for one in holders) and self._is_free(span)

    def _leaves(self, one: int, wanted: Span, asked: set[Key]) -> bool:
        start, end = self.given[one]
        is_part = end - start > wanted[1] - wanted[0]
        # Who has a key that was asked already has no other places than those.
        is_known = self.keys[one] in asked or self.keys[one] in self.in_vain
        return not (is_part or is_known or len(asked) >= _MOST_ASKED) and self.find(one, asked)
