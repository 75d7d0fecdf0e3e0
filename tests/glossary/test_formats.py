"""Glossary files in YAML, CSV, TSV and TBX: lossless, and safe from what they may hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import GlossaryError
from pipeline.glossary import load_glossary
from pipeline.glossary.entries import read_entries
from pipeline.glossary.formats import (
    FORMATS,
    GlossaryText,
    glossary_bytes,
    glossary_text,
    read_file,
)
from pipeline.model import CaseRule, Entry, EntryKind
from tests.support.paths import ROOT

LIST = {"variants", "alternatives", "forbidden"}


def bare(entries: Sequence[Entry]) -> list[Entry]:
    return [replace(entry, file="", line=0) for entry in entries]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


words = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"|\\,;:#%&<>[]{}*!?`~ \t\r\n’«»éÉœ\u00a0\u202f"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
rows = st.fixed_dictionaries(
    {"source": words},
    optional={
        "target": words,
        "kind": st.sampled_from(["name", "term", "keep"]),
        **{key: st.lists(words, max_size=3) for key in LIST},
        "case": st.sampled_from(["smart", "exact", "ignore"]),
        "note": words,
        "scope": words,
    },
)
files = st.builds(
    lambda name, description, entries: read_entries(
        {"name": name, "description": description, "entries": entries}, {}, Path("g")
    ),
    st.one_of(words, st.just("Desk")),
    words,
    st.lists(rows, max_size=4),
)


@pytest.mark.parametrize("suffix", FORMATS)
@given(file=files)
def test_what_is_written_is_read_back_equal(suffix: str, file) -> None:  # type: ignore[no-untyped-def]
    text = GlossaryText.of(file.name or "Desk", file.description, file.entries)
    data = glossary_bytes(text, Path(f"g{suffix}"))
    read = read_entries(*FORMATS[suffix].parse(data.decode("utf-8-sig"), f"g{suffix}"), Path("g"))
    assert read.mistakes == ()
    assert bare(read.entries) == bare(file.entries)
    if suffix not in (".csv", ".tsv"):
        assert (read.name, read.description) == (text.name, text.description)


def test_formulas_are_guarded_and_come_back(tmp_path: Path) -> None:
    sources = ("=1+1", "'=1", "x,@y", "a; -b", 'c,"=d"', "'e", "f-g")
    entries = [Entry(str(n), source, "t") for n, source in enumerate(sources)]
    data = glossary_bytes(GlossaryText.of("N", "", entries), Path("g.csv"))
    cells = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))][1:]
    assert cells == ["'=1+1", "''=1", "x,'@y", "a; '-b", 'c,"\'=d"', "'e", "f-g"]
    read = load_glossary([put(tmp_path, "g.csv", data)])
    assert tuple(entry.source for entry in read.entries) == sources


@given(file=files)
def test_no_cell_begins_like_a_formula_under_any_separator(file) -> None:  # type: ignore[no-untyped-def]
    text = GlossaryText.of("Desk", "", file.entries)
    written = glossary_bytes(text, Path("g.csv")).decode("utf-8-sig")
    for separator in ",;\t":
        for cells in csv.reader(io.StringIO(written), delimiter=separator):
            for cell in cells:
                assert cell.lstrip(' "')[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize("name", ["diplomacy.yaml", "exemple.yaml"])
def test_a_yaml_file_keeps_its_comments_and_layout(name: str) -> None:
    path = ROOT / "glossaries" / name
    text = glossary_text(read_file(path))
    assert glossary_bytes(text, Path("copy.yaml")) == path.read_bytes()


LAID_OUT = """\
# Who decides: the desk.
name: Desk   # ours
description: >
  Two
  lines.

entries:      # in order of importance
# first
-   source: OTAN    # always
    target: NATO

    # inside
    kind: name
  # before the second

- # odd
  source: ONU
  target: |
    UN
# after the last
"""


def test_unusual_layout_is_kept_too(tmp_path: Path) -> None:
    file = read_file(put(tmp_path, "g.yaml", LAID_OUT))
    text = glossary_text(file)
    again = put(tmp_path, "again.yaml", glossary_bytes(text, Path("again.yaml")))
    for comment in ("Who decides", "ours", "in order", "first", "always", "inside", "before",
                    "odd", "after the last"):  # fmt: skip
        assert again.read_text().count(f"# {comment}") == 1, comment
    assert bare(read_file(again).entries) == bare(file.entries)


def test_a_file_in_flow_style_is_written_plainly(tmp_path: Path) -> None:
    path = put(tmp_path, "g.yaml", "{name: Desk, entries: [{source: a, target: b}]}")
    text = glossary_text(read_file(path))
    assert glossary_bytes(text, path).decode() == (
        "name: Desk\n\nentries:\n  - source: a\n    target: b\n"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("g.csv", "source,target,kind\nl'OTAN,NATO,Name\n"),
        ("g.csv", "\ufeffFR;EN;Kind\r\nl'OTAN;NATO;name\r\n;;\r\n"),
        ("g.csv", "kind\ttarget\tsource\nname\tNATO\tl'OTAN"),
        ("g.tsv", 'target\tkind\tsource\n\n"NATO"\tname\tl\'OTAN\n'),
        ("g.csv", "source,target,kind\nl'OTAN,NATO,name\n".encode("utf-16")),
        ("G.CSV", "source,kind,target,,\n l'OTAN ,name,NATO,,\n"),
    ],
)
def test_tables_as_spreadsheets_write_them(tmp_path: Path, name: str, content: str | bytes) -> None:
    (entry,) = load_glossary([put(tmp_path, name, content)]).entries
    assert (entry.source, entry.target, entry.kind) == ("l'OTAN", "NATO", EntryKind.NAME)


def test_a_table_of_two_columns_needs_no_names(tmp_path: Path) -> None:
    path = put(tmp_path, "desk.csv", "OTAN;NATO\n'=1+1;'+2\n")
    glossary = load_glossary([path])
    assert [(e.source, e.target, e.line) for e in glossary.entries] == [
        ("OTAN", "NATO", 1),
        ("=1+1", "+2", 2),
    ]
    assert glossary.names == ("desk",)


def test_lists_in_a_table(tmp_path: Path) -> None:
    path = put(tmp_path, "g.csv", 'source,target,variants\na,b,"x|y \\| z|\\\\"\n')
    (mistake,) = read_file(path).mistakes
    assert "no letter or digit" in mistake.message
    path = put(tmp_path, "g.csv", 'source,target,variants\na,b,"x|y \\| z|w\\\\"\n')
    assert load_glossary([path]).entries[0].variants == ("x", "y | z", "w\\")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ":1: the table is empty"),
        ("source,traget\na,b", ":1: .*did you mean 'target'"),
        ("source,zzz\na,b", "columns: source, target"),
        ("source,fr\na,b", "is given twice"),
        ("source," * 40_000, "is given twice"),
        ("source,target\na,b\nc,d,e", ":3: this row has 3 cells"),
        ('source,target\na,b\n"c"d,e', ":3: this row cannot be read"),
        ('source,target\na,b\n"c', ":3: this row cannot be read"),
        ("source,target\n" + "a" * 200_000 + ",b", ":2: this row cannot be read"),
        ("source,target\na,b\nc,", ":3: the entry 'c' has no target"),
        ("source,target\na,b\na,c", ":3: the source 'a' is already given"),
        ("source,target,kind\na,b,nmae", ":2: .*did you mean 'name'"),
        (b"source,target\na,\xe9", ":2: this is not UTF-8"),
        (b"\xff\xfes\x00\xd8", "not UTF-8"),
        (b"PK\x03\x04\x00", ":1: the character U\\+0003"),
    ],
)
def test_what_is_wrong_with_a_table(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(GlossaryError, match=message):
        load_glossary([put(tmp_path, "g.csv", content)])


TBX_2008 = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><titleStmt><title>UN terms</title>
</titleStmt><sourceDesc><p>From a
termbase</p></sourceDesc></fileDesc></martifHeader><text><body>
<termEntry id="1"><descrip type="subjectField">law</descrip><note>old</note>
 <langSet xml:lang="en-GB"><tig><term>UNO</term>
  <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  <tig><term>United <hi>Nations</hi></term></tig>
  <ntig><termGrp><term>UN</term></termGrp></ntig></langSet>
 <langSet xml:lang="fr"><tig><term>ONU</term><termNote type="partOfSpeech">properNoun</termNote>
  </tig><tig><term>Nations
  unies</term></tig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="de"><tig><term>UNO</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_tbx_of_2008_and_of_other_languages(tmp_path: Path) -> None:
    file = read_file(put(tmp_path, "g.tbx", TBX_2008))
    assert (file.name, file.description) == ("UN terms", "From a termbase")
    (entry,) = file.entries
    assert (entry.source, entry.target) == ("ONU", "United Nations")
    assert (entry.kind, entry.line) == (EntryKind.NAME, 6)
    assert (entry.variants, entry.alternatives) == (("Nations unies",), ("UN",))
    assert (entry.forbidden, entry.note) == (("UNO",), "old subject: law")


def test_a_termbase_of_the_translate_toolkit_is_read(tmp_path: Path) -> None:
    from translate.storage.tbx import tbxfile

    other: Any = tbxfile(sourcelanguage="fr", targetlanguage="en")
    unit = other.addsourceunit("cessez-le-feu")
    unit.settarget("ceasefire", "en")
    unit.addnote("as agreed")
    (entry,) = load_glossary([put(tmp_path, "g.tbx", bytes(other))]).entries
    assert (entry.source, entry.target, entry.note) == ("cessez-le-feu", "ceasefire", "as agreed")


def test_subsets_of_projects_and_customers_are_scopes(tmp_path: Path) -> None:
    content = """<tbx><conceptEntry><admin type="customerSubset">Agence X</admin><adminGrp>
      <admin type="projectSubset">law</admin></adminGrp><langSec xml:lang="fr"><termSec>
      <term>bail</term></termSec></langSec><langSec xml:lang="en"><termSec><term>lease</term>
      </termSec></langSec></conceptEntry></tbx>"""
    (entry,) = load_glossary([put(tmp_path, "g.tbx", content)]).entries
    assert entry.scope == "law, Agence X"


def test_tbx_in_the_style_dct(tmp_path: Path) -> None:
    content = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:b="http://www.tbxinfo.net/ns/basic"
      style="dct"><text><body><conceptEntry><langSec xml:lang="fr"><termSec><term>accord</term>
      </termSec></langSec><langSec xml:lang="en"><termSec><term>deal</term><b:administrativeStatus>
      supersededTerm-admn-sts</b:administrativeStatus></termSec><termSec><term>agreement</term>
      </termSec></langSec></conceptEntry></body></text></tbx>"""
    (entry,) = load_glossary([put(tmp_path, "g.tbx", content)]).entries
    assert (entry.target, entry.forbidden) == ("agreement", ("deal",))


LAUGHS = '<!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><tbx>&b;</tbx>'
OTHER_FILE = '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, "declares entities"),
        (OTHER_FILE, "declares entities"),
        (LAUGHS.encode("utf-16"), "declares entities"),
        ('<!DOCTYPE tbx [<!ENTITY % a "b">]><tbx/>', "declares entities"),
        ("<tbx>&b;</tbx>", "not valid XML"),
        ('<!DOCTYPE tbx SYSTEM "http://127.0.0.1/x.dtd"><tbx>&b;</tbx>', "uses entities"),
        ("<tbx>\n<text>", ":2: this is not valid XML"),
        ("", "not valid XML"),
        ("<html/>", "not TBX"),
        ("<tbx>" * 300 + "</tbx>" * 300, "not valid XML"),
        ("<tbx><conceptEntry/></tbx>", "no concept has both"),
    ],
)
def test_hostile_and_broken_tbx_is_refused(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(GlossaryError, match=message):
        load_glossary([put(tmp_path, "g.tbx", content)])


def test_files_of_any_format_count_together(tmp_path: Path) -> None:
    table = put(tmp_path, "a.csv", "source,target\nOTAN,NATO\nONU,UN\n")
    native = put(tmp_path, "b.yaml", "name: B\nentries:\n  - {source: ONU, target: the UN}\n")
    entries = load_glossary([table, native]).entries
    assert [(entry.source, entry.target) for entry in entries] == [
        ("OTAN", "NATO"),
        ("ONU", "the UN"),
    ]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.glossary.formats.MAX_BYTES", 10)
    with pytest.raises(GlossaryError, match="larger than 10 bytes; split"):
        load_glossary([put(tmp_path, "g.csv", "source,target\na,b")])


def test_a_name_that_says_no_format() -> None:
    text = GlossaryText.of("N", "", [Entry("1", "a", "b", case=CaseRule.EXACT)])
    with pytest.raises(GlossaryError, match=r"must end in one of \.yaml, \.yml, \.csv"):
        glossary_bytes(text, Path("g.xlsx"))


def test_the_table_in_the_documentation_is_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    first, second = load_glossary([put(tmp_path, "g.csv", example)]).entries
    assert first.variants == ("Otan", "Alliance atlantique")
    assert second.target == "framework agreement"
