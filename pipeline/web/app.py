"""A desk in; the web application that serves it, out: every route, and what errors look like."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.errors import EnregardError, InputError, JobError, UsageError, remedy_of
from pipeline.web.desk import Desk
from pipeline.web.guard import Door, Guard
from pipeline.web.pages import language_of, page
from pipeline.web.told import said
from pipeline.web.views import ROUTES
from pipeline.web.views.call import Call, Upload, View

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_MOST_FILES = 50
_MOST_FIELDS = 1000
_MOST_TEXT = 20_000_000


def make_app(desk: Desk, door: Door) -> ASGIApp:
    """Make the application of a desk, behind its guard."""
    routes = [
        Route(address, _endpoint(desk, view), methods=[method]) for method, address, view in ROUTES
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: cast(Any, _refused),
            EnregardError: cast(Any, _failed),
            OSError: cast(Any, _without_room),
            Exception: cast(Any, _broken),
        },
    )
    # An address with a slash too many is no address: a redirect would name the host it came by.
    app.router.redirect_slashes = False
    return Guard(app, door)


def _endpoint(desk: Desk, view: View) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            call = Call(desk, request, *(await _body(request)))
            job = request.path_params.get("job")
            if job is not None and not await run_in_threadpool(desk.has, job):
                raise HTTPException(404)
            return await run_in_threadpool(view, call)
        finally:
            # What was uploaded lies in temporary files.
            await request.close()

    return endpoint


async def _body(request: Request) -> tuple[dict[str, list[str]], dict[str, list[Upload]]]:
    """Give the fields and files of a request, each a list: a name may come several times."""
    fields: dict[str, list[str]] = {}
    files: dict[str, list[Upload]] = {}
    if request.method in ("GET", "HEAD", "DELETE"):
        return fields, files
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        return _plain(await request.body()), files
    if not kind and request.headers.get("content-length", "0") == "0":
        return fields, files
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(415)
    form = await request.form(
        max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT
    )
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
        elif value.filename:
            files.setdefault(name, []).append(Upload(value.filename, value.file))
    return fields, files


def _plain(body: bytes) -> dict[str, list[str]]:
    """Give the fields of a flat JSON object of texts."""
    try:
        values = json.loads(body)
        json.dumps(values, ensure_ascii=False).encode()  # no half characters
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(values, dict) or not all(isinstance(each, str) for each in values.values()):
        raise HTTPException(400)
    return {name: [value] for name, value in values.items()}


# What goes wrong

_STATUS: Mapping[type[EnregardError], int] = {UsageError: 422, InputError: 422, JobError: 409}


async def _refused(request: Request, error: HTTPException) -> Response:
    return page(request, "error.html", error.status_code, status_code=error.status_code, message="")


async def _failed(request: Request, error: EnregardError) -> Response:
    status = next((_STATUS[kind] for kind in type(error).mro() if kind in _STATUS), 422)
    return page(
        request, "error.html", status, status_code=status, message=said(error, language_of(request))
    )


async def _without_room(request: Request, error: OSError) -> Response:
    reason = (error.strerror or str(error)).lower()
    told = EnregardError(reason, remedy_of(error), where=error.filename or "")
    message = said(told, language_of(request))
    return page(request, "error.html", 507, status_code=507, message=message)


async def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return page(request, "error.html", 500, status_code=500, message="")
