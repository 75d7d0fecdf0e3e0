"""What people approved in one job is used in another, marked, and never where it would disobey."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.memory import altered, write_tmx
from pipeline.errors import JobError
from pipeline.files import locked
from pipeline.jobs.folder import LOCK
from pipeline.jobs.memory import FILE, ApprovedPair, Memory, normal
from pipeline.service import memory as service
from tests.support.obedient import Obedient
from tests.support.small_job import Cli, segments

OTHER = "# Une crue\n\nTout va bien. La rivière monte. Le comité siège à Tallinn.\n"


def run_other(enregard: Cli, *options: str) -> str:
    Path("other.md").write_text(OTHER, "utf-8")
    done = enregard("run", "other.md", "--config", "c.yaml", "--json", *options)
    name: str = json.loads(done.stdout)["job"]
    return name


def listed(enregard: Cli, *arguments: str) -> list[dict[str, Any]]:
    lines = enregard("memory", *arguments, "--json").stdout.splitlines()
    return [json.loads(line) for line in lines]


def kept(source: str) -> str:
    """The English that the memory has for a sentence."""
    with closing(Memory(Path("output") / FILE)) as memory:
        return memory.exact([source])[source].target


@pytest.fixture
def approved(job: str, enregard: Cli) -> str:
    """The job, with a sentence that a person wrote and one that a person read."""
    enregard("review", job, "--segment", "b0001.s02", "--sentence", "All is well.", "--by", "Anne")
    enregard("review", job, "--segment", "b0002.s01", "--state", "read")
    return job


def test_an_approved_sentence_is_used_in_another_job_and_says_so(
    approved: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    engine.asked.clear()
    job = run_other(enregard)
    assert engine.asked == ["Une crue", "La rivière monte."]
    found = segments(enregard, job)
    assert [each["note"] for each in found] == ["", "memory", "", "memory"]
    assert found[1]["target"] == "All is well."
    edition = (tmp_path / "output" / job / "edition.html").read_text("utf-8")
    assert "2 sentences came from the memory of approved translations" in edition
    # The job has its own copy: the memory may go.
    enregard("memory", "forget", "--job", approved)
    enregard("publish", job)
    assert segments(enregard, job) == found
    # A person's word in the job counts more.
    enregard("review", job, "--segment", "b0001.s01", "--sentence", "All is fine.")
    assert segments(enregard, job)[1]["note"] == "edited"


def test_an_edition_counts_as_made_once_what_was_approved_is_kept(
    approved: str, enregard: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(memory: Memory, pairs: object) -> None:
        raise JobError("no space")

    with monkeypatch.context() as broken:
        broken.setattr(Memory, "add", full)
        done = enregard("replace", approved, "well", "fine", "--yes", code=None)
        assert done.exit_code
    assert kept("Tout va bien.") == "All is well."

    # The words are replaced already; the same command keeps what the first one could not.
    enregard("replace", approved, "well", "fine", "--yes")
    assert kept("Tout va bien.") == "All is fine."


@pytest.fixture
def other(approved: str, enregard: Cli) -> str:
    """Another job, two of whose four sentences come from the memory."""
    return run_other(enregard)


def recalled(enregard: Cli, job: str) -> list[str]:
    """The English of the two sentences of the other job that come from the memory."""
    told = [each for each in segments(enregard, job) if each["note"] == "memory"]
    return [each["target"] for each in told]


BOTH = ["All is well.", "It says committee Tallinn."]


def test_what_was_taken_from_the_memory_and_read_stands_when_the_text_is_run_again(
    other: str, enregard: Cli
) -> None:
    assert recalled(enregard, other) == BOTH
    enregard("review", other, "--all", "--state", "read", "--by", "Bo")
    for _ in range(2):
        assert run_other(enregard) == other
        assert recalled(enregard, other) == BOTH
        assert {each["state"] for each in segments(enregard, other)} == {"read"}
    # So it does where others approve something newer, and where the text loses it for a while.
    with closing(Memory(Path("output") / FILE)) as memory:
        memory.add([ApprovedPair("Tout va bien.", "Fine.", "third", "9999")])
    Path("other.md").write_text(OTHER.replace("Tout va bien. ", ""), "utf-8")
    enregard("run", "other.md", "--config", "c.yaml")
    assert run_other(enregard) == other
    assert recalled(enregard, other) == BOTH
    # And where it is read no more, the memory counts as it is.
    enregard("review", other, "--all", "--state", "open")
    run_other(enregard)
    assert recalled(enregard, other) == ["Fine.", BOTH[1]]


def test_a_sentence_written_and_taken_back_is_again_what_the_memory_gave(
    other: str, enregard: Cli
) -> None:
    sentence = ("review", other, "--segment", "b0001.s01")
    enregard(*sentence, "--sentence", "All is fine.")
    run_other(enregard)
    assert recalled(enregard, other) == BOTH[1:]
    enregard(*sentence, "--undo", "sentence")
    assert recalled(enregard, other) == BOTH
    run_other(enregard)
    assert recalled(enregard, other) == BOTH


def test_a_job_that_was_deleted_and_is_run_again_has_what_was_approved_in_it(
    approved: str, enregard: Cli, tmp_path: Path
) -> None:
    enregard("delete", approved, "--yes")
    for _ in range(2):
        again = json.loads(enregard("run", "t.md", "--config", "c.yaml", "--json").stdout)["job"]
        assert again == approved
        assert recalled(enregard, again) == BOTH


def test_what_disobeys_the_glossary_is_not_used(approved: str, enregard: Cli) -> None:
    Path("g.yaml").write_text("name: B\nentries: [{source: comité, target: board}]\n", "utf-8")
    found = segments(enregard, run_other(enregard))
    assert [each["note"] for each in found] == ["", "memory", "", ""]
    assert "board" in found[3]["target"]


def test_the_memory_follows_a_job_that_is_renamed(approved: str, enregard: Cli) -> None:
    enregard("rename", approved, "sommet")
    assert {each["job"] for each in listed(enregard, "search", "tallinn")} == {"sommet"}
    assert "2 pairs forgotten" in enregard("memory", "forget", "--job", "sommet").output


def test_a_job_that_cannot_be_renamed_keeps_its_name_in_the_memory(
    approved: str, enregard: Cli, tmp_path: Path
) -> None:
    with locked(tmp_path / "output" / approved / LOCK):
        enregard("rename", approved, "sommet", code=6)
    assert {each["job"] for each in listed(enregard, "search", "tallinn")} == {approved}


def test_words_are_searched_in_the_memory_and_in_all_jobs(approved: str, enregard: Cli) -> None:
    job = run_other(enregard)
    found = listed(enregard, "search", "COMITE", "tallinn")
    assert [(each["origin"], each["job"], each["segment_id"]) for each in found] == [
        ("read", approved, ""),
    ]
    found = listed(enregard, "search", "riviere")
    assert [(each["origin"], each["job"], each["segment_id"]) for each in found] == [
        ("engine", job, "b0001.s02"),
    ]
    both = [each["job"] for each in listed(enregard, "search", "It", "says", "--in", "jobs")]
    assert set(both) == {approved, job}
    assert "nothing has" in enregard("memory", "search", "comi").stderr
    assert listed(enregard, "search", "«»") == []
    assert "(t-" in enregard("memory", "search", "siège").stdout


def test_the_memory_is_switched_off(job: str, enregard: Cli, tmp_path: Path) -> None:
    write = ("review", job, "--segment", "b0001.s02", "--sentence")
    enregard(*write, "All is well.", "--no-rebuild")
    enregard("resume", job, "--set", "memory.learn=false")
    assert not (tmp_path / "output" / "memory.sqlite3").exists()
    enregard("resume", job, "--set", "memory.learn=true")
    other = run_other(enregard, "--set", "memory.use=false")
    assert {each["note"] for each in segments(enregard, other)} == {""}
    run_other(enregard, "--set", "memory.use=true")
    assert segments(enregard, other)[1]["note"] == "memory"
    run_other(enregard, "--set", "memory.use=false")
    assert {each["note"] for each in segments(enregard, other)} == {""}


TMX = """\
<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="fr-CA"/><body>
<tu><tuv xml:lang="FR-ca"><seg>La <bpt i="1">&lt;b&gt;</bpt>rivière<ept i="1">&lt;/b&gt;</ept>
 monte.</seg></tuv><tuv xml:lang="de"><seg>Der Fluss steigt.</seg></tuv>
<tuv xml:lang="en-GB" changeid="Bo"><seg>The river <hi>is</hi> rising<ph/>.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Ja.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Non.</seg></tuv><tuv xml:lang="en"><seg></seg></tuv></tu>
</body></tmx>
"""


def test_a_memory_of_another_program_is_imported_and_comes_out_again(
    config: Path, engine: Obedient, enregard: Cli
) -> None:
    Path("m.tmx").write_text(TMX, "utf-8")
    assert "1 sentence read, 1 new" in enregard("memory", "import", "m.tmx").output
    assert "1 sentence read, 0 new" in enregard("memory", "import", "m.tmx").output
    (pair,) = listed(enregard, "search", "RIVIERE", "rising")
    assert (pair["source"], pair["target"]) == ("La rivière monte.", "The river is rising.")
    assert (pair["author"], pair["origin"]) == ("Bo", "import")
    found = segments(enregard, run_other(enregard))
    assert [each["note"] for each in found] == ["", "", "memory", ""]
    for name in ("out.tmx", "out.csv"):
        assert "1 pair" in enregard("memory", "export", name).output
        assert "1 pair" in enregard("memory", "forget", "--sentence", pair["source"]).output
        assert listed(enregard, "search", "rising", "--in", "memory") == []
        enregard("memory", "import", name)
        assert listed(enregard, "search", "rising")[0]["target"] == "The river is rising."
    assert listed(enregard, "stats") == [{"pairs": 1, "sentences": 1, "origins": {"import": 1}}]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "x">]><tmx><body/></tmx>', 3),
        ("a.tmx", TMX.replace("</body></tmx>", ""), 3),
        ("a.tmx", TMX.replace("tmx version", "tbx version").replace("</tmx>", "</tbx>"), 3),
        ("a.docx", "no zip", 3),
        ("a.txt", "x", 3),
    ],
)
def test_a_hostile_memory_leaves_nothing_behind(
    name: str, text: str, code: int, enregard: Cli
) -> None:
    Path(name).write_text(text, "utf-8")
    enregard("memory", "import", name, code=code)
    assert listed(enregard, "stats")[0]["pairs"] == 0


def test_what_is_nearly_alike_is_offered_with_its_own_numbers(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite3")
    memory.add(
        [
            ApprovedPair(
                "Le ministre a signé 12 accords en 2026.", "The minister signed 12 deals in 2026."
            ),
            ApprovedPair("Le ministre a signé deux accords.", "The minister signed two deals."),
            ApprovedPair("Il pleut.", "It rains."),
        ]
    )
    first, second = memory.suggestions("Le ministre a signé 15 accords en 2027.")
    assert (first.text, first.likeness) == ("The minister signed 15 deals in 2027.", 0.99)
    assert second.text == "The minister signed two deals."
    assert 0.75 <= second.likeness < 0.99
    assert memory.suggestions("Il neige à Lyon.") == []
    assert memory.suggestions("12 34") == []
    assert memory.suggestions('«») OR "x') == []
    memory.add([ApprovedPair("Bo Roy quitte Genève lundi.", "Bo Roy leaves Geneva on Monday.")])
    (named,) = memory.suggestions("Anne Kask quitte Londres lundi.")
    assert (named.text, named.likeness) == ("Anne Kask leaves London on Monday.", 0.99)
    assert named.pair.target == "Bo Roy leaves Geneva on Monday."
    memory.close()


def test_what_is_approved_again_and_again_counts_once(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite3")
    pairs = [ApprovedPair(f"Le maire numéro {n} a écrit au roi.", f"{n}") for n in range(300)]
    assert memory.add(pairs) == 300
    for _ in range(10):
        assert memory.add(pairs) == 0
    memory.close()
    # How often words stand says which are looked for: what is approved again counts once.
    with closing(sqlite3.connect(tmp_path / "m.sqlite3")) as db:
        (count,) = db.execute("SELECT sentences FROM frequencies WHERE word = 'maire'").fetchone()
    assert count == 300


def test_an_older_approval_that_comes_in_again_wins_over_no_newer_one(tmp_path: Path) -> None:
    with closing(Memory(tmp_path / "m.sqlite3")) as memory:
        old = ApprovedPair("Oui.", "Yes.", "a", "2031-01-01", "Anne", "read")
        new = ApprovedPair("Oui.", "Yes.", "c", "2031-03-01", "Bo", "person")
        memory.add([old, ApprovedPair("Oui.", "Yeah.", "b", "2031-02-01"), new])
        assert memory.add([old]) == 0
        assert memory.exact(["Oui."])["Oui."] == new


@pytest.mark.parametrize("value", ["x'ff'", "cast(x'ff' as text)"])
@pytest.mark.parametrize("name", ["out.tmx", "out.csv"])
def test_a_damaged_memory_is_exported_as_one_clear_line(
    value: str, name: str, approved: str, enregard: Cli, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "output" / FILE)) as db, db:
        db.execute(f"UPDATE pairs SET target = {value} WHERE id = 2")
    before = sorted(tmp_path.iterdir())
    refused = enregard("memory", "export", name, code=6)
    assert "memory.sqlite3" in refused.stderr
    assert refused.stderr.count("\n") <= 2
    assert sorted(tmp_path.iterdir()) == before


def test_a_sentence_is_known_but_for_spaces_quotes_and_apostrophes(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "m.sqlite3")
    memory.add([ApprovedPair("Il dit : « L’accord »", "He says “the deal”", at="1")])
    asked = ['Il dit\u00a0: "L\'accord"', "Il dit : « L’accord »", "il dit : « L’accord »"]
    assert [bool(memory.exact([each])) for each in asked] == [True, True, False]
    memory.add([ApprovedPair("Il dit : « L’accord »", "He says “the pact”", at="2")])
    assert memory.exact(asked[:1])[asked[0]].target == "He says “the pact”"
    memory.close()


def test_a_larger_memory_comes_in_and_out_in_pieces_and_finds_what_is_alike(
    tmp_path: Path,
) -> None:
    places = "Lyon Brest Nancy Dijon Tours Reims Lille Nantes Rouen Metz".split()
    made = [
        (f"Le maire de {place} a reçu {n} lettres du comité {n * 7} hier.", f"{n} & {place}.")
        for n in range(200)
        for place in places
    ]
    known = write_tmx(tmp_path / "m.tmx", made)
    output = tmp_path / "output"
    assert service.import_memory(output, tmp_path / "m.tmx") == (2_000, 2_000)
    memory = Memory(output / FILE)
    assert {s: p.target for s, p in memory.exact(s for s, _ in made).items()} == dict(made)
    chance = random.Random(1)
    for sentence in known:
        assert memory.suggestions(altered(sentence, chance))[0].likeness > 0.8
    memory.close()
    assert service.export_memory(output, tmp_path / "out.tmx") == 2_000
    assert service.import_memory(tmp_path / "other", tmp_path / "out.tmx") == (2_000, 2_000)


@given(st.text(), st.text())
def test_normal_is_settled(one: str, other: str) -> None:
    assert normal(normal(one)) == normal(one)
    assert (normal(one) == normal(other)) is (normal(other) == normal(one))
