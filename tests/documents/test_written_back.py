"""Documents come back in their own form: the same where nothing changed, else in English."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.documents import READERS
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import WRITERS, rewritten
from pipeline.errors import PublishError, UsageError
from pipeline.model import Block, BlockKind, InlineKind, InlineMark
from tests.documents.test_office import LIST, PAGE, SRT, STYLES
from tests.support.packages import docx, epub, odt, p, packed, r

INSERTED = "<w:ins>" + r("vrai ") + "</w:ins>"
DELETED = "<w:del><w:r><w:delText>faux</w:delText></w:r></w:del>"
WORD = docx(
    p("Le budget", style="Titre1")
    + p(
        "Le ",
        r("conseil", "<w:b/><w:color w:val='FF0000'/>"),
        " a ".join(("<w:bookmarkStart w:id='1' w:name='x'/>", "<w:bookmarkEnd w:id='1'/>")),
        r(" a "),
        '<w:hyperlink r:id="l">' + r("vo") + r("té", "<w:i/>") + "</w:hyperlink>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        r(" hier."),
    )
    + p(
        "Un ",
        "<w:ins>" + r("vrai ") + "</w:ins>",
        "<w:del><w:r><w:delText>faux</w:delText></w:r></w:del>",
        "point.",
        properties=LIST,
    )
    + "<w:tbl><w:tr><w:tc>"
    + p("Poste")
    + "</w:tc><w:tc>"
    + p("7")
    + "</w:tc></w:tr></w:tbl>"
    + "<w:sectPr/>",
    STYLES,
    '<Relationship Id="l" Target="https://vire.fr/"/>',
    {
        "footnotes": '<w:footnote w:id="2">' + p("Délibération.") + "</w:footnote>",
        "header1": p("Vire"),
    },
)
OPEN = odt(
    '<text:h text:outline-level="1">Le budget</text:h>'
    '<text:p>Le <text:span text:style-name="G">conseil</text:span><text:bookmark text:name="b"/> a '
    '<text:a xlink:href="https://vire.fr/">vo<text:span text:style-name="I">té</text:span></text:a>'
    "<text:note text:id='n'><text:note-citation>1</text:note-citation><text:note-body><text:p>"
    "Délibération.</text:p></text:note-body></text:note> hier.</text:p>"
    "<text:list><text:list-item><text:p>Un point.</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Poste</text:p></table:table-cell>"
    "<table:table-cell><text:p>7</text:p></table:table-cell></table:table-row></table:table>"
    "<text:p>12, rue du Port<text:line-break/>76600 Le Havre</text:p>"
    "<text:p><draw:frame><svg:desc>Une vue</svg:desc><draw:text-box><text:p>Encadré.</text:p>"
    "</draw:text-box></draw:frame></text:p>",
    '<style:style style:name="G"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style>',
    "<style:footer><text:p>Mairie, page <text:page-number>3</text:page-number></text:p>"
    "</style:footer>",
)
MARKDOWN = """---
title: Le budget
author: A. Roy
---

Le **conseil** a [voté *hier*](https://vire.fr "Vire")[^1]
sur deux lignes.<!-- gardé -->

> - Un point
>   coupé en deux
> - Deux

| Poste | 2024 |
|:--|--:|
| *Voirie* | 7 \\| 8 |

![Une vue du port](port.png "p")

Le titre
--------

<div class="encadré">
<p>Un <b>encadré</b>.</p>
</div>

```python
x = "conseil"
```

[^1]: Délibération
    du 12 mars.
"""
SAMPLES = {
    ".docx": WORD,
    ".odt": OPEN,
    ".html": PAGE.encode(),
    ".epub": epub(
        "<h1>Un</h1><p>Le <i>maire</i> parle.</p>", "<p>Deux.</p><img alt='Vue' src='x'/>"
    ),
    ".md": MARKDOWN.encode(),
    ".srt": SRT.encode(),
    ".vtt": b"WEBVTT\n\nNOTE a\n\n00:01.000 --> 00:02.000\nOui.\n",
}


def blocks_of(data: bytes, suffix: str) -> tuple[Block, ...]:
    return READERS[suffix](data, "utf-8").blocks


def with_title(data: bytes, suffix: str) -> Sequence[EnglishBlock]:
    """Give every block as its own translation, after the title that the read stage adds."""
    draft = READERS[suffix](data, "utf-8")
    title = Block(0, BlockKind.HEADING, draft.title)
    first = [EnglishBlock(title, draft.title, front="title")] if draft.title else []
    return [*first, *(EnglishBlock(b, b.text, b.marks) for b in draft.blocks)]


def shifted(text: str) -> str:
    """Translate a text so that every word changes, but none its place."""
    return text.translate(str.maketrans("aeiouyéèâAEIOUÉ", "eiouyaâéèEIOUAE"))


def translated(target: EnglishBlock) -> EnglishBlock:
    if target.block.kind is BlockKind.CODE:
        return target
    return replace(target, text=shifted(target.text))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_document_whose_text_did_not_change_is_the_same(suffix: str) -> None:
    data = SAMPLES[suffix]
    made = rewritten(f"a{suffix}", data, "utf-8", with_title(data, suffix))
    if data[:2] == b"PK":
        same = {n: re.sub(rb'lang="fr"', b'lang="en"', d) for n, d in members(data).items()}
        assert list(members(made).items()) == list(same.items())
    else:
        assert made == data.replace(b'lang="fr"', b'lang="en"')


@pytest.mark.parametrize("suffix", SAMPLES)
def test_every_block_is_translated_in_its_place_with_its_marks(suffix: str) -> None:
    data = SAMPLES[suffix]
    targets = [translated(target) for target in with_title(data, suffix)]
    made = rewritten(f"a{suffix}", data, "utf-8", targets)
    again = blocks_of(made, suffix)
    wanted = targets[len(targets) - len(again) :]
    assert [(b.kind, b.level, b.text) for b in again] == [
        (t.block.kind, t.block.level, t.text) for t in wanted
    ]
    assert [b.marks for b in again] == [t.marks for t in wanted]


def test_what_word_has_besides_text_stays() -> None:
    targets = [translated(target) for target in with_title(WORD, ".docx")]
    made = members(rewritten("a.docx", WORD, "utf-8", targets))
    body = made["word/document.xml"].decode()
    assert "bookmarkStart" in body
    assert body.count("footnoteReference") == 1
    assert "FF0000" in body
    assert "<w:ins" not in body
    assert "faux" not in body
    assert re.search(r'<w:hyperlink r:id="l"><w:r><w:t[^>]*>vu</w:t></w:r><w:r><w:rPr><w:i/>', body)
    assert body.index("tâ<") < body.index("footnoteReference") < body.index(f" {shifted('hier')}.")
    assert {name for name in made if made[name] != members(WORD)[name]} == {
        "word/document.xml",
        "word/footnotes.xml",
        "word/header1.xml",
    }


def test_what_opendocument_has_besides_text_stays() -> None:
    targets = [translated(target) for target in with_title(OPEN, ".odt")]
    made = members(rewritten("a.odt", OPEN, "utf-8", targets))
    content, styles = made["content.xml"].decode(), made["styles.xml"].decode()
    assert content.count("<text:note ") == 1
    assert content.count("<text:bookmark ") == 1
    assert content.count("<draw:frame") == 1
    assert '<text:span text:style-name="I">tâ</text:span></text:a><text:note ' in content
    assert "<text:page-number>3</text:page-number>" in styles
    assert list(made) == list(members(OPEN))


def test_marks_that_the_french_paragraph_has_not_get_a_style() -> None:
    first, second, *rest = with_title(OPEN, ".odt")
    marks = (InlineMark(InlineKind.SMALL_CAPS, 0, 3),)
    english = EnglishBlock(second.block, "The council voted.", marks)
    made = rewritten("a.odt", OPEN, "utf-8", [first, english, *rest])
    assert blocks_of(made, ".odt")[1].marks[0] == marks[0]


def fields(kind: str) -> str:
    """Give a page number as Word writes it: a complex field, or a simple one."""
    if kind == "simple":
        return '<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>"
    marks = [f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate")]
    code = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return marks[0] + code + marks[1] + r("3") + end


@pytest.mark.parametrize("kind", ["simple", "complex"])
def test_a_field_of_word_stays_where_the_english_says_the_same(kind: str) -> None:
    word = docx(p("Un."), more={"footer1": p("Page ", fields(kind), " du budget")})
    first, second = with_title(word, ".docx")
    english = EnglishBlock(second.block, "Budget, page 3")
    made = members(rewritten("a.docx", word, "utf-8", [first, english]))[
        "word/footer1.xml"
    ].decode()
    assert made.count("PAGE") == 1
    assert made.index("Budget") < made.index("PAGE") < made.index(">3<")
    assert made.count("fldChar ") == (3 if kind == "complex" else 0)
    assert "du budget" not in made
    gone = members(
        rewritten("a.docx", word, "utf-8", [first, EnglishBlock(second.block, "Budget")])
    )["word/footer1.xml"].decode()
    assert "PAGE" not in gone
    assert "fldChar" not in gone


def test_links_that_word_writes_as_fields_are_marks_and_links_again() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate")]
    code = '<w:r><w:instrText> HYPERLINK "https://vire.fr/" </w:instrText></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    word = docx(p("Voir ", marks[0], code, marks[1], r("l'avis"), end, "."))
    (target,) = with_title(word, ".docx")
    assert [(m.kind, m.value) for m in target.marks] == [(InlineKind.LINK, "https://vire.fr/")]
    english = EnglishBlock(
        target.block, "See the notice.", (InlineMark(InlineKind.LINK, 4, 14, "https://vire.fr/"),)
    )
    made = rewritten("a.docx", word, "utf-8", [english])
    assert blocks_of(made, ".docx")[0].marks == english.marks


@pytest.mark.parametrize("suffix", [*SAMPLES, ".txt"])
def test_both_languages_stand_one_below_the_other(suffix: str) -> None:
    data = SAMPLES.get(suffix, b"Le budget\n\n- Un point\n\nPoste\t2024\nVoirie\t7\n\nFin.\n")
    targets = [translated(target) for target in with_title(data, suffix)]
    made = rewritten(f"a{suffix}", data, "utf-8", targets, bilingual=True)
    again = " ".join(block.text for block in blocks_of(made, suffix))
    titles = len(targets) - len(blocks_of(data, suffix))
    for target in targets[titles:]:
        french, english = target.block.text, target.text
        if suffix in (".srt", ".vtt") and len(french) > 30:
            french, english = french[:12], english[:12]
        assert french in again
        assert english in again
        if target.changed:
            assert again.index(french) < again.index(english) or french in english
    if suffix in (".docx", ".odt", ".html", ".epub"):
        calls = [m for b in blocks_of(made, suffix) for m in b.marks if m.kind is InlineKind.NOTE]
        assert len(calls) == sum(m.kind is InlineKind.NOTE for t in targets for m in t.marks)


def test_in_both_languages_what_stands_once_stands_once() -> None:
    targets = [translated(target) for target in with_title(WORD, ".docx")]
    body = members(rewritten("a.docx", WORD, "utf-8", targets, bilingual=True))["word/document.xml"]
    assert body.count(b"bookmarkStart") == body.count(b"footnoteReference") == 1
    assert body.count(b'numId w:val="0"') == 1
    assert b"<w:ins>" in body
    page = SAMPLES[".html"]
    targets = [translated(target) for target in with_title(page, ".html")]
    made = rewritten("a.html", page, "utf-8", targets, bilingual=True).decode()
    assert len(re.findall('id="', made)) == len(re.findall('id="', page.decode()))
    assert '<html lang="fr">' in made
    assert made.count('<span lang="en"') >= len(targets) - 3


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".html", b"<p>Le conseil<sup>1</sup> vote.</p>"),
        (".md", b"Le conseil<sup>1</sup> vote.\n"),
        (".docx", docx(p("Le conseil", r("1", RAISED), " vote."))),
        (
            ".odt",
            odt(
                '<text:p>Le conseil<text:span text:style-name="S">1</text:span> vote.</text:p>',
                '<style:style style:name="S"><style:text-properties style:text-position="super 58%"'
                "/></style:style>",
            ),
        ),
        (".txt", "Le conseil¹ vote.\n\n¹ Hier.\n".encode()),
    ],
)
def test_a_raised_figure_is_a_call_for_a_note_and_is_not_lost(suffix: str, data: bytes) -> None:
    first, *rest = with_title(data, suffix)
    assert [(m.kind, m.value) for m in first.marks] == [(InlineKind.NOTE, "1")]
    english = EnglishBlock(
        first.block, "The council votes.", (InlineMark(InlineKind.NOTE, 11, 11, "1"),)
    )
    made = rewritten(f"a{suffix}", data, "utf-8", [english, *rest])
    block = blocks_of(made, suffix)[0]
    assert (block.text, block.marks) == (english.text, english.marks)


def test_in_both_languages_the_english_begins_no_page_and_no_section() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    word = docx(
        p("Un.", properties="<w:pageBreakBefore/>")
        + p("Deux.", page, properties="<w:sectPr><w:type w:val='nextPage'/></w:sectPr>")
        + p("Trois.")
    )
    targets = [translated(target) for target in with_title(word, ".docx")]
    body = members(rewritten("a.docx", word, "utf-8", targets, bilingual=True))["word/document.xml"]
    assert body.count(b'<w:pageBreakBefore w:val="0"/>') == 1
    assert body.count(b'w:type="page"') == body.count(b"<w:sectPr") == 1
    assert body.index(b"Diyx") > body.index(b"<w:sectPr") > body.index(b"Deux")
    style = '<style:style style:name="{}" style:family="paragraph" {}'
    text = odt(
        '<text:p text:style-name="M">Un.</text:p><text:p text:style-name="C">Deux.</text:p>'
        '<text:p text:style-name="N">Trois.</text:p>',
        style.format("M", 'style:master-page-name="Standard"/>')
        + style.format("C", 'style:parent-style-name="B"/>')
        + style.format("B", "")
        + '><style:paragraph-properties fo:break-before="page"/></style:style>'
        + style.format("N", "/>"),
    )
    targets = [translated(target) for target in with_title(text, ".odt")]
    content = members(rewritten("a.odt", text, "utf-8", targets, bilingual=True))["content.xml"]
    assert content.count(b"style:master-page-name") == 1
    assert content.count(b'fo:break-before="auto"') == 2
    names = re.findall(rb'<text:p text:style-name="(\w+)"', content)
    assert names == [b"M", b"English_M", b"C", b"English_C", b"N", b"N"]


def test_markdown_keeps_what_is_no_text() -> None:
    targets = [translated(target) for target in with_title(SAMPLES[".md"], ".md")]
    made = rewritten("a.md", SAMPLES[".md"], "utf-8", targets).decode()
    for kept in (
        'title: "Li bydgit"',
        "author: A. Roy",
        "<!-- gardé -->",
        "|:--|--:|",
        "port.png",
        'x = "conseil"',
        '<div class="encadré">',
        f"[^1]: {shifted('Délibération du 12 mars.')}",
        "7 \\| 8",
        "--------",
    ):
        assert kept in made


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("## 1. Étape\n", "## 1. Etepi\n"),
        ("1\\. Étape\n===\n", "1\\. Etepi\n===\n"),
        ("1984\\. Une année.\n", "1984\\. Ani ennâi.\n"),
        ("- 1\\. a\n", "- 1\\. e\n"),
        ("| 1. Un | b |\n|---|---|\n| 2) a | c |\n", "| 1. An | b |\n|---|---|\n| 2) e | c |\n"),
        ("Un `ma_fonction` et `a<b>`.\n", "An `me_functoun` it `e<b>`.\n"),
        ("Un ``a`b`` et `` `a ``.\n", "An ``e`b`` it `` `e ``.\n"),
        ("| `x\\|a` | b |\n|--|--|\n", "| `x\\|e` | b |\n|--|--|\n"),
        ("- [ ] a faire\n- [x] fait\n", "- [ ] e feori\n- [x] feot\n"),
        ("> [!TTT]\n> Attention.\n", "> [!TTT]\n> Ettintoun.\n"),
        ("Va \\![ici](u) et \\![\n", "Ve \\![oco](u) it !\\[\n"),
        ("\\~~~ fin\n", "\\~~~ fon\n"),
        ("Un \\&eacute; ici\n", "An \\&iecyti; oco\n"),
    ],
)
def test_markdown_is_escaped_where_it_must_be_and_nowhere_else(french: str, english: str) -> None:
    targets = [
        EnglishBlock(block, shifted(block.text), block.marks)
        for block in blocks_of(french.encode(), ".md")
    ]
    made = rewritten("a.md", french.encode(), "utf-8", targets)
    assert made.decode() == english
    again = [(b.kind, b.text, b.marks) for b in blocks_of(made, ".md")]
    assert again == [(t.block.kind, t.text, t.marks) for t in targets]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Un ![vue](a.png) ici.\n", "An oco. ![vyi](a.png)\n"),
        ("Un ![](a.png) ici.\n", "An oco. ![](a.png)\n"),
        ("![vue](a.png)\nUn *port*.\n", "![vyi](a.png)\nAn *purt*.\n"),
        ("- un ![vue](a.png)\n", "- yn ![vyi](a.png)\n"),
        (
            "| ![vue](a.png) a | x\\|a ![b](c) |\n|--|--|\n",
            "| ![vyi](a.png) e | x\\|e ![b](c) |\n|--|--|\n",
        ),
        ("![vue](a.png){width=50%}\n", "![vyi](a.png){width=50%}\n"),
        ("[![vue](a.png)](b)\n\nUn.\n", "[![vyi](a.png)](b)\n\nAn.\n"),
        ("a [![vue](a.png)](b) a\n", "e e [![vyi](a.png)](b)\n"),
        ('[a](b "Le *T*") ![a](c "T") a\n', '[e](b "Le *T*") e ![e](c "T")\n'),
        ("> ![vue](a.png)  \n> Un.\n", "> ![vyi](a.png)  \n> An.\n"),
        ("## ![vue](a.png) Un\n", "## ![vyi](a.png) An\n"),
        ("![vue]\n\n[vue]: a.png\n", "![vyi][vue]\n\n[vue]: a.png\n"),
        ('Un <img src="a" alt="vue"> ici.\n', 'An oco. <img src="a" alt="vyi">\n'),
    ],
)
def test_an_image_of_markdown_stays_and_its_words_are_its_own(french: str, english: str) -> None:
    targets = [
        EnglishBlock(block, shifted(block.text), block.marks)
        for block in blocks_of(french.encode(), ".md")
    ]
    assert rewritten("a.md", french.encode(), "utf-8", targets).decode() == english
    both = rewritten("a.md", french.encode(), "utf-8", targets, bilingual=True).decode()
    assert both.count("![") + both.count("<img") == english.count("![") + english.count("<img")
    assert "vue" not in french or "vue – vyi" in both


def test_no_mark_of_markdown_stands_within_code() -> None:
    (block,) = blocks_of(b"Lis `a_b c` ici.\n", ".md")
    code = InlineMark(InlineKind.CODE, 5, 10)
    for mark in (InlineMark(InlineKind.STRONG, 0, 7), InlineMark(InlineKind.LINK, 5, 8, "u")):
        english = EnglishBlock(block, "Read a_b c here", (mark, code))
        made = rewritten("a.md", b"Lis `a_b c` ici.\n", "utf-8", [english])
        assert b"`a_b c`" in made
    call = InlineMark(InlineKind.NOTE, 6, 6, "1")
    made = rewritten("a.md", b"Lis `a_b c` ici.\n", "utf-8", [replace(english, marks=(call, code))])
    assert made == b"Read `a_b c`[^1] here\n"


def test_a_sentence_over_several_cues_is_shared_out_between_them() -> None:
    first, *rest = with_title(SAMPLES[".srt"], ".srt")
    english = EnglishBlock(first.block, "Last night the city council voted the budget of the town.")
    made = rewritten("a.srt", SAMPLES[".srt"], "utf-8", [english, *rest]).decode()
    cues = made.split("\n\n")
    assert cues[0].startswith("1\n00:00:01,000 --> 00:00:03,000\nLast night the")
    assert cues[1].startswith("2\n00:00:03,200 --> 00:00:05,000\n{\\an8}")
    assert cues[1].endswith("of the town.")


def cues(data: str, english: Sequence[str], bilingual: bool = False) -> list[str]:
    """Write WebVTT back with some English; give the lines of each cue, without its times."""
    found = with_title(data.encode(), ".vtt")
    titles = len(found) - len(english)
    targets = [
        *found[:titles],
        *(
            EnglishBlock(each.block, said)
            for each, said in zip(found[titles:], english, strict=True)
        ),
    ]
    made = rewritten("a.vtt", data.encode(), "utf-8", targets, bilingual=bilingual).decode()
    return [cue.strip("\n") for cue in re.findall(r"-->.*\n((?:.+\n)*)", made)]


@pytest.mark.parametrize(
    ("english", "shares"),
    [
        ("Goodbye", ["Goodbye", "", ""]),
        ("Good bye", ["Good", "bye", ""]),
        ("To see you again", ["To", "see you", "again"]),
    ],
)
def test_the_first_cues_have_words_where_there_are_few(english: str, shares: list[str]) -> None:
    data = "WEBVTT\n" + "".join(
        f"\n00:0{number}.000 --> 00:0{number}.900\n{said}\n"
        for number, said in enumerate(["au", "revoir, toutes", "et tous"], 1)
    )
    assert cues(data, [english]) == shares
    both = cues(data, [english], bilingual=True)
    assert [cue.split("\n")[1:] for cue in both] == [[share] if share else [] for share in shares]


VOICES = """WEBVTT

00:01.000 --> 00:02.000
<v Marie>Le conseil a voté

00:02.000 --> 00:03.000
<v Marie>le budget de la ville.

00:03.000 --> 00:04.000
<v.loud Paul>Il a</v>
<v Marie>Mais non</v> <v Paul>Mais si</v>
"""


def test_who_speaks_stays_in_the_english_and_speaks_alone() -> None:
    english = ["The council passed the budget of the town.", "It has", "No", "Yes"]
    assert cues(VOICES, english) == [
        "<v Marie>The council passed",
        "<v Marie>the budget of the town.",
        "<v.loud Paul>It has</v>\n<v Marie>No</v> <v Paul>Yes</v>",
    ]
    both = cues(VOICES, english, bilingual=True)
    assert both[0] == "<v Marie>Le conseil a voté\n<v Marie>The council passed"


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_a_sign_that_is_no_tag_is_written_as_the_form_asks(suffix: str) -> None:
    head = "WEBVTT\n\n" if suffix == ".vtt" else "1\n"
    data = f"{head}00:00:01.000 --> 00:00:02.000\nSi x < 3 & z\n".encode()
    targets = [translated(target) for target in with_title(data, suffix)]
    made = rewritten(f"a{suffix}", data, "utf-8", targets).decode()
    assert made.endswith("So x &lt; 3 & z\n" if suffix == ".vtt" else "So x < 3 & z\n")


def test_verse_in_plain_text_stays_verse() -> None:
    stanzas = ["Je vis, je meurs,\nJe me brûle et me noie,\nJ’ai chaud extrême,\nLa vie est molle."]
    stanzas.append("Tout à un coup je ris,\nEt en plaisir je suis,\nMon bien s’en va,\nTout sèche.")
    data = "\n\n".join(["Le sonnet", *stanzas, "Texte de prose qui suit.\n"]).encode()
    targets = with_title(data, ".txt")
    assert [t.block.level for t in targets if t.block.kind is BlockKind.VERSE] == [1, 2, 3, 4] * 2
    made = rewritten("a.txt", data, "utf-8", [*map(translated, targets)]).decode()
    assert [len(part.split("\n")) for part in made.strip().split("\n\n")] == [1, 4, 4, 1]


def test_a_form_without_a_writer_or_another_document_is_told() -> None:
    with pytest.raises(UsageError, match="cannot be written back"):
        rewritten("a.pdf", b"", "utf-8", [])
    with pytest.raises(PublishError, match="read differently"):
        rewritten("a.html", b"<p>Un.<p>Deux.", "utf-8", [])
    assert set(WRITERS) <= set(READERS)


def test_struck_words_go_from_a_translated_paragraph_of_word_but_stay_in_its_french() -> None:
    data = docx(p("Un ", r("mot", '<w:u w:val="single"/>'), r(" faux", "<w:strike/>"), " ici."))
    targets = [translated(target) for target in with_title(data, ".docx")]
    body = members(rewritten("a.docx", data, "utf-8", targets))["word/document.xml"].decode()
    assert "faux" not in body
    assert re.search(r'<w:u w:val="single"/></w:rPr><w:t[^>]*>mut<', body)
    both = members(rewritten("a.docx", data, "utf-8", targets, True))["word/document.xml"].decode()
    assert both.count("faux") == 1


def test_what_the_head_of_a_page_says_of_its_text_and_what_raises_a_call_come_back() -> None:
    page = (
        '<html lang="fr-FR"><head><title>Le vote – L’Écho</title><meta content="Le vote"'
        ' property="og:title"><meta name="description" content="Un autre résumé."></head><body>'
        '<h1>Le vote</h1><p>Un mot<sup id="r1" class="call"><a href="#n1">[1]</a></sup>.</p>'
        '<ol><li id="n1"><a href="#r1">↑</a> Une note.</li></ol></body></html>'
    )
    targets = [translated(target) for target in with_title(page.encode(), ".html")]
    made = rewritten("a.html", page.encode(), "utf-8", targets).decode()
    assert "<title>Li vuti – L’Écho</title>" in made
    assert 'content="Li vuti"' in made
    assert "Un autre résumé." in made
    assert '<sup id="r1" class="call"><a href="#n1">[1]</a></sup>' in made
    both = rewritten("a.html", page.encode(), "utf-8", targets, True).decode()
    assert "<br>" in both
    assert "<br/>" not in both


def noted(kind: str, label: str, words: str) -> str:
    """Give a note of OpenDocument."""
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
    )


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_notes_that_share_a_number_stay_where_they_were(suffix: str) -> None:
    if suffix == ".docx":
        calls = [
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            '<w:r><w:endnoteReference w:id="2"/></w:r>',
        ]
        data = docx(p("Un mot", calls[0], " et", calls[1], " deux."))
        order = ["Ani mut", "footnoteRef", " it", "endnoteRef", " diyx."]
    else:
        calls = [noted("footnote", "1", "Au bas."), noted("endnote", "1", "Au bout.")]
        data = odt(f"<text:p>Un mot{calls[0]} et{calls[1]} deux.</text:p>")
        order = ["mut", "footnote", "Ey bes.", " it", "endnote", "Ey buyt.", " diyx."]
    targets = [translated(target) for target in with_title(data, suffix)]
    part = members(rewritten(f"a{suffix}", data, "utf-8", targets))
    made = part["word/document.xml" if suffix == ".docx" else "content.xml"].decode()
    order[0] = order[0].split()[-1]
    places = [made.find(each) for each in order]
    assert places == sorted(places)
    assert places[0] > 0


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_two_fields_that_show_the_same_both_stay_in_their_order(suffix: str) -> None:
    if suffix == ".docx":
        simple = '<w:fldSimple w:instr="{}">' + r("1") + "</w:fldSimple>"
        data = docx(p("Page ", simple.format("PAGE"), " sur ", simple.format("NUMPAGES")))
        part, first, second = "word/document.xml", '"PAGE"', "NUMPAGES"
    else:
        part, first, second = "content.xml", "<text:page-number>", "<text:page-count>"
        shown = "<text:page-number>1</text:page-number> sur <text:page-count>1</text:page-count>"
        data = odt(f"<text:p>Page {shown}</text:p>")
    (target,) = with_title(data, suffix)
    english = EnglishBlock(target.block, "Page 1 of 1")
    made = members(rewritten(f"a{suffix}", data, "utf-8", [english]))[part].decode()
    assert made.index("Page ") < made.index(first) < made.index(" of ") < made.index(second)


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_english_looks_as_most_of_the_french_with_its_marks_did(suffix: str) -> None:
    if suffix == ".docx":
        red, blue = '<w:color w:val="FF0000"/>', '<w:b/><w:color w:val="0000FF"/>'
        data = docx(
            p(r("L", red), "e soir tombe sur ", r("la", blue), r(" longue ville", "<w:b/>"), ".")
            + p(r("Un mot long", red), " fin.")
        )
        part, coloured = "word/document.xml", "FF0000"
    else:
        part, coloured = "content.xml", '"R"'
        styles = "".join(
            f'<style:style style:name="{name}"><style:text-properties {look}/></style:style>'
            for name, look in (
                ("R", 'fo:color="#ff0000"'),
                ("B", 'fo:font-weight="bold" fo:color="#0000ff"'),
                ("G", 'fo:font-weight="bold"'),
            )
        )
        span = '<text:span text:style-name="{}">{}</text:span>'.format
        data = odt(
            f"<text:p>{span('R', 'L')}e soir tombe sur {span('B', 'la')}"
            f"{span('G', ' longue ville')}.</text:p>"
            f"<text:p>{span('R', 'Un mot long')} fin.</text:p>",
            styles,
        )
    targets = [translated(target) for target in with_title(data, suffix)]
    made = members(rewritten(f"a{suffix}", data, "utf-8", targets))[part].decode()
    first, second = re.findall(r"<(?:w|text):p>.*?</(?:w|text):p>", made)
    assert coloured not in first
    assert "0000FF" not in first
    assert '"B"' not in first
    assert coloured in second


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def test_a_formula_of_word_stays_where_the_english_says_the_same() -> None:
    formula = (
        f"<m:oMath {M}><m:f><m:num><m:r><m:rPr/><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t>"
        "</m:r></m:den></m:f></m:oMath>"
    )
    data = docx(p("La part est ", formula, " du total."))
    (target,) = with_title(data, ".docx")
    assert target.block.text == "La part est a/b du total."
    english = EnglishBlock(target.block, "The share of the total is a/b.")
    body = members(rewritten("a.docx", data, "utf-8", [english]))["word/document.xml"].decode()
    assert body.index("total is ") < body.index("<m:oMath") < body.index("</m:oMath>")
    assert body.index("</m:oMath>") < body.index(">.<")
    assert body.count("<m:t>") == 2
    other = EnglishBlock(target.block, "The share of the total.")
    body = members(rewritten("a.docx", data, "utf-8", [other]))["word/document.xml"].decode()
    assert "oMath" not in body
    assert "m:rPr" not in body


def test_the_title_of_a_page_is_that_of_the_block_that_says_most_of_it() -> None:
    page = (
        '<html lang="fr"><head><title>Portrait d’une ville</title><meta name="description" '
        'content="Portrait d’une ville au bord de l’eau"></head><body><ul><li>Port</li>'
        "<li>Portrait</li></ul><h1>Portrait d’une ville</h1></body></html>"
    )
    english = {
        "Port": "Harbour",
        "Portrait": "Picture",
        "Portrait d’une ville": "Portrait of a town",
    }
    found = [
        EnglishBlock(each.block, english[each.block.text])
        for each in with_title(page.encode(), ".html")
    ]
    made = rewritten("a.html", page.encode(), "utf-8", found).decode()
    assert "<title>Portrait of a town</title>" in made
    assert 'content="Portrait of a town au bord de l’eau"' in made
    short = page.replace("<h1>Portrait d’une ville</h1>", "").replace("<li>Portrait</li>", "")
    (harbour,) = with_title(short.encode(), ".html")[-1:]
    made = rewritten(
        "a.html", short.encode(), "utf-8", [EnglishBlock(harbour.block, "Harbour")]
    ).decode()
    assert "<title>Portrait d’une ville</title>" in made


def test_what_links_lead_to_and_what_bears_no_words_stays_in_a_translated_sentence() -> None:
    kept = [
        '<span epub:type="pagebreak" id="p12" title="12"></span>',
        '<a id="here"></a>',
        '<iframe src="v"></iframe>',
        "<input name=a>",
        '<svg><text id="s">x</text></svg>',
        '<a href="big.png"><img src="small.png"></a>',
        '<i class="icon"></i>',
        "<script>a()</script>",
    ]
    words = [
        '<span id="x">mot</span>',
        "<a name=y>autre</a>",
        '<em id="e1">un</em> ou <em id="e2">deux</em>',
    ]
    gone = (
        '<del class="old">faux</del> <ruby>b<rt lang="ja">c</rt></ruby> <span class="s"><br></span>'
    )
    page = f"<p>Il {' et '.join([*kept, *words])} {gone} ici.</p>"
    targets = [translated(target) for target in with_title(page.encode(), ".html")]
    made = rewritten("a.html", page.encode(), "utf-8", targets).decode()
    for each in kept:
        assert made.count(each) == 1
    for name in ('id="x"', "name=y", 'id="e1"', 'id="e2"'):
        assert made.count(name) == 1
    assert made.count('id="s"') == made.count('id="here"') == 1
    assert not any(each in made for each in ("faux", "<rt", "<br"))
    both = rewritten("a.html", page.encode(), "utf-8", targets, True).decode()
    assert len(re.findall("id=", both)) == len(re.findall("id=", page))


def test_the_description_of_an_image_in_a_sentence_is_in_english_there() -> None:
    page = '<p>Avant <img src="a.png" alt="Une image"> fin.</p>'
    targets = [translated(target) for target in with_title(page.encode(), ".html")]
    made = rewritten("a.html", page.encode(), "utf-8", targets).decode()
    assert '<img src="a.png" alt="Ani omegi">' in made
    assert "Une" not in made
    both = rewritten("a.html", page.encode(), "utf-8", targets, True).decode()
    assert both.count('alt="Une image – Ani omegi"') == both.count("<img") == 1


def test_quotation_marks_that_a_browser_draws_are_read_and_written() -> None:
    page = '<p>Il dit <q>oui <q lang="de">ja</q></q> ici.</p>'
    (target,) = with_title(page.encode(), ".html")
    assert target.block.text == "Il dit «\u00a0oui “ja”\u00a0» ici."
    marks = (InlineMark(InlineKind.LANGUAGE, 14, 16, "de"),)
    english = EnglishBlock(target.block, "He says “yes ‘ja’” here.", marks)
    made = rewritten("a.html", page.encode(), "utf-8", [english]).decode()
    assert made == '<p>He says “yes ‘<span lang="de">ja</span>’” here.</p>'


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_tabs_and_what_was_typed_as_a_mark_come_back(suffix: str) -> None:
    lines = [["", "Un retrait."], ["•", "Une puce"], ["Ville", "", "Page"], ["a", "", ""]]
    if suffix == ".docx":
        tab, part = "<w:r><w:tab/></w:r>", "word/document.xml"
        data = docx("".join(p(tab.join(r(each) if each else "" for each in x)) for x in lines))
    else:
        tab, part = "<text:tab/>", "content.xml"
        data = odt("".join(f"<text:p>{tab.join(x)}</text:p>" for x in lines))
    targets = [translated(target) for target in with_title(data, suffix)]
    made = members(rewritten(f"a{suffix}", data, "utf-8", targets))[part].decode()
    shown = re.sub(r"<w:tab/>|<text:tab/>", "|", made)
    found = re.findall(r"<(?:w|text):p\b[^>]*>(.*?)</(?:w|text):p>", shown)
    assert [re.sub("<[^>]*>", "", each) for each in found] == [
        "|An ritreot.",
        "•|Ani pyci",
        "Volli||Pegi",
        "e||",
    ]


def english_of(data: bytes, suffix: str, bilingual: bool = False) -> dict[str, str]:
    """Give the parts of a package whose every block was translated, as text."""
    targets = [translated(target) for target in with_title(data, suffix)]
    made = members(rewritten(f"a{suffix}", data, "utf-8", targets, bilingual))
    return {name: part.decode() for name, part in made.items()}


def field(code: str, result: str) -> str:
    """Give a field as Word writes it."""
    begin, part, end = (
        f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{part}{result}{end}"


LINKS = '<Relationship Id="l" Target="https://vire.fr/" TargetMode="External"/>'


def test_links_of_word_to_places_keep_their_places_and_their_look() -> None:
    blue = '<w:rStyle w:val="Lien"/>'
    word = docx(
        p(
            "Voir ",
            f'<w:hyperlink r:id="l" w:anchor="a">{r("un", blue)}</w:hyperlink>, ',
            f'<w:hyperlink r:id="l" w:anchor="b">{r("deux", blue)}</w:hyperlink>',
            " et ",
            field('HYPERLINK \\l "c"', r("trois", blue)),
            " ou ",
            field('HYPERLINK "https://a.fr" \\o "Un mot" \\l "d"', r("quatre", blue)),
            " pour tout savoir sur la ville.",
        ),
        links=LINKS,
    )
    (target,) = with_title(word, ".docx")
    wanted = ["https://vire.fr/#a", "https://vire.fr/#b", "#c", "https://a.fr#d"]
    assert [mark.value for mark in target.marks] == wanted
    body = english_of(word, ".docx")["word/document.xml"]
    assert body.count('w:anchor="a"') == body.count('w:anchor="b"') == 1
    assert 'HYPERLINK \\l "c"' in body
    for each in ("un", "deux", "trois", "quatre"):
        assert f'<w:r><w:rPr>{blue}</w:rPr><w:t xml:space="preserve">{shifted(each)}<' in body
    assert body.count(blue) == 4


def test_a_tall_first_letter_of_word_is_part_of_its_word() -> None:
    tall = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    low = '<w:position w:val="-8"/><w:sz w:val="100"/>'
    word = docx(p(r("L", low), properties=tall) + p("e port de ", r("Vire", "<w:b/>"), " ouvre."))
    (target,) = with_title(word, ".docx")
    assert target.block.text == "Le port de Vire ouvre."
    assert [mark.kind for mark in target.marks] == [InlineKind.STRONG]
    english = EnglishBlock(
        target.block, "“The port of Vire opens.", (InlineMark(InlineKind.STRONG, 13, 17),)
    )
    made = rewritten("a.docx", word, "utf-8", [english])
    body = members(made)["word/document.xml"].decode()
    assert '<w:sz w:val="100"/></w:rPr><w:t xml:space="preserve">“T</w:t>' in body
    assert body.count("dropCap") == 1
    (again,) = blocks_of(made, ".docx")
    assert (again.text, again.marks) == (english.text, english.marks)
    both = english_of(word, ".docx", bilingual=True)["word/document.xml"]
    assert both.count("dropCap") == 2
    # A tall letter that nothing follows is a text of its own, also before a table.
    alone = docx(
        p("L", properties=tall) + "<w:tbl><w:tr><w:tc>" + p("a") + "</w:tc></w:tr></w:tbl>"
    )
    assert [block.text for block in blocks_of(alone, ".docx")] == ["L", "a"]


def test_a_page_break_and_a_note_number_in_the_run_of_a_text_stay_before_it() -> None:
    broken = (
        "<w:p><w:r><w:br w:type='page'/><w:t>Une page.</w:t><w:br w:type='column'/></w:r></w:p>"
    )
    note = '<w:footnote w:id="2"><w:p>{}</w:p></w:footnote>'
    number = "<w:footnoteRef/>"
    for body in (
        f"<w:r>{number}</w:r>{r(' ')}{r('Hier.')}",
        f"<w:r>{number}<w:t> Hier.</w:t></w:r>",
    ):
        made = english_of(docx(broken, more={"footnotes": note.format(body)}), ".docx")
        text = made["word/document.xml"]
        assert text.index('"page"') < text.index(shifted("page")) < text.index('"column"')
        found = made["word/footnotes.xml"]
        assert re.search(f"{number}.*> </w:t>.*>{shifted('Hier.')}<", found)


def test_controls_of_word_stay_and_are_not_filled_anew() -> None:
    bound = '<w:dataBinding w:xpath="/title[1]"/>'
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    word = docx(
        control.format(bound, p("Le titre"))
        + p(control.format(bound, r("Le sous-titre")))
        + p(control.format("<w:tick/>", r("☐", "<w:b/>")), " Je veux la lettre.")
        + p(control.format("<w:date/>", r("Le mois de mai")), " est doux."),
    )
    body = english_of(word, ".docx")["word/document.xml"]
    assert "dataBinding" not in body
    assert "<w:tick/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:b/></w:rPr><w:t" in body
    # None is left empty: Word would ask to fill it in.
    assert "<w:date/>" not in body
    assert body.count("<w:sdt>") == body.count("<w:sdtContent>") == 3
    assert body.index("<w:sdtContent>", body.index(shifted("titre"))) < body.index(
        shifted("sous-titre")
    )


def test_accepted_changes_leave_no_trace_and_what_is_referred_to_stays_short() -> None:
    change = "<w:rPrChange w:id='3' w:author='A'><w:rPr/></w:rPrChange>"
    word = docx(
        p("Il a ", r("bien", f"<w:b/>{change}"), " voté.")
        + p(
            "<w:bookmarkStart w:id='1' w:name='x'/>",
            "Tableau ",
            field("SEQ Tableau", r("1")),
            "<w:bookmarkEnd w:id='1'/>",
            " : les dépenses",
        )
        + p(
            "Un texte et ",
            "<w:bookmarkStart w:id='2' w:name='y'/>",
            "le tableau ",
            field("SEQ Tableau", r("2")),
            "<w:bookmarkEnd w:id='2'/>",
            " : les dépenses",
        )
    )
    body = english_of(word, ".docx")["word/document.xml"]
    assert "rPrChange" not in body
    start, end = body.index("bookmarkStart w:id"), body.index("bookmarkEnd w:id")
    assert start < body.index(">1<") < end < body.index(shifted(" : les"))
    # One that begins within the text stays whole behind it.
    assert body.index('bookmarkStart w:id="2"') < body.index('bookmarkEnd w:id="2"')


def test_what_repeats_a_text_of_word_is_in_english_too() -> None:
    entry = '<w:hyperlink w:anchor="t">{}<w:r><w:tab/></w:r>{}</w:hyperlink>'
    contents = field("TOC \\o", entry.format(r("Le ") + r("budget"), field("PAGEREF t", r("2"))))
    box = f"<w:txbxContent>{p('Un encadré.')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    word = docx(f"<w:p>{contents}</w:p>" + p("Le budget", style="Titre1") + p(drawn), STYLES)
    assert [block.text for block in blocks_of(word, ".docx")] == ["Le budget", "Un encadré."]
    body = english_of(word, ".docx")["word/document.xml"]
    for each in ("Le budget", "Un encadré."):
        assert body.count(shifted(each)) == 2
        assert each not in body
    assert ">2<" in body


def test_strict_documents_of_word_stay_strict() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = {
        name: part.replace(usual.encode(), strict.encode()) for name, part in members(WORD).items()
    }
    made = english_of(packed(parts), ".docx")
    assert usual not in made["word/document.xml"]
    assert (
        made["word/document.xml"].replace(strict, usual)
        == (english_of(WORD, ".docx")["word/document.xml"])
    )


MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi><mo>=</mo><mfrac>'
    '<mn>1</mn><mn>2</mn></mfrac></mrow><annotation encoding="StarMath">x={1} over {2}'
    "</annotation></semantics></math>"
)


def test_drawings_of_opendocument_are_no_words_of_their_sentence_and_stay() -> None:
    shape = "<draw:ellipse><svg:desc>Un rond</svg:desc><text:p>Zone A</text:p></draw:ellipse>"
    group = f"<draw:g><draw:line><text:p>Un axe</text:p></draw:line>{shape}</draw:g>"
    linked = '<draw:a xlink:href="https://vire.fr/"><draw:frame><draw:image/></draw:frame></draw:a>'
    text = odt(
        f"<text:p>Le {shape}port {group}de {linked}Vire "
        '<text:a xlink:href="https://vire.fr/">ouvre</text:a>.</text:p>'
    )
    assert [block.text for block in blocks_of(text, ".odt")] == [
        "Le port de Vire ouvre.", "Un rond", "Un rond", "Zone A", "Un axe", "Zone A",
    ]  # fmt: skip
    content = english_of(text, ".odt")["content.xml"]
    assert content.count("<draw:ellipse>") == 2
    assert content.count("<draw:g>") == content.count("<draw:line>") == 1
    assert re.search("<draw:a [^>]*><draw:frame><draw:image/></draw:frame></draw:a>", content)
    assert f'<text:a xlink:href="https://vire.fr/">{shifted("ouvre")}</text:a>' in content
    both = english_of(text, ".odt", bilingual=True)["content.xml"]
    assert both.count("<draw:g>") == both.count("<draw:a ") == 1


def test_a_formula_of_opendocument_is_read_and_stays_in_its_place() -> None:
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    text = odt(f"<text:p>La formule {frame} reste là.</text:p>")
    text = packed({**members(text), "Object 1/content.xml": MATH.encode()})
    (target,) = with_title(text, ".odt")
    assert target.block.text == "La formule x=1/2 reste là."
    english = EnglishBlock(target.block, "Here, x=1/2 stays.")
    content = members(rewritten("a.odt", text, "utf-8", [english]))["content.xml"].decode()
    assert re.search("Here, <draw:frame>.*</draw:frame> stays.<", content)
    both = members(rewritten("a.odt", text, "utf-8", [english], bilingual=True))
    assert ">Here, x=1/2 stays.<" in both["content.xml"].decode()


def test_words_of_opendocument_that_are_plain_within_strong_ones_are_plain() -> None:
    text = odt(
        '<text:p>Un <text:span text:style-name="G">mot gras<text:span text:style-name="N"> ou non'
        "</text:span></text:span>.</text:p>",
        '<style:style style:name="G"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="N"><style:text-properties fo:font-weight="normal"/>'
        "</style:style>",
    )
    (block,) = blocks_of(text, ".odt")
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["mot gras"]


def test_contents_of_opendocument_are_no_text_but_in_english() -> None:
    index = (
        "<text:{0}><text:index-body><text:index-title><text:p>Sommaire</text:p></text:index-title>"
        "<text:p><text:a xlink:href='#t'>1.<text:tab/>Le <text:span>budget</text:span>"
        "<text:tab/>2</text:a></text:p></text:index-body></text:{0}>"
    )
    text = odt(
        index.format("table-of-content")
        + index.format("illustration-index")
        + '<text:h text:outline-level="1">Le budget</text:h>'
        '<text:p><text:bookmark-start text:name="x"/>Tableau <text:sequence>1</text:sequence>'
        '<text:bookmark-end text:name="x"/> : les dépenses</text:p>',
    )
    assert [block.text for block in blocks_of(text, ".odt")] == [
        "Sommaire", "Sommaire", "Le budget", "Tableau 1 : les dépenses",
    ]  # fmt: skip
    content = english_of(text, ".odt")["content.xml"]
    entry = f"1.<text:tab/>{shifted('Le budget')}<text:span></text:span><text:tab/>2"
    assert content.replace("<text:span/>", "<text:span></text:span>").count(entry) == 2
    assert content.index("<text:sequence>") < content.index("<text:bookmark-end")
    assert content.index("<text:bookmark-end") < content.index(shifted(" : les"))


def test_links_of_opendocument_keep_their_look() -> None:
    span = '<text:span text:style-name="L">{}</text:span>'
    link = f'<text:a xlink:href="https://vire.fr/">{span}</text:a>'
    text = odt(
        f"<text:p>Un texte assez long et {link.format('un lien')} bleu.</text:p>",
        '<style:style style:name="L"><style:text-properties fo:color="#0000ff"/></style:style>',
    )
    assert link.format(shifted("un lien")) in english_of(text, ".odt")["content.xml"]


def test_what_markdown_says_of_its_parts_is_no_text() -> None:
    text = """---
lang: fr-FR
---

# Le port {#port .titre}

Autre titre {-}
-----------

Terme
:   Sa définition
    sur deux lignes.
:   Une autre.

::: {.encadre}
Un bloc.
:::

:::note
Une remarque.
:::
"""
    blocks = blocks_of(text.encode(), ".md")
    assert [(block.kind.name, block.text) for block in blocks] == [
        ("HEADING", "Le port"),
        ("HEADING", "Autre titre"),
        ("PARAGRAPH", "Terme"),
        ("PARAGRAPH", "Sa définition sur deux lignes."),
        ("PARAGRAPH", "Une autre."),
        ("PARAGRAPH", "Un bloc."),
        ("PARAGRAPH", "Une remarque."),
    ]
    targets = [translated(target) for target in with_title(text.encode(), ".md")]
    made = rewritten("a.md", text.encode(), "utf-8", targets).decode()
    wanted = text.replace("fr-FR", "en").replace("définition\n    sur", "définition sur")
    for block in blocks:
        wanted = wanted.replace(block.text, shifted(block.text))
    assert made == wanted
    both = rewritten("a.md", text.encode(), "utf-8", targets, bilingual=True).decode()
    assert "lang: fr-FR" in both
    # A colon that a line of prose begins with is prose.
    assert len(blocks_of(b"Il a dit\n: non.\n", ".md")) == 1


def test_tags_do_not_count_where_a_sentence_is_shared_out_between_cues() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nOn dit ici que\n\n"
        '2\n00:00:02,100 --> 00:00:03,000\n<font color="#ff0000">le port ouvre</font> demain\n'
    )
    made = cues(text, ["They say here that the port opens tomorrow"])
    assert made == ["They say here that", "the port opens tomorrow"]


def test_webvtt_says_that_it_is_in_english() -> None:
    text = "WEBVTT\nKind: captions\nLanguage: fr-FR\n\n00:01.000 --> 00:02.000\nOui.\n"
    targets = [translated(target) for target in with_title(text.encode(), ".vtt")]
    made = rewritten("a.vtt", text.encode(), "utf-8", targets).decode()
    assert made == text.replace("fr-FR", "en").replace("Oui.", shifted("Oui."))
    both = rewritten("a.vtt", text.encode(), "utf-8", targets, bilingual=True).decode()
    assert "Language: fr-FR\n" in both


@pytest.mark.parametrize(
    ("entry", "english"),
    [
        ("Le retour\u00a0: récit", shifted("Le retour\u00a0: récit")),
        ("2. Le retour : récit", "2. " + shifted("Le retour\u00a0: récit")),
        ("Chapitre deux Un soir", shifted("Chapitre deux") + " " + shifted("Un soir")),
        ("Chapitre deux – Un soir", shifted("Chapitre deux") + " – " + shifted("Un soir")),
        ("Un soir d’été", "Un soir d’été"),
    ],
)
def test_contents_of_a_book_name_headings_with_number_and_of_two_lines(
    entry: str, english: str
) -> None:
    contents = f"<ncx><navLabel><text>{entry}</text></navLabel></ncx>"
    book = epub(
        "<h1>Le retour\u00a0: récit</h1><h1>Chapitre deux<br/>Un soir</h1>",
        more={"book/toc.ncx": contents},
    )
    made = english_of(book, ".epub")["book/toc.ncx"]
    assert made == contents.replace(entry, english)


def test_an_element_that_is_made_plain_is_no_mark() -> None:
    plain = '<i style="font-style:normal">et</i>'
    page = f'<p><b style="font-weight: normal">Un <b>mot</b></b> {plain}</p>'
    (block,) = blocks_of(page.encode(), ".html")
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["mot"]
