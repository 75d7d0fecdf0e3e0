"""A folder that was named, or none, in; the folder that holds the jobs out; quick to load."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.files import expanded, project_file, shipped
from pipeline.yamlfile import load_yaml


def output_path(given: Path | None) -> Path:
    """Give the folder that holds the jobs: the one given, or that of the settings."""
    if given is not None:
        return expanded(given)
    if project_file():
        # Settings of somebody's own are checked as a whole.
        from pipeline.config import load_settings
        from pipeline.jobs.plan import registered

        return expanded(load_settings(registered()).output)
    defaults, _ = load_yaml(shipped("config") / "default.yaml", ConfigError)
    assert isinstance(defaults, dict)
    return expanded(defaults["output"])
