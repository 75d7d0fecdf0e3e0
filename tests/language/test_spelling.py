"""English words spelt as a country does, by a list, and nothing else touched."""

import pytest

from pipeline.language.spelling import _table, respelt


def spelt(text: str, country: str) -> str:
    for start, end, word in reversed(list(respelt(text, country))):
        text = text[:start] + word + text[end:]
    return text


@pytest.mark.parametrize(
    ("us", "gb"),
    [
        ("They recognize the programs.", "They recognise the programmes."),
        ("Emphasizing defense, the center", "Emphasising defence, the centre"),
        ("a skeptical neighbor traveled", "a sceptical neighbour travelled"),
        ("It ended. Organizing labor is honorable.", "It ended. Organising labour is honourable."),
        ("the favorite color, analyzed", "the favourite colour, analysed"),
    ],
)
def test_both_ways(us: str, gb: str) -> None:
    assert spelt(us, "gb") == gb
    assert spelt(gb, "us") == us
    assert spelt(gb, "gb") == gb
    assert spelt(us, "us") == us


@pytest.mark.parametrize(
    "text",
    [
        "the World Health Organization",
        "The size of the prize may surprise; they seize and exercise.",
        "laborious, humorous, honorary, vigorous",
        "A meter, a license, a judgment, a practice.",
        "the Centre Pompidou's center's, Defense Secretary Gray",
        "A computer program ended; rigor mortis had set in.",
    ],
)
def test_names_and_what_is_in_no_list_stay(text: str) -> None:
    assert spelt(text, "gb") == text


def test_the_table_is_one_to_one() -> None:
    assert len(_table("gb")) == len(_table("us"))
    assert not _table("gb").keys() & _table("us").keys()
