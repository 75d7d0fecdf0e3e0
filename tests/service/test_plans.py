"""A job remembers what it was run with; what changes is said before it starts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.obedient import Obedient
from tests.support.small_job import GLOSSARY, TEXT, Cli, items


def snapshot(enregard: Cli, job: str) -> set[str]:
    return {each["rendering"] for each in items(enregard, job)}


def ran(enregard: Cli, *options: str) -> tuple[dict[str, Any], str]:
    done = enregard("run", "t.md", "--json", *options)
    return json.loads(done.stdout), done.stderr


def test_a_run_that_names_nothing_uses_what_was_named_last_and_says_so(
    job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    done, said = ran(enregard)
    assert done["job"] == job
    assert engine.asked == []
    assert "as last time: glossary Essai; publish.pdf false; translate.lexicon false" in said
    assert "edition.pdf" not in done["files"]
    # A layout of another file does not drop the glossary; a change of it is said.
    (tmp_path / "fp.yaml").write_text("publish: {layout: facing-pages}\n", "utf-8")
    _, said = ran(enregard, "--config", "fp.yaml")
    assert "changed since last time: publish.layout side-by-side → facing-pages" in said
    assert engine.asked == []
    _, said = ran(enregard, "--config", "c.yaml")
    assert "changed" not in said
    assert "publish.layout facing-pages" in said
    # The glossary's file is read again.
    (tmp_path / "g.yaml").write_text(GLOSSARY.replace("treaty", "pact"), "utf-8")
    _, said = ran(enregard)
    assert "changed since last time: glossary Essai → Essai" in said
    assert snapshot(enregard, job) == {"committee", "pact"}
    (tmp_path / "g.yaml").unlink()
    ran(enregard)
    assert snapshot(enregard, job) == {"committee", "pact"}
    (tmp_path / "h.yaml").write_text(GLOSSARY.replace("Essai", "Autre"), "utf-8")
    _, said = ran(enregard, "--glossary", "h.yaml")
    assert "glossary Essai → " in said
    assert "Autre" in said
    assert snapshot(enregard, job) == {"committee", "treaty"}


def test_nothing_of_last_time_is_used_if_that_is_asked(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    _, said = ran(enregard, "--fresh", "--set", "publish.pdf=false")
    assert "changed since last time: glossary Essai → " in said
    assert "as last time" not in said


def test_a_layout_changes_without_the_translation(
    job: str, engine: Obedient, enregard: Cli, tmp_path: Path
) -> None:
    enregard("publish", job, "--set", "publish.theme={accent: teal}")
    page = tmp_path / "output" / job / "edition.html"
    assert "teal" in page.read_text("utf-8")
    (tmp_path / "d.yaml").write_text("publish: {theme: {}}\ntranslate: {beam_size: 1}\n", "utf-8")
    enregard("publish", job, "--config", "d.yaml")
    assert "teal" not in page.read_text("utf-8")
    assert engine.asked == []
    assert snapshot(enregard, job) == {"committee", "treaty"}
    refused = enregard("publish", job, "--set", "translate.beam_size=1", code=2).output
    assert "translate.beam_size" in refused
    enregard("resume", job, "--set", "translate.beam_size=1")
    assert engine.asked


def test_the_glossaries_of_a_job_are_named_anew(job: str, enregard: Cli, tmp_path: Path) -> None:
    (tmp_path / "glossaries").mkdir()
    (tmp_path / "glossaries" / "autre.yaml").write_text(GLOSSARY.replace("treaty", "pact"), "utf-8")
    enregard("resume", job, "--set", "glossaries=[autre]")
    assert snapshot(enregard, job) == {"committee", "pact"}
    # It is remembered as a file: the name tells nothing in another folder.
    (tmp_path / "glossaries").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "glossaries").mkdir()
    ran(enregard)
    assert snapshot(enregard, job) == {"committee", "pact"}
    said = enregard("resume", job, "--set", "glossaries=[]").output
    assert "glossary Essai → none" in said
    assert snapshot(enregard, job) == set()
    ran(enregard)
    assert snapshot(enregard, job) == set()
    refused = enregard("resume", job, "--set", "glossaries=[aucun]", code=4).output
    assert "glossary aucun does not exist" in refused


def test_a_house_style_lies_beside_the_settings_that_name_it(
    job: str, enregard: Cli, tmp_path: Path
) -> None:
    (tmp_path / "conf" / "maison").mkdir(parents=True)
    (tmp_path / "conf" / "maison" / "house.yaml").write_text(
        "name: Phare\ntheme: {accent: teal}\n", "utf-8"
    )
    (tmp_path / "conf" / "s.yaml").write_text("publish: {house: maison}\n", "utf-8")
    enregard("publish", job, "--config", tmp_path / "conf" / "s.yaml")
    page = (tmp_path / "output" / job / "edition.html").read_text("utf-8")
    assert "teal" in page


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ("publish.layout", 2, "KEY=VALUE"),
        ("publish.layot=x", 4, "layout"),
        ("publsh.layout=x", 4, "publish"),
        ("publish.layout=facing", 4, "facing-pages"),
        ("publish=[", 2, "publish"),
    ],
)
def test_a_setting_that_is_none_is_refused(
    given: str, code: int, says: str, job: str, enregard: Cli
) -> None:
    assert says in enregard("resume", job, "--set", given, code=code).output


def test_a_folder_has_its_own_settings(
    config: Path, engine: Obedient, enregard: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.rename(tmp_path / "enregard.yaml")
    with (tmp_path / "enregard.yaml").open("a", encoding="utf-8") as stream:
        stream.write("output: jobs\n")
    (tmp_path / "t.md").write_text(TEXT, "utf-8")
    done, _ = ran(enregard)
    assert (tmp_path / "jobs" / done["job"]).is_dir()
    assert done["job"] in enregard("list").stdout
    assert snapshot(enregard, done["job"]) == {"committee", "treaty"}
    monkeypatch.setenv("ENREGARD_OUTPUT", str(tmp_path / "other"))
    assert "No jobs" in enregard("list").stdout
    ran(enregard)
    assert done["job"] in enregard("list").stdout
    (tmp_path / "enregard.yaml").write_text("publish: {pfd: false}\n", "utf-8")
    assert "enregard.yaml:1" in enregard("run", "t.md", code=4).output
