"""The workbench: the sentences of a job, one of them open, and what an editor decides on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from pipeline.errors import EnregardError, UsageError
from pipeline.model import OccurrenceStatus, Origin, SentenceState, Verdict
from pipeline.service.bench_rows import BenchRow
from pipeline.service.benches import Saved, WrittenText
from pipeline.service.undo import Step, sentence_of
from pipeline.web.told import said
from pipeline.web.views.call import Call

PAGE = 400

_OPEN_TERMS = (OccurrenceStatus.MISSING, OccurrenceStatus.FORBIDDEN)
SHOWN: Mapping[str, Callable[[BenchRow], bool]] = {
    "all": lambda row: True,  # noqa: ARG005
    "findings": lambda row: bool(row.open_findings),
    "block": lambda row: row.attention == "block",
    "terms": lambda row: any(each.occurrence.status in _OPEN_TERMS for each in row.terms),
    "yours": lambda row: row.origin is Origin.PERSON,
    "pending": lambda row: row.pending,
    "unread": lambda row: row.state is SentenceState.OPEN,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """Which sentences are listed, in which order, from which page on."""

    show: str = "all"
    order: str = "text"
    find: str = ""
    page: int = 1

    @classmethod
    def of(cls, call: Call) -> Listing:
        """Take it from an address; what is unknown there is left out."""
        page, show = call.query("page", "1"), call.query("show", "all")
        return cls(
            show if show in SHOWN else "all",
            "risk" if call.query("order") == "risk" else "text",
            call.query("find")[:200],
            int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1,
        )

    def address(self, **other: object) -> str:
        """Give it as the query of an address, with other values in some places."""
        values = {
            "show": self.show,
            "order": self.order,
            "find": self.find,
            "page": self.page,
            **other,
        }
        usual = {"show": "all", "order": "text", "find": "", "page": 1, "open": ""}
        kept = {name: value for name, value in values.items() if value != usual.get(name)}
        return "?" + urlencode(kept)

    def takes(self, row: BenchRow) -> bool:
        """Tell whether a sentence is listed."""
        return SHOWN[self.show](row) and (not self.find or row.has(self.find))

    def listed(self, rows: Sequence[BenchRow]) -> list[BenchRow]:
        """Give those that are listed, in order, over all pages."""
        found = [row for row in rows if self.takes(row)]
        if self.order == "risk":
            found.sort(key=lambda row: (row.place is None, row.place, row.number))
        return found


def text(call: Call) -> Response:
    """Show the sentences."""
    desk, listing, opened = call.desk, Listing.of(call), call.query("open")
    card = desk.overview.card(call.job)
    with desk.benches.open(call.job) as bench:
        rows = bench.rows()
    listed = listing.listed(rows)
    pages = max(1, -(-len(listed) // PAGE))
    first = (min(listing.page, pages) - 1) * PAGE
    shown = listed[first : first + PAGE]
    open_row = next((row for row in shown if row.segment.id == opened), None)
    return call.page(
        "bench.html",
        card=card,
        rows=shown,
        listing=listing,
        pages=pages,
        found=len(listed),
        open_row=open_row,
        history=_history(call, open_row) if open_row else (),
        reviewer=call.reviewer,
        **_summary(call, rows),
    )


def _summary(call: Call, rows: Sequence[BenchRow]) -> dict[str, Any]:
    step = call.desk.benches.last_step(call.job, call.reviewer)
    return {
        "step": step,
        "undone": _row_of(step, rows) if step else None,
        "total": len(rows),
        "read": sum(row.state is not SentenceState.OPEN for row in rows),
        "signed": sum(row.state is SentenceState.SIGNED_OFF for row in rows),
        "counts": {name: sum(map(takes, rows)) for name, takes in SHOWN.items()},
    }


def _row_of(step: Step, rows: Sequence[BenchRow]) -> BenchRow | None:
    """Give the sentence that a step is about; None where it is about several or an entry."""
    sources = {sentence_of(each) for each in step.decisions}
    found = [row for row in rows if row.segment.source in sources]
    return found[0] if len(sources) == 1 and found else None


def sentence(call: Call) -> Response:
    """Give a sentence opened for editing, for a script that puts it in its row."""
    with call.desk.benches.open(call.job) as bench:
        row = _row(bench.row, call)
    return HTMLResponse(_opened(call, row))


def _row(find: Callable[[str], BenchRow], call: Call) -> BenchRow:
    try:
        return find(call.request.path_params["segment"])
    except UsageError:
        raise HTTPException(404) from None


def _history(call: Call, row: BenchRow) -> tuple[WrittenText, ...]:
    return call.desk.benches.history(call.job, row.segment.source)[::-1]


def _opened(call: Call, row: BenchRow) -> str:
    return call.fragment(
        "open.html",
        row=row,
        job=call.job,
        history=_history(call, row),
        reviewer=call.reviewer,
        back="",
    )


def printed(call: Call) -> Response:
    """Give what the edition would print of a text that is being written; nothing is stored."""
    with call.desk.benches.open(call.job) as bench:
        row = _row(bench.row, call)
        shown = bench.as_printed(row.segment.id, call.text("text"))
    return JSONResponse({"printed": shown})


# What an editor decides


def write(call: Call) -> Response:
    """Store the English of a sentence, or give it back to the engine."""
    wanted = None if "engine" in call.fields else call.text("text")
    return _decide(
        call,
        lambda segment: call.desk.benches.write(
            call.job, segment, wanted, _etag(call), call.reviewer
        ),
        wanted,
    )


def judge(call: Call) -> Response:
    """Accept or decline an occurrence of a glossary entry, or take that back."""
    verdict = call.text("verdict")
    if verdict not in list(Verdict):
        raise HTTPException(422)
    entry, ordinal = call.text("entry"), call.number("ordinal")
    return _decide(
        call,
        lambda segment: call.desk.benches.judge(
            call.job, segment, entry, ordinal, Verdict(verdict), _etag(call), call.reviewer
        ),
    )


def change(call: Call) -> Response:
    """Give a glossary entry another target in this job, or its own again."""
    entry, target = call.text("entry"), call.text("target", "").strip() or None
    return _decide(
        call,
        lambda segment: call.desk.benches.change(
            call.job, segment, entry, target, author=call.reviewer
        ),
        spreads=True,
    )


def dismiss(call: Call) -> Response:
    """Dismiss a finding, or let it count again."""
    finding, dismissed = call.text("finding"), call.text("dismissed", "yes") == "yes"
    return _decide(
        call,
        lambda segment: call.desk.benches.dismiss(
            call.job, segment, finding, dismissed, call.reviewer
        ),
    )


def mark(call: Call) -> Response:
    """Record that a sentence was read as it stands, is signed off, or is open again."""
    state = call.text("state")
    if state not in list(SentenceState):
        raise HTTPException(422)
    return _decide(
        call,
        lambda segment: call.desk.benches.mark(
            call.job, segment, SentenceState(state), _etag(call), call.reviewer
        ),
    )


def sign_off(call: Call) -> Response:
    """Sign off every sentence that was read."""
    call.desk.benches.sign_off(call.job, call.reviewer)
    call.desk.decided(call.job)
    return call.go(f"/jobs/{call.job}/text")


def undo(call: Call) -> Response:
    """Take back what was decided last, and show the sentence that it was about."""
    step = call.desk.benches.undo(call.job, call.number("step"), call.reviewer)
    call.desk.decided(call.job)
    with call.desk.benches.open(call.job) as bench:
        row = _row_of(step, bench.rows())
    place = f"?open={row.segment.id}#{row.segment.id}" if row else ""
    return call.go(f"/jobs/{call.job}/text{place}")


def _etag(call: Call) -> str:
    """Give what says which texts the editor saw: who says nothing protects nobody."""
    etag = call.request.headers.get("if-match", "").strip('"') or call.text("etag", "")
    if not etag:
        raise HTTPException(428)
    return etag


def _decide(
    call: Call,
    decide: Callable[[str], Saved],
    wanted: str | None = None,
    spreads: bool = False,
) -> Response:
    """Store what was decided on a sentence; what ``spreads`` concerns others with its entries."""
    segment = call.request.path_params["segment"]
    with call.desk.benches.open(call.job) as bench:
        _row(bench.row, call)
    try:
        saved = decide(segment)
    except EnregardError as error:
        if call.is_scripted:
            return JSONResponse({"problem": said(error, call.language)}, 422)
        raise
    if not saved.conflict:
        call.desk.decided(call.job)
    status = 412 if saved.conflict else 200
    if call.is_scripted:
        return JSONResponse(
            _told(call, saved, spreads), status, headers={"ETag": f'"{saved.row.etag}"'}
        )
    if saved.conflict:
        return call.page(
            "conflict.html", 412, row=saved.row, job=call.job, mine=wanted, back=_back(call)
        )
    then = call.text("next", "") or segment
    return call.go(f"/jobs/{call.job}/text{_with_open(_back(call), then)}#{then}")


def _back(call: Call) -> str:
    back = call.text("back", "")
    return back if back.startswith("?") and "#" not in back else "?"


def _with_open(query: str, segment: str) -> str:
    return f"{query}{'' if query == '?' else '&'}{urlencode({'open': segment})}"


def _told(call: Call, saved: Saved, spreads: bool) -> dict[str, Any]:
    """Give what a script needs to show what has become of a decision."""
    with call.desk.benches.open(call.job) as bench:
        rows = bench.rows()
    touched = [
        row for row in rows if row.segment.id in saved.same or (spreads and _shares(row, saved.row))
    ]
    return {
        "etag": saved.row.etag,
        "text": saved.row.text,
        "findings": len(saved.row.open_findings),
        "rows": {
            row.segment.id: call.fragment("row.html", row=row, job=call.job, back="")
            for row in touched
        },
        "open": _opened(call, saved.row),
        "summary": call.fragment(
            "summary.html",
            card=call.desk.overview.card(call.job),
            reviewer=call.reviewer,
            **_summary(call, rows),
        ),
    }


def _shares(row: BenchRow, other: BenchRow) -> bool:
    """Tell whether two sentences have an entry in common, which may have been changed."""
    known = {term.entry.id for term in other.terms}
    return any(term.entry.id in known for term in row.terms)
