"""Hostile and broken documents are refused in one clear line, or read; nothing else happens."""

from __future__ import annotations

import io
import os
import random
import zipfile

import pytest

from pipeline.documents import READERS
from pipeline.documents.writing import WRITERS, rewritten
from pipeline.errors import InputError
from tests.documents.test_office import PAGE, SRT
from tests.documents.test_written_back import translated, with_title
from tests.support.packages import docx, epub, odt, p, packed
from tests.support.paths import ROOT, TESTS
from tests.support.pdfs import drawn, lines

BOMB = b"\0" * 20_000_000


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Give an archive with one member changed or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    return packed(members | {name: content})


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY f SYSTEM "file:///etc/hostname">]>'
)
WORD = docx(p("Le maire parle."))
BODY = (
    b'<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&f;&b;</w:t></w:r></w:p></w:body></w:document>'
)


@pytest.mark.parametrize(
    ("data", "suffix", "says"),
    [
        (b"", ".docx", "not a whole document"),
        (b"PK\x03\x04", ".docx", "not a whole document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, ".docx", "old or encrypted"),
        (packed({"a.txt": "a"}), ".docx", "not a Word document"),
        (packed({"a.txt": "a"}), ".odt", "not an OpenDocument text"),
        (packed({"a.txt": "a"}), ".epub", "not a book"),
        (with_member(WORD, "word/document.xml", BOMB), ".docx", "unpacks to more"),
        (with_member(WORD, "word/document.xml", ENTITIES + BODY), ".docx", "doctype"),
        (with_member(WORD, "word/document.xml", b"<w:document"), ".docx", "damaged"),
        (with_member(WORD, "word/document.xml", b"<a/>"), ".docx", "no text"),
        (with_member(WORD, "../../etc/passwd", b"x"), ".docx", "not safe"),
        (with_member(WORD, "/etc/passwd", b"x"), ".docx", "not safe"),
        (with_member(odt(""), "content.xml", ENTITIES + b"<a/>"), ".odt", "doctype"),
        (packed({f"{n}": "" for n in range(5_001)}), ".epub", "more than 5,000 parts"),
        (b"<div>" * 5_000 + b"mot", ".html", "nest deeper"),
        (b"Bonjour.", ".srt", "no cues"),
    ],
)
def test_is_refused(data: bytes, suffix: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        READERS[suffix](data, "utf-8")
    assert "\n" not in str(caught.value)


def test_members_that_overlap_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        first, second = archive.infolist()[:2]
    data = WORD.replace(
        second.header_offset.to_bytes(4, "little"), first.header_offset.to_bytes(4, "little")
    )
    with pytest.raises(InputError):
        READERS[".docx"](data, "utf-8")


def test_a_deep_document_is_refused_or_read() -> None:
    nested = "<w:sdt><w:sdtContent>" * 400 + p("mot") + "</w:sdtContent></w:sdt>" * 400
    with pytest.raises(InputError, match="damaged"):
        READERS[".docx"](docx(nested), "utf-8")
    tables = "<w:tbl><w:tr><w:tc>" * 80 + p("mot") + "</w:tc></w:tr></w:tbl>" * 80
    assert [b.text for b in READERS[".docx"](docx(tables), "utf-8").blocks] == ["mot"]


def test_an_entity_of_a_page_is_never_expanded() -> None:
    page = ENTITIES + b"<p>Un &f; &b; mot.</p>"
    assert [b.text for b in READERS[".html"](page, "utf-8").blocks] == ["Un &f; &b; mot."]


_RICH = [*(ROOT / "examples").iterdir(), *(TESTS / "fixtures" / "pages").iterdir()]
SAMPLES: dict[str, bytes] = {
    ".docx": docx(p("Le maire ", "<w:del/>", "parle.") + "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"),
    ".odt": odt("<text:p>Le <text:span>maire</text:span></text:p>"),
    ".epub": epub("<h1>Un</h1><p>Le <i>maire</i> parle.</p>"),
    ".html": PAGE.encode(),
    ".pdf": drawn(lines(["Le maire parle", "à la presse."]), lines(["Fin."])),
    ".srt": SRT.encode(),
    ".vtt": b"WEBVTT\n\nNOTE a\n\n00:01.000 --> 00:02.000 line:1\n<i>Oui</i>, &amp; non.\n",
    ".md": (
        b"---\ntitle: a\n---\n# Un\n\n| a | b |\n|--|--|\n| `c` | [d](e) |\n\n"
        b"Un[^1] <b>mot</b>\n\n[^1]: b"
    ),
    ".txt": "Un mot.\n\na\tb\nc\td\n\n- un\n- deux\n\nmal-\ngré tout".encode(),
}


# Those and longer ones with all that their formats have.
SEEDS = {
    suffix: (data, *(path.read_bytes() for path in sorted(_RICH) if path.suffix == suffix))
    for suffix, data in SAMPLES.items()
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Spoil some bytes: changed, cut out, doubled, or the end lost."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(made) or 1)
        length = chance.choice((1, 1, 2, 8, 60))
        match chance.randrange(4):
            case 0:
                made[start : start + length] = chance.randbytes(length)
            case 1:
                del made[start : start + length]
            case 2:
                made[start:start] = made[start : start + length] * chance.randint(1, 40)
            case _:
                made[start:start] = chance.choice((b"<", b"<!--", b"</p>", b"&#x0;", b'"', b"\xc3"))
    return bytes(made)


def spoilt(suffix: str, chance: random.Random) -> bytes:
    """Spoil a sample; of a package most often the content of a member, not the archive."""
    data = chance.choice(SEEDS[suffix])
    if data[:2] != b"PK":
        made = mutated(data, chance)
        # Text that is no UTF-8 any more is refused at once: most often it is made whole again.
        is_text = suffix != ".pdf" and chance.random() < 0.8
        return made.decode("utf-8", "replace").encode() if is_text else made
    if chance.random() < 0.3:
        return mutated(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(members))
    return packed(members | {name: mutated(members[name], chance)})


def outcome(data: bytes, suffix: str) -> str:
    """Read data; give what is said where it is refused."""
    try:
        READERS[suffix](data, "utf-8")
    except InputError as error:
        return str(error)
    return ""


# How many spoilt files of each format are read; ENREGARD_FUZZ=10000 is what documents.md promises.
SPOILT = int(os.environ.get("ENREGARD_FUZZ", "60"))


@pytest.mark.parametrize("suffix", SAMPLES)
def test_whatever_is_spoilt_is_read_or_refused_in_one_line(suffix: str) -> None:
    chance = random.Random(suffix)
    assert not [
        said for _ in range(SPOILT) if "\n" in (said := outcome(spoilt(suffix, chance), suffix))
    ]


def returned(data: bytes, suffix: str, bilingual: bool) -> str:
    """Write back what can be read of data; give what is said where it is refused."""
    try:
        targets = [translated(target) for target in with_title(data, suffix)]
        rewritten(f"a{suffix}", data, "utf-8", targets, bilingual)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("suffix", [each for each in SAMPLES if each in WRITERS])
def test_whatever_is_spoilt_is_written_back_or_refused_in_one_line(suffix: str) -> None:
    chance = random.Random(f"back {suffix}")
    said = [returned(spoilt(suffix, chance), suffix, bool(turn % 2)) for turn in range(SPOILT)]
    assert not [each for each in said if "\n" in each]
