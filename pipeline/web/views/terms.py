"""The overrides: what the glossary did in a text, in a table, and decisions on many at once."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipeline.model import METHODS, OccurrenceStatus, Verdict
from pipeline.service.bench import Bench
from pipeline.service.benches import Use
from pipeline.service.choices import GlossaryChoice, job_glossaries
from pipeline.service.shelf import problems_of
from pipeline.service.terms import UseFilter, by_entry, uses_of
from pipeline.web.views.call import Call

_NAMES = ("entry", "status", "rung", "decided", "sentence")


def terms(call: Call) -> Response:
    """Show the entries, and the uses that are asked for."""
    wanted = UseFilter(*(call.query(name)[:400] for name in _NAMES))
    with call.desk.benches.open(call.job) as bench:
        uses, problems = uses_of(bench.rows()), problems_of(bench.plan)
        offered = _glossaries(call, bench)
    entries = by_entry(uses)
    return call.page(
        "terms.html",
        card=call.desk.overview.card(call.job),
        entries=entries,
        problems=problems,
        uses=[each for each in uses if wanted.takes(each)],
        total=len(uses),
        wanted=wanted,
        statuses=list(OccurrenceStatus),
        methods=list(METHODS),
        stored=call.query("stored"),
        changed=call.query("changed"),
        back=_address(wanted),
        glossaries=offered,
        added=call.query("added"),
    )


def _glossaries(call: Call, bench: Bench) -> dict[GlossaryChoice, bool]:
    return job_glossaries(call.desk.config, bench.plan.settings.glossaries)


def _address(wanted: UseFilter) -> str:
    return "?" + urlencode({name: value for name, value in asdict(wanted).items() if value})


def decide(call: Call) -> Response:
    """Store a verdict on the uses that were ticked."""
    verdict = call.text("verdict")
    if verdict not in list(Verdict):
        raise HTTPException(422)
    uses = [_use(key) for key in call.fields.get("use", [])]
    stored, changed = call.desk.benches.judge_all(call.job, uses, Verdict(verdict), call.reviewer)
    call.desk.decided(call.job)
    return _shown(call, stored=stored, changed=changed)


def change(call: Call) -> Response:
    """Give an entry another target in this job, or its own again."""
    target = call.text("target", "").strip() or None
    call.desk.benches.change(
        call.job, call.text("segment"), call.text("entry"), target, author=call.reviewer
    )
    call.desk.decided(call.job)
    return _shown(call, stored=1)


def translate(call: Call) -> Response:
    """Translate the text with the glossaries that were ticked, as their files are now."""
    with call.desk.benches.open(call.job) as bench:
        offered = [each for each in _glossaries(call, bench) if not each.problem]
    wanted = set(call.fields.get("glossary", []))
    named = [str(each.path) for each in offered if str(each.path) in wanted]
    if len(named) < len(wanted):
        raise HTTPException(422)
    call.desk.runs.start(call.job, flags={"glossaries": named})
    return call.go(f"/jobs/{call.job}")


def _shown(call: Call, **told: int) -> Response:
    back = call.text("back", "?")
    back = back if back.startswith("?") and "#" not in back else "?"
    joint = "" if back == "?" else "&"
    return call.go(f"/jobs/{call.job}/terms{back}{joint}{urlencode(told)}")


def _use(key: str) -> Use:
    parts = key.split(" ", 3)
    if len(parts) != 4 or not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 7):
        raise HTTPException(422)
    return Use(parts[0], parts[3], int(parts[2]), parts[1])
