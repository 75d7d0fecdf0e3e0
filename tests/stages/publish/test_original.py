"""A text's own document in English: its titles, those of the file and those given instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.config import FrontSettings, load_settings
from pipeline.documents import READERS
from pipeline.jobs.plan import registered
from pipeline.model import EditionContent
from pipeline.stages.publish.exports.original import original
from pipeline.stages.read.front import with_front
from pipeline.stages.read.stage import read
from tests.documents.test_written_back import shifted
from tests.support.packages import docx, epub, odt, p
from tests.support.render_sample import make_content

HEADED = {
    ".md": b"# Le port\n\nUn navire part.\n",
    ".txt": b"Le port\n\nUn navire part.\n",
    ".html": b"<title>Le port - A</title><h1>Le port</h1><p>Un navire part.</p>",
    ".docx": docx(
        p("Le port", style="Titre1") + p("Un navire part."),
        '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>',
    ),
    ".odt": odt('<text:h text:outline-level="1">Le port</text:h><text:p>Un navire part.</text:p>'),
}
UNHEADED = {
    ".md": b"Un navire part.\n",
    ".html": b"<title>Le port</title><p>Un navire part.</p>",
    ".srt": b"1\n00:00:01,000 --> 00:00:02,000\nUn navire part.\n",
}
GIVEN = {"title": "Une escale", "subtitle": "Au matin", "kicker": "Mer"}


def given(**titles: str) -> FrontSettings:
    flags = {f"front.{name}": value for name, value in titles.items()}
    return load_settings(registered(), flags=flags).front


def content_of(data: bytes, suffix: str, **titles: str) -> EditionContent:
    """Read a text, give it titles and translate it."""
    settings = load_settings(registered()).read
    document = with_front(read(data, f"a{suffix}", settings), given(**titles))
    plans = [
        (block.kind, block.level, block.marker, [(block.text, shifted(block.text))])
        for block in document.blocks
    ]
    content = make_content(plans)
    provenance = replace(content.provenance, input_name=f"a{suffix}")
    return replace(content, document=document, provenance=provenance)


def texts(data: bytes, suffix: str) -> list[str]:
    return [block.text for block in READERS[suffix](data, "utf-8").blocks]


@pytest.mark.parametrize("names", ["title", "subtitle", "kicker", "title subtitle kicker"])
@pytest.mark.parametrize("suffix", HEADED)
def test_titles_that_somebody_gave_a_text_do_not_bar_its_own_document(
    suffix: str, names: str
) -> None:
    titles = {name: GIVEN[name] for name in names.split()}
    data = HEADED[suffix]
    content = content_of(data, suffix, **titles)
    _, made = original(content, data, "utf-8")
    heading = shifted(titles.get("title", "Le port"))
    assert texts(made, suffix) == [heading, shifted("Un navire part.")]
    if suffix == ".html":
        assert f"<title>{heading} - A</title>" in made.decode()
    _, both = original(content, data, "utf-8", bilingual=True)
    shown = " ".join(texts(both, suffix))
    assert "Le port" in shown
    assert heading in shown


@pytest.mark.parametrize("suffix", UNHEADED)
def test_titles_that_a_document_has_no_place_for_stay_outside(suffix: str) -> None:
    data = UNHEADED[suffix]
    _, made = original(content_of(data, suffix, **GIVEN), data, "utf-8")
    assert texts(made, suffix) == [shifted("Un navire part.")]
    assert suffix != ".html" or f"<title>{shifted('Une escale')}</title>" in made.decode()


def test_a_title_that_somebody_gave_a_book_is_its_title_and_no_heading() -> None:
    data = epub("<h1>Le port</h1><p>Un navire part.</p>")
    _, made = original(content_of(data, ".epub", **GIVEN), data, "utf-8")
    assert READERS[".epub"](made, "utf-8").title == shifted("Une escale")
    assert texts(made, ".epub") == [shifted("Le port"), shifted("Un navire part.")]


def test_the_front_matter_of_markdown_says_its_titles_in_english() -> None:
    data = b"---\nkicker: Mer\nsubtitle: Au matin\ntitle: Le port\n---\n\nUn navire part.\n"
    _, made = original(content_of(data, ".md"), data, "utf-8")
    draft = READERS[".md"](made, "utf-8")
    assert (draft.title, draft.front.subtitle, draft.front.kicker) == tuple(
        map(shifted, ("Le port", "Au matin", "Mer"))
    )
    assert texts(made, ".md") == [shifted("Un navire part.")]
    _, both = original(content_of(data, ".md"), data, "utf-8", bilingual=True)
    assert READERS[".md"](both, "utf-8").front.subtitle == "Au matin"


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("---\nauthor: Éric\ntitle: Éric # vrai\n---\n", "author: Éric\ntitle: {} # vrai\n"),
        ("---\nlayout: e\ntitle: e\ntags: [e]\n---\n", "layout: e\ntitle: {}\ntags: [e]\n"),
        ("---\ntitre: L'an : un\nx: 1\n---\n", "titre: {}\nx: 1\n"),
        ("---\ntitle: 'L''an'\n---\n", "title: {}\n"),
        ("---\ntitle: >\n  Un\n\n  an\nx: 1\n---\n", "title: {}\nx: 1\n"),
        ("---\nhero:\n  title: Un\ntitle:\n  Un\n---\n", "  title: Un\ntitle:\n  {}\n"),
        ('+++\ntitle = "L\'an \\"mil\\""\n+++\n', "title = {}\n"),
        ('{\n"a": {"title": "x"},\n"title": "\\u00e9t\\u00e9", "b": 1\n}\n', '"title": {}, "b"'),
    ],
)
def test_only_the_value_of_the_title_in_front_matter_is_written(front: str, said: str) -> None:
    data = f"{front}\nUn navire part.\n".encode()
    content = content_of(data, ".md")
    english = 'The "One": a story'
    first = replace(content.translations[0], text=english)
    content = replace(content, translations=(first, *content.translations[1:]))
    _, made = original(content, data, "utf-8")
    assert said.format('"The \\"One\\": a story"') in made.decode()
    assert READERS[".md"](made, "utf-8").title == english


def test_the_title_in_a_line_of_pandoc_is_written_without_quotes() -> None:
    data = b"% Le port\n% Le port\n\nUn navire part.\n"
    _, made = original(content_of(data, ".md"), data, "utf-8")
    assert made.startswith(b"% Li purt\n% Le port\n")


def test_a_given_subtitle_takes_the_place_of_the_line_that_says_the_old_one() -> None:
    data = b"---\ntitle: Le port\nsubtitle: Hier\n---\n\nHier\n\nUn navire part.\n"
    _, made = original(content_of(data, ".md", subtitle="Au matin"), data, "utf-8")
    assert READERS[".md"](made, "utf-8").front.subtitle == shifted("Au matin")
    assert texts(made, ".md") == [shifted("Au matin"), shifted("Un navire part.")]


def test_what_marked_a_title_does_not_mark_the_one_given_instead() -> None:
    data = "# L’*Audacieuse* au port[^1]\n\nUn navire part.\n\n[^1]: Une note.\n".encode()
    document = with_front(
        read(data, "a.md", load_settings(registered()).read), given(title="Escale")
    )
    (call,) = document.blocks[0].marks
    assert (call.start, call.end, call.value) == (6, 6, "1")
    _, made = original(content_of(data, ".md", title="Escale"), data, "utf-8")
    assert made.startswith(b"# Isceli[^1]\n")
