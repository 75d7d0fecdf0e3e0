"""Settings, glossaries, a reference in; a run's plan, and how it differs from the last, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config import (
    Settings,
    find_glossary,
    flat,
    given_settings,
    load_settings,
    settings_with,
)
from pipeline.errors import UsageError
from pipeline.files import expanded
from pipeline.glossary import Glossary, load_glossary
from pipeline.jobs.bundled import check_editions
from pipeline.jobs.plan import Plan, registered
from pipeline.model import House
from pipeline.service.texts import read_reference
from pipeline.stages.publish.house import load_house

# What a job does not remember: where it lies, and what is told apart from the other settings.
_APART = frozenset(["output", "glossaries"])


def make_plan(
    config: Path | None = None,
    glossaries: Sequence[str] = (),
    reference: Path | None = None,
    flags: Mapping[str, object] | None = None,
) -> Plan:
    """Load and validate everything a run needs besides its text.

    ``flags`` replace settings by dotted name, for example ``{"engine.name": "embedded"}``;
    ``glossaries`` (paths, or names in a folder ``glossaries``) are added to those of the settings.
    """
    check_editions()
    beside = config.parent if config else None
    settings = load_settings(registered(), config, flags)
    if settings.publish.house:
        flags = {**(flags or {}), "publish.house": house_path(settings.publish.house, beside)}
        settings = load_settings(registered(), config, flags)
    given = given_settings(config, flags)
    paths = [find_glossary(name, beside) for name in _names(given, settings.glossaries)]
    paths += [find_glossary(name, beside) for name in glossaries]
    if glossaries or "glossaries" in given:
        given["glossaries"] = [str(path.resolve()) for path in paths]
    text = None
    if reference is not None:
        text = read_reference(reference, settings.read)
    glossary = load_glossary(paths)
    glossary.check_scopes(settings.scopes)
    return Plan(settings, glossary, text, given, house=_house(settings)).ready()


def continued(earlier: Plan, wanted: Plan) -> Plan:
    """Give the plan of a job that is run again: what nobody names now is as it was last time.

    Glossaries are read again from their files; where one is not there, the job's own copy serves.
    """
    given = {**earlier.given, **wanted.given}
    glossary = wanted.glossary
    if "glossaries" in earlier.given and "glossaries" not in wanted.given:
        paths = [Path(name) for name in _names(earlier.given, [])]
        there = all(path.is_file() for path in paths)
        glossary = load_glossary(paths) if there else earlier.glossary
    reference = earlier.reference if wanted.reference is None else wanted.reference
    settings = settings_with(registered(), given | {"output": wanted.settings.output})
    name = settings.publish.house
    house = wanted.house if wanted.house and wanted.settings.publish.house == name else None
    if name and not house:
        # Its folder may be gone by now: the job has a copy.
        gone = name == earlier.settings.publish.house and not Path(name).exists()
        house = earlier.house if gone else _house(settings)
    return Plan(settings, glossary, reference, given, house=house).ready()


def house_path(name: str, beside: Path | None) -> str:
    """Give where a house style lies: beside the settings or in the current folder."""
    path = expanded(name)
    if beside is not None and not path.is_absolute() and (beside / path).exists():
        path = beside / path
    return str(path.resolve())


def _house(settings: Settings) -> House | None:
    return load_house(Path(settings.publish.house)) if settings.publish.house else None


def adjusted(
    earlier: Plan,
    config: Path | None,
    flags: Mapping[str, object] | None,
    labels: Iterable[str],
    section: str = "",
) -> Plan:
    """Give a job's plan with some settings replaced, of one section alone if that is named.

    ``labels`` are the text's own scopes. Glossaries and the house style are named as for a run.
    Raises UsageError for a flag of another section.
    """
    load_settings(registered(), config, flags)
    given = given_settings(config, flags)
    for key in flags or {}:
        if section and not key.startswith(f"{section}."):
            raise UsageError(
                f"{key} has to do with more than how an edition looks", "run the text again with it"
            )
    if section:
        given = {key: value for key, value in given.items() if key.startswith(f"{section}.")}
    beside = config.parent if config else None
    if house := given.get("publish.house"):
        given["publish.house"] = house_path(str(house), beside)
    glossary = earlier.glossary
    if "glossaries" in given:
        paths = [find_glossary(name, beside).resolve() for name in _names(given, [])]
        given["glossaries"] = [str(path) for path in paths]
        glossary = load_glossary(paths).within(labels)
    plan = continued(earlier, replace(earlier, given=given))
    return replace(plan, glossary=glossary)


def remarks(earlier: Plan, wanted: Plan, plan: Plan) -> Iterator[str]:
    """Say what a plan takes over from the last run, and what it changes since.

    ``wanted`` is what was asked for, ``plan`` what came of it.
    """
    before, after = flat(earlier.settings), flat(plan.settings)
    names = {each: ", ".join(each.names) or "none" for each in (earlier.glossary, plan.glossary)}
    taken_over = [key for key in plan.given if key not in wanted.given]
    kept = [f"{key} {_shown(after[key])}" for key in taken_over if key not in _APART]
    if "glossaries" in taken_over:
        kept.insert(0, f"glossary {names[plan.glossary]}")
    if plan.reference and wanted.reference is None and plan.reference == earlier.reference:
        kept.append("the reference")
    if kept:
        yield f"as last time: {'; '.join(kept)}"
    changed = [
        f"{key} {_shown(before.get(key))} → {_shown(value)}"
        for key, value in after.items()
        if before.get(key) != value and key not in _APART
    ]
    if _entries(earlier.glossary) != _entries(plan.glossary):
        changed.insert(0, f"glossary {names[earlier.glossary]} → {names[plan.glossary]}")
    if plan.reference != earlier.reference:
        changed.append("the reference")
    if changed:
        yield f"changed since last time: {'; '.join(changed)}"


def _names(given: Mapping[str, object], otherwise: Sequence[str]) -> list[str]:
    names = given.get("glossaries")
    return [str(name) for name in names] if isinstance(names, list) else list(otherwise)


def _entries(glossary: Glossary) -> tuple[tuple[str, ...], str]:
    return glossary.names, glossary.sha256


def _shown(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
