"""A place in a French text in, verdict out: whether French punctuation ends a sentence there.

Everything here is knowledge of the language; ``sentences`` keeps the offsets and applies it. A
verdict is True (a sentence ends), False (it does not) or None (French alone cannot tell). The lists
hold the abbreviations of the French press, of law reports and of libraries.
"""

from __future__ import annotations

import re

from pipeline.language.abbreviations import (
    ABBREVIATIONS,
    LABELS,
    MAYBE_FINAL,
    NEVER_FINAL,
    REFERENCES,
    SELDOM_FINAL,
    TITLES,
    word_list,
)
from pipeline.language.lemmas import known as is_word

_LOWER = "a-zß-öø-ÿœ"
_UPPER = "A-ZÀ-ÖØ-ÞŒŸ"

# French gives grammatical words no capital but at the start of a sentence, a title or a surname.
_OPENERS = word_list(
    """Le La Les L' Un Une Des Du Ce Cet Cette Ces C' Son Sa Ses Leur Leurs Mon Ma Mes
    Notre Nos Votre Vos Chaque Plusieurs Certains Certaines Quelques Aucun Aucune Tous Toutes Toute
    Tout Quel Quelle Quels Quelles Il Elle Ils Elles On Je J' Nous Vous Tu Cela Ça Ceci Celui Celle
    Ceux Celles Qui Que Qu' À Au Aux Dans En Sur Sous Par Pour Avec Sans Chez Entre Vers Depuis
    Pendant Selon Après Avant Contre Malgré Parmi Dès Lors Lorsque Lorsqu' Quand Comme Si S'
    Puisque Puisqu' Afin Mais Et Ou Où Or Donc Car Ni Ainsi Alors Aussi Cependant Pourtant
    Toutefois Enfin Ensuite Puis Ici Là Ne N' D' De Y Voici Voilà Seul Seule Seuls Seules Outre
    Quant Désormais Aujourd'hui Hier Demain Pourquoi Comment Combien Oui Non"""
)
# Not sure enough without a full stop before them: chemical symbols (Au, Ni), forms of address
# (Votre Excellence), parts of names and titles.
_UNSURE = word_list("Au Ma Ni Or Car Ou Où Et De D' N' Y Notre Votre Tout Seul Seule Oui Non")


def _alternation(words: frozenset[str]) -> str:
    """The words as one pattern, longest first, with either apostrophe."""
    patterns = (
        word.replace("'", "['’]") + ("" if word.endswith("'") else r"\b(?!['’])")
        for word in sorted(sorted(words), key=len, reverse=True)
    )
    return "|".join(patterns)


# « Le Goff », « La Rochelle », « L'Express » are names, not openers.
_NAME_WITH_ARTICLE = rf"(?:(?:Le|La|Les|Du|Des|De)\s|[LD]['’])[{_UPPER}]"
# « Avez-vous », « Y a-t-il », « Dites-moi »: so do a verb and its pronoun.
_INVERSION = r"\w{1,20}-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|le|la|les|lui|leur|y)\b"
_OPENER_PATTERN = (
    rf"(?=[{_UPPER}])(?!{_NAME_WITH_ARTICLE})(?:{_alternation(_OPENERS)}|{_INVERSION})"
)
# Sure enough to open a sentence with no stop before it: a small letter and four words follow.
_SURE_OPENER = (
    rf"(?=(?:[^\s.!?…]{{1,40}}\s){{4}})"
    rf"(?:{_alternation(_OPENERS - _UNSURE)})(?=\s?[{_LOWER}])"
)
_OPENER = re.compile(_OPENER_PATTERN)
_GLUED_OPENER = re.compile(rf"(?:{_alternation(_OPENERS)})(?:(?<=['’])|\s)")

# A heading or a line of a list never ends on these: what follows them is a title or a name.
_LEADS_ON = word_list(
    """à au aux de du des d le la les l un une et ou où ni que qu qui dont dans en sur sous par pour
    avec sans chez entre vers contre comme tel tels telle telles son sa ses leur leurs ce cet cette
    est sont était être dit appelé appelée appelait intitulé intitulée intitulés intitulées nommé
    nommée titré titrée également aussi puis titre titres film films roman livre ouvrage recueil
    nouvelle nouvelles poème pièce opéra chanson album single série émission jeu journal quotidien
    hebdomadaire magazine revue tableau association mouvement parti groupe programme opération
    restaurant hôtel bar café théâtre comédie morceau option menu bouton onglet rubrique lac
    saint sainte"""
)

_WORD = re.compile(r"[^\W\d_]+\Z")
_LAST_WORD = re.compile(rf"[{_LOWER}]+\Z")
_YEAR = re.compile(r"(?<!\d)\d{4}\Z")
_INITIALS = re.compile(rf"(?:\b[{_UPPER}](?:[hlr]|hr)?\.[\s-]?)*\b[{_UPPER}](?:[hlr]|hr)?\Z")
# « l'a.s.b.l. Vie libre », « le c.a. »
_SMALL_INITIALS = re.compile(r"(?<![^\W\d_])(?:[a-z]\.\s?){1,5}[a-z]\Z")
_LOCUTION = re.compile(r"\b(?:p\.\s?ex|par\sex|c\.?-?\s?à\.?-?\s?d|i\.\s?e|e\.\s?g)\Z")
_ERA = re.compile(r"\b(?:av|apr?)\.\s?J\.?[\s‑–-]{0,2}C\Z")
_MARKER = re.compile(
    r"[\W_]*(?:\d{1,3}(?:\.\d{1,3})*|(?:[^\W\d_]\.){0,3}[^\W\d_]|[ivxlcIVXLC]{1,6})\Z"
)
_LABEL_MARK = re.compile(
    rf"(?:{'|'.join(sorted(LABELS))})\.?\s(?:\d{{1,4}}|[IVXLC]{{1,6}}|1er|Ier|premi(?:er|ère))(?P<more>\.\s[-–—]\s[IVX]{{1,4}})?\Z",
    re.IGNORECASE,
)
# « Ordre du jour : 1. Accueil 2. Budget »: a number that begins or goes on with such a series.
_NUMBERED = re.compile(r"(?P<first>[:(]\s?)?(?<!\d)(?P<number>\d{1,2})\Z")
# A word of the dictionary or one that it does not have (adverbs, « temps ») seldom ends like these.
_CUT_ENDS = "bcdfghjklmpqvz"
_BRAND = re.compile(r"[a-z]{1,2}[A-Z][a-zA-Z]")  # iPhone, eBay: as good as a capital
_CODE = re.compile(r"(?:[IVXLCDM]+|[A-Z])\b(?!['’])")
_ADDRESS_SO_FAR = re.compile(r"(?:[/@]|\bwww\.)\S*\Z")
_HEADING = re.compile(rf"[{_LOWER}]{{3}}|[{_UPPER}]{{3,}}\W+[{_UPPER}]{{3,}}")
_LABEL = re.compile(r"(?:^|\s)(?:[^\W\d_]|\d+(?:\.\d+)+|\w{1,4}\))\Z")
_DATELINE = re.compile(rf"(?:\)|[{_UPPER}]{{3,}})\Z")
_SIGNS = re.compile(r"[\W_]{0,40}")
_CLOSERS = "»›”“>\"’')] \t\u00a0\u202f"
_DASHES = "-–—"
_CONTEXT = 80  # characters looked at on the left of a place: more than an address or a list mark
_FAR = 300  # and on the left of a number in a series
_ABBREVIATION = 16  # and more than any abbreviation

# Where a sentence may end: at a stop with what closes behind it, at the semicolon of a list, and in
# the space before a bullet, a dash or a sure opener.
PLACE = re.compile(
    r"(?P<stop>[.!?…]+(?:\s?[»›”\])]|\s?>>|\"(?!\w)|“(?!\S)|['’](?![\w'’])|(?:''|’’)(?!\w))*)"
    rf"|(?P<item>;)(?=\s{_OPENER_PATTERN})"
    r"|(?P<bullet>\s)(?=[•▪■●►◦‣]\s)"
    r"|(?P<dash>\s)(?=[-–—]\s[^\W\d_])"
    rf"|(?P<line>\s)(?=[{_UPPER}])(?<=[\w)%]\s)(?={_SURE_OPENER})"
)
_DASHED_OPENER = re.compile(rf"\s[-–—]\s{_SURE_OPENER}")


def ends_sentence(text: str, start: int, stop: int, end: int, following: int) -> bool | None:
    """Whether a sentence that began at ``start`` ends with the stop at ``text[stop:end]``.

    ``text[stop:end]`` is a run of ``. ! ? …`` with the quotes and brackets closed behind it;
    ``following`` is the offset of the first character after the white space behind that.
    """
    if text[following : following + 1] in ",;:.!?)]»”":  # also at the end of the text
        return False
    signs = _SIGNS.match(text, following)
    position = signs.end() if signs else following
    letter = text[position : position + 1]
    left = text[max(start, stop - _CONTEXT) : stop]
    marks = text[stop:end].rstrip(_CLOSERS)
    if following == end:
        return _ends_glued(text, left, following)
    if letter.islower() and not _BRAND.match(text, position):
        dash = text[following] in _DASHES
        return _ends_before_small_letter(left, text[stop:end], dash)
    if letter.isdigit():
        if text[following] in _DASHES and not _is_sign(text, following, left):
            return True
        return _ends_before_digit(left, marks)
    if not letter.isalpha() or not (letter.isupper() or letter.islower()):
        return None if letter else False
    if marks != ".":
        return not left.rstrip().endswith(("[", "("))
    if len(left) == stop - start and (_MARKER.match(left) or _LABEL_MARK.match(left)):
        return False
    if _is_in_series(text, start, stop, left):
        return False
    return _ends_before_capital(text, left, position)


def _is_in_series(text: str, start: int, stop: int, left: str) -> bool:
    """Whether the number before the stop is one of a series that a sentence lists."""
    match = _NUMBERED.search(left)
    if match is None:
        return False
    number = int(match["number"])
    if number < 2:
        return number == 1 and match["first"] is not None
    passed = text[max(start, stop - _FAR) : stop]
    return re.search(rf"(?<!\d){number - 1}\. [^\W\d_]", passed) is not None


def _ends_glued(text: str, left: str, following: int) -> bool:
    """A stop with no space behind it: « …fin.Le début », but never an address or a number."""
    return (
        left[-2:].isalpha()
        and left[-2:].islower()
        and _GLUED_OPENER.match(text, following) is not None
        and _ADDRESS_SO_FAR.search(left) is None
    )


def _ends_before_small_letter(left: str, stop: str, dash: bool) -> bool | None:
    """« Quoi ? » dit-il; « fin… et suite »; « fin. le début » only where a plain word stands."""
    word = _WORD.search(left)
    if stop == "." and dash and word is None:
        return None
    if stop != "." or word is None or len(word[0]) < 4 or not word[0].islower():
        return False
    return None if _is_whole(word[0]) else False


def _is_whole(word: str) -> bool:
    """Whether a word is no abbreviation, whether a list has it or not (« l'infirm. »).

    Those that no list has end like no word, and are in no dictionary.
    """
    lower = word.lower()
    return lower not in ABBREVIATIONS and (lower[-1] not in _CUT_ENDS or is_word(lower))


def _is_sign(text: str, following: int, left: str) -> bool:
    """Whether a dash is the sign of a number that an abbreviation announces: « min. -5 °C »."""
    word = _WORD.search(left)
    return (
        text[following + 1 : following + 2].isdigit()
        and word is not None
        and word[0].lower() in ABBREVIATIONS
    )


def _ends_before_digit(left: str, marks: str) -> bool:
    """« art. 3 » and « 3. 5 » go on; « en 1999. 12 ans plus tard » and « lu. 95 % » begin anew."""
    if marks.endswith(("…", "..")):
        return False
    if marks != "." or left[-1:] in tuple('%€$°»”")]'):
        return True
    if left[-1:].isdigit():
        return _YEAR.search(left) is not None
    word = _WORD.search(left)
    if word is None or len(word[0]) < 4:
        return False
    if word[0][0].isupper():
        return word[0].lower() not in ABBREVIATIONS
    return _is_whole(word[0])


def _ends_before_capital(text: str, left: str, position: int) -> bool | None:
    """A single full stop before a capital: abbreviation, initial or the end of a sentence."""
    left = left[-_ABBREVIATION:]
    if _ERA.search(left):
        return True
    if _LOCUTION.search(left):
        return False
    word = _WORD.search(left)
    if word is None or left.endswith("°C"):
        return None
    if word[0] == "M":
        return left[:-1].rstrip()[-1:].isdigit()
    if _INITIALS.search(left):
        return _OPENER.match(text, position) is not None
    if _SMALL_INITIALS.search(left):
        return _OPENER.match(text, position) is not None
    known = word[0].lower()
    if known in REFERENCES and _CODE.match(text, position):
        return False
    if known in TITLES:
        return _OPENER.match(text, position) is not None
    if word[0].isupper() and len(known) > 1 and known != "mm":
        return None
    if known in NEVER_FINAL:
        return False
    if known in SELDOM_FINAL:
        return _OPENER.match(text, position) is not None
    return True if known in REFERENCES | MAYBE_FINAL or _OPENER.match(text, position) else None


# What calls for a note behind a stop, however it lost how it was raised: « fin.[1] », « fin.²,³ ».
_CALL = re.compile(
    r"(?:\[(?:\^?\d{1,3}|[a-z*]|(?:note|réf|n)\b[^\[\]\n]{0,30})\]|\(\d{1,2}\)"
    r"|[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|[†‡])(?:,\s?(?=[\[(⁰¹²³⁴-⁹]))?"
)
_SPACED_CALL = re.compile(r"\s\[\d{1,3}\](?=\s|\Z)")
_FIGURE_CALL = re.compile(r"\d{1,3}(?:,\s?\d{1,3})*(?=\s|\Z)")
_CHEERS = re.compile(
    r"\s?(?:[\u2764\U0001f389\U0001f38a\U0001f44c-\U0001f44f\U0001f4aa\U0001f525"
    r"\U0001f600-\U0001f64f\U0001f970-\U0001f97a][\ufe0f\U0001f3fb-\U0001f3ff]*)+(?=\s|\Z)"
)


def end_of_calls(text: str, start: int, stop: int, end: int) -> int:
    """Where the calls for notes, or cheering signs, end that follow the stop at ``text[stop:end]``.

    They belong to the sentence that began at ``start``; gives ``end`` where there are none.
    """
    place = end
    while match := _CALL.match(text, place):
        place = match.end()
    if place == end and text[start : start + 1] != "[" and (match := _SPACED_CALL.match(text, end)):
        return match.end()
    if place == end and (match := _FIGURE_CALL.match(text, end)):
        word = _WORD.search(text[max(start, stop - _CONTEXT) : stop])
        closed = text[end - 1] not in ".…"
        if closed or (word and len(word[0]) > 2 and word[0].lower() not in ABBREVIATIONS):
            return match.end()
    if place == end and (match := _CHEERS.match(text, end)):
        first = match[0].strip()[0]
        return end if first in text[start:stop] else match.end()
    return place if place == len(text) or text[place : place + 1].isspace() else end


def line_starts(text: str, start: int, gap: int) -> bool:
    """Whether the sure opener behind the space at ``gap`` starts a sentence with no stop before it.

    So looks the line behind a heading or another line without a stop once its break is lost.
    """
    if _HEADING.search(text, start, min(gap, start + 200)) is None:
        return False
    left = text[max(start, gap - _CONTEXT) : gap]
    if _LABEL.search(left):  # « 33.29 Le montant… », « iii) Des plans… »
        return False
    word = _LAST_WORD.search(left)
    return word is None or word[0] not in _LEADS_ON


def dashed_line_starts(text: str, start: int, gap: int) -> bool:
    """Whether the dash behind the space at ``gap`` starts a line of a list or of a dialogue.

    It does after a line that began with the same dash, and before a sure opener.
    """
    if text[gap - 1] in ",;:":
        return False
    if text[start] == text[gap + 1] and text[gap + 3].isupper():
        return True
    # « PARIS (AFP) - Le président… », « Article 2. - Les communes… »: each is one sentence.
    return (
        text[gap - 1] != "."
        and _DASHED_OPENER.match(text, gap) is not None
        and _HEADING.search(text, start, min(gap, start + 200)) is not None
        and _DATELINE.search(text[max(start, gap - _CONTEXT) : gap]) is None
    )
