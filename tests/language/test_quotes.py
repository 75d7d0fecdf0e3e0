"""Quotation marks of English are set as one country does; apostrophes are none."""

from __future__ import annotations

import pytest

from pipeline.language.quotes import requoted
from pipeline.language.typography import typeset

SAME = (
    "The players' union won't say.",
    "In the '90s, rock 'n' roll was king.",
    'A 5" nail and a 6" one are 11" long.',
    "It’s the people’s choice.",
    "He said ”never“ and left.",
)
# As it is written, in Britain, in the United States.
SET = (
    ('He said "no" twice.', "He said ‘no’ twice.", "He said “no” twice."),
    ("He said ‘no’ twice.", "He said ‘no’ twice.", "He said “no” twice."),
    ("He said 'no' twice.", "He said ‘no’ twice.", "He said “no” twice."),
    (
        "“She called it ‘a gift’,” he said.",
        "‘She called it “a gift”,’ he said.",
        "“She called it ‘a gift’,” he said.",
    ),
    (
        "‘It isn't the workers' fault,’ she said.",
        "‘It isn’t the workers' fault,’ she said.",
        "“It isn’t the workers' fault,” she said.",
    ),
    ("“It goes on for paragraphs.", "‘It goes on for paragraphs.", "“It goes on for paragraphs."),
    ("(“Le Monde”)", "(‘Le Monde’)", "(“Le Monde”)"),
)


def set_in(text: str, country: str) -> str:
    printed = list(typeset(text, "en"))
    for place, mark in list(requoted(printed, country)):
        printed[place] = mark
    return "".join(printed)


@pytest.mark.parametrize("text", SAME)
def test_what_is_no_quotation_keeps_its_marks(text: str) -> None:
    plain = "".join(typeset(text, "en"))
    assert set_in(text, "gb") == set_in(text, "us") == plain


@pytest.mark.parametrize(("text", "gb", "us"), SET)
def test_quotations_are_set_as_a_country_does(text: str, gb: str, us: str) -> None:
    assert (set_in(text, "gb"), set_in(text, "us")) == (gb, us)


@pytest.mark.parametrize(("text", "gb", "us"), SET)
def test_a_text_set_once_stays_as_it_is(text: str, gb: str, us: str) -> None:
    assert set_in(gb, "gb") == gb
    assert set_in(us, "us") == us
    # A single mark that nothing closes may be an apostrophe.
    assert set_in(gb, "us") == (us if "’" in gb or "”" in gb else gb)
