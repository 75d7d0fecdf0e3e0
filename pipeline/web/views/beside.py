"""What stands beside an open sentence: dictionary, memory, concordance, the engine's others."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from pipeline.errors import EnregardError, UsageError
from pipeline.service.beside import concordance, known, offered, senses
from pipeline.web.marks import hits
from pipeline.web.told import said
from pipeline.web.views.call import Call

_PARTS = ("engine", "places")
_LONGEST = 200


def beside(call: Call) -> Response:
    """Show all that helps with a sentence; a script is given the part that it asks for."""
    job, segment = call.job, str(call.request.path_params["segment"])
    words = " ".join(call.query("words").split())[:_LONGEST]
    part = call.query("part")
    with call.desk.benches.open(job) as bench:
        try:
            row = bench.row(segment)
        except UsageError:
            raise HTTPException(404) from None
        rows = bench.rows() if words else ()
    source, text = row.segment.source, row.text or ""
    values: dict[str, Any] = {
        "row": row,
        "job": job,
        "words": words,
        "places": concordance(call.desk.output, job, rows, words),
        "found": lambda where: hits(words, where),
        "others": None,
        "problem": "",
        "scripted": call.is_scripted,
        "back": "",
    }
    if part == "engine":
        try:
            values["others"] = offered(call.desk.hypotheses(job, segment), text)
        except EnregardError as error:
            values["problem"] = said(error, call.language)
    if call.is_scripted and part in _PARTS:
        return HTMLResponse(call.fragment(f"beside-{part}.html", **values))
    values |= {
        "known": known(call.desk.output, source, text),
        "senses": senses(source, text),
    }
    if call.is_scripted:
        return HTMLResponse(call.fragment("aids.html", **values))
    return call.page("beside.html", card=call.desk.overview.card(job), **values)
