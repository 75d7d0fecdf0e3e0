"""The page with all jobs: new ones in, their progress out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from pipeline.errors import EnregardError
from pipeline.service.choices import choices
from pipeline.service.intake import NewText, Wishes, add_texts
from pipeline.service.runs import Progress
from pipeline.service.search import search
from pipeline.web.desk import Desk
from pipeline.web.marks import hits
from pipeline.web.pages import LANGUAGE_COOKIE, LANGUAGES
from pipeline.web.told import said
from pipeline.web.views.call import REVIEWER_COOKIE, Call

_LOOK_EVERY = 0.25
_COMMENT_EVERY = 15.0


def home(call: Call) -> Response:
    """Show the form for new jobs, and all jobs."""
    return _home(call)


def create(call: Call) -> Response:
    """Make jobs of the files and the text that were sent, and run them."""
    desk = call.desk
    texts = [NewText(each.name, each.file.read()) for each in call.files.get("files", [])]
    if call.text("pasted", "").strip():
        texts.append(
            NewText.pasted(call.text("pasted"), call.text("title", ""), call.text("byline", ""))
        )
    if not texts:
        return _home(call, status=422, nothing=True)
    is_one_file = len(texts) == 1 and bool(call.files.get("files"))
    wishes = Wishes(
        engine=call.text("engine", ""),
        layout=call.text("layout", ""),
        page_size=call.text("page_size", ""),
        dress=call.text("dress", ""),
        house=_house(call),
        # A text that is pasted has them in its front matter; several texts have not the same.
        title=call.text("title", "").strip() if is_one_file else "",
        byline=call.text("byline", "").strip() if is_one_file else "",
        glossaries=tuple(call.fields.get("glossary", [])),
        thorough="thorough" in call.fields,
        force="force" in call.fields,
    )
    added = add_texts(desk.output, desk.config, texts, wishes)
    for name in added.jobs:
        desk.runs.start(name)
    if added.refused:
        return _home(
            call, status=422, refused=[said(error, call.language) for error in added.refused]
        )
    return call.go(f"/jobs/{added.jobs[0]}" if len(added.jobs) == 1 else "/")


def _house(call: Call) -> str:
    """Give the house style that was chosen, of those that are offered."""
    wanted = call.text("house", "")
    if wanted and wanted not in {each.path for each in choices(call.desk.config).houses}:
        raise HTTPException(422)
    return wanted


def _home(call: Call, status: int = 200, **values: Any) -> Response:
    problem = ""
    try:
        offered = choices(call.desk.config)
    except EnregardError as error:
        offered, problem = None, said(error, call.language)
    shown = {"refused": (), "nothing": False, **values}
    find, archived = call.query("find").strip()[:200], bool(call.query("archived"))
    cards = [card for card in call.desk.overview.cards() if card.status.archived is archived]
    return call.page(
        "home.html",
        status,
        cards=cards,
        archived=archived,
        find=find,
        found=search(call.desk.output, find) if find else (),
        at=lambda text: hits(find, text),
        choices=offered,
        problem=problem,
        entered=call.fields,
        **shown,
    )


def language(call: Call) -> Response:
    """Remember the language of the interface, and show the page again."""
    chosen = call.text("language")
    if chosen not in LANGUAGES:
        raise HTTPException(422)
    answer = RedirectResponse(_own(call.text("back", "/")), 303)
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31536000, httponly=True, samesite="strict")
    return answer


def reviewer(call: Call) -> Response:
    """Remember who works at this desk, and show the page again."""
    name = " ".join(call.text("reviewer").split())[:100]
    answer = RedirectResponse(_own(call.text("back", "/")), 303)
    answer.set_cookie(
        REVIEWER_COOKIE, quote(name), max_age=31536000, httponly=True, samesite="strict"
    )
    return answer


def _own(address: str) -> str:
    """Let an address pass that leads to this desk and nowhere else."""
    if not address.startswith("/") or address[1:2] in ("/", "\\"):
        raise HTTPException(422)
    return address


# Progress


def state(call: Call) -> Response:
    """Give the newest progress of every run, for a browser that has no stream."""
    runs = call.desk.runs
    return JSONResponse({"number": runs.number, "runs": [_told(each) for each in runs.since(0)]})


def events(call: Call) -> Response:
    """Stream the progress of every run as it changes; ends with the desk."""
    last = call.request.headers.get("last-event-id", "")
    number = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else 0
    # A number from before a restart says nothing of this desk's runs.
    number = number if number <= call.desk.runs.number else 0
    return StreamingResponse(_stream(call.desk, number), media_type="text/event-stream")


async def _stream(desk: Desk, number: int) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    quiet = 0.0
    while not desk.is_ending():
        changed = desk.runs.since(number)
        for progress in changed:
            number = progress.number
            yield f"id: {number}\nevent: run\ndata: {json.dumps(_told(progress))}\n\n"
        quiet = 0.0 if changed else quiet + _LOOK_EVERY
        if quiet >= _COMMENT_EVERY:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_EVERY)


def _told(progress: Progress) -> dict[str, Any]:
    # Why a run failed stands on its card, in the editor's language.
    return asdict(replace(progress, problem=None))
