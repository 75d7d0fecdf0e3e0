"""Settings come from the defaults, a file and flags, in that order; mistakes name their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import find_glossary, load_settings, restore_settings
from pipeline.errors import ConfigError
from pipeline.jobs.plan import registered
from pipeline.stages.publish.render import THEME
from pipeline.stages.publish.render.templates import read_asset

NAMES = registered()


def settings_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_are_valid_and_complete() -> None:
    settings = load_settings(NAMES)
    assert settings.engine.name == "auto"
    assert settings.translate.beam_size >= 1


def test_a_file_replaces_single_keys_and_flags_win(tmp_path: Path) -> None:
    path = settings_file(tmp_path, "translate: {beam_size: 2}\nengine:\noutput: ailleurs\n")
    settings = load_settings(NAMES, path, {"engine.name": "embedded", "output": "ici"})
    assert settings.translate.beam_size == 2
    assert settings.translate.chunk_segments == load_settings(NAMES).translate.chunk_segments
    assert (settings.engine.name, settings.output) == ("embedded", "ici")


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load_settings(NAMES, settings_file(tmp_path, "# rien\n")) == load_settings(NAMES)


def test_settings_survive_being_stored() -> None:
    settings = load_settings(NAMES)
    assert restore_settings(NAMES, settings.model_dump()) == settings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("translat: {}", r"own\.yaml:1: unknown setting 'translat'; did you mean 'translate'\?"),
        (
            "publish:\n  page_sise: A4",
            r"own\.yaml:2: unknown setting 'publish\.page_sise'; did you mean 'page_size'\?",
        ),
        ("zzz: 1", "valid keys here: read, front, engine"),
        (
            "publish:\n  page_size: A6",
            r"own\.yaml:2: publish\.page_size: there is no page size 'A6'",
        ),
        (
            "publish:\n  layout: facing",
            "2: publish.layout: there is no layout 'facing'; did you mean 'facing-pages'[?] "
            "There are side-by-side, facing-pages, interlinear$",
        ),
        ("publish:\n  exports:\n    - tmx\n    - epubs", "4: .* no export 'epubs'; .* 'epub'"),
        ("publish: {attach: [reports]}", "no attachment 'reports'; did you mean 'report'"),
        ("engine: {name: deepl}", "no engine 'deepl'; there are auto, argos, embedded"),
        ("checks: {disabled: [number]}", "no check 'number'; did you mean 'numbers'"),
        ("checks: {disabled: [qqqqqq]}", "no check 'qqqqqq'; there are finished, numbers"),
        (
            "checks:\n  thresholds:\n    length.shrt: 0.3",
            r"3: checks\.thresholds\.length\.shrt: .*; did you mean 'length\.short'",
        ),
        ("publish: {html: false, pdf: false}", "publish: html and pdf are both false; turn one on"),
        ("translate: {beam_size: 0}", "write a number that is at least 1"),
        ("translate: {beam_size: '4'}", "write a whole number"),
        ("translate: 4", "own.yaml:1: translate"),
        ("- a", "own.yaml:1"),
        ("a: &x 1\nb: *x", "own.yaml:1: anchors"),
        ("a: [", "own.yaml"),
    ],
)
def test_mistakes_are_one_line_that_names_the_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        load_settings(NAMES, settings_file(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = "translat: {}\npublish:\n  page_sise: A4\n  layout: facing\n"
    with pytest.raises(ConfigError) as caught:
        load_settings(NAMES, settings_file(tmp_path, text))
    told = str(caught.value)
    assert told.startswith("3 mistakes: ")
    for words in ("own.yaml:1: unknown", "own.yaml:3: unknown", "own.yaml:4: publish.layout"):
        assert words in told


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        load_settings(NAMES, tmp_path / "absent.yaml")


def test_a_glossary_is_found_beside_the_configuration_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "beside").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert find_glossary("glossaries/diplomacy.yaml", None).is_file()
    Path("noms.yaml").write_text("entries: []")
    assert find_glossary("noms.yaml", tmp_path / "beside") == Path("noms.yaml")
    (tmp_path / "beside" / "noms.yaml").write_text("entries: []")
    assert find_glossary("noms.yaml", tmp_path / "beside") == tmp_path / "beside" / "noms.yaml"
    with pytest.raises(ConfigError, match=r"absent\.yaml does not exist"):
        find_glossary("absent.yaml", tmp_path)


def test_settings_stored_before_a_setting_existed_take_its_default() -> None:
    stored = load_settings(NAMES).model_dump()
    del stored["publish"]["layout"]
    assert restore_settings(NAMES, stored) == load_settings(NAMES)


def test_a_theme_sets_what_the_stylesheets_have() -> None:
    styles = read_asset("print.css") + read_asset("reader.css")
    assert [name for name in THEME if f"--{name}:" not in styles] == []
    with pytest.raises(ConfigError, match="there is no theme value 'acent'; did you mean 'accent'"):
        load_settings(NAMES, flags={"publish.theme": {"acent": "red"}})


@pytest.mark.parametrize("value", ["red;} body{display:none", "url(x)", "</style>", '"x"'])
def test_a_theme_cannot_leave_its_declaration(value: str) -> None:
    with pytest.raises(ConfigError, match=r"theme\.accent"):
        load_settings(NAMES, flags={"publish.theme": {"accent": value}})


@pytest.mark.parametrize(
    ("theme", "readable"),
    [
        ({"ink": "#ffffff"}, False),
        ({"accent": "#e0e"}, False),
        ({"muted": "#999999"}, False),
        ({"ink": "black", "accent": "#1f4e79", "muted": "#4b5563"}, True),
        ({"paper": "#333", "ink": "#222"}, False),
        ({"ink": "navy"}, True),
    ],
)
def test_a_theme_that_cannot_be_read_is_refused(theme: dict[str, str], readable: bool) -> None:
    flags: dict[str, object] = {"publish.theme": theme}
    if readable:
        assert load_settings(registered(), flags=flags).publish.theme == theme
    else:
        with pytest.raises(ConfigError, match=r"has a contrast of .* text needs 4\.5 to 1"):
            load_settings(registered(), flags=flags)
