"""Documents come back in their own form: the same where nothing changed, else in English."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import pytest

from pipeline.documents import READERS
from pipeline.documents.target import EnglishBlock
from pipeline.documents.writing import WRITERS, rewritten
from pipeline.errors import PublishError, UsageError
from pipeline.model import Block, BlockKind
from tests.documents.test_office import LIST, PAGE, SRT, STYLES
from tests.support.packages import docx, epub, p, r

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
    first = (
        [EnglishBlock(Block(0, BlockKind.HEADING, draft.title), draft.title)] if draft.title else []
    )
    return [*first, *(EnglishBlock(b, b.text, b.marks) for b in draft.blocks)]


def shifted(text: str) -> str:
    """Translate a text so that every word changes, but none its place."""
    return text.translate(str.maketrans("aeiouyéèâAEIOUÉ", "eiouyaâéèEIOUAE"))


def translated(target: EnglishBlock) -> EnglishBlock:
    if target.block.kind is BlockKind.CODE:
        return target
    return EnglishBlock(target.block, shifted(target.text), target.marks)


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


def test_markdown_keeps_what_is_no_text() -> None:
    targets = [translated(target) for target in with_title(SAMPLES[".md"], ".md")]
    made = rewritten("a.md", SAMPLES[".md"], "utf-8", targets).decode()
    for kept in (
        f"title: {shifted('Le budget')}",
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


def test_a_sentence_over_several_cues_is_shared_out_between_them() -> None:
    first, *rest = with_title(SAMPLES[".srt"], ".srt")
    english = EnglishBlock(first.block, "Last night the city council voted the budget of the town.")
    made = rewritten("a.srt", SAMPLES[".srt"], "utf-8", [english, *rest]).decode()
    cues = made.split("\n\n")
    assert cues[0].startswith("1\n00:00:01,000 --> 00:00:03,000\nLast night the")
    assert cues[1].startswith("2\n00:00:03,200 --> 00:00:05,000\n{\\an8}")
    assert cues[1].endswith("of the town.")


def test_a_form_without_a_writer_or_another_document_is_told() -> None:
    with pytest.raises(UsageError, match="cannot be written back"):
        rewritten("a.odt", b"", "utf-8", [])
    with pytest.raises(PublishError, match="read differently"):
        rewritten("a.html", b"<p>Un.<p>Deux.", "utf-8", [])
    assert set(WRITERS) <= set(READERS)
