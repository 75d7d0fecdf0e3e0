"""Words found and replaced in the English of a job: looked at first, then stored, together."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from pipeline.errors import UsageError
from pipeline.service.replacing import Replacement, Sought, preview, store_replacements
from pipeline.web.told import said
from pipeline.web.views.call import Call

# What is shown, and ticked, at once: a form has so many fields and no more.
MOST = 400


def replace(call: Call) -> Response:
    """Show the form, and what would change."""
    find, by = call.query("find")[:300], call.query("by")[:300]
    sought = Sought(find, by, bool(call.query("match_case")), bool(call.query("parts")))
    return _shown(call, sought, asked="by" in call.request.query_params)


def store(call: Call) -> Response:
    """Store those changes that were ticked and whose sentences are as they were seen."""
    sought = Sought(
        call.text("find"), call.text("by"), "match_case" in call.fields, "parts" in call.fields
    )
    wanted = set(call.fields.get("use", []))
    if not wanted:
        return _shown(call, sought, asked=True, status=422)
    chosen = [
        each
        for each in preview(call.desk.output, call.job, sought)
        if f"{each.segment_id} {each.etag}" in wanted
    ]
    replaced = store_replacements(call.desk.output, call.job, chosen, call.reviewer)
    call.desk.decided(call.job)
    told = {"stored": len(replaced.stored), "changed": len(wanted) - len(replaced.stored)}
    return call.go(f"/jobs/{call.job}/replace?{urlencode(told)}")


def _shown(call: Call, sought: Sought, asked: bool, status: int = 200) -> Response:
    found: tuple[Replacement, ...] = ()
    problem = ""
    if asked:
        try:
            found = preview(call.desk.output, call.job, sought)
        except UsageError as error:
            problem, status = said(error, call.language), 422
    return call.page(
        "replace.html",
        status,
        card=call.desk.overview.card(call.job),
        sought=sought,
        asked=asked,
        found=found[:MOST],
        more=max(0, len(found) - MOST),
        problem=problem,
        nothing=status == 422 and not problem,
        stored=call.query("stored"),
        changed=call.query("changed"),
        step=call.desk.benches.last_step(call.job, call.reviewer),
    )
