"""Word, OpenDocument, EPUB, web pages and subtitles become blocks that hold every visible word."""

from __future__ import annotations

import re

import pytest

from pipeline.documents import READERS, Draft
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import rewritten
from pipeline.model import BlockKind, InlineKind
from tests.support.packages import docx, epub, odt, p, r

SECRET = "NE PAS PUBLIER"


def read(data: bytes, suffix: str) -> Draft:
    return READERS[suffix](data, "utf-8")


def shape(draft: Draft) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.marker, b.text) for b in draft.blocks]


def marked(draft: Draft, index: int = 0) -> list[tuple[InlineKind, str, str]]:
    block = draft.blocks[index]
    return [(m.kind, block.text[m.start : m.end], m.value) for m in block.marks]


STYLES = (
    '<w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Sous"><w:basedOn w:val="Titre1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    '<w:name w:val="Sous-titre maison"/></w:style>'
    '<w:style w:styleId="Cit"><w:name w:val="Quote"/></w:style>'
    '<w:style w:styleId="Leg"><w:name w:val="caption"/></w:style>'
    '<w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr><w:name w:val="x"/></w:style>'
)
LIST = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'


def test_kinds_of_a_word_document() -> None:
    table = (
        "<w:tbl><w:tr><w:tc>" + p("Poste") + "</w:tc><w:tc>" + p("2024") + "</w:tc></w:tr><w:tr>"
        '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        + p("Voirie")
        + "</w:tc><w:tc>"
        + p("7")
        + "</w:tc></w:tr></w:tbl>"
    )
    body = (
        p("Le budget", style="Titre1")
        + p("Les suites", style="Sous")
        + p("Un point.", properties=LIST)
        + p("Une citation.", style="Cit")
        + table
        + p("Figure 1.", style="Leg")
        + p("  ")
        + p("Fin.")
    )
    draft = read(docx(body, STYLES, more={"header1": p("Mairie de Vire")}), ".docx")
    assert shape(draft) == [
        ("heading", 1, "", "Le budget"),
        ("heading", 2, "", "Les suites"),
        ("list_item", 2, "-", "Un point."),
        ("quote", 1, "", "Une citation."),
        ("cell", 1, "1.1", "Poste"),
        ("cell", 2, "1.1", "2024"),
        ("cell", 1, "1.2", "Voirie"),
        ("cell", 3, "1.2", "7"),
        ("caption", 0, "", "Figure 1."),
        ("paragraph", 0, "", "Fin."),
        ("furniture", 0, "", "Mairie de Vire"),
    ]


def test_marks_links_and_notes_of_a_word_document() -> None:
    body = p(
        "Le ",
        r("conseil", "<w:b/>"),
        r(" municipal", '<w:b w:val="0"/>'),
        '<w:hyperlink r:id="l">' + r(" a vo") + r("té", "<w:i/>") + "</w:hyperlink>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        r(" hier, m"),
        r("2", '<w:vertAlign w:val="superscript"/>'),
        r(" et 1"),
        r("er", '<w:vertAlign w:val="superscript"/>'),
        ".",
    )
    links = '<Relationship Id="l" Target="https://vire.fr/"/>'
    notes = (
        '<w:footnote w:id="0" w:type="separator">'
        + p("-")
        + '</w:footnote><w:footnote w:id="2">'
        + p("Délibération.")
        + "</w:footnote>"
    )
    draft = read(docx(body, links=links, more={"footnotes": notes}), ".docx")
    assert [(b.kind.value, b.text) for b in draft.blocks] == [
        ("paragraph", "Le conseil municipal a voté hier, m² et 1er."),
        ("note", "Délibération."),
    ]
    assert marked(draft) == [
        (InlineKind.STRONG, "conseil", ""),
        (InlineKind.LINK, "a voté", "https://vire.fr/"),
        (InlineKind.EMPHASIS, "té", ""),
        (InlineKind.NOTE, "", "2"),
        (InlineKind.SUPERSCRIPT, "er", ""),
    ]


def test_what_word_hides_or_deleted_is_no_text_and_is_counted() -> None:
    def field(code: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{code}</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    secret = r(SECRET, "<w:vanish/>")
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr='Une vue du port'/>"
        f"<w:txbxContent>{p('Encadré.')}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p(SECRET)}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = (
        p(
            "Le maire ",
            secret,
            f"<w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>",
            f"<w:ins>{r('ne parle ')}</w:ins>",
            f"<w:moveFrom>{r(SECRET)}</w:moveFrom>",
            '<w:r><w:commentReference w:id="1"/></w:r>',
            "pas.",
        )
        + p(SECRET, style="Secret")
        + p(
            field("PAGE \\* " + SECRET, "12"),
            " pages, ",
            f"<w:fldSimple w:instr='X'>{r('vu')}</w:fldSimple>",
            ".",
        )
        + p(field('TOC \\o "1-3"', SECRET))
        + p(
            "Porte",
            "<w:r><w:noBreakHyphen/></w:r>",
            "parole et ",
            "<w:r><w:br/></w:r>",
            "coopé",
            "<w:r><w:softHyphen/></w:r>",
            "ration",
            box,
        )
        + p("La maire ", properties="<w:rPr><w:del/></w:rPr>")
        + p("et le préfet.")
        + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        + f"<w:sdtContent>{p(SECRET)}</w:sdtContent></w:sdt>"
        + f"<w:sdt><w:sdtContent>{p('Contrôle.')}</w:sdtContent></w:sdt>"
    )
    draft = read(docx(body, STYLES), ".docx")
    assert SECRET not in repr(draft)
    assert [b.text for b in draft.blocks] == [
        "Le maire ne parle pas.",
        "12 pages, vu.",
        "Porte\u2011parole et coopération",
        "Une vue du port",
        "Encadré.",
        "La maire et le préfet.",
        "Contrôle.",
    ]
    assert [notice.message for notice in draft.notices] == [
        "2 hidden passages left out",
        "3 tracked changes read as accepted",
        "1 comment left out",
    ]


def test_an_opendocument_text() -> None:
    styles = (
        '<style:style style:name="G"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{SECRET}</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Les suites</text:h>'
        '<text:p>Le <text:span text:style-name="G">con<text:span>seil</text:span></text:span>'
        "<text:s/>"
        f"a<text:line-break/>voté<office:annotation><text:p>{SECRET}</text:p></office:annotation>"
        f'<text:span text:style-name="H">{SECRET}</text:span><text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Ibid.</text:p></text:note-body></text:note>.</text:p>"
        f'<text:p text:style-name="H">{SECRET}</text:p>'
        "<text:list><text:list-item><text:p>Un point.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell table:number-columns-repeated='2'/>"
        "<table:table-cell><text:p>7</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><svg:desc>Une vue</svg:desc><draw:text-box><text:p>Encadré.</text:p>"
        f"</draw:text-box></draw:frame></text:p><text:table-of-content><text:p>{SECRET}</text:p>"
        "</text:table-of-content>"
    )
    furniture = "<style:footer><text:p>Mairie</text:p></style:footer>"
    draft = read(odt(body, styles, furniture), ".odt")
    assert SECRET not in repr(draft)
    assert shape(draft) == [
        ("heading", 2, "", "Les suites"),
        ("paragraph", 0, "", "Le conseil a voté."),
        ("note", 0, "1", "Ibid."),
        ("list_item", 1, "-", "Un point."),
        ("cell", 3, "1.1", "7"),
        ("image", 0, "", "Une vue"),
        ("paragraph", 0, "", "Encadré."),
        ("furniture", 0, "", "Mairie"),
    ]
    assert marked(draft, 1) == [(InlineKind.STRONG, "conseil", ""), (InlineKind.NOTE, "", "1")]


PAGE = f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le budget | Journal</title>
<style>p::after {{ content: "{SECRET}" }}</style><script>"<p>{SECRET}</p>"</script></head><body>
<h1>Le budget</h1>
<p>Le <b>conseil</b> a <a href="/vote?a=1&amp;b=2">voté
<i>hier</i></a><sup><a href="#n1">1</a></sup>&nbsp;: m<sup>2</sup>.<!-- {SECRET} -->
<p>Un paragraphe jamais fermé, <del>{SECRET}</del><span hidden>{SECRET}</span>dit-on.
<ul><li>Un<li>Deux<ol start=3><li>Trois</ol></ul>
<blockquote><p>Une citation.</p></blockquote>
<table><caption>Les postes</caption><tr><th>Poste<td>2024</table>
<figure><img src="http://x/y.png" alt="Une vue du port"><figcaption>Le port.</figcaption></figure>
<pre><code>x = 1
y = 2</code></pre>
<p>12, rue du Port<br>76600 Le Havre</p>
<ol><li id="n1">Délibération.</li></ol>
<template><p>{SECRET}</p></template><noscript>{SECRET}</noscript>
</body></html>"""


def test_a_web_page() -> None:
    draft = read(PAGE.encode(), ".html")
    assert SECRET not in repr(draft)
    assert shape(draft) == [
        ("heading", 1, "", "Le budget"),
        ("paragraph", 0, "", "Le conseil a voté hier\u00a0: m²."),
        ("paragraph", 0, "", "Un paragraphe jamais fermé, dit-on."),
        ("list_item", 1, "-", "Un"),
        ("list_item", 1, "-", "Deux"),
        ("list_item", 2, "3.", "Trois"),
        ("quote", 1, "", "Une citation."),
        ("caption", 0, "", "Les postes"),
        ("cell", 1, "1.1", "Poste"),
        ("cell", 2, "1.1", "2024"),
        ("image", 0, "", "Une vue du port"),
        ("caption", 0, "", "Le port."),
        ("code", 0, "", "x = 1\ny = 2"),
        ("paragraph", 0, "", "12, rue du Port"),
        ("paragraph", 0, "", "76600 Le Havre"),
        ("note", 0, "1", "Délibération."),
    ]
    assert marked(draft, 1) == [
        (InlineKind.STRONG, "conseil", ""),
        (InlineKind.LINK, "voté hier", "/vote?a=1&b=2"),
        (InlineKind.EMPHASIS, "hier", ""),
        (InlineKind.NOTE, "", "1"),
    ]


def test_a_web_page_in_its_own_encoding_and_as_deep_as_it_likes() -> None:
    page = '<meta charset="iso-8859-1"><p>L’été à 3 €'
    assert [b.text for b in read(page.encode("cp1252"), ".htm").blocks] == ["L’été à 3 €"]
    deep = "<div>" * 2_000 + "Au fond." + "</div>" * 2_000 + "<p>Après."
    assert [b.text for b in read(deep.encode(), ".html").blocks] == ["Au fond.", "Après."]


def test_a_book_chapter_by_chapter() -> None:
    draft = read(
        epub(
            "<h1>Un</h1><p>Le&nbsp;maire<br/>parle.</p><table><tr><td>a</td></tr></table>",
            f"<h1>Deux</h1><p hidden='hidden'>{SECRET}</p><p/><script/><p>Fin.</p>"
            "<table><tr><td>b</td></tr></table>",
        ),
        ".epub",
    )
    assert (draft.title, draft.author) == ("Le livre", "Anne Roy")
    assert shape(draft) == [
        ("heading", 1, "", "Un"),
        ("paragraph", 0, "", "Le\u00a0maire parle."),
        ("cell", 1, "1.1", "a"),
        ("heading", 1, "", "Deux"),
        ("paragraph", 0, "", "Fin."),
        ("cell", 1, "2.1", "b"),
    ]


SRT = """1
00:00:01,000 --> 00:00:03,000
Le conseil <i>municipal</i>
a voté hier soir

2
00:00:03,200 --> 00:00:05,000
{\\an8}le budget de la ville.

3
00:00:06,000 --> 00:00:08,000
- Venez-vous ?
- Non.
"""


def test_subtitles_put_sentences_together_and_people_apart() -> None:
    draft = read(SRT.encode(), ".srt")
    assert shape(draft) == [
        ("cue", 0, "00:00:01,000", "Le conseil municipal a voté hier soir le budget de la ville."),
        ("cue", 0, "00:00:06,000", "- Venez-vous ?"),
        ("cue", 0, "00:00:06,000", "- Non."),
    ]
    assert marked(draft) == [(InlineKind.EMPHASIS, "municipal", "")]
    vtt = f"WEBVTT\n\nNOTE {SECRET}\n\nSTYLE\n::cue {{}}\n\n"
    vtt += "00:01.000 --> 00:02.000 line:0\n<v Anne>Oui.\n"
    assert [b.text for b in read(vtt.encode(), ".vtt").blocks] == ["Oui."]


def test_when_words_of_a_cue_are_due_is_no_text() -> None:
    cue = "00:00.000 --> 00:02.000\nBonjour <00:00:01.000>le <00:01.500><c.v>monde</c>.\n"
    draft = read(f"WEBVTT\n\n{cue}".encode(), ".vtt")
    assert [b.text for b in draft.blocks] == ["Bonjour le monde."]
    written = rewritten(
        "a.vtt",
        f"WEBVTT\n\n{cue}".encode(),
        "utf-8",
        [EnglishBlock(draft.blocks[0], "Hello world.")],
    )
    assert written.decode() == "WEBVTT\n\n00:00.000 --> 00:02.000\nHello world.\n"


@pytest.mark.parametrize(
    ("opening", "items", "markers"),
    [
        ("<ol type='a'>", 3, ["a.", "b.", "c."]),
        ("<ol type=A start=26>", 2, ["Z.", "AA."]),
        ("<ol type=i start=4>", 2, ["iv.", "v."]),
        ("<ol type=I start=9>", 2, ["IX.", "X."]),
        ("<ol reversed>", 3, ["3.", "2.", "1."]),
        ("<ol reversed start='10'>", 2, ["10.", "9."]),
        ("<ol start=-1>", 3, ["-1.", "0.", "1."]),
        ("<ol start=x type=?>", 1, ["1."]),
    ],
)
def test_ordered_lists_count_as_they_say(opening: str, items: int, markers: list[str]) -> None:
    page = f"<ul><li>Un point.{opening}{'<li>Un autre.' * items}</ol></ul>"
    found = [b.marker for b in read(page.encode(), ".html").blocks]
    assert found == ["-", *markers]


def test_an_item_that_says_its_number_keeps_it() -> None:
    page = b"<ol reversed><li>Un.<ol><li>Dedans.</ol><li value=7>Deux.<li>Trois.</ol>"
    assert [b.marker for b in read(page, ".html").blocks] == ["3.", "1.", "7.", "6."]


def test_an_empty_line_in_a_cue_of_srt_loses_no_words() -> None:
    cue = "{}\n00:00:0{},000 --> 00:00:0{},500\n{}\n\n"
    said = ["Il est parti en\n\n1984.\n\n\nElle est restée.", "« 12 »\n", "Fin."]
    srt = "".join(cue.format(n, n, n, text) for n, text in enumerate(said, 1))
    texts = ["Il est parti en 1984. Elle est restée.", "« 12 »", "Fin."]
    assert [b.text for b in read(srt.encode(), ".srt").blocks] == texts
    # Cues that nobody numbered, and numbers with no empty line before them.
    bare = re.sub(r"(?m)^\d\n(?=\d\d:)", "", srt)
    assert [b.text for b in read(bare.encode(), ".srt").blocks] == texts
    tight = re.sub(r"\n\n(?=\d\n\d\d:)", "\n", srt)
    assert [b.text for b in read(tight.encode(), ".srt").blocks] == texts


STRUCK, UNDER = "<w:strike/>", '<w:u w:val="single"/>'
LINED = (
    '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/>'
    '</style:style><style:style style:name="U"><style:text-properties '
    'style:text-underline-style="solid"/></style:style>'
)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (docx(p("Un ", r("mot", UNDER), ", pas ", r(f"{SECRET} ", STRUCK), "deux.")), ".docx"),
        (
            odt(
                '<text:p>Un <text:span text:style-name="U">mot</text:span>, pas '
                f'<text:span text:style-name="S">{SECRET} </text:span>deux.</text:p>',
                LINED,
            ),
            ".odt",
        ),
        (f"<p>Un <u>mot</u>, pas <s>{SECRET} </s>deux.</p>".encode(), ".html"),
        (
            "<p>Un <u>mot</u>, pas <span style='text-decoration: line-through'>"
            f"{SECRET} </span>deux.</p>".encode(),
            ".html",
        ),
    ],
)
def test_words_that_are_struck_out_are_no_text_and_underlined_ones_are_emphasis(
    data: bytes, suffix: str
) -> None:
    draft = read(data, suffix)
    assert [b.text for b in draft.blocks] == ["Un mot, pas deux."]
    assert marked(draft) == [(InlineKind.EMPHASIS, "mot", "")]
    assert [notice.message for notice in draft.notices] == ["1 deleted passage left out"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<h2 id=s3>La méthode</h2><p>Voir la partie <a href='#s3'>3</a>, <a href='#s3'>la "
            "méthode</a> ou <a href='#s4'>4</a>.",
            "Voir la partie 3, la méthode ou 4.",
        ),
        (
            "<h2><a name=s3></a>La méthode</h2><p>Voir la partie<sup> <a href='#s3'>n</a></sup>.",
            "Voir la partie n.",
        ),
        ("<p id=a5>Article 5.<p>Selon l’article <a href='#a5'>5</a>.", "Selon l’article 5."),
        ("<p>Il a <a href='#t'>12</a> rues.<table id=t><tr><td>Nord</table>", "Il a 12 rues."),
        (
            "<p>Un mot<sup><a href='#n1'>1</a></sup> et <a href='#n1'>la note</a>.<p id=n1>Ibid.",
            "Un mot et la note.",
        ),
        ("<p>Un mot<a href='#n1'>1</a> dit.<p id=n1>Ibid.", "Un mot dit."),
        (
            "<p>Un mot<a id=r1 href='#x1'>1</a>.<p id=x1><a href='#r1'>1</a> Voir <a href='#x1'>"
            "ceci</a>.",
            "Voir ceci.",
        ),
    ],
)
def test_links_inside_a_page_are_words_unless_they_call_for_a_note(
    page: str, expected: str
) -> None:
    blocks = read(page.encode(), ".html").blocks
    assert expected in [block.text for block in blocks]
    assert (BlockKind.NOTE in [block.kind for block in blocks]) == ("Un mot" in page)


# Notes as Word and LibreOffice save them in a web page.
WORD_PAGE = """<html><body lang=FR><p class=MsoNormal>Il parle<a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-
character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span
style='font-size:12.0pt;line-height:107%;font-family:"Calibri",sans-serif'>[1]</span></span>
<![endif]></span></span></a>.</p><div style='mso-element:footnote' id=ftn1><p><a href="#_ftnref1"
name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Une note.</p><p>Sa suite.</p></div>
<p>Fin.</p></body></html>"""
OFFICE_PAGE = """<p>Il parle<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a>.</p><div id="sdfootnote1"><p class="sdfootnote">
<a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Une note.</p><p>Sa
suite.</p></div><p>Fin.</p>"""


@pytest.mark.parametrize("page", [WORD_PAGE, OFFICE_PAGE])
def test_notes_of_pages_that_office_programs_saved_are_notes(page: str) -> None:
    draft = read(page.encode(), ".html")
    assert shape(draft) == [
        ("paragraph", 0, "", "Il parle."),
        ("note", 0, "1", "Une note."),
        ("note", 0, "", "Sa suite."),
        ("paragraph", 0, "", "Fin."),
    ]
    assert marked(draft) == [(InlineKind.NOTE, "", "1")]


TAB = "<w:r><w:tab/></w:r>"
TABBED = [
    ("Poste|2023|2024", [("cell", 1, "1.1"), ("cell", 2, "1.1"), ("cell", 3, "1.1")]),
    ("Écoles|1 250|1 310", [("cell", 1, "1.2"), ("cell", 2, "1.2"), ("cell", 3, "1.2")]),
    ("|Un paragraphe en retrait.", [("paragraph", 0, "")]),
    ("•|Une puce", [("list_item", 1, "-")]),
    ("1.|Un point", [("list_item", 1, "1.")]),
    ("M. Roy :|Je vote pour.", [("cell", 1, "2.1"), ("cell", 2, "2.1")]),
    ("Le maire de la ville|a parlé hier.", [("paragraph", 0, "")]),
    ("Signé :|………………", [("paragraph", 0, "")]),
]


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_tabs_part_texts_as_they_do_on_the_page(suffix: str) -> None:
    body = [line.split("|") for line, _ in TABBED]
    header = ["Ville de Vire", "", "Mairie"]
    if suffix == ".docx":
        word = "".join(p(TAB.join(map(r, parts))) for parts in body)
        data = docx(word, more={"header1": p(TAB.join(map(r, header)))})
    else:
        made = [f"<text:p>{'<text:tab/>'.join(parts)}</text:p>" for parts in (*body, header)]
        data = odt("".join(made[:-1]), "", f"<style:header>{made[-1]}</style:header>")
    found = shape(read(data, suffix))
    assert [each[:3] for each in found[:-2]] == [each for _, kinds in TABBED for each in kinds]
    assert [each[3] for each in found[:3]] == ["Poste", "2023", "2024"]
    texts = [each[3] for each in found]
    assert {"Une puce", "Un point", "Le maire de la ville a parlé hier.", "Signé :"} <= set(texts)
    assert [(each[0], each[3]) for each in found[-2:]] == [
        ("furniture", "Ville de Vire"),
        ("furniture", "Mairie"),
    ]


def test_signs_that_word_takes_from_other_fonts_are_read() -> None:
    def sign(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    body = p("Il fait 3 ", sign("Symbol", "F0B0"), "C ", sign("Wingdings", "F0E0"), " plus bas.")
    assert [b.text for b in read(docx(body), ".docx").blocks] == ["Il fait 3 °C → plus bas."]


def test_letters_above_and_below_the_line_and_headings_as_libreoffice_writes_them() -> None:
    styles = (
        '<style:style style:name="U"><style:text-properties style:text-position="33% 80%"/>'
        '</style:style><style:style style:name="D"><style:text-properties '
        'style:text-position="-8% 80%"/></style:style>'
        '<style:style style:name="Heading_20_2" style:display-name="Heading 2"/>'
    )
    text = (
        '<text:p text:style-name="Heading_20_2">Un titre</text:p><text:p>Le 1<text:span '
        'text:style-name="U">er</text:span> H<text:span text:style-name="D">2</text:span>O</text:p>'
    )
    up, down = '<w:position w:val="8"/>', '<w:position w:val="-2"/>'
    word = p("Le 1", r("er", up), " H", r("2", down), "O")
    for draft in (read(odt(text, styles), ".odt"), read(docx(word), ".docx")):
        assert marked(draft, -1) == [
            (InlineKind.SUPERSCRIPT, "er", ""),
            (InlineKind.SUBSCRIPT, "2", ""),
        ]
    assert shape(read(odt(text, styles), ".odt"))[0] == ("heading", 2, "", "Un titre")
