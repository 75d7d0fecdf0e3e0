"""The name of a template and values in; a page in the editor's language out, all text escaped."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline import __version__
from pipeline.web.marks import marked
from pipeline.web.told import said, told, way
from pipeline.web.words import catalogue

FOLDER = Path(__file__).resolve().parent
LANGUAGES = {"en": "English", "fr": "Français"}
LANGUAGE_COOKIE = "enregard-language"


def language_of(request: Request) -> str:
    """Give the language that was chosen, else the first of the browser's that there is."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("accept-language", "").split(","):
        name = part.split(";")[0].strip().lower()[:2]
        if name in LANGUAGES:
            return name
    return "en"


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Fill a template for a request."""
    return HTMLResponse(
        fill(language_of(request), template, path=request.url.path, **values), status
    )


def fill(language: str, template: str, **values: Any) -> str:
    """Fill a template in a language."""
    environment = _environment(language)
    return environment.get_template(template).render(language=language, **values)


@cache
def asset_version() -> str:
    """Give a hash of the scripts and stylesheets: a newer desk is never shown with older ones."""
    whole = hashlib.sha256(__version__.encode())
    for path in sorted((FOLDER / "static").iterdir()):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        version=__version__,
        assets=asset_version(),
        languages=LANGUAGES,
        marked=marked,
        said=lambda error: said(error, language),
        told=lambda message: told(message, language),
        way=lambda remedy: way(remedy, language),
    )
    environment.filters["thousands"] = lambda number: _thousands(number, language)
    environment.filters["decimal"] = lambda number, digits: _decimal(number, digits, language)
    environment.filters["moment"] = _moment
    # Which kind of space it is nobody sees.
    environment.filters["spaced"] = lambda text: text.translate(str.maketrans("\xa0\u202f", "  "))
    return environment


def _moment(at: str) -> str:
    """Give a stored moment as the clock on the wall of this machine had it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _thousands(number: int, language: str) -> str:
    return f"{number:,}".replace(",", "\u202f" if language == "fr" else ",")


def _decimal(number: float, digits: int, language: str) -> str:
    text = f"{number:.{digits}f}"
    return text.replace(".", ",") if language == "fr" else text
