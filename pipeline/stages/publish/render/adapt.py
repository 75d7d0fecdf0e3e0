"""A page as HTML in; the same out, spared what WeasyPrint 70 does badly."""

from __future__ import annotations

import re

from pipeline.language.addresses import addresses
from pipeline.stages.publish.render.typefaces import foreign_text

# A word longer than this, in characters, may be wider than a column.
_LONG_WORD = 28
_WIDE_WORD = re.compile(rf"\w{{{_LONG_WORD}}}(?=\w)")
# A no-break space is part of a word here.
_CHARACTER = r"(?:&#?\w+;|[^ \t\n<>&])"
_ENDLESS_WORD = re.compile(_CHARACTER + r"{100}(?=[^ \t\n<>])")
# Where an address may go on on the next line; an ampersand is written "&amp;" here.
_JOINT = re.compile(r"(?<=[/._?=;-])(?=\w)")
_SPACE_BEFORE_MARK = re.compile(
    r"(?<![ \u00a0\u202f])[ \u00a0\u202f]++"
    r'(?=(?:</\w+>)*<(?:a class="(?:t |link")|span class="(?:t |small_caps"|doubtful")|'
    r"(?:em|strong|code)>))"
)
# The same before what is put around words below.
_SPACE_BEFORE_OURS = re.compile(
    r"(?<![ \u00a0\u202f>])[ \u00a0\u202f]++(?=<span class=\"(?:address|end|foreign|last|name)\">)"
)
_LAST_WORD_AND_NOTES = re.compile(
    rf"(?<![^ \t\n<>])({_CHARACTER}{{1,{_LONG_WORD}}}+)</span>"
    r'((?:<sup class="flag [^\n]*?</sup>)+)'
)
# The last word of a paragraph, with what of it stands before an apostrophe or a hyphen. Links stay
# as they are, for their tags to hold them.
_END = re.compile(
    rf"(?<![\w’'&#-])(?=[\w’'-]{{6,{_LONG_WORD}}}(?![\w’'-]))([\w’'-]+)(?=(?:[^\w<>]|</(?:span|em|strong)>)*</p>)"
)
# What is raised after a word: the call for a note of the text, the "er" of « 1er ».
_WORD_AND_CALL = re.compile(rf"(?<![^ \t\n<>])({_CHARACTER}{{1,{_LONG_WORD}}}+)(<sup>[^<>]*</sup>)")
# A word with a capital; one that is shorter is never hyphenated. Those of a link stay as they are,
# for its tag to hold them; no term is hyphenated.
_NAME = re.compile(r"(<a class=\"(?:t |link|place)[^>]*>[^<]*)|(?<!\w)(?=[A-ZÀ-ÖØ-Þ])\w{8,}")
# The address of a link, which stands in a tag and not in a text.
_ADDRESS = re.compile(r'(?<=<a class="link" href=")[^"]*')
# A compound in a title, which has room for it on the next line; a tag is passed over.
_TITLE = re.compile(r"<h1>.*?</h1>", re.DOTALL)
_COMPOUND = re.compile(r"(<[^>]*>)|(?<![\w-])(?=[\w-]{1,13}(?![\w-]))\w+(?:-\w+)+")
_STRAY_SELECTOR = re.compile("(?<=\\s)[\ufe00-\ufe0f]+")


def adapted(page: str) -> str:
    """Adapt the body of a page to what WeasyPrint 70 does badly, in time linear in its length.

    - A font that lacks a glyph is encoded in a way that some readers cannot extract text from: what
      the bundled fonts cannot draw gets a font of its own.
    - Breaking a word into lines takes time by the square of its length: an endless one may break
      every hundred characters.
    - ``overflow-wrap`` also breaks words that would fit on the next line: where a word that may be
      wider than a column breaks is said here. An address does at its joints, without hyphens.
    - A line breaks after its first word where a text ends with a space that alone does not fit any
      more; the space before what is marked is parted from the text, which spares it that.
    - A variation selector after a space, where it selects nothing, is drawn as a box.
    - A name is not hyphenated, and in a title no compound word is parted at its hyphens.
    - A line may break between a word and what is raised after it: a word is bound to that, and the
      last one of a sentence to its findings, unless it is so long that it may have to be broken.
    - The last line of a paragraph may be but the end of a word: its last word is kept whole.

    Only texts between tags are touched: ``<`` and ``>`` are escaped in them, and attributes are all
    our own and short but for the addresses of links, which are taken out meanwhile.
    """
    head, body, rest = page.partition("<body>")
    addresses = iter(_ADDRESS.findall(rest))
    rest = _ADDRESS.sub("", rest)
    rest = _STRAY_SELECTOR.sub("", rest)
    rest = _WIDE_WORD.sub(r"\g<0><wbr>", _jointed(rest))
    rest = _ENDLESS_WORD.sub(r"\g<0><wbr>", rest)
    rest = _TITLE.sub(lambda title: _COMPOUND.sub(_whole, title[0]), rest)
    rest = foreign_text().sub(r'<span class="foreign">\g<0></span>', rest)
    rest = _SPACE_BEFORE_MARK.sub(r"<span>\g<0></span>", rest)
    rest = _LAST_WORD_AND_NOTES.sub(r'<span class="last">\1\2</span></span>', rest)
    rest = _WORD_AND_CALL.sub(r'<span class="last">\1\2</span>', rest)
    rest = _END.sub(r'<span class="end">\1</span>', rest)
    rest = _NAME.sub(
        lambda found: found[1] or f'<span class="name">{found[0]}</span>',
        rest,
    )
    rest = _SPACE_BEFORE_OURS.sub(r"<span>\g<0></span>", rest)
    return head + body + _ADDRESS.sub(lambda _: next(addresses), rest)


def _whole(found: re.Match[str]) -> str:
    return found[1] or f'<span class="last">{found[0]}</span>'


def _jointed(text: str) -> str:
    """Let the addresses in a text break at their joints, and nowhere else."""
    pieces, done = [], 0
    for start, end in addresses(text):
        address = _JOINT.sub("<wbr>", text[start:end])
        pieces += [text[done:start], f'<span class="address">{address}</span>']
        done = end
    return "".join([*pieces, text[done:]])
