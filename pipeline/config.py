"""YAML files in, validated settings out.

``config/default.yaml`` holds every setting with its default; a user's file replaces single keys.
The schema below is checked strictly: an unknown key is an error that names the nearest valid one.
What stands in a registry (engines, checks, layouts, exports, …) is no part of the schema: whoever
loads settings says which names there are, by kind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from pipeline.errors import ConfigError
from pipeline.files import PROJECT_FILE, expanded, shipped
from pipeline.text import did_you_mean, unknown
from pipeline.yamlfile import Lines, line_of, load_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


# What to write instead, where the schema's own words would not tell an editor.
_WANTED = {
    "bool_type": "write true or false",
    "list_type": "write a list, for example [one, two]",
    "string_type": "write text, in quotes if it looks like a number",
}

# The names that the registries know, by kind: "engine", "check", "threshold", "page size",
# "layout", "theme value", "export", "attachment".
Names = Mapping[str, Collection[str]]


def _registered(kind: str) -> AfterValidator:
    """Refuse a name that the registry of this kind does not have."""

    def look_up(name: str, info: ValidationInfo) -> str:
        assert info.context is not None
        known = info.context[kind]
        if name not in known:
            raise ValueError("; ".join(unknown(kind, name, known)))
        return name

    return AfterValidator(look_up)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ReadSettings(_Section):
    """How files are read: their encoding and the limits on their size."""

    encoding: str
    max_bytes: Annotated[int, Field(ge=1, le=1_000_000_000)]
    max_block_chars: Annotated[int, Field(ge=1_000, le=1_000_000)]


class FrontSettings(_Section):
    """Titles and people of a text; what is given here counts instead of what its file says."""

    title: str
    title_en: str
    subtitle: str
    subtitle_en: str
    kicker: str
    kicker_en: str
    byline: str
    date: str
    source: str
    rights: str
    credit: str


class EngineSettings(_Section):
    """Which engine translates, its model's hash if it is pinned, and on how many cores (0: all)."""

    name: Annotated[str, _registered("engine")]
    sha256: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{64}(?: [0-9a-f]{64})?)?$")]
    threads: Annotated[int, Field(ge=0, le=64)]


class TranslateSettings(_Section):
    """How long to search, and how many segments are committed together (0: as suits the engine)."""

    beam_size: Annotated[int, Field(ge=1, le=10)]
    thorough: bool
    lexicon: bool
    keep_foreign: bool
    chunk_segments: Annotated[int, Field(ge=0, le=1_000)]


class ChecksSettings(_Section):
    """Checks left out, and thresholds that differ from the checks' own."""

    disabled: list[Annotated[str, _registered("check")]]
    thresholds: dict[Annotated[str, _registered("threshold")], float]


class MemorySettings(_Section):
    """Whether approved sentences of all jobs are used, and whether a job's own are kept."""

    use: bool
    learn: bool


# What a value of a theme may be made of: nothing that could end its declaration.
ThemeValue = Annotated[str, Field(pattern=r"^[#\w.%, -]{1,80}$")]


# The contrast that text needs to be read by everyone (WCAG 2.2, 1.4.3), and the papers it is on.
_LEAST_CONTRAST = 4.5
_PAPERS = {"the white of the PDF": "#ffffff", "the paper of the HTML": "#fdfbf6"}
_NAMED_COLOURS = {"white": "#ffffff", "black": "#000000"}


def _contrast(first: str, second: str) -> float | None:
    """Give the contrast of two colours, from 1 to 21; None where one is not known."""
    shades = []
    for colour in (first, second):
        digits = _NAMED_COLOURS.get(colour.strip().lower(), colour.strip()).removeprefix("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        try:
            parts = [part / 255 for part in bytes.fromhex(digits)[:3]]
        except ValueError:
            return None
        if len(parts) < 3:
            return None
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        shades.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(shades) / min(shades)


def too_pale(theme: Mapping[str, str]) -> str:
    """Say which colour of a theme does not stand out from its paper, "" where all do."""
    paper = {"the paper of the HTML": theme["paper"]} if "paper" in theme else {}
    for name in ("ink", "muted", "accent"):
        for place, under in (_PAPERS | paper).items() if name in theme else ():
            contrast = _contrast(theme[name], under)
            if contrast is not None and contrast < _LEAST_CONTRAST:
                return (
                    f"theme: {name} {theme[name]} on {place} has a contrast of {contrast:.1f} to "
                    f"1; text needs {_LEAST_CONTRAST} to 1, take a darker one"
                )
    return ""


class PublishSettings(_Section):
    """The kinds of edition to build and how they are set."""

    page_size: Annotated[str, _registered("page size")]
    layout: Annotated[str, _registered("layout")]
    dress: Annotated[str, _registered("dress")]
    parts: dict[Annotated[str, _registered("part")], bool]
    notices: Literal["both", "en", "fr"]
    english: Literal["gb", "us", "as-written"]
    justify: bool
    book: bool
    press: bool
    archive: bool
    attach: list[Annotated[str, _registered("attachment")]]
    theme: dict[Annotated[str, _registered("theme value")], ThemeValue]
    house: str
    missing_glyphs: Literal["fail", "substitute"]
    html: bool
    pdf: bool
    exports: list[Annotated[str, _registered("export")]]

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if said := too_pale(self.theme):
            raise ValueError(said)
        return self

    @model_validator(mode="after")
    def _one_kind_of_pdf(self) -> Self:
        if self.press and (self.archive or self.attach):
            raise ValueError(
                "press makes a PDF/X, which is no PDF/A and holds no files; take press or archive "
                "and attach"
            )
        return self

    @model_validator(mode="after")
    def _something_to_build(self) -> Self:
        if not self.html and not self.pdf:
            raise ValueError("html and pdf are both false; turn one on")
        return self


class Settings(_Section):
    """Every setting, validated; glossary paths and the output folder are not yet resolved."""

    read: ReadSettings
    front: FrontSettings
    engine: EngineSettings
    translate: TranslateSettings
    memory: MemorySettings
    glossaries: list[str]
    scopes: list[str]
    checks: ChecksSettings
    publish: PublishSettings
    output: str


# How many mistakes of a file are told at once.
_MOST_TOLD = 10


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
        _validated(names, values, file, lines)
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
    return _validated(names, values, None, {})


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
    project = Path(PROJECT_FILE)
    return [*([project] if project.is_file() else []), *([path] if path else [])]


def _defaults() -> dict[str, Any]:
    defaults, _ = load_yaml(shipped("config") / "default.yaml", ConfigError)
    assert isinstance(defaults, dict)
    return defaults


def _own(file: Path) -> tuple[dict[str, Any], Lines]:
    """Read what a user's file says, and where."""
    own, lines = load_yaml(file, ConfigError)
    if not isinstance(own, dict | None):
        raise ConfigError("a configuration file holds keys such as 'translate:'", where=f"{file}:1")
    return own or {}, lines


def _validated(
    names: Names, values: Mapping[str, Any], path: Path | None, lines: Lines
) -> Settings:
    try:
        return Settings.model_validate(values, context=names)
    except ValidationError as error:
        told = [_explained(each, path, lines) for each in error.errors()[:_MOST_TOLD]]
        if len(told) == 1:
            raise told[0] from None
        raise ConfigError(f"{len(told)} mistakes: {' – '.join(map(str, told))}") from None


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
    return _validated(names, whole, None, {})


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


def _explained(error: ErrorDetails, path: Path | None, lines: Lines) -> ConfigError:
    # A key that is not valid itself is told from its value by a mark that says nothing to a reader.
    location = tuple(part for part in error["loc"] if part != "[key]")
    where = f"{path}:{line_of(lines, location)}" if path else "the settings"
    key = ".".join(map(str, location))
    if error["type"] != "extra_forbidden":
        message = _WANTED.get(error["type"], error["msg"]).removeprefix("Value error, ")
        what, _, remedy = f"{key}: {message[0].lower()}{message[1:]}".partition("; ")
        return ConfigError(what, *filter(None, (remedy,)), where=where)
    known = _known_keys(location[:-1])
    advice = did_you_mean(str(location[-1]), known, f"valid keys here: {', '.join(known)}")
    return ConfigError(f"unknown setting {key!r}", advice, where=where)


def _known_keys(section: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for name in section:
        annotation = model.model_fields[str(name)].annotation
        assert isinstance(annotation, type)
        assert issubclass(annotation, BaseModel)
        model = annotation
    return list(model.model_fields)


GLOSSARY_SUFFIXES = (".yaml", ".yml", ".csv", ".tsv", ".tbx")


def find_glossary(name: str, beside: Path | None) -> Path:
    """Resolve a glossary's path, or its bare name in a folder ``glossaries``.

    Both are looked for beside the configuration file, in the current folder, then among what ships
    with the program. Raises ConfigError where none of them holds it.
    """
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
