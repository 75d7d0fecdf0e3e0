"""What a colleague changed in an exported file comes back as decisions, and nothing else does."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from pipeline.decisions import mark
from pipeline.exchange.archive import archive
from pipeline.exchange.returned import Returned
from pipeline.model import SentenceState
from pipeline.service.returned import Differences, compare_returned
from pipeline.service.review import open_review
from tests.support import round_trips
from tests.support.obedient import Obedient
from tests.support.small_job import TEXT, Cli, run, segments

FILES = {
    "xliff": "{}.xlf",
    "xliff12": "{}-1.2.xlf",
    "tmx": "{}.tmx",
    "bilingual": "{}-table.docx",
    "csv": "{}.csv",
}
WRITTEN = "The panel “meets” in Tallinn & Tartu."


def exported(enregard: Cli, job: str, name: str) -> Path:
    enregard("export", job, "--format", name, "--to", "out")
    return Path("out") / FILES[name].format(job)


def imported(enregard: Cli, job: str, file: Path, *options: str) -> dict[str, Any]:
    done = enregard("review", job, "--import", file, "--json", *options)
    record: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return record


def rewrite(file: Path, edit: Callable[[bytes], bytes], part: str = "") -> None:
    """Change a file, or a part of a package."""
    if not part:
        file.write_bytes(edit(file.read_bytes()))
        return
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    file.write_bytes(archive({**parts, part: edit(parts[part])}))


def replaced(file: Path, old: str, new: str) -> None:
    part = "word/document.xml" if file.suffix == ".docx" else ""
    new = new if file.suffix == ".csv" else new.replace("&", "&amp;")
    rewrite(file, lambda data: data.replace(old.encode(), new.encode()), part)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_nobody_edited_changes_nothing(name: str, job: str, enregard: Cli) -> None:
    found = imported(enregard, job, exported(enregard, job, name))
    assert found["unchanged"] == 4
    assert not any(found[key] for key in found if key != "unchanged")


@pytest.mark.parametrize("name", FILES)
def test_what_was_edited_becomes_a_decision(
    name: str, job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    file = exported(enregard, job, name)
    replaced(file, segments(enregard, job)[3]["target"], WRITTEN)
    assert imported(enregard, job, file, "--dry-run")["edited"][0]["after"] == WRITTEN
    assert segments(enregard, job)[3]["note"] == ""
    found = imported(enregard, job, file, "--by", "Bo Roy")
    assert [each["segment_id"] for each in found["edited"]] == ["b0002.s01"]
    assert found["unchanged"] == 3
    last = segments(enregard, job)[3]
    assert (last["target"], last["note"]) == (WRITTEN, "edited")
    assert engine.asked == []
    # Brought back once more it changes nothing.
    assert not imported(enregard, job, file)["edited"]
    run(tmp_path, tmp_path / "c.yaml", enregard, TEXT.replace("siège", "est"))
    (off,) = (
        json.loads(line)
        for line in enregard("review", job, "--detached", "--json").stdout.splitlines()
    )
    assert (off["origin"], off["author"], off["text"]) == ("import", "Bo Roy", WRITTEN)


ALIKE = """\
# SOMMAIRE

Sommaire

Le comité dira ou va le train.

Le comité dira où va le train.

Tout va bien.

Tout va bien.
"""
ENGLISH = {"b0000.s01": "SUMMARY", "b0001.s01": "Contents", "b0002.s01": "It says or."}


@pytest.fixture
def alike(engine: Obedient, config: Path, enregard: Cli, tmp_path: Path) -> str:
    """A job with sentences that differ in capitals or an accent alone, and one that stands twice.

    All that are nearly the same French have different English.
    """
    job = run(tmp_path, config, enregard, ALIKE)
    for segment, text in ENGLISH.items():
        enregard("review", job, "--segment", segment, "--sentence", text, "--no-rebuild")
    enregard("resume", job)
    return job


@pytest.mark.parametrize("name", FILES)
def test_sentences_that_differ_in_capitals_or_accents_alone_are_told_apart(
    name: str, alike: str, enregard: Cli
) -> None:
    before = segments(enregard, alike)
    assert len({each["target"] for each in before[:4]}) == 4
    file = exported(enregard, alike, name)
    found = imported(enregard, alike, file, "--dry-run")
    assert found["unchanged"] == len(before) == 6
    assert not any(found[key] for key in found if key != "unchanged")
    replaced(file, "Contents", "The contents")
    found = imported(enregard, alike, file)
    assert [(each["segment_id"], each["after"]) for each in found["edited"]] == [
        ("b0001.s01", "The contents")
    ]
    assert [each["target"] for each in segments(enregard, alike)[:2]] == ["SUMMARY", "The contents"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("SOMMAIRE", "b0000.s01"),
        (" Sommaire\u00a0", "b0001.s01"),
        ("sommaire", None),
        ("Le comité  dira où va le train.", "b0003.s01"),
        # As some programs save accents: the letter and the accent apart.
        ("Le comite\u0301 dira ou\u0300 va le train.", "b0003.s01"),
        ("Le comité dira oû va le train.", None),
        ("TOUT VA BIEN.", "b0004.s01"),
    ],
)
def test_a_sentence_is_found_by_its_french_where_one_alone_is_meant(
    source: str, found: str | None, alike: str
) -> None:
    with open_review(Path("output"), alike) as opened:
        differences = compare_returned(opened.sentences(), [Returned("", source, "New.")])
    assert [each.sentence.id for each in differences.edited] == ([found] if found else [])
    assert len(differences.unknown) == (found is None)


def test_nobody_has_read_the_english_that_was_not_taken(alike: str) -> None:
    def returned(*rows: tuple[str, SentenceState]) -> Differences:
        with open_review(Path("output"), alike) as opened:
            return compare_returned(
                opened.sentences(),
                [Returned("", "Tout va bien.", text, state=state) for text, state in rows],
            )

    with open_review(Path("output"), alike) as opened:
        old = opened.sentences()[4].target
    read, left = SentenceState.READ, SentenceState.OPEN
    two = returned(("Fine.", read), ("All is well.", read))
    assert two.disputed == ("b0004.s01",)
    assert two.decisions("Bo Roy") == []
    # Who read the English of before has not read what takes its place.
    one = returned((old, read), ("Fine.", left))
    assert [each.text for each in one.edited] == ["Fine."]
    assert one.states == ()
    same = returned((old, read), (old, left))
    assert same.decisions("Bo Roy") == [mark("Tout va bien.", read, old, "Bo Roy")]


def test_an_edited_sentence_is_read_in_the_text_that_is_stored(job: str, enregard: Cli) -> None:
    file = exported(enregard, job, "xliff12")
    target = segments(enregard, job)[3]["target"]
    file.write_bytes(
        re.sub(
            rb'state="[a-z-]+"( state-qualifier="[a-z-]+")?>' + re.escape(target.encode()),
            b'state="signed-off"> It sits. ',
            file.read_bytes(),
        )
    )
    imported(enregard, job, file, "--by", "Bo Roy")
    last = segments(enregard, job)[3]
    assert (last["target"], last["state"], last["reviewer"]) == ("It sits.", "read", "Bo Roy")


def test_a_dry_run_of_an_import_stores_not_even_who_reviews(job: str, enregard: Cli) -> None:
    file = exported(enregard, job, "csv")
    enregard("review", job, "--import", file, "--dry-run", "--by", "Anne")
    with open_review(Path("output"), job) as opened:
        assert opened.reviewer == ""


@pytest.fixture
def essay(engine: Obedient, enregard: Cli) -> str:
    """The job whose exports other programs have opened; see tests/support/round_trips.py."""
    Path("essai.md").write_text(round_trips.TEXT, "utf-8")
    settings = ("publish.pdf=false", "translate.lexicon=false", "glossaries=[]")
    options = [word for each in settings for word in ("--set", each)]
    name: str = json.loads(enregard("run", "essai.md", "--json", *options).stdout)["job"]
    return name


@pytest.mark.parametrize("name", ["libreoffice-saved.docx", "omegat-saved.xlf"])
def test_what_another_program_opened_and_saved_changes_nothing(
    name: str, essay: str, enregard: Cli
) -> None:
    found = imported(enregard, essay, round_trips.FIXTURES / name, "--dry-run")
    assert found["unchanged"] == len(segments(enregard, essay))
    assert not any(found[key] for key in found if key != "unchanged")


@pytest.mark.parametrize(
    "name", ["libreoffice-edited.docx", "omegat-edited.xlf", "omegat-edited.tmx"]
)
def test_twenty_edits_in_another_program_are_twenty_decisions(
    name: str, essay: str, enregard: Cli
) -> None:
    before = [each["target"] for each in segments(enregard, essay)]
    found = imported(enregard, essay, round_trips.FIXTURES / name, "--by", "Bo", "--no-rebuild")
    assert len(found["edited"]) == round_trips.EDITED
    assert not found["unknown"]
    exported = enregard("review", essay, "--export", "d.json")
    assert "20 decisions" in exported.output
    for each in found["edited"]:
        assert each["after"] == round_trips.edited(each["before"])
        assert each["before"] in before


def test_states_travel_and_come_back_with_a_name(job: str, enregard: Cli) -> None:
    enregard("review", job, "--segment", "b0001.s02", "--state", "signed-off", "--by", "Anne")
    enregard("review", job, "--segment", "b0002.s01", "--sentence", "It sits.", "--by", "Anne")
    for name, opened, final, person in (
        ("xliff", b'state="translated"', b'state="final"', b'subState="enregard:person"'),
        ("xliff12", b'state="needs-review-translation"', b'state="final"', b'"translated"'),
    ):
        file = exported(enregard, job, name)
        data = file.read_bytes()
        assert (data.count(final), data.count(person)) == (1, 1)
        file.write_bytes(data.replace(opened, final, 1))
        found = imported(enregard, job, file, "--dry-run")
        assert found["states"] == [{"segment_id": "b0000.s01", "state": "signed-off", "author": ""}]
    imported(enregard, job, file, "--by", "Bo Roy")
    assert segments(enregard, job)[0]["reviewer"] == "Bo Roy"
    assert segments(enregard, job)[2]["reviewer"] == "Anne"


def test_word_changes_are_taken_as_accepted_with_author_and_comments(
    job: str, enregard: Cli
) -> None:
    file = exported(enregard, job, "bilingual")
    target = segments(enregard, job)[3]["target"]
    text = f'<w:t xml:space="preserve">{target}</w:t>'
    tracked = (
        '<w:t xml:space="preserve">It </w:t></w:r><w:del w:id="1" w:author="Bo Roy"><w:r>'
        '<w:delText>says</w:delText></w:r></w:del><w:ins w:id="2" w:author="Bo Roy"><w:r>'
        "<w:t>sits</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r><w:r>"
        '<w:commentReference w:id="7"/>'
    )
    rewrite(
        file,
        lambda data: data.replace(text.encode(), tracked.encode()),
        "word/document.xml",
    )
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    comment = (
        f'<w:comments xmlns:w="{main}"><w:comment w:id="7" w:author="Bo Roy"><w:p><w:r>'
        "<w:t>Vérifier.</w:t></w:r></w:p></w:comment></w:comments>"
    )
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    file.write_bytes(archive({**parts, "word/comments.xml": comment}))
    found = imported(enregard, job, file)
    assert found["edited"][0]["after"] == "It sits."
    assert found["edited"][0]["author"] == "Bo Roy"
    assert found["notes"] == [{"segment_id": "b0002.s01", "note": "Vérifier.", "author": "Bo Roy"}]


def test_a_table_comes_back_as_a_spreadsheet_saves_it(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    file = exported(enregard, job, "csv")
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    rows[4][4] = "=It sits."
    # Rows moved, semicolons, the encoding of Windows, a column of notes.
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerows(
        [
            [*row, note]
            for row, note in zip(
                [rows[0], *reversed(rows[1:])], ["note", "à revoir", "", "", ""], strict=True
            )
        ]
    )
    file.write_bytes(stream.getvalue().encode("cp1252"))
    found = imported(enregard, job, file)
    assert [each["after"] for each in found["edited"]] == ["=It sits."]
    assert [each["note"] for each in found["notes"]] == ["à revoir"]
    assert found["unchanged"] == 3


def test_what_does_not_fit_is_reported_and_changes_nothing(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    rows = [
        ["français", "english"],
        ["Un accord", "A deal"],
        ["Un accord", "A pact"],
        ["Le comité a signé un accord.", "The committee signed."],
        ["Tout va bien.", ""],
    ]
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    Path("t.csv").write_text(stream.getvalue(), "utf-8")
    found = imported(enregard, job, Path("t.csv"))
    assert found["disputed"] == ["b0000.s01"]
    assert found["empty"] == ["b0001.s02"]
    assert [each["source"] for each in found["unknown"]] == ["Le comité a signé un accord."]
    assert found["missing"] == ["b0001.s01", "b0002.s01"]
    assert {each["note"] for each in segments(enregard, job)} == {""}


def test_other_programs_save_what_comes_back_unchanged(job: str, enregard: Cli) -> None:
    for name, library in (("tmx", tmxfile), ("xliff12", xlifffile), ("xliff", Xliff2File)):
        file = exported(enregard, job, name)
        parse: Any = library.parsestring
        file.write_bytes(bytes(parse(file.read_bytes())))
        found = imported(enregard, job, file)
        assert (name, found["unchanged"], found["edited"]) == (name, 4, [])


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlf", BOMB + b"<xliff version='1.2'>&b;</xliff>", "entities"),
        ("a.xlf", b"<xliff version='1.2'>&b;</xliff>", "[Ee]ntit"),
        ("a.xlf", b"<tmx/>", "not XLIFF"),
        ("a.xlf", b"<xliff", "not valid XML"),
        ("a.tmx", BOMB + b"<tmx>&b;</tmx>", "entities"),
        ("a.tmx", b"<xliff/>", "not TMX"),
        ("a.tmx", b"<tmx><body><tu>", "not valid XML"),
        ("a.tmx", b"<tmx/>", "no sentences"),
        ("a.docx", b"PK", "no Word document"),
        ("a.docx", archive({"x": b"y"}), "no Word document"),
        ("a.docx", archive({"word/document.xml": b"<w/>"}), "no table"),
        ("a.csv", b"a,b\n1,2\n", "no columns"),
        ("a.csv", b"", "no columns"),
        ("a.odt", b"", "no kind"),
        (
            "a.csv",
            "français,english\nTout va bien.,All\u202e is well.\n".encode(),
            "cannot be taken",
        ),
    ],
)
def test_a_hostile_file_is_refused_whole(
    name: str, data: bytes, says: str, job: str, enregard: Cli
) -> None:
    Path(name).write_bytes(data)
    assert re.search(says, enregard("review", job, "--import", name, code=3).output)
    assert "0 decisions" in enregard("review", job, "--export", "d.json").output


def test_xliff_12_is_whole(job: str, enregard: Cli) -> None:
    root = etree.fromstring(exported(enregard, job, "xliff12").read_bytes())
    name = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    sources = [each.text for each in root.iterfind(".//x:trans-unit/x:source", name)]
    assert sources == [each["source"] for each in segments(enregard, job)]
