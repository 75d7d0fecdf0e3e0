"""What the YAML reader takes, refuses, and says about it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError, GlossaryError
from pipeline.yamlfile import MAX_BYTES, MAX_DEPTH, line_of, load_yaml, parse_yaml


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("non", "non"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("007", "007"),
        ("12:30", "12:30"),
        ("2024-05-01", "2024-05-01"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("9" * 5000, "9" * 5000),
        ("1e999", "1e999"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("", None),
        ("~", None),
        ("null", None),
        ("|\n  a\n  b", "a\nb"),
    ],
)
def test_scalars_are_what_an_editor_expects(written: str, value: object) -> None:
    assert parse_yaml(f"key: {written}", "f.yaml", ConfigError)[0] == {"key": value}


def test_keys_are_always_text() -> None:
    assert parse_yaml("non: 1\n12: 2\ntrue: 3", "f.yaml", ConfigError)[0] == {
        "non": 1,
        "12": 2,
        "true": 3,
    }


def test_lines_of_every_value(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_text(
        "# hello\nname: N\nentries:\n  - source: a\n    variants:\n      - b\n      - c\n"
    )
    value, lines = load_yaml(path, GlossaryError)
    assert value == {"name": "N", "entries": [{"source": "a", "variants": ["b", "c"]}]}
    assert lines["name",] == 2
    assert lines["entries", 0, "source"] == 4
    assert lines["entries", 0, "variants"] == 5
    assert lines["entries", 0, "variants", 1] == 7
    assert line_of(lines, ("entries", 0, "target")) == 4
    assert line_of(lines, ("nothing",)) == 2


@pytest.mark.parametrize("empty", [b"", b"# only a comment\n", b"\xef\xbb\xbf", b"---\n"])
def test_an_empty_file_is_none(tmp_path: Path, empty: bytes) -> None:
    path = tmp_path / "g.yaml"
    path.write_bytes(empty)
    assert load_yaml(path, ConfigError)[0] is None


BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (BOMB, 1, "anchors"),
        ("a: 1\nb: *a", 2, "aliases"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "tag"),
        ("%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system x", 3, "tag"),
        ("a: !!binary aGk=", 1, "tag"),
        ("a: !secret x", 1, "tag"),
        ("a: !!map 3", 1, "tag"),
        ("a: 1\nb: 2\na: 3", 3, "already given on line 1"),
        ("- x: 1\n  y: 2\n  x: 2", 3, "already given on line 1"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("? [a, b]\n: 1", 1, "key must be a word"),
        ("{{a: b}: c}", 1, "key must be a word"),
        ("a:\n\tb: 1", 2, "not with tabs"),
        ("a: b: c", 1, "in quotes"),
        ("a: @x", 1, "in quotes"),
        ("a: 'x\nb: 1\nc: 2", 1, "close the quotes"),
        ("x: 1\na: [1,\nb: 2\nc", 2, "close the quotes or brackets"),
        ("a: 1\nb: \x00", 2, "U+0000"),
        ("a: 1\r\nb: \x1b[2J", 2, "U+001B"),
        ("a: x\u2028y", 1, "U+2028"),
        ("[" * 100_000, 1, "nested deeper"),
        ("- " * 30 + "a", 1, "nested deeper"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_hostile_or_broken_yaml_is_one_clear_line(text: str, line: int, message: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        parse_yaml(text, "g.yaml", GlossaryError)
    sentence = str(caught.value)
    assert sentence.startswith(f"g.yaml:{line}: ")
    assert message in sentence
    assert "\n" not in sentence


def test_nesting_up_to_the_limit_is_allowed() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    value, _ = parse_yaml(text, "g.yaml", ConfigError)
    assert str(value) == text


def test_bad_files_say_what_to_do(tmp_path: Path) -> None:
    large, latin, fifo = tmp_path / "large.yaml", tmp_path / "latin.yaml", tmp_path / "fifo"
    large.write_bytes(b"a: " + b"x" * 2 * MAX_BYTES)
    latin.write_bytes(b"a: 1\nb: \xe9t\xe9\n")
    os.mkfifo(fifo)
    for path, message in [
        (tmp_path / "none.yaml", "does not exist"),
        (tmp_path, "is a directory"),
        (tmp_path / "a\0b", "cannot be read"),
        (fifo, "not a regular file"),
        (large, "larger than 1,000,000 bytes"),
        (latin, "latin.yaml:2: this is not UTF-8"),
    ]:
        with pytest.raises(ConfigError, match=message):
            load_yaml(path, ConfigError)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**15), 10**15)
        | st.text("aé: '\"#-\\n1", max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abc 1", max_size=3), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_pyyaml_writes_reads_back(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    if "&id" not in text:
        assert parse_yaml(text, "g.yaml", ConfigError)[0] == value


@given(st.text("abc:-[]{}&*!|>'\"%@# \n\t?,0", max_size=60))
def test_any_text_is_a_value_or_our_error(text: str) -> None:
    with suppress(ConfigError):
        parse_yaml(text, "g.yaml", ConfigError)
