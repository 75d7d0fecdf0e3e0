"""What a text marks inside its paragraphs is shown on both sides of the editions."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.model import (
    Dress,
    EditionContent,
    EntryKind,
    InlineKind,
    InlineMark,
    Reviewed,
    SentenceState,
)
from pipeline.stages.publish.dress import DRESSES
from pipeline.stages.publish.render import build_edition, render_html, render_pdf
from pipeline.stages.publish.render.adapt import adapted
from pipeline.stages.publish.render.addresses import safe_address
from tests.stages.publish.test_html import Page
from tests.support.render_sample import P, Pairs, make_content
from tests.support.showcase import doubted

EM, STRONG, LINK = InlineKind.EMPHASIS, InlineKind.STRONG, InlineKind.LINK
ADDRESS = "https://example.org/Commission?a=1&b=%C3%A9#Fin"


def marked(
    pairs: Pairs, marks: Sequence[tuple[InlineKind, str, str]], terms: Sequence[str] = ()
) -> EditionContent:
    """Give a content of one paragraph in which words of the French are marked."""
    content = make_content(
        [(P, 0, "", pairs)], "T", "T", [(term, term, EntryKind.NAME, "") for term in terms]
    )
    (block,) = content.document.blocks
    found = []
    for kind, words, value in marks:
        start = block.text.index(words)
        found.append(InlineMark(kind, start, start + len(words), value))
    blocks = (replace(block, marks=tuple(sorted(found, key=lambda mark: mark.start))),)
    return replace(content, document=replace(content.document, blocks=blocks))


def sentences(content: EditionContent) -> tuple[str, str]:
    """Give the markup of the first sentence on both sides; that of the page must nest."""
    page = render_html(build_edition(content))
    Page(page)
    found = re.findall(r'<span class="s" id="[^"]*">(.*)</span>(?=<sup class="flag|</p>)', page)
    return found[0], found[1]


def test_typography_leaves_code_alone() -> None:
    code = 'git -m "a"; b ? c : d'
    content = marked(
        [(f'Tapez {code} ; dites "oui".', f'Type {code} and say "yes".')],
        [(InlineKind.CODE, code, "")],
    )
    for dress in ("gb", "us"):
        english = replace(content, dress=replace(content.dress, english=dress))
        french, target = (re.sub("<[^>]*>", "", each) for each in sentences(english))
        assert f"Tapez {code}\u202f; dites “oui”." in unescape(french)
        assert f"Type {code} and say " in unescape(target)
        assert '"yes"' not in unescape(target)


SENTENCE = [("Le rapport Vernet dit tout.", "The Vernet report says all.")]


@pytest.mark.parametrize("dress", DRESSES)
def test_each_kind_is_shown_on_both_sides(dress: str) -> None:
    tags = {
        EM: "em",
        STRONG: "strong",
        InlineKind.SUPERSCRIPT: "sup",
        InlineKind.SUBSCRIPT: "sub",
        InlineKind.CODE: "code",
    }
    for kind, tag in tags.items():
        content = marked(SENTENCE, [(kind, "Vernet", "")])
        content = replace(content, dress=Dress(dress, DRESSES[dress]))
        assert sentences(content) == (
            f"Le rapport <{tag}>Vernet</{tag}> dit tout.",
            f"The <{tag}>Vernet</{tag}> report says all.",
        )


def test_words_in_another_language_say_so_on_both_sides() -> None:
    pair = [("Le Bundestag a dit oui, ad hoc.", "The Bundestag said yes, for once.")]
    content = marked(
        pair,
        [(InlineKind.LANGUAGE, "Bundestag", "de-DE"), (EM, "ad hoc", "")],
    )
    french, english = sentences(content)
    assert french == 'Le <span lang="de-DE">Bundestag</span> a dit oui, <em>ad hoc</em>.'
    assert english.startswith('The <span lang="de-DE">Bundestag</span> said yes')
    hostile = marked(pair, [(InlineKind.LANGUAGE, "Bundestag", '"><b>')])
    assert "lang" not in "".join(sentences(hostile))


def test_marks_that_overlap_nest() -> None:
    content = marked(
        SENTENCE,
        [(EM, "rapport Vernet", ""), (STRONG, "Vernet dit", ""), (LINK, "Vernet dit", ADDRESS)],
    )
    french, _ = sentences(content)
    address = ADDRESS.replace("&", "&amp;")
    assert french == (
        f'Le <em>rapport </em><a class="link" href="{address}"><em><strong>Vernet</strong></em>'
        "<strong> dit</strong></a> tout."
    )


def test_a_mark_over_several_sentences_is_in_each_of_them() -> None:
    content = marked(
        [("Il part.", "He leaves."), ("Elle reste.", "She stays.")],
        [(STRONG, "Il part. Elle reste.", "")],
    )
    row = build_edition(content).rows[0]
    for side in (row.source, row.target):
        assert [run.styles for each in side.sentences for run in each.runs] == [("strong",)] * 2


def test_a_term_in_a_link_is_marked_and_one_around_marks_is_a_single_link() -> None:
    content = marked(SENTENCE, [(LINK, "rapport Vernet", ADDRESS)], ["Vernet"])
    french, english = sentences(content)
    for side in (french, english):
        assert '<span class="t present">Vernet</span>' in side
        assert side.count("<a ") == 1
    french, _ = sentences(marked(SENTENCE, [(EM, "Ver", "")], ["Vernet"]))
    assert french == 'Le rapport <a class="t present" href="#g1"><em>Ver</em>net</a> dit tout.'


def test_the_call_of_a_note_is_raised_and_cuts_nothing() -> None:
    content = marked(SENTENCE, [(InlineKind.NOTE, "", "1")])
    assert sentences(content)[0] == "<sup>1</sup>Le rapport Vernet dit tout."


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "/rapport",
        "#g1",
        "http:///x",
        "http:example.org",
        "https://[::1",
        "mailto:",
        "https://\ud800.example",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_other_addresses_stay_text(address: str) -> None:
    french, english = sentences(marked(SENTENCE, [(LINK, "Vernet", address)]))
    assert (french, english) == ("Le rapport Vernet dit tout.", "The Vernet report says all.")


def test_addresses_are_ascii_and_cannot_leave_their_attribute() -> None:
    assert safe_address("HTTPS://example.org/Été") == "HTTPS://example.org/%C3%89t%C3%A9"
    assert safe_address("mailto:redaction@example.org") == "mailto:redaction@example.org"
    hostile = 'https://example.org/"><script>alert(1)</script>\u202e x'
    assert re.fullmatch(r"[!-~]+", safe_address(hostile))
    assert not set('<>"') & set(safe_address(hostile))
    page = Page(render_html(build_edition(marked(SENTENCE, [(LINK, "Vernet", hostile)]))))
    assert page.tags.count("script") == 1


def test_what_is_done_to_texts_in_print_leaves_addresses_alone() -> None:
    long = "https://example.org/Organisation" + "x" * 300
    page = adapted(
        f'<body>Pyongyang <a class="link" href="{long}">Pyongyang</a>'
        f'<a class="link" href="{ADDRESS}">'
    )
    assert re.findall('href="([^"]*)"', page) == [long, ADDRESS]
    # A name in a link has no tag of its own: a PDF would have a second link there.
    assert page.count('<span class="name">Pyongyang</span>') == 1


def test_lines_are_filled_before_what_is_marked() -> None:
    """A text that all but fills the line before a mark is not broken after its first word."""
    for before, after in (
        ("", "<em>"),
        ("<em>", "</em><strong>"),
        ("", '<a class="link" href="">'),
    ):
        page = adapted(f"<body>{before}Réunis depuis mardi {after}ministres")
        assert f"mardi<span> </span>{after}ministres" in page


def test_print_has_the_faces_and_the_links_and_two_builds_are_the_same() -> None:
    content = marked(
        SENTENCE, [(EM, "rapport", ""), (STRONG, "tout", ""), (LINK, "Vernet", ADDRESS)]
    )
    made = render_pdf(build_edition(content))
    assert made == render_pdf(build_edition(content))
    page: Any = PdfReader(io.BytesIO(made)).pages[0]
    links = [each.get_object() for each in page["/Annots"]]
    found = [each["/A"]["/URI"] for each in links if "/URI" in each.get("/A", {})]
    assert found == [ADDRESS] * 2
    fonts = str([font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()])
    assert "Italic" in fonts
    assert "Semi" in fonts or "Bold" in fonts


def test_a_text_without_marks_has_the_runs_it_had() -> None:
    row = build_edition(marked(SENTENCE, [], ["Vernet"])).rows[0]
    assert [(run.text, run.term, run.link, run.styles) for run in row.source.sentences[0].runs] == [
        ("Le rapport ", 0, "", ()),
        ("Vernet", 1, "", ()),
        (" dit tout.", 0, "", ()),
    ]


def test_suspicious_and_lost_words_are_marked_in_review_with_a_legend() -> None:
    content = doubted(marked(SENTENCE, [(EM, "rapport Vernet", "")]), "rapport", "report")
    french, english = sentences(content)
    assert french == ('Le <em><span class="doubtful">rapport</span></em><em> Vernet</em> dit tout.')
    assert '<span class="doubtful">report</span>' in english
    page = render_html(build_edition(content))
    assert "A dotted line in red marks suspicious words" in page
    french_notices = replace(content, dress=replace(content.dress, notices="fr"))
    assert "Un pointillé rouge" in render_html(build_edition(french_notices))


def test_nothing_is_doubted_in_print_without_marks_or_once_a_person_has_read_it() -> None:
    content = doubted(marked(SENTENCE, []), "rapport", "report")
    (segment,) = content.segments
    for plain in (
        replace(content, dress=Dress("print", DRESSES["print"])),
        replace(content, dress=Dress("print", DRESSES["print"] | {"marks"})),
        replace(content, dress=Dress("review", DRESSES["review"] - {"marks"})),
        replace(content, reviewed=(Reviewed(segment.id, SentenceState.READ, "Anne Kask"),)),
    ):
        edition = build_edition(plain)
        assert not edition.has_doubts
        page = render_html(edition)
        assert 'class="doubtful"' not in page
        assert "A dotted line" not in page
