"""One job: where it stands, its runs, and its files."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from pipeline.errors import UsageError
from pipeline.service.choices import ENGLISH, NOTICES, checked_house, choices
from pipeline.service.editions import Download, archive, downloads, publish_settings
from pipeline.service.jobs import archive as archive_job
from pipeline.service.jobs import delete, job_history, job_revisions, rename
from pipeline.service.titles import NAMES, retitled, titles
from pipeline.web.views.bench import Listing
from pipeline.web.views.call import Call

# How many sentences of the order of risk are shown; those to mend always are.
_WORST = 10
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
    is_sound = not card.status.problem
    return call.page(
        "job.html",
        card=card,
        history=job_history(desk.output, call.job)[::-1][:30] if is_sound else (),
        revisions=job_revisions(desk.output, call.job) if is_sound else (),
        setting=publish_settings(desk.output, call.job) if is_sound else None,
        titles=titles(desk.output, call.job) if is_sound and card.has_text else None,
        choices=choices(desk.config),
        english=ENGLISH,
        notices=NOTICES,
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
    """Give the HTML edition or the quality page, for a frame."""
    wanted = call.request.path_params["file"]
    if wanted not in ("edition.html", "quality.html"):
        raise HTTPException(404)
    (made,) = downloads(call.desk.output, call.job, [wanted])
    return HTMLResponse(made.data, headers={"Content-Security-Policy": _FRAMED})


def quality(call: Call) -> Response:
    """Show how good the translation may be, and where it is worst as it stands now."""
    desk = call.desk
    card, worst, left = desk.overview.card(call.job), [], 0
    if card.has_text and "quality.html" in card.status.files:
        with desk.benches.open(call.job) as bench:
            rows = Listing(order="risk").listed(bench.rows())
        ranked = [each for each in rows if each.place is not None and not each.pending]
        shown = max(_WORST, sum(each.attention == "block" for each in ranked))
        worst, left = ranked[:shown], len(rows) - len(ranked[:shown])
    return call.page("quality.html", card=card, worst=worst, left=left)


def layout(call: Call) -> Response:
    """Set the edition in another way; the translation stays as it is."""
    flags: dict[str, object] = {
        "publish.layout": call.text("layout"),
        "publish.page_size": call.text("page_size"),
        "publish.dress": call.text("dress"),
        "publish.english": call.text("english"),
        "publish.notices": call.text("notices"),
        "publish.justify": "justify" in call.fields,
        "publish.book": "book" in call.fields,
    }
    offered = choices(call.desk.config)
    known = {
        "layout": offered.layouts,
        "page_size": offered.page_sizes,
        "dress": offered.dresses,
        "english": ENGLISH,
        "notices": NOTICES,
    }
    if any(call.text(name) not in names for name, names in known.items()):
        raise HTTPException(422)
    now = publish_settings(call.desk.output, call.job)
    wanted = call.text("house", "")
    if now is None or wanted != now.house:
        if wanted and wanted not in {each.path for each in offered.houses}:
            raise HTTPException(422)
        flags["publish.house"] = checked_house(wanted)
    call.desk.runs.start(call.job, rebuild=True, flags=flags)
    return call.go(f"/jobs/{call.job}")


def head(call: Call) -> Response:
    """Head the text otherwise: its titles, its author, its date; what is as it stood stays so."""
    wanted = {name: call.text(name, "") for name in NAMES}
    if flags := retitled(call.desk.output, call.job, wanted):
        call.desk.runs.start(call.job, flags=flags)
    return call.go(f"/jobs/{call.job}")


def organise(call: Call) -> Response:
    """Rename a job, put it away or back, or delete it for good."""
    desk, job, what = call.desk, call.job, call.text("what")
    if what == "rename":
        name = rename(desk.output, job, call.text("name")).name
        return call.go(f"/jobs/{name}")
    if what in ("archive", "unarchive"):
        archive_job(desk.output, job, what == "archive")
    elif what == "delete":
        if "sure" not in call.fields:
            return call.page("delete.html", card=desk.overview.card(job))
        desk.runs.stop(job)
        delete(desk.output, job)
    else:
        raise HTTPException(422)
    return call.go("/")
