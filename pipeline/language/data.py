"""The name of a data file that ships with the language package in; its lines out."""

from __future__ import annotations

from importlib.resources import files


def data_lines(name: str) -> list[str]:
    """Read the lines of a file in ``pipeline/language/data``, without its comments ("#")."""
    text = files("pipeline.language").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
