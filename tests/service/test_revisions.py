"""A corrected text goes on with its job: nothing that a person decided or wrote is ever lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decisions import Decision, mark, write
from pipeline.jobs.folder import archive_job, open_job, rename_job
from pipeline.jobs.home import revise
from pipeline.model import SentenceState
from pipeline.service import jobs
from pipeline.service.review import open_review
from pipeline.stages.publish import stage as publish
from tests.support.obedient import Obedient, offer
from tests.support.small_job import TEXT, Cli, segments

ANNE = "Anne Kask"


def rerun(tmp_path: Path, enregard: Cli, text: str, *options: str) -> dict[str, Any]:
    (tmp_path / "t.md").write_text(text, "utf-8")
    done = enregard("run", "t.md", "--config", "c.yaml", "--json", *options)
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def detached(enregard: Cli, job: str) -> list[dict[str, Any]]:
    lines = enregard("review", job, "--detached", "--json").stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_a_corrected_sentence_is_translated_and_all_else_is_kept(
    job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    enregard("review", job, "--segment", "b0001.s02", "--sentence", "All is well.")
    enregard("review", job, "--segment", "b0002.s01", "--state", "read", "--by", ANNE)
    enregard("review", job, "--number", "4", "--decline")
    engine.asked.clear()
    done = rerun(tmp_path, enregard, TEXT.replace("à Tallinn", "à Tartu depuis lundi"))
    assert engine.asked == ["Le comité siège à Tartu depuis lundi."]
    assert (done["job"], done["revision"]) == (job, 2)
    assert (done["kept_sentences"], done["new_sentences"]) == (3, 1)
    assert (done["kept_decisions"], done["detached_decisions"]) == (2, 1)
    assert segments(enregard, job)[2]["target"] == "All is well."
    (off,) = detached(enregard, job)
    assert (off["kind"], off["reviewer"], off["now"]) == ("state", ANNE, "b0002.s01")
    shown = enregard("show", job, "--segments").stdout
    assert "< Le comité siège à Tallinn." in shown
    listed = enregard("list").stdout
    assert listed.count("t-") == 1
    summary = "2: 3 of 4 sentences kept, 2 decisions kept, 1 new; 1 decision detached"
    assert summary in enregard("show", job).stdout
    # The old text comes back, and with it what was decided about it.
    engine.asked.clear()
    back = rerun(tmp_path, enregard, TEXT)
    assert (back["job"], back["revision"], back["detached_decisions"]) == (job, 3, 0)
    assert [each["state"] for each in segments(enregard, job)] == ["open", "open", "open", "read"]
    assert engine.asked == []
    folder = tmp_path / "output" / job
    assert (folder / "source.md").read_text("utf-8") == TEXT
    assert "Tartu" in (folder / "source-2.md").read_text("utf-8")


def test_a_new_byline_moves_nothing(
    job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    enregard("review", job, "--segment", "b0001.s02", "--sentence", "All is well.")
    engine.asked.clear()
    done = rerun(tmp_path, enregard, f"---\nauthor: A. Kask\n---\n{TEXT}")
    assert (done["job"], done["kept_sentences"], done["new_sentences"]) == (job, 4, 0)
    assert (done["kept_decisions"], engine.asked) == (1, [])
    assert "A. Kask" in (tmp_path / "output" / job / "edition.html").read_text("utf-8")


def test_another_text_of_the_same_name_is_another_job(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    other = "# Une crue\n\nLa rivière est montée cette nuit dans le village de Loire.\n"
    assert rerun(tmp_path, enregard, other)["job"] != job
    again = rerun(tmp_path, enregard, TEXT, "--new")["job"]
    assert again != job
    done = rerun(tmp_path, enregard, other + "\nTrois maisons sont vides.\n", "--revises", job)
    assert (done["job"], done["revision"], done["kept_sentences"]) == (job, 2, 0)


def test_a_run_killed_between_two_revisions_has_the_old_text_or_the_new(
    job: str, config: Path, enregard: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for place in ("pipeline.jobs.home.move_on", "pipeline.service.jobs.run"):
        with monkeypatch.context() as patch:
            patch.setattr(place, killed)
            (tmp_path / "t.md").write_text(TEXT.replace("Tallinn", "Tartu"), "utf-8")
            enregard("run", "t.md", "--config", "c.yaml", code=130)
        enregard("resume", job)
    assert "Tartu" in enregard("show", job, "--segments").stdout
    assert rerun(tmp_path, enregard, TEXT)["job"] == job


def test_a_run_names_its_job(job: str, enregard: Cli, tmp_path: Path) -> None:
    assert rerun(tmp_path, enregard, TEXT, "--name", "sommet")["job"] == "sommet"
    # The name of the job that it has is no other job's.
    assert rerun(tmp_path, enregard, TEXT + "\nPlus.\n", "--name", "sommet")["revision"] == 2
    (tmp_path / "autre.md").write_text("# Une crue\n\nLa rivière monte.\n", "utf-8")
    refused = enregard("run", "autre.md", "--config", "c.yaml", "--name", "sommet", code=2)
    assert "there is something called 'sommet' already" in refused.output
    refused = enregard("run", "autre.md", "--config", "c.yaml", "--name", "Une crue", code=2)
    assert "call it 'une-crue'" in refused.output
    enregard("run", "autre.md", "t.md", "--config", "c.yaml", "--name", "x", code=2)
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["sommet"]
    assert '"sommet"' in enregard("show", "Sommet", "--json").stdout


def test_a_job_is_renamed_put_away_and_deleted(job: str, enregard: Cli, tmp_path: Path) -> None:
    assert "mon-article" in enregard("rename", job, "Mon article", code=2).output
    enregard("rename", job, "mon-article")
    assert rerun(tmp_path, enregard, TEXT)["job"] == "mon-article"
    enregard("archive", "mon-article")
    assert "mon-article" not in enregard("list").stdout
    assert "mon-article" in enregard("list", "--archived").stdout
    other = rerun(tmp_path, enregard, TEXT + "\nTrois maisons sont vides.\n")["job"]
    assert other != "mon-article"
    assert "already" in enregard("rename", other, "mon-article", code=2).output
    enregard("archive", "mon-article", "--undo")
    assert "mon-article" in enregard("list").stdout
    assert "--yes" in enregard("delete", other, code=2).output
    assert "whole name" in enregard("delete", "mon-", "--yes", code=2).output
    enregard("delete", "mon-article", "--yes")
    assert [path.name for path in (tmp_path / "output").iterdir()] == [other]


def test_a_revision_that_came_in_meanwhile_outlives_archiving_and_renaming(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    before = open_job(output, job)
    revised = revise(before, "t.md", TEXT.replace("Tallinn", "Tartu").encode())
    assert revised.revision == 2
    archived = archive_job(before, True)
    assert archived == open_job(output, job)
    assert (archived.revision, archived.source_sha256) == (2, revised.source_sha256)
    renamed = rename_job(before, "sommet")
    assert renamed == open_job(output, "sommet")
    assert renamed.archived


def test_an_archived_job_whose_next_revision_is_named_is_listed_again(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    enregard("archive", job)
    corrected = TEXT.replace("Tallinn", "Tartu")
    assert rerun(tmp_path, enregard, corrected, "--revises", job)["revision"] == 2
    assert job in enregard("list").stdout


def test_one_corrected_paragraph_of_a_long_text_costs_its_own_sentences_alone(
    engine: Obedient, config: Path, enregard: Cli, tmp_path: Path
) -> None:
    sentence = "Le ministre numéro {} a rencontré hier soir les députés de la ville voisine."
    lines = [sentence.format(number) for number in range(240)]
    paragraphs = [lines[at : at + 6] for at in range(0, 240, 6)]
    assert sum(len(line.split()) for line in lines) > 3_000

    def text() -> str:
        return "\n\n".join(map(" ".join, paragraphs)) + "\n"

    job = rerun(tmp_path, enregard, text())["job"]
    for number in (0, 20, 39):
        name = f"b{number:04}.s01"
        enregard("review", job, "--segment", name, "--sentence", "Written.", "--no-rebuild")
    enregard("review", job, "--all", "--state", "read", "--by", ANNE)
    engine.asked.clear()
    corrected = [line.replace("hier soir", "lundi matin") for line in paragraphs[20]]
    paragraphs[20] = corrected
    done = rerun(tmp_path, enregard, text())
    assert set(engine.asked) == set(corrected)
    assert (done["kept_sentences"], done["new_sentences"]) == (234, 6)
    # What was written and what was read: two decisions on the written ones, one on the others.
    assert (done["kept_decisions"], done["detached_decisions"]) == (236, 7)
    found = segments(enregard, job)
    assert sum(each["state"] == "read" for each in found) == 234
    assert [each["id"] for each in found if each["target"] == "Written."] == [
        "b0000.s01",
        "b0039.s01",
    ]


NOUNS = "ministre juge maire préfet peintre pêcheur meunier notaire facteur boucher".split()
PLACES = "Lyon Brest Nancy Dijon Tours Reims Lille Nantes Rouen Metz".split()
SENTENCES = st.builds(
    "Le {} a rencontré hier le {} dans une salle de {}.".format,
    st.sampled_from(NOUNS),
    st.sampled_from(NOUNS),
    st.sampled_from(PLACES),
)
TEXTS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=3, max_size=6)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "move", "split", "merge", "reword"]),
        st.integers(0, 99),
        st.integers(0, 99),
        SENTENCES,
    ),
    min_size=1,
    max_size=3,
)


def edited(text: list[list[str]], edit: tuple[str, int, int, str]) -> list[list[str]]:
    deed, first, second, sentence = edit
    paragraphs = [list(each) for each in text]
    at, to = first % len(paragraphs), second % len(paragraphs)
    paragraph = paragraphs[at]
    place = second % len(paragraph)
    if deed == "insert":
        paragraph.insert(place, sentence)
    elif deed == "delete" and len(paragraphs) > 2:
        del paragraphs[at]
    elif deed == "move":
        paragraphs.insert(to, paragraphs.pop(at))
    elif deed == "split":
        paragraphs[at : at + 1] = [part for part in (paragraph[:place], paragraph[place:]) if part]
    elif deed == "merge" and at + 1 < len(paragraphs):
        paragraphs[at : at + 2] = [paragraph + paragraphs[at + 1]]
    elif deed == "reword":
        paragraph[place] = paragraph[place].replace("a rencontré hier", "a revu lundi")
    return paragraphs


@settings(max_examples=25)
@given(TEXTS, st.data())
def test_whatever_is_edited_what_a_person_made_counts_or_is_listed(
    tmp_path_factory: pytest.TempPathFactory, text: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    path, output = folder / "t.md", folder / "output"
    with pytest.MonkeyPatch.context() as patch:
        engine = Obedient()
        offer(engine, patch)
        # What is printed is not at stake here.
        made = publish.EditionFiles({publish.HTML: b"-"}, ())
        patch.setattr(publish, "publish", lambda *_: made)
        plan = jobs.make_plan(
            flags={"output": str(output), "glossaries": [], "translate.lexicon": False}
        )

        def run_it() -> jobs.JobStatus:
            path.write_text("\n\n".join(map(" ".join, text)) + "\n", "utf-8")
            return jobs.run_text(path, plan, lambda _: None)

        name = run_it().name
        made_up: list[Decision] = []
        with open_review(output, name) as review:
            for number, each in enumerate(review.sentences()):
                deed = data.draw(st.sampled_from(["write", "read", "leave"]), label=each.source)
                if deed == "write":
                    made_up.append(write(each.source, f"A person wrote number {number}."))
                elif deed == "read":
                    made_up.append(mark(each.source, SentenceState.READ, each.target, ANNE))
            review.decide(made_up)
        counting: dict[object, Decision] = {(each.kind, each.key): each for each in made_up}
        for edit in data.draw(EDITS):
            text = edited(text, edit)
            asked = set(engine.asked)
            engine.asked.clear()
            status = run_it()
            assert status.name == name
            assert asked.isdisjoint(engine.asked)
            engine.asked += asked
            with open_review(output, name) as review:
                there = {each.source: each for each in review.sentences()}
                off = [each.made.decision for each in review.detached()]
            for decision in counting.values():
                assert (decision in off) is (decision.source not in there)  # type: ignore[union-attr]
            for source, sentence in there.items():
                if (written := counting.get(("translation", (source,)))) is not None:
                    assert sentence.target == written.text  # type: ignore[union-attr]
                elif ("state", (source,)) in counting:
                    assert sentence.reviewer == ANNE
        assert jobs.job_names(output) == [name]
