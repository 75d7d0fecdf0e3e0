"""YAML files in, validated settings out.

``config/default.yaml`` holds every setting with its default; a user's file replaces single keys.
``schema`` says which settings there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.config.contrast import too_pale
from pipeline.config.schema import (
    FrontSettings,
    Names,
    PublishSettings,
    ReadSettings,
    Settings,
    ThemeValue,
    validated,
)
from pipeline.errors import ConfigError
from pipeline.files import expanded, project_file, shipped
from pipeline.yamlfile import Lines, line_of, load_yaml

__all__ = [
    "GLOSSARY_SUFFIXES",
    "FrontSettings",
    "Names",
    "PublishSettings",
    "ReadSettings",
    "Settings",
    "ThemeValue",
    "find_glossary",
    "flat",
    "given_settings",
    "load_settings",
    "restore_settings",
    "settings_with",
    "too_pale",
]


def load_settings(
    names: Names, path: Path | None = None, flags: Mapping[str, object] | None = None
) -> Settings:
    """Read the defaults, the folder's file, the user's, then flags: ``{"engine.name": "argos"}``.

    Raises ConfigError with file, line and remedy where something in them is not valid.
    """
    values = _defaults()
    for file in _files(path):
        own, lines = _own(file)
        values = _merged(values, own, file, lines)
        validated(names, values, file, lines)
        if not values["output"].strip():
            place = f"{file}:{line_of(lines, ('output',))}"
            raise ConfigError("output is empty", "name the folder that holds the jobs", where=place)
    return settings_with(names, flags or {}, values)


def settings_with(
    names: Names, given: Mapping[str, object], values: dict[str, Any] | None = None
) -> Settings:
    """Give the defaults, or these ``values``, with some settings replaced by dotted name.

    Raises ConfigError where there is no such setting, or it cannot have that value.
    """
    values = _defaults() if values is None else values
    for dotted, value in given.items():
        section, _, key = dotted.partition(".")
        if key and isinstance(values.get(section), dict):
            values[section] = {**values[section], key: value}
        else:
            values[dotted] = value
    return validated(names, values, None, {})


def given_settings(
    path: Path | None = None, flags: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Give the settings that files and flags name, by dotted name; glossaries as whole paths.

    They are valid once ``load_settings`` has taken the same. Raises ConfigError where a glossary
    is not there.
    """
    sections = {key for key, value in _defaults().items() if isinstance(value, dict)}
    given: dict[str, object] = {}
    for file in _files(path):
        for key, value in _own(file)[0].items():
            if key == "glossaries":
                value = [str(find_glossary(each, file.parent).resolve()) for each in value]
            if key not in sections:
                given[key] = value
            else:
                given |= {f"{key}.{name}": each for name, each in (value or {}).items()}
    return given | dict(flags or {})


def flat(settings: Settings) -> dict[str, object]:
    """Give every setting by dotted name."""
    values: dict[str, object] = {}
    for key, value in settings.model_dump().items():
        if isinstance(value, dict):
            values |= {f"{key}.{name}": each for name, each in value.items()}
        else:
            values[key] = value
    return values


def _files(path: Path | None) -> list[Path]:
    return [*project_file(), *([path] if path else [])]


def _defaults() -> dict[str, Any]:
    defaults, _ = load_yaml(shipped("config") / "default.yaml", ConfigError)
    assert isinstance(defaults, dict)
    return defaults


def _own(file: Path) -> tuple[dict[str, Any], Lines]:
    """Read what a user's file says, and where."""
    own, lines = load_yaml(file, ConfigError)
    if not isinstance(own, dict | None):
        raise ConfigError(
            "a configuration file holds keys such as 'translate:'",
            "write them as in config/default.yaml",
            where=f"{file}:1",
        )
    return own or {}, lines


def restore_settings(names: Names, values: object) -> Settings:
    """Give back settings that a job stored with ``model_dump``; raises ConfigError if it cannot.

    A setting that the version which stored them did not have takes its default.
    """
    defaults = _defaults()
    stored = values if isinstance(values, dict) else {}
    whole = {
        key: {**defaults.get(key, {}), **value} if isinstance(value, dict) else value
        for key, value in (defaults | stored).items()
    }
    return validated(names, whole, None, {})


def _merged(
    base: dict[str, Any], own: Mapping[str, Any], path: Path, lines: Lines
) -> dict[str, Any]:
    """Lay a user's values over the defaults by section; an empty section changes nothing."""
    result = dict(base)
    for key, value in own.items():
        default = base.get(key)
        if isinstance(default, dict) and value is None:
            continue
        if isinstance(default, dict):
            if not isinstance(value, dict):
                place, example = f"{path}:{line_of(lines, (key,))}", next(iter(default))
                raise ConfigError(
                    f"{key} is a section", f"write '{key}: {{{example}: …}}'", where=place
                )
            result[key] = {**default, **value}
        else:
            result[key] = value
    return result


GLOSSARY_SUFFIXES = (".yaml", ".yml", ".csv", ".tsv", ".tbx")


def find_glossary(name: str, beside: Path | None) -> Path:
    """Resolve a glossary's path, or its bare name in a folder ``glossaries``.

    Both are looked for beside the configuration file, in the current folder, then among what ships
    with the program. Raises ConfigError where none of them holds it.
    """
    if not name.strip():
        raise ConfigError("the name of a glossary is empty", "write it or remove the line")
    path = expanded(name)
    names = [path]
    if path.name == name and path.suffix not in GLOSSARY_SUFFIXES:
        names += [Path("glossaries") / f"{name}{suffix}" for suffix in GLOSSARY_SUFFIXES]
    for folder in (*([beside] if beside else []), Path(), shipped("")):
        for each in names:
            if (folder / each).exists():
                return folder / each
    raise ConfigError(
        f"glossary {name} does not exist", "check the path", "remove it from the list"
    )
