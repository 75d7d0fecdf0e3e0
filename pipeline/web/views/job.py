"""One job: where it stands, its runs, and its files."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from pipeline.errors import UsageError
from pipeline.service.choices import choices
from pipeline.service.editions import Download, archive, downloads
from pipeline.service.jobs import job_history
from pipeline.web.views.call import Call

# The edition is shown in a frame as a stranger: it runs its own script and reaches nothing of ours.
_FRAMED = (
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src "
    "'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def show(call: Call) -> Response:
    """Show where a job stands."""
    desk = call.desk
    card = desk.overview.card(call.job)
    history = job_history(desk.output, call.job) if not card.status.problem else ()
    return call.page(
        "job.html", card=card, history=history[::-1][:30], choices=choices(desk.config)
    )


def card(call: Call) -> Response:
    """Give the part of a page that shows where a job stands."""
    return HTMLResponse(call.fragment("card.html", card=call.desk.overview.card(call.job)))


def run(call: Call) -> Response:
    """Run a job, or go on with it."""
    call.desk.runs.start(call.job, rebuild="rebuild" in call.fields)
    return _back(call)


def stop(call: Call) -> Response:
    """Stop the run of a job."""
    call.desk.runs.stop(call.job)
    return _back(call)


def _back(call: Call) -> Response:
    if call.is_scripted:
        return card(call)
    return call.go("/" if call.text("back", "") == "/" else f"/jobs/{call.job}")


def download(call: Call) -> Response:
    """Give a file of a job, never to be shown in our own name."""
    kind = call.request.path_params["kind"]
    try:
        if kind == "all":
            return _attached(archive(call.desk.output, call.job))
        (made,) = downloads(call.desk.output, call.job, [kind])
    except UsageError:
        raise HTTPException(404) from None
    return _attached(made)


def _attached(made: Download) -> Response:
    name = made.name
    plain = "".join(each if each.isascii() and each.isalnum() else "_" for each in name[:-5])
    plain += "".join(
        each for each in name[-5:] if each.isascii() and (each.isalnum() or each == ".")
    )
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(made.data, media_type=made.media_type, headers={"Content-Disposition": said})


def preview(call: Call) -> Response:
    """Give the HTML edition, for a frame."""
    (made,) = downloads(call.desk.output, call.job, ["edition.html"])
    return HTMLResponse(made.data, headers={"Content-Security-Policy": _FRAMED})
