"""A request in; what a view asks of it, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, BinaryIO
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.web.desk import Desk
from pipeline.web.pages import fill, language_of, page

REVIEWER_COOKIE = "enregard-reviewer"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: the name it says it has, and its content."""

    filename: str
    file: BinaryIO

    @property
    def name(self) -> str:
        """The last part of its name, which may be a path of any system."""
        return PurePosixPath(PureWindowsPath(self.filename).name).name or "text"


@dataclass(frozen=True)
class Call:
    """One request to one desk, its body read."""

    desk: Desk
    request: Request
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[Upload]] = field(default_factory=dict)

    @property
    def job(self) -> str:
        """The name of the job in the address."""
        return str(self.request.path_params["job"])

    @property
    def language(self) -> str:
        """The language of the interface."""
        return language_of(self.request)

    @property
    def reviewer(self) -> str:
        """The name of who works at this desk, "" before they said it."""
        return unquote(self.request.cookies.get(REVIEWER_COOKIE, ""))

    @property
    def is_scripted(self) -> bool:
        """Whether a script of the desk asks, rather than a form."""
        return "application/json" in self.request.headers.get("accept", "")

    def query(self, name: str, default: str = "") -> str:
        """Give a value of the address."""
        return self.request.query_params.get(name, default)

    def text(self, name: str, default: str | None = None) -> str:
        """Give a field; one that must be there and is not is a bad request."""
        values = self.fields.get(name)
        if values is None and default is None:
            raise HTTPException(422)
        return values[0] if values else default or ""

    def number(self, name: str) -> int:
        """Give a field that is a number."""
        value = self.text(name)
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise HTTPException(422)
        return int(value)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Answer with a page."""
        return page(self.request, template, status, **values)

    def fragment(self, template: str, **values: Any) -> str:
        """Fill a template that is part of a page."""
        return fill(self.language, template, path=self.request.url.path, **values)

    def go(self, address: str) -> Response:
        """Send the browser to another page of the desk."""
        return RedirectResponse(address, 303)


View = Callable[[Call], Response]
