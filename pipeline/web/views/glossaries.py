"""The glossaries: listed, brought in, taken out, and changed entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from pipeline.errors import EnregardError, UsageError
from pipeline.model import CaseRule, Entry, EntryKind
from pipeline.service.choices import choices
from pipeline.service.shelf import (
    arriving,
    bring_in,
    change_entry,
    changed,
    copy_own,
    entry_of,
    new_glossary,
    open_glossary,
    taken_out,
)
from pipeline.web.told import said, told
from pipeline.web.views.call import Call

_FORMATS = (".yaml", ".csv", ".tsv", ".tbx")
# What is known of an entry that was begun in a text.
_BEGUN = ("source", "target", "job")
# Entries that are shown of one that is about to come in.
_MOST = 200


def glossaries(call: Call) -> Response:
    """Show the glossaries there are."""
    return call.page(
        "glossaries.html",
        glossaries=choices(call.desk.config).glossaries,
        begun=_begun(call),
    )


def bring(call: Call) -> Response:
    """Add a glossary: from a file, after a look at it, as a copy of another, or an empty one."""
    sent = call.files.get("file", [])
    if sent:
        found = arriving(sent[0].name, sent[0].file.read())
        return call.page("arriving.html", arriving=found, filename=sent[0].name, most=_MOST)
    if call.text("text", ""):
        data = call.text("text").replace("\r\n", "\n").encode()
        return call.go(_address(bring_in(f"{call.text('called')}.yaml", data)))
    if call.text("copy", ""):
        return call.go(_address(copy_own(call.text("copy")), _begun(call)))
    name = call.text("name", "").strip()
    if not name:
        raise UsageError("there is nothing to add", "choose a file, or name a new glossary")
    return call.go(_address(new_glossary(name), _begun(call)))


def glossary(call: Call) -> Response:
    """Show the entries of a glossary, one of them to be changed."""
    return _glossary(call)


def change(call: Call) -> Response:
    """Store an entry that was changed or added, or remove it."""
    name, wanted = _name(call), None if "remove" in call.fields else _entry(call)
    try:
        stored = change_entry(name, _number(call), wanted, call.text("etag"))
    except EnregardError as error:
        return _glossary(call, 422, problem=said(error, call.language), typed=wanted)
    if not stored:
        return _glossary(call, 412, is_changed=True, typed=wanted)
    if job := _begun(call)["job"]:
        # There it waits to be used.
        return call.go(f"/jobs/{job}/terms?{urlencode({'added': name})}")
    return call.go(f"{_address(name)}#e{call.text('number', '')}")


def check(call: Call) -> Response:
    """Say what is to be said of an entry as it is being typed; nothing is stored."""
    try:
        _, problems = changed(_name(call), _number(call), _entry(call))
    except EnregardError as error:
        return JSONResponse({"problems": [said(error, call.language)]})
    return JSONResponse({"problems": [told(each.message, call.language) for each in problems]})


def export(call: Call) -> Response:
    """Give a glossary as a file."""
    name, suffix = _name(call), call.request.path_params["suffix"]
    if suffix not in _FORMATS:
        raise HTTPException(404)
    told = f"attachment; filename*=UTF-8''{quote(name + suffix, safe='')}"
    return Response(
        taken_out(name, suffix),
        media_type="application/octet-stream",
        headers={"Content-Disposition": told},
    )


def _glossary(
    call: Call,
    status: int = 200,
    problem: str = "",
    is_changed: bool = False,
    typed: Entry | None = None,
) -> Response:
    try:
        opened = open_glossary(_name(call))
    except UsageError:
        raise HTTPException(404) from None
    edited = call.query("edit") or call.text("number", "")
    find = call.query("find").strip()[:200].casefold()
    numbered = [
        (number, entry)
        for number, entry in enumerate(opened.entries)
        if not find or find in f"{entry.source}\n{entry.target}".casefold()
    ]
    return call.page(
        "glossary.html",
        status,
        glossary=opened,
        numbered=numbered,
        find=call.query("find"),
        edited=int(edited) if edited.isascii() and edited.isdigit() else None,
        typed=typed,
        problem=problem,
        is_changed=is_changed,
        kinds=list(EntryKind),
        cases=list(CaseRule),
        formats=_FORMATS,
        begun=_begun(call),
    )


def _begun(call: Call) -> dict[str, str]:
    """Give the words of an entry that was begun in a text, and the job of that text."""
    words = {name: call.query(name)[:300] for name in _BEGUN}
    if not call.desk.has(words["job"]):
        words["job"] = ""
    return words


def _name(call: Call) -> str:
    return str(call.request.path_params["name"])


def _address(name: str, begun: Mapping[str, str] | None = None) -> str:
    kept = {key: value for key, value in (begun or {}).items() if value}
    return f"/glossaries/{quote(name, safe='')}{'?' if kept else ''}{urlencode(kept)}"


def _number(call: Call) -> int | None:
    return call.number("number") if call.text("number", "") else None


def _entry(call: Call) -> Entry:
    return entry_of({name: values[0] for name, values in call.fields.items()})
