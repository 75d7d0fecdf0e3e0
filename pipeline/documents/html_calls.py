"""The source of a page in; which of its links call for notes, and which elements are notes, out.

A figure may be linked to anything: to a chapter, a table, a year. It calls for a note if it is set
off as such, stands right behind a word, or leads to what is a note or leads back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.documents.elements import BLOCKS, NOTE_ID, NOTE_ROLES

_LABEL = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?")
_LINK = re.compile(
    r"(?P<tag><a\b[^<>]*?href\s*=\s*[\"']?(?P<href>[^\"'\s>]*#[^\"'\s>]+)[^<>]*>)"
    r"(?P<shown>.{0,600}?)</a>",
    re.I | re.S,
)
_TAG = re.compile(r"<(\w+)\b([^<>]*)>")
_NAME = re.compile(r"\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.I)
_RAISED = re.compile(
    r"<sup\b|\sclass\s*=\s*[\"']?[^\"'>]*(?:(?:\b|foot|end)note|appel|\bsup|\bcall\b)"
    r"|vertical-align\s*:\s*super",
    re.I,
)
# Tags without words between them, and how far they are looked at.
_TAGS_BEFORE = re.compile(r"(?:<\w[^<>]*>\s*)+$")
_TAGS_AFTER = re.compile(r"(?:\s|<[^<>]*>)*+")
_NEAR = 200
_NO_NOTES = frozenset("caption figure h1 h2 h3 h4 h5 h6 table th".split())


@dataclass(slots=True)
class Calls:
    """The links of a page that call for notes.

    ``places`` are those of their tags, ``notes`` the addresses they lead to, ``origins`` their own
    addresses, to which the notes lead back.
    """

    places: set[int] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)


def is_label(shown: str) -> bool:
    """Whether a text is the number or sign of a note."""
    return bool(_LABEL.fullmatch(shown))


def calls_in(source: str) -> Calls:
    """Find the links that call for notes; a link to where a call stands is a way back to it."""
    links = list(_LINK.finditer(source))
    labelled = [link for link in links if is_label(_shown(link))]
    calls = Calls()
    if not labelled:
        return calls
    targets = _targets(source)
    linked = {link["href"] for link in links}
    for link in labelled:
        before = _tags_before(source, link.start())
        own = {f"#{name}" for name in _NAME.findall(before + link["tag"] + link["shown"])}
        target = targets.get(link["href"])
        if link["href"] in calls.origins or (target and _is_no_note(source, target)):
            continue
        if _is_set_off(link, before) or (
            target
            and target.start() > link.start()
            and (_is_note(target) or own & linked or _is_behind_a_word(source, link.start()))
        ):
            calls.places.add(link.start())
            calls.notes.add(link["href"])
            calls.origins |= own
    return calls


def _shown(link: re.Match[str]) -> str:
    return re.sub(r"<[^>]*>|\s", "", link["shown"])


def _is_set_off(link: re.Match[str], before: str) -> bool:
    """Whether a link stands in brackets, is raised, or is said to be a call."""
    return _shown(link)[0] in "[(" or bool(_RAISED.search(before + link["tag"] + link["shown"]))


def _is_behind_a_word(source: str, place: int) -> bool:
    """Whether no space parts a word from what stands there; one letter is no word (A4)."""
    return source[max(0, place - 2) : place].isalpha()


def _targets(source: str) -> dict[str, re.Match[str]]:
    """Give the tag of each address in a page; where it stands twice, the first."""
    found: dict[str, re.Match[str]] = {}
    for tag in _TAG.finditer(source):
        for name in _NAME.findall(tag[2]):
            found.setdefault(f"#{name}", tag)
    return found


def _is_note(target: re.Match[str]) -> bool:
    names = _NAME.findall(target[2])
    return any(map(NOTE_ID.match, names)) or bool(NOTE_ROLES.search(target[2]))


def _is_no_note(source: str, target: re.Match[str]) -> bool:
    """Whether what stands at an address is a heading, a table or a figure."""
    around = {target[1].lower(), *_opened_after(source, target.end())}
    if target[1].lower() not in BLOCKS:
        around.update(_opened_before(source, target.start()))
    return not around.isdisjoint(_NO_NOTES) and not NOTE_ROLES.search(target[2])


def _tags_before(source: str, place: int) -> str:
    found = _TAGS_BEFORE.search(source[max(0, place - _NEAR) : place])
    return found[0] if found else ""


def _opened_before(source: str, place: int) -> Iterator[str]:
    """Give the elements that begin where another one does, out to the nearest block."""
    for tag in reversed(_TAG.findall(_tags_before(source, place))):
        yield tag[0].lower()
        if tag[0].lower() in BLOCKS:
            return


def _opened_after(source: str, place: int) -> Iterator[str]:
    found = _TAGS_AFTER.match(source, place, place + _NEAR)
    for tag in _TAG.findall(found[0] if found else ""):
        yield tag[0].lower()
