"""What a user can do wrong at the command line: one line that says what to do, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_job import Cli


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("run", ""), "FILE... is empty"),
        (("run", "t.md", "--output", ""), "--output is empty"),
        (("run", "t.md", "--config", " "), "--config is empty"),
        (("run", "t.md", "--reference", ""), "--reference is empty"),
        (("export", "t", "--format", "csv", "--to", ""), "--to is empty"),
        (("list", "--output", ""), "--output is empty"),
    ],
)
def test_an_empty_path_is_no_folder(command: tuple[str, ...], said: str, enregard: Cli) -> None:
    Path("t.md").write_text("Il pleut.\n", "utf-8")
    told = enregard(*command, code=2).stderr
    assert told == f"enregard: {said}; name a file or a folder\n"
    assert [each.name for each in Path().iterdir()] == ["t.md"]


def test_an_empty_glossary_or_output_folder_is_told(enregard: Cli) -> None:
    Path("t.md").write_text("Il pleut.\n", "utf-8")
    told = enregard("run", "t.md", "--glossary", "", code=4).stderr
    assert told == "enregard: the name of a glossary is empty; write it or remove the line\n"
    Path("c.yaml").write_text("output: ''\n", "utf-8")
    told = enregard("run", "t.md", "--config", "c.yaml", code=4).stderr
    assert told == ("enregard: c.yaml:1: output is empty; name the folder that holds the jobs\n")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("engine.threads=many", "engine.threads: write a whole number"),
        ("engine.threads=1.5", "engine.threads: write a whole number"),
        ("engine.threads=-1", "engine.threads: write a number that is at least 0"),
        ("translate.beam_size=11", "translate.beam_size: write a number that is at most 10"),
        ("publish.notices=de", "publish.notices: write 'both', 'en' or 'fr'"),
        ("publish=3", "publish: it is a section; name one of its keys"),
        ("checks.thresholds=3", "checks.thresholds: it is a section; write its keys below it"),
    ],
)
def test_a_setting_of_a_wrong_kind_says_what_to_write(
    setting: str, said: str, enregard: Cli
) -> None:
    Path("t.md").write_text("Il pleut.\n", "utf-8")
    told = enregard("run", "t.md", "--set", setting, code=4).stderr
    assert told == f"enregard: the settings: {said}\n"


def test_settings_of_the_folder_that_cannot_be_read_are_not_passed_over(enregard: Cli) -> None:
    place = Path("enregard.yaml")
    place.symlink_to("gone.yaml")
    assert "enregard: enregard.yaml does not exist" in enregard("list", code=4).stderr
    place.unlink()
    place.mkdir()
    assert "enregard: enregard.yaml is a directory" in enregard("list", code=4).stderr
    assert "enregard.yaml is a directory" in enregard("doctor", code=4).stderr


@pytest.mark.parametrize("option", ["--tls-ca", "--tls-cert", "--tls-key"])
def test_a_key_without_a_scheduler_is_not_taken_in_silence(option: str, enregard: Cli) -> None:
    told = enregard("batch", ".", option, "x", code=2).stderr
    assert told == f"enregard: {option} needs --scheduler\n"


def test_a_batch_takes_the_encoding_that_it_advises(enregard: Cli, job: str) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_bytes("Le comité siège.\n".encode("utf-16"))
    first = enregard("batch", "in", "--config", "c.yaml", code=1)
    assert "run again with --encoding utf-16" in first.stderr
    enregard("batch", "in", "--config", "c.yaml", "--encoding", "utf-16")


def test_a_list_without_jobs_says_where_they_are(enregard: Cli, job: str) -> None:
    assert "No job in 'output' was put away." in enregard("list", "--archived").stdout
    enregard("archive", job)
    assert "See: enregard list --archived" in enregard("list").stdout


def test_a_file_that_is_not_there_is_not_of_the_wrong_kind(enregard: Cli, job: str) -> None:
    for command in (("review", job, "--import"), ("memory", "import")):
        for name in ("nope", "nope.tmx", "nope.json"):
            told = enregard(*command, name, code=3).stderr
            assert told == f"enregard: {name} does not exist; check the path\n"
    assert not Path("output/memory.sqlite3").exists()
    Path("d.tmx").mkdir()
    assert "d.tmx is a folder" in enregard("memory", "import", "d.tmx", code=3).stderr
    told = enregard("review", job, "--import", "t.md", code=3).stderr
    assert "t.md is of no kind that comes back; bring one of .json, .xlf" in told


def test_an_export_says_what_keeps_it_from_being_written(enregard: Cli, job: str) -> None:
    told = enregard("export", job, "--format", "csv", "--to", "t.md", code=2).stderr
    assert told == "enregard: t.md is not a folder; choose another folder with --to\n"
    told = enregard("export", job, "--format", "pdf", code=6).stderr
    assert told == (
        f"enregard: {job} has no edition.pdf; "
        "make it with 'enregard publish JOB --set publish.pdf=true'\n"
    )


def test_words_are_not_said_to_be_missing_that_stand_there(enregard: Cli, job: str) -> None:
    told = enregard("replace", job, "committee", "committee", "--yes", code=2).stderr
    assert told == "enregard: FIND and WITH are the same words; write what is to stand there\n"


def test_nothing_alike_is_told(enregard: Cli, job: str) -> None:
    told = enregard("memory", "search", "--like", "Rien de tel ici.").stderr
    assert told == "nothing in the memory is nearly this sentence\n"


def test_no_count_is_below_nothing(enregard: Cli, job: str) -> None:
    enregard("quality", job, "--most", "-1", code=2)
    enregard("compare", job, job, "--most", "-1", code=2)


def test_proposals_are_yaml_by_name_too(enregard: Cli, job: str) -> None:
    command = ("glossary", "extract", "t.md", "--no-engine", "-o")
    told = enregard(*command, "x.csv", code=4).stderr
    assert told == "enregard: x.csv: what is proposed is written as YAML; call the file .yaml\n"
    assert not Path("x.csv").exists()
    enregard(*command, "x.yml")


def test_a_desk_does_not_start_on_what_it_could_not_use(enregard: Cli) -> None:
    Path("t.md").write_text("Il pleut.\n", "utf-8")
    told = enregard("desk", "--no-browser", "--output", "t.md", code=2).stderr
    assert "t.md is not a folder" in told
    told = enregard("desk", "--no-browser", "--config", "nope.yaml", code=4).stderr
    assert "nope.yaml does not exist" in told


def test_an_address_without_a_scheme_is_told(enregard: Cli) -> None:
    Path("t.md").write_text("Il pleut.\n", "utf-8")
    told = enregard("batch", "t.md", "--scheduler", "foo", code=2).stderr
    assert "foo: this is no address of a scheduler; write it as tls://HOST:PORT" in told
