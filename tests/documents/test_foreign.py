"""Words in another language stay marked as such: as read, in the English, and in what is made."""

from __future__ import annotations

import pytest

from pipeline.documents import READERS
from pipeline.documents.project import projected
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import rewritten
from pipeline.model import InlineKind, InlineMark
from tests.support.packages import docx, epub, odt, p, r

FRENCH = "Le Bundestag a voté, ad hoc."
ENGLISH = "Ad hoc, the Bundestag voted."
MARKED = [("Bundestag", "de"), ("ad hoc", "la")]
GERMAN = '<span lang="de">Bundestag</span>'
LATIN = '<i lang="la">ad hoc</i>'
PAGE = f"<p>Le {GERMAN} a voté, {LATIN}.</p>"
WORD_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="character" w:styleId="Latin"><w:name w:val="Latin"/>'
    '<w:rPr><w:i/><w:lang w:val="la-Latn"/></w:rPr></w:style>'
)
WORD = p(
    "Le ",
    r("Bundestag", '<w:lang w:val="de-DE"/>'),
    r(" a voté, ", '<w:lang w:val="fr-FR"/>'),
    r("ad hoc", '<w:rStyle w:val="Latin"/>'),
    r(".", '<w:lang w:val="en-US"/>'),
)
OPEN_STYLES = (
    '<style:style style:name="D"><style:text-properties fo:language="de" fo:country="DE"/>'
    '</style:style><style:style style:name="L"><style:text-properties fo:font-style="italic" '
    'fo:language="la" fo:country="none"/></style:style>'
)
ENGLISH_KEYS = '<w:lang w:val="en-US"/>'
OPEN = (
    '<text:p>Le <text:span text:style-name="D">Bundestag</text:span> a voté, '
    '<text:span text:style-name="L">ad hoc</text:span>.</text:p>'
)
SAMPLES = {
    ".html": PAGE.encode(),
    ".epub": epub(PAGE.replace("lang=", "xml:lang=")),
    ".md": f"Le {GERMAN} a voté, {LATIN}.\n".encode(),
    ".docx": docx(WORD, WORD_STYLES),
    ".odt": odt(OPEN, OPEN_STYLES),
    ".vtt": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n"
        "Le <lang de>Bundestag</lang> a voté, <i><lang la>ad hoc</lang></i>.\n"
    ).encode(),
}


def languages(data: bytes, suffix: str) -> list[tuple[str, str]]:
    """Give the words that are marked as another language, and the beginning of its tag."""
    (block,) = READERS[suffix](data, "utf-8").blocks
    return [
        (block.text[mark.start : mark.end].lower(), mark.value.partition("-")[0])
        for mark in block.marks
        if mark.kind is InlineKind.LANGUAGE
    ]


@pytest.mark.parametrize("suffix", SAMPLES)
def test_words_in_another_language_are_marked_in_every_form_and_stay_so(suffix: str) -> None:
    data = SAMPLES[suffix]
    (block,) = READERS[suffix](data, "utf-8").blocks
    lowered = [(words.lower(), tag) for words, tag in MARKED]
    assert block.text == FRENCH
    assert languages(data, suffix) == lowered
    marks = projected(FRENCH, ENGLISH, block.marks)
    titles = [EnglishBlock(block, "The book", front="title")] if suffix == ".epub" else []
    made = rewritten(f"a{suffix}", data, "utf-8", [*titles, EnglishBlock(block, ENGLISH, marks)])
    assert READERS[suffix](made, "utf-8").blocks[0].text == ENGLISH
    assert sorted(languages(made, suffix)) == sorted(lowered)


def test_words_that_were_translated_are_english() -> None:
    mark = InlineMark(InlineKind.LANGUAGE, 4, 10, "de")
    assert projected("Les Länder ont voté.", "The states voted.", [mark]) == ()
    (kept,) = projected("Les Länder ont voté.", "The Länder voted.", [mark])
    assert (kept.start, kept.end, kept.value) == (4, 10, "de")


def test_an_english_text_in_what_says_german_says_that_it_is_english() -> None:
    page = b'<p lang="de">Der Rat stimmt dem Haushalt zu.</p>'
    (block,) = READERS[".html"](page, "utf-8").blocks
    assert [mark.value for mark in block.marks] == ["de"]
    made = rewritten("a.html", page, "utf-8", [EnglishBlock(block, "The council agrees.")])
    assert b'<p lang="de"><span lang="en" xml:lang="en">The council agrees.</span></p>' in made


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b'<p lang="en">Le maire de la ville a dit que le conseil est pour.</p>', ".html"),
        (b'<html lang="en-US"><body lang="en"><p>Le maire parle.</p>', ".html"),
        (
            '<p>Le <b lang="fr-CA">maire</b> <i lang="zxx">parle</i>, <u lang="é">.</u>'.encode(),
            ".html",
        ),
        # A spelling checker's language stands wherever somebody typed with another keyboard.
        (docx(p("Le ", r("maire de la ", ENGLISH_KEYS), "ville."), WORD_STYLES), ".docx"),
        (docx(p(r("Un texte sans langue, et Hambourg.", ENGLISH_KEYS), "Voilà.")), ".docx"),
        (odt(OPEN.replace("Bundestag", "maire").replace("ad hoc", "du lieu"), OPEN_STYLES), ".odt"),
    ],
)
def test_what_only_its_program_takes_for_another_language_is_french(
    data: bytes, suffix: str
) -> None:
    assert languages(data, suffix) == []
