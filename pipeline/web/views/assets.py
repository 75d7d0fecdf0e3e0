"""Scripts, stylesheets and fonts out."""

from __future__ import annotations

import mimetypes

from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipeline.errors import UsageError
from pipeline.service.fonts import face_file, faces_css
from pipeline.web.pages import FOLDER
from pipeline.web.views.call import Call

# Their addresses change when they do.
_LASTING = {"Cache-Control": "private, max-age=31536000, immutable"}


def static(call: Call) -> Response:
    """Give a file of the folder of that name."""
    wanted = call.request.path_params["name"]
    for path in (FOLDER / "static").iterdir():
        if path.name == wanted:
            kind = mimetypes.guess_type(path.name)[0]
            return Response(path.read_bytes(), media_type=kind, headers=_LASTING)
    raise HTTPException(404)


def fonts_css(call: Call) -> Response:  # noqa: ARG001
    """Give the rules that declare the fonts of the editions."""
    css = faces_css(lambda name: f"/fonts/{name}")
    return Response(css, media_type="text/css", headers=_LASTING)


def font(call: Call) -> Response:
    """Give a font."""
    try:
        data = face_file(call.request.path_params["name"])
    except UsageError:
        raise HTTPException(404) from None
    return Response(data, media_type="font/woff2", headers=_LASTING)
