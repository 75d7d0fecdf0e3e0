"""A translation and a place in it that renders an entry wrongly in; the text with its target out.

What English grammar asks of the words around goes along: the plural, 's, capitals, a and an, and
no article before a name or a second one before a target that has its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.glossary.targets import in_form_of, is_verb, target_of
from pipeline.language.articles import (
    SENTENCE_START,
    article_before,
    with_article,
    without_article,
)
from pipeline.language.forms import english_plural_phrase, english_plurals, inflects
from pipeline.language.lemmas import english_base
from pipeline.language.tokens import tokenize
from pipeline.model import EntryKind, Match


def replacements(text: str, span: tuple[int, int], match: Match) -> tuple[str, ...]:
    """Give the text with the entry's target at a place, in each way that may be right.

    The first keeps the article before the place (a and an as the target wants it), the second has
    none where the target is a name.
    """
    start, end = span
    old, before, after = text[start:end], text[:start], text[end:]
    new = _as_written(_in_form(match, old, before), old, text, before, match)
    after = _possessive(new, old, after)
    article = article_before(before)
    bare = before[: article.start()] if article else before
    first = new[0].upper() + new[1:] if article and SENTENCE_START.search(bare) else new
    if without_article(new) != new:
        return (bare + first + after,)
    kept = with_article(before, new, text.isupper()) + new + after
    if article is None or match.entry.kind is not EntryKind.NAME:
        return (kept,)
    return kept, bare + first + after


def opening(before: str, match: Match) -> str:
    """Give an entry's target as it begins behind a text, with a capital where a sentence starts."""
    new = target_of(match)
    if match.entry.kind is not EntryKind.KEEP and SENTENCE_START.search(before):
        return new[0].upper() + new[1:]
    return new


def _in_form(match: Match, old: str, before: str) -> str:
    """Give the target in the form of the French, or of what it replaces."""
    if is_verb(match.entry):
        return in_form_of(match, old, before)
    target = target_of(match)
    if match.entry.kind is not EntryKind.TERM or target != match.entry.target:
        return target
    if _is_singular(match.surface):
        return target
    words = [token.text for token in tokenize(old) if token.is_word]
    return english_plural_phrase(target, noun=True) if _is_plural(words) else target


def _is_singular(french: str) -> bool:
    """Whether a French term is seen to be in the singular: « crise », not « virus ».

    Compounds with a hyphen may be invariable (« porte-parole »).
    """
    words = [token.text for token in tokenize(french) if token.is_word]
    return "-" not in french and all(inflects(each) and each[-1] not in "sxz" for each in words[:1])


def _is_plural(words: Sequence[str]) -> bool:
    """Whether English words end in a plural: "shells", but not "crisis" or "news"."""
    last = words[-1].lower()
    if last in ("men", "women", "people", "children"):
        return True
    if base := english_base(last):
        return last != base and last in english_plurals(base)
    singular = (last[:-1], last[:-2], last[:-3] + "y") if last.endswith("s") else ()
    return any(last in english_plurals(each) for each in singular if len(each) > 2)


def _as_written(new: str, old: str, text: str, before: str, match: Match) -> str:
    """Give the target in capitals or with a capital where its place has them."""
    if match.entry.kind is EntryKind.KEEP:
        return new
    if text.isupper():
        return new.upper()
    if old[0].isupper() and SENTENCE_START.search(before):
        return new[0].upper() + new[1:]
    return new


def _possessive(new: str, old: str, after: str) -> str:
    """Give what follows with the possessive that the new word takes: a business's, the UN's."""
    ends_in_s = new.endswith(("s", "S")) and not new.lower().endswith("ss")
    if ends_in_s and re.match(r"['’]s\b", after):
        return after[0] + after[2:]
    if not ends_in_s and old.endswith("s") and re.match(r"['’](?:\s|$)", after):
        return after[0] + "s" + after[1:]
    return after
