"""A page as HTML in; the same out, spared what WeasyPrint 70 does badly."""

from __future__ import annotations

import re

from pipeline.stages.publish.render.edition import LONG_WORD_CHARACTERS
from pipeline.stages.publish.render.typefaces import foreign_text

# A no-break space is part of a word here.
_CHARACTER = r"(?:&#?\w+;|[^ \t\n<>&])"
_ENDLESS_WORD = re.compile(_CHARACTER + r"{100}(?=[^ \t\n<>])")
_SPACE_BEFORE_MARK = re.compile(
    r"(?<![ \u00a0\u202f])[ \u00a0\u202f]++"
    r'(?=(?:</\w+>)*<(?:a class="(?:t |link")|span class="(?:t |small_caps"|doubtful")|'
    r"(?:em|strong|code)>))"
)
# The same before what is put around words below.
_SPACE_BEFORE_OURS = re.compile(
    r"(?<![ \u00a0\u202f>])[ \u00a0\u202f]++(?=<span class=\"(?:foreign|last|name)\">)"
)
_LAST_WORD_AND_NOTES = re.compile(
    rf"(?<![^ \t\n<>])({_CHARACTER}{{1,{LONG_WORD_CHARACTERS}}}+)</span>"
    r'((?:<sup class="note [^\n]*?</sup>)+)'
)
# A word with a capital; one that is shorter is never hyphenated. Those of a link stay as they are,
# for its tag to hold them; no term is hyphenated.
_NAME = re.compile(r"(<a class=\"(?:t |link|place)[^>]*>[^<]*)|(?<!\w)(?=[A-ZÀ-ÖØ-Þ])\w{8,}")
# The address of a link, which stands in a tag and not in a text.
_ADDRESS = re.compile(r'(?<=<a class="link" href=")[^"]*')
_STRAY_SELECTOR = re.compile("(?<=\\s)[\ufe00-\ufe0f]+")


def adapted(page: str) -> str:
    """Adapt the body of a page to what WeasyPrint 70 does badly, in time linear in its length.

    - A font that lacks a glyph is encoded in a way that some readers cannot extract text from: what
      the bundled fonts cannot draw gets a font of its own.
    - Breaking a word into lines takes time by the square of its length: an endless one may break
      every hundred characters.
    - A line breaks after its first word where a text ends with a space that alone does not fit any
      more; the space before what is marked is parted from the text, which spares it that.
    - A variation selector after a space, where it selects nothing, is drawn as a box.
    - A name is not hyphenated.
    - A line may break between a word and the note that follows it: the last word of a sentence is
      bound to its notes, unless it is so long that it may have to be broken.

    Only texts between tags are touched: ``<`` and ``>`` are escaped in them, and attributes are all
    our own and short but for the addresses of links, which are taken out meanwhile.
    """
    head, body, rest = page.partition("<body>")
    addresses = iter(_ADDRESS.findall(rest))
    rest = _ADDRESS.sub("", rest)
    rest = _STRAY_SELECTOR.sub("", rest)
    rest = _ENDLESS_WORD.sub(r"\g<0><wbr>", rest)
    rest = foreign_text().sub(r'<span class="foreign">\g<0></span>', rest)
    rest = _SPACE_BEFORE_MARK.sub(r"<span>\g<0></span>", rest)
    rest = _LAST_WORD_AND_NOTES.sub(r'<span class="last">\1\2</span></span>', rest)
    rest = _NAME.sub(
        lambda found: found[1] or f'<span class="name">{found[0]}</span>',
        rest,
    )
    rest = _SPACE_BEFORE_OURS.sub(r"<span>\g<0></span>", rest)
    return head + body + _ADDRESS.sub(lambda _: next(addresses), rest)
