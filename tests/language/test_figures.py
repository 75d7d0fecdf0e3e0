"""A number that stands alone is written as English writes it."""

from __future__ import annotations

import pytest

from pipeline.language.numbers.figures import english_figures


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1 250", "1,250"),
        ("1\u202f234\u00a0567,89", "1,234,567.89"),
        ("3 400 €", "€3,400"),
        ("−0,5 %", "−0.5%"),
        ("12", "12"),
        ("2024", "2024"),
        ("01 44 55 66 77", "01 44 55 66 77"),
        ("12/03/2024", "12/03/2024"),
        ("0 800 123 456", "0 800 123 456"),
        ("0,5", "0.5"),
        ("1.2.3", "1.2.3"),
        ("* * *", "* * *"),
    ],
)
def test_figures(french: str, english: str) -> None:
    assert english_figures(french) == english
