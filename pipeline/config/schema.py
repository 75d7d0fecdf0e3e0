"""Values by setting in, validated settings out: which there are, and what each may be.

The schema is checked strictly: an unknown key is an error that names the nearest valid one. What
stands in a registry (engines, checks, layouts, exports, …) is no part of it: whoever loads settings
says which names there are, by kind.
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

from pipeline.config.contrast import too_pale
from pipeline.errors import ConfigError
from pipeline.text import did_you_mean, unknown
from pipeline.yamlfile import Lines, line_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


# What to write instead, where the schema's own words would not tell an editor.
_WANTED = {
    "bool_type": "write true or false",
    "list_type": "write a list, for example [one, two]",
    "string_type": "write text, in quotes if it looks like a number",
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "dict_type": "it is a section; write its keys below it",
    "model_type": "it is a section; name one of its keys",
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


def validated(names: Names, values: Mapping[str, Any], path: Path | None, lines: Lines) -> Settings:
    """Give the settings; raises ConfigError, which says where in the file of this path it is."""
    try:
        return Settings.model_validate(values, context=names)
    except ValidationError as error:
        told = [_explained(each, path, lines) for each in error.errors()[:_MOST_TOLD]]
        if len(told) == 1:
            raise told[0] from None
        raise ConfigError(f"{len(told)} mistakes: {' – '.join(map(str, told))}") from None


def _explained(error: ErrorDetails, path: Path | None, lines: Lines) -> ConfigError:
    # A key that is not valid itself is told from its value by a mark that says nothing to a reader.
    location = tuple(part for part in error["loc"] if part != "[key]")
    where = f"{path}:{line_of(lines, location)}" if path else "the settings"
    key = ".".join(map(str, location))
    if error["type"] != "extra_forbidden":
        message = _worded(error).removeprefix("Value error, ")
        what, _, remedy = f"{key}: {message[0].lower()}{message[1:]}".partition("; ")
        return ConfigError(what, *filter(None, (remedy,)), where=where)
    known = _known_keys(location[:-1])
    advice = did_you_mean(str(location[-1]), known, f"valid keys here: {', '.join(known)}")
    return ConfigError(f"unknown setting {key!r}", advice, where=where)


def _worded(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            return f"write a number that is at least {limits['ge']}"
        case "less_than_equal":
            return f"write a number that is at most {limits['le']}"
        case "literal_error":
            return f"write {limits['expected']}"
    return _WANTED.get(error["type"], error["msg"])


def _known_keys(section: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for name in section:
        annotation = model.model_fields[str(name)].annotation
        assert isinstance(annotation, type)
        assert issubclass(annotation, BaseModel)
        model = annotation
    return list(model.model_fields)
