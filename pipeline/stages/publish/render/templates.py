"""An ``Edition`` and the name of a template in; the page as HTML out, all text escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.stages.publish.render.view import abreast
from pipeline.text import shortened

if TYPE_CHECKING:
    from jinja2 import Environment

# Those of the pages, and those of the export formats.
FOLDERS = tuple(
    Path(__file__).resolve().parent.parent / part / "templates" for part in ("render", "exports")
)


def read_asset(name: str) -> str:
    """Return a stylesheet or script as it stands beside the templates."""
    return next(path for folder in FOLDERS if (path := folder / name).is_file()).read_text(
        encoding="utf-8"
    )


def digest(text: str) -> str:
    """Return the hash by which a content security policy lets a stylesheet or script apply."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def fill(name: str, **values: object) -> str:
    """Return template ``name`` filled with ``values``; every value is escaped as text."""
    return _environment().get_template(name).render(**values)


def fill_trusted(name: str, *, css: str, script: str, **values: object) -> str:
    """Like ``fill``, with a stylesheet and a script of our own that stand as they are."""
    from markupsafe import Markup

    return fill(name, css=Markup(css), script=Markup(script), **values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDERS, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["abreast"] = abreast
    environment.filters["shortened"] = shortened
    return environment
