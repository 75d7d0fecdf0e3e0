"""The content controls of Word (fields of forms, dates, boxes to tick) in; what stays of them out.

What a control is bound to (the title of the document, a date) replaces what stands in it as soon as
Word opens the file: one whose words were translated must be bound no more.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from pipeline.documents.docx_elements import is_placeholder
from pipeline.documents.package import Element, child, children, local

_PROPERTIES = frozenset("rPr sdtPr sdtEndPr smartTagPr customXmlPr".split())
_PLAIN = frozenset("sdtContent r t rPr proofErr".split())
_SHOWN_CHARACTERS = 40


def controls_of(element: Element) -> Iterator[tuple[str, list[Element]]]:
    """Give the controls within a paragraph by what they show: copies of them."""
    for control in element.iter("{*}sdt"):
        content = child(control, "sdtContent")
        if content is None or is_placeholder(control):
            continue
        inner = {local(each) for each in content.iter() if _says(each)}
        shown = "".join(each.text or "" for each in content.iter("{*}t")).strip()
        if inner <= _PLAIN and 0 < len(shown) <= _SHOWN_CHARACTERS:
            made = copy.deepcopy(control)
            made.tail = None
            yield shown, [made]


def _says(element: Element) -> bool:
    """Whether an element in a control is more than a property of a run."""
    return not any(local(above) == "rPr" for above in element.iterancestors())


def around_all(element: Element, runs: Sequence[Element]) -> Element:
    """Give what holds all the runs of a paragraph: the content of a control, or the paragraph."""
    inside = element
    for above in runs[0].iterancestors():
        if above is element:
            break
        held = (any(each is above for each in run.iterancestors()) for run in runs)
        if local(above) == "sdtContent" and all(held):
            inside = above
            break
    return inside


def unbind(element: Element) -> None:
    """Let the controls in and around a translated paragraph keep the words that they have now."""
    inside = [each for each in element.iter() if local(each) == "sdt"]
    around = [each for each in element.iterancestors() if local(each) == "sdt"]
    for control in (*inside, *around):
        properties = child(control, "sdtPr")
        if properties is not None:
            for bound in list(children(properties, "dataBinding")):
                properties.remove(bound)


def is_spent(element: Element) -> bool:
    """Whether nothing is left of a run, a link or a control but its properties."""
    return all(local(each) in _PROPERTIES for each in element)
