"""Words are linked one to one, as a plain search through all pairs would, in far fewer steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.links import _assigned

Pair = tuple[int, int]


def plainly(values: Mapping[Pair, float]) -> dict[int, int]:
    """Link as ``_assigned`` does, with every pair looked at for every conflict."""
    found: dict[int, int] = {}
    taken: dict[int, int] = {}
    for one, other in sorted(values, key=lambda pair: (-values[pair], pair)):
        if one not in found and other not in taken:
            found[one], taken[other] = other, one
    for _ in range(3):
        changed = False
        for (one, other), value in sorted(values.items()):
            rival, own = taken.get(other), found.get(one)
            if rival is None or rival == one:
                continue
            held = values[rival, other] + (values[one, own] if own is not None else 0.0)
            free = [own] if own is not None else []
            free += [each for two, each in values if two == rival and each not in taken]
            options = [each for each in free if (rival, each) in values]
            best = max(options, key=lambda each: values[rival, each], default=None)
            if best is not None and value + values[rival, best] > held + 1e-6:
                if own is not None and own != best:
                    del taken[own]
                found[one], taken[other] = other, one
                found[rival], taken[best] = best, rival
                changed = True
        if not changed:
            break
    return found


_PLACES = st.integers(0, 7)
_WEIGHTS = st.sampled_from([0.2, 0.25, 0.5, 0.9, 1.0])


@given(st.dictionaries(st.tuples(_PLACES, _PLACES), _WEIGHTS, max_size=30))
def test_words_are_linked_as_by_a_plain_search(values: dict[Pair, float]) -> None:
    assert _assigned(values) == plainly(values)


class Counted(dict[Pair, float]):
    """Pairs with their values that count how often one is looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Pair]:
        for pair in super().__iter__():
            self.looks += 1
            yield pair

    def __getitem__(self, pair: Pair) -> float:
        self.looks += 1
        return super().__getitem__(pair)


def looks(words: int) -> int:
    """How many looks it takes to link words that each could stand for one of three."""
    values = Counted()
    for one in range(words):
        for other in (one - 1, one, one + 1):
            values[one, other] = 1.0 - (one * 7 + other * 5) % 11 / 20
    _assigned(values)
    return values.looks


def test_a_sentence_twice_as_long_takes_about_twice_as_many_looks() -> None:
    assert looks(800) < 2.2 * looks(400)
