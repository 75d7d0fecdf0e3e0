"""A text in; the spans of what stands in it to be copied letter for letter, out.

Addresses of the web and of mail, accounts (@nom), hashtags, file names and paths, telephone
numbers, formulas (x = 2y + 3), names of a program's parts: what is not in any language.
"""

from __future__ import annotations

import re

from pipeline.language.addresses import Span, addresses

# What the name of a site or a file ends with.
_ENDINGS = "|".join(
    """asso be bzh ca ch com edu eu fr gov info int io lu mc net onion org paris qc re tv uk
    7z avi bat cfg conf cpp css csv doc docx epub exe gif gz htm html ini java jpeg jpg js json log
    md mov mp3 mp4 odp ods odt ogg pdf php png ppt pptx py rar rtf sh sql svg tar tex tiff toml
    tsv txt wav webp xls xlsx xml yaml yml zip""".split()
)
# Thousands are parted by points, too, but 000 and 567 are no part of an address.
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_GAP = "[ .\u00a0\u202f]"  # in a telephone number
# What a formula relates: 2y, mc², f(x), x₁; a number with a decimal comma is none, as English
# writes it otherwise.
_RAISED = "[²³⁰¹⁴-⁹₀-₉'′]{0,3}"
_VARIABLE = rf"\d{{0,6}}[A-Za-zα-ωΑ-Ω]{{1,2}}\d?{_RAISED}(?:\([a-z]\))?"
_TERM = rf"(?:{_VARIABLE}|\d{{1,9}}{_RAISED})(?![\w²³]|[.,]\d)"
_STEP = r"[ \u00a0\u202f]?{}[ \u00a0\u202f]?"
_PLUS = _STEP.format(r"[-+−×·*/±]")
_IS = rf"(?:{_STEP.format('[=≠≈≤≥]')}|[ ][<>][ ])"  # no tag, though
_FORMULA = rf"{_VARIABLE}(?:{_PLUS}{_TERM}){{0,9}}{_IS}{_TERM}(?:(?:{_PLUS}|{_IS}){_TERM}){{0,9}}"
# Every repetition is delimited by characters it does not hold, so matching stays linear.
_LITERAL = re.compile(
    rf"""
    (?:\b[A-Za-z]:\\|\\\\)[^\s<>«»“”"]{{0,399}}[^\s<>«»“”".,;:!?…)\]}}'’*_]   # Windows path
    | (?<![\w/.~])(?:~|\.{{1,2}})?/[\w.-]{{1,99}}(?:/[\w.-]{{0,99}}\w)+   # path
    | (?<![\w@])@\w{{2,99}} | (?<![\w#&])\#(?=\w*[^\W\d])\w{{2,99}}  # account, hashtag
    | (?<![\w.@-])(?=[\w-]{{2}})\w{{1,99}}(?:[.-]\w{{1,99}}){{0,9}}\.(?:{_ENDINGS})(?![\w@]|[.-]\w)
        (?:/[\w./?=&%#~+-]{{0,199}}[\w/])?
    # telephone number
    | (?<![\w.,])(?:\+\d{{1,3}}{_GAP})?\d{{1,4}}(?:{_GAP}\d{{2}}){{4}}(?!\w|[.,]\d)
    | \+\d{{1,3}}(?:{_GAP}\d{{1,4}}){{3,6}}(?!\w|[.,]\d)
    | (?<![\w.]){_BYTE}(?:\.{_BYTE}){{3}}(?![\w]|\.\d)                  # numeric address
    # formula: it begins with what has a letter, no unit (1 h = 60 min), no verb (il a < 3 ans)
    | (?<![\w.,'’@#/<-])(?<!\d[ \u00a0\u202f])(?!a[ ][<>][ ]\d){_FORMULA}
    | (?<!\w)[^\W_]{{1,99}}(?:_[^\W_]{{1,99}}){{1,9}}(?:\(\))?(?!\w)      # part_of_a_program()
    """,
    re.VERBOSE,
)


def literal_spans(text: str) -> list[Span]:
    """Spans of what is to be copied letter for letter, in order and apart."""
    spans: list[Span] = []
    found = addresses(text) + [match.span() for match in _LITERAL.finditer(text)]
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not spans or spans[-1][1] <= start:
            spans.append((start, end))
    return spans
