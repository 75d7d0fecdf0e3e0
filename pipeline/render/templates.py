"""An ``Edition`` and the name of a template in; the page as HTML out, all text escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).resolve().parent / "templates"


def read_asset(name: str) -> str:
    """Return a stylesheet or script of the templates folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


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

    return Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
