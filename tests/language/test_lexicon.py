"""The bilingual lexicon: its form, what it knows, and how it joins two texts."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.lexicon import (
    OTHER_NAME,
    OTHER_WORD,
    answered,
    content,
    lexicon,
    parse,
    stem_of,
    weight,
)

SMALL = """# a comment
fr\tmaison\t25\t-30\t1\thouse home
fr\tlyon\t40\t-30\t10\tlyon
names\tlyonne
en\thouse\t20\t-31\t0\tmaison
both\tballet menu
"""


def test_a_lexicon_is_read_from_its_lines() -> None:
    small = parse(SMALL.splitlines())
    maison = small.french["maison"]
    assert maison.counterparts == {"house", "home"}
    assert (maison.absent, maison.present, maison.capitals) == (2.5, -3.0, 0.1)
    assert small.english["house"].counterparts == {"maison"}
    assert small.shared == {"ballet", "menu"}
    names = [word for word in ("maison", "lyon", "lyonne", "vaulx") if small.is_name(word)]
    assert names == ["lyon", "lyonne", "vaulx"]


def test_the_bundled_lexicon_knows_common_words() -> None:
    bundled = lexicon()
    assert "govern" in bundled.french[stem_of("gouvernement")].counterparts
    assert "augmen" in bundled.english[stem_of("increased")].counterparts
    for side in (bundled.french, bundled.english):
        assert {OTHER_NAME, OTHER_WORD} <= side.keys()
        assert all(item.absent >= 0 >= item.present for item in side.values())


def test_a_word_is_answered_by_a_translation_itself_or_a_cognate() -> None:
    french = content("La maison du ministre à Lyon abrite un perroquet bleu", "fr")
    english = content("The house of the ministry in Lyon shelters a cat", "en")
    found = answered(french, english, lexicon().french)
    assert [e.folded for e, yes in zip(french, found, strict=True) if yes] == [
        *("maison", "ministre", "lyon", "abrite"),
    ]


def test_evidence_is_for_an_omission_only_where_nothing_answers() -> None:
    (house,) = content("maison", "fr")
    assert weight(house, True, lexicon().french) < 0 < weight(house, False, lexicon().french)
    (strange,) = content("Zwmxbert", "fr")
    assert weight(strange, False, lexicon().french) > 0


@given(st.text(max_size=200))
def test_any_text_has_content_words_in_their_place(text: str) -> None:
    for language in ("fr", "en"):
        for entry in content(text, language):
            assert text[entry.word.start : entry.word.end] == entry.word.text
            assert entry.folded.startswith(entry.stem[:1])
