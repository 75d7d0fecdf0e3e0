"""Log-probabilities of pieces become those of words, whichever tokenizer made the pieces."""

import pytest

from pipeline.engines.likelihood import OPTIONS, entropy, likelihood


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the harbour,", ["▁the", "▁har", "bour", ","]),
        ("the harbour,", ["the", "▁", "harb", "our,"]),
        ("the  harbour,", ["the", "▁", "▁harb", "our,"]),
        ("the harbour,", ["the", "har@@", "bour", ","]),
    ],
)
def test_a_word_has_the_mean_of_its_pieces(text: str, pieces: list[str]) -> None:
    found = likelihood(text, pieces, [-1.0, -2.0, -4.0, -6.0, -7.0])
    assert found.mean == -4.0
    assert found.words == (-1.0, -4.0)


def test_bytes_make_up_letters() -> None:
    pieces = ["a", "▁", "<0xE6>", "<0x97>", "<0xA5>", "▁b"]
    found = likelihood("a 日 b", pieces, [-1.0, -2.0, -2.0, -2.0, -2.0, -5.0, 0.0])
    assert found.words == (-1.0, -2.0, -5.0)


def test_letters_that_the_tokenizer_changes_move_a_place_by_little() -> None:
    pieces = ["▁Well", "...", "▁the", "▁weather", "▁is", "▁fine", "▁today", "."]
    scores = [-1.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -6.0, 0.0]
    found = likelihood("Well… the weather is fine today.", pieces, scores)
    assert found.words == (-1.0, -2.0, -3.0, -4.0, -5.0, -6.0)


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_text_has_an_end_and_no_words(text: str) -> None:
    found = likelihood(text, [], [-3.0])
    assert (found.mean, found.words) == (-3.0, ())


def test_a_word_beyond_what_was_scored_gets_the_mean() -> None:
    assert likelihood("a b c", ["▁a", "▁b", "▁c"], [-1.0, -3.0]).words == (-1.0, -3.0, -2.0)


def test_a_word_has_the_entropy_of_its_most_open_piece() -> None:
    pieces, choices = ["▁the", "▁har", "bour", ","], [0.1, 2.0, 0.5, 0.7, 3.0]
    assert likelihood("the harbour,", pieces, [-1.0] * 5, choices).entropies == (0.1, 2.0)
    assert likelihood("the harbour,", pieces, [-1.0] * 5).entropies == ()


def test_the_likelier_one_piece_the_less_open_is_the_choice() -> None:
    sure, torn = (-0.001, -8.0, -9.0, -9.0), (-0.7, -0.8, -4.0, -5.0)
    assert 0 < entropy(sure) < 0.1 < 0.5 < entropy(torn)
    # However many a search looks at, the same few tell it.
    assert entropy([*torn, -5.5, -6.0]) == entropy(torn)
    assert len(torn) == OPTIONS
