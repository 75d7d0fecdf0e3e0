"""A text of three sentences with five occurrences of two entries, run by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

Cli = Callable[..., Result]

TEXT = """\
# Un accord

Le comité a signé un accord avec le comité voisin. Tout va bien.

Le comité siège à Tallinn.
"""
GLOSSARY = """\
name: Essai
entries:
  - {source: comité, target: committee}
  - {source: accord, target: treaty, forbidden: [deal]}
"""
CONFIG = "glossaries: [g.yaml]\npublish: {pdf: false}\ntranslate: {lexicon: false}\n"


def run(tmp_path: Path, config: Path, enregard: Cli, text: str, *options: str) -> str:
    """Run a text as "t.md"; give the job's name."""
    (tmp_path / "t.md").write_text(text, "utf-8")
    done = enregard("run", tmp_path / "t.md", "--config", config, "--json", *options)
    name: str = json.loads(done.stdout)["job"]
    return name


def items(enregard: Cli, job: str, *options: str) -> list[dict[str, Any]]:
    """List the occurrences of a job."""
    listed = enregard("review", job, "--json", *options).stdout.splitlines()
    return [json.loads(line) for line in listed]


def segments(enregard: Cli, job: str) -> list[dict[str, Any]]:
    """List the segments of a job."""
    listed = enregard("show", job, "--segments", "--json").stdout.splitlines()
    return [json.loads(line) for line in listed]
