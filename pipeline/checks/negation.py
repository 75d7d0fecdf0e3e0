"""A case in, a finding out where a negation was lost or invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.checks.base import Case, Check, Dimension, Span
from pipeline.language.lexicon import Content, Item, answered, content, lexicon, stem_of
from pipeline.language.words import Word, blanked, words
from pipeline.model import Doubt, Severity
from pipeline.text import fold

ID = "negation"
_REACH = 7  # words between "ne" and its second half
_SECOND_HALVES = frozenset(
    "pas jamais rien aucun aucune nul nulle personne guère point ni plus".split()
)
# The subject of the clause, before its "ne".
_FIRST_HALF = re.compile(
    r"(?:^|[.;:!?,(«“]\s?|\b(?:et|mais|car|que|or)\s|qu['’])"
    r"(aucune?|nulle?|personne|rien|jamais|pas une?|ni)\b[^.;:!?,]{0,60}$",
    re.IGNORECASE,
)
# "Only": « ce ne sera plus qu'un souvenir », « il n'abrite guère que des mousses ».
_ONLY = re.compile(
    r"\w+\s+(?:(?:plus\s+)?guère|plus)\s+qu(?:e\s|['’])(?!ils?\b|elles?\b|on\b|moi\b|ce\b|cel)"
    r"|(?:est|sont|soi(?:t|ent)|étai(?:t|ent)|fut|furent|sera|seront|serai(?:t|ent)"
    r"|reste(?:nt|ra|ront)?"
    r"|restai(?:t|ent)|a|ont|avai(?:t|ent)|aura|auront|compte(?:nt)?|comptai(?:t|ent))\s+plus\b"
    r"[^.;:!?]{0,40}?\bqu(?:e\s|['’])(?!ils?\b|elles?\b|on\b|nous\b|vous\b|je\b|j['’]|ce\b|cel)",
    re.IGNORECASE,
)
_DEPRIVED = re.compile(
    r"(?:priv[eé]|dépourvu|dénué)(?:e?s?|er|ant) (?:de\b|d['’]|du\b|des\b)"
    r"|gard\w+ (?:bien )?(?:de\b|d['’])",
    re.IGNORECASE,
)
_AFTER_PAS = frozenset("seulement uniquement simplement moins que mal tant".split())
# After these "ne" without a second half says nothing; elsewhere it negates ("je ne saurais").
_EXPLETIVE = re.compile(
    r"\b(?:crain\w*|peur|redout\w*|avant|moins|évit\w*|empêch\w*|sans|plus|mieux|pire|autre\w*"
    r"|dout\w*|ni\w*)\b[^.;:!?]{0,60}?\bqu(?:e|['’]\w*)\b[^.;:!?]{0,60}?\b(?:ne\b|n['’])",
    re.IGNORECASE,
)
# Phrases that hold a negative word and need none in the other language.
_FRENCH_PHRASES = re.compile(
    r"\bn['’]importe\b|\bn['’]est-ce pas\b|\bne serait-ce\b"
    r"|\bn['’](?:oubli|hésit)\w+ (?:pas|jamais)\b"
    r"|\bsi (?:l['’])?(?:on|nous|vous|ils?|elles?) ne (?:pourr|faudr|devr)\w+ pas\b",
    re.IGNORECASE,
)
# French that denies what is negative, and the English that leaves out one of the two: « il n'avait
# pas tort » is no "he was wrong".
_TWICE = tuple(
    (re.compile(french, re.IGNORECASE), re.compile(rf"\b(?:{english})\b", re.IGNORECASE))
    for french, english in (
        (
            r"\b(?:ne |n['’])(?:\w+ ){1,3}?(?:pas|jamais) (?!moins)(?:\w+ ){0,3}?tort\b",
            "wrong|mistaken|in error",
        ),
        (
            r"\bne manqu\w+ (?:pas|jamais)\b",
            r"lack\w*|miss(?:es|ed|ing)?|fail(?:s|ed)?|short|without|avoid\w*",
        ),
        (
            r"\b(?:ne |n['’])\w+ (?:pas|jamais) (?:été )?sans\b",
            "without|devoid|free of|free from|unaware|ignorant",
        ),
    )
)
_ENGLISH_PHRASES = re.compile(
    r"\bnot\s+(?:only|merely|simply|least|to mention|just(?! as\b))\b|\bor not\b"
    r"|\bif not\b|\bno (?:later|fewer|less) than\b|\bNo\.|\bno\. ?[0-9]|\bnothing but\b",
    re.IGNORECASE,
)
_ENGLISH = frozenset(
    "not never no none non nothing nobody nowhere neither nor cannot noone".split()
)
# Only the plain ones are taken for invented: "no" and "nor" have too many other origins.
_PLAIN = frozenset("not never nothing nobody none cannot".split())
_FRENCH = frozenset("pas non jamais rien aucun aucune ni nul nulle guère sinon".split())
_WITHOUT = frozenset(["without", "no", "free", "irrespective", "regardless"])

# What may carry a negation of the other language. A word of negative meaning does so unless the
# other side has such a word too; a word that only begins like one, unless it renders anything.
_ENGLISH_CARRIERS = re.compile(
    r"(?:refus|fail|lack|den[iy]|avoid|prevent|declin|reject|oppos|neglect|exclu|lose|losing|lost"
    r"|preclud|refrain|abstain|hinder|depriv|ceas|stop|miss|ban|forbid|forbad|prohibit|ignor|doubt"
    r"|forget|forgot|absen|wrong|false|empty|difficult|hard|short|devoid|exempt|abandon|scarce"
    r"|rarely|seldom|beyond|except|zero|otherwise|trouble|poor|impossib|unable|inab|insuffic"
    r"|unaccept|unlikely|unclear|unfair|unnecess|premature|disagree|outside|warn|default)[a-z]*"
    r"|only|hardly|barely|unless|few|free|out|far|against|yet"
)
_ENGLISH_PREFIXED = re.compile(r"(?:un|non|dis|mis|in|im|ir|il)[a-z]{4,}|[a-z]{3,}less(?:ly|ness)?")
# Said of what was not done: "untreated" answers « pas traité », which the lexicon pairs it with.
_UNDONE = re.compile(
    r"un(?!veil|fold|leash|earth|cover|load|lock|it|ifi|dermin)[a-z]{3,}(?:ed|able)"
)
_FRENCH_UNDONE = re.compile(r"(?:in|im|ir|il|dés|mal|mé|non)[a-zà-ÿ]{4,}")
_FRENCH_CARRIERS = re.compile(
    r"(?:refus|manqu|absen|évit|empêch|dépourv|ignor|exclu|échou|échec|cess|arrêt|lacun|insuff"
    r"|rejet|oppos|prohib|sauf|nég|nie|nier|perd|vain|interdi|faux|fauss|difficil|rare|peu|loin"
    r"|faute|hors|malgré|moins|trop|contraire|contre|défaut|personne|seul|jusqu|ailleurs|plutôt"
    r"|avant|vide|dout|ferm|égal|mauvais|impossib|incapab|inutil|tort|déconseill|absten|abstien"
    r"|dissua|surs[eio]|renonc|introuvab|échapp|épargn|dispens|impuni|anonym|inodore)[a-zà-ÿ]*|mal"
)
_FRENCH_PREFIXED = re.compile(r"(?:in|im|ir|il|dé|dés|mal|mé|non|anti)[a-zà-ÿ]{4,}")
# How far apart a negation and its carrier may stand: as shares of their texts, in characters.
_NEAR, _NEAREST = 0.15, 30
_NEGATED = 2  # content words after the beginning of a negation that it may negate
_LIST = 3  # negations that make a list, of which the other language may say "not" once


def french_negations(text: str) -> list[Span]:
    """Spans of the full negations of a French text: "ne … pas", "n'… jamais", "aucun … ne".

    "ne … que" (only), "ne" without another half, and "pas seulement" do not count.
    """
    found: list[Span] = []
    source = words(text)
    for index, word in enumerate(source):
        if not _is_ne(text, word):
            continue
        reach = source[index + 1 : index + 1 + _REACH]
        for step, other in enumerate(reach):
            following = source[index + step + 2 : index + step + 3]
            if other.lower in _SECOND_HALVES:
                if not _softened(other, following) and not _ONLY.match(text, reach[0].start):
                    found.append((word.start, other.end))
                break
            if other.lower in ("que", "qu", "ne", "n"):
                break
        else:
            before = _FIRST_HALF.search(text[: word.start])
            if before and not _EXPLETIVE.search(text[: word.end]):
                found.append((before.start(1), word.end))
    return found


def _is_ne(text: str, word: Word) -> bool:
    return word.lower == "ne" or (word.lower == "n" and text[word.end : word.end + 1] in ("'", "’"))


def _softened(second: Word, following: Sequence[Word]) -> bool:
    return second.lower == "pas" and bool(following) and following[0].lower in _AFTER_PAS


def _carriers(
    found: Sequence[Word],
    other: Sequence[Word],
    strong: tuple[re.Pattern[str], re.Pattern[str]],
    prefixed: re.Pattern[str],
    language: str,
) -> list[Word]:
    """Return the words that may carry a negation (see ``_ENGLISH_CARRIERS``)."""
    items = lexicon().french if language == "fr" else lexicon().english
    own, foreign = strong
    negative = [word for word in other if foreign.fullmatch(word.lower)]
    carriers: list[Word] = []
    undone = [w for w in found if _UNDONE.fullmatch(w.lower)]
    unmade = [w for w in other if _FRENCH_UNDONE.fullmatch(w.lower)]
    for candidates, rendered in (
        ([w for w in found if own.fullmatch(w.lower)], negative),
        (undone, [*negative, *unmade]),
        (
            [
                w
                for w in found
                if prefixed.fullmatch(w.lower) and _known(w, items) and w not in undone
            ],
            other,
        ),
    ):
        known = answered(_contents(candidates), _contents(rendered), items)
        carriers += [word for word, yes in zip(candidates, known, strict=True) if not yes]
    return carriers


def _known(word: Word, items: Mapping[str, Item]) -> bool:
    """Whether the lexicon holds a word; an English "un-" needs no proof."""
    return stem_of(fold(word.text)) in items or word.lower.startswith("un")


def _contents(found: Sequence[Word]) -> list[Content]:
    return [Content(word, folded := fold(word.text), stem_of(folded)) for word in found]


def _unmatched(
    wanted: Sequence[Span], certain: Sequence[Word], carriers: Sequence[Word], lengths: Span
) -> Span | None:
    """Return a negation of one side that the other side does not account for, or None.

    ``lengths`` are those of the text of ``wanted`` and of the other.
    """
    own, other = lengths
    places = [start / own for start, _ in wanted]
    reach = max(_NEAR, _NEAREST / other)
    near = [w for w in carriers if any(abs(w.start / other - place) < reach for place in places)]
    needed = len(wanted) if len(wanted) < _LIST else len(wanted) // 2
    if needed <= len(certain) + len(near):
        return None
    taken = [word.start / other for word in [*certain, *near]]
    return max(
        wanted, key=lambda span: min((abs(span[0] / own - place) for place in taken), default=1.0)
    )


def _run(case: Case) -> Iterator[Doubt]:
    source, target = (
        blanked(case.source, _FRENCH_PHRASES),
        blanked(case.target, _ENGLISH_PHRASES),
    )
    if not case.source.strip() or not target.strip():
        return
    english = words(target)
    found = [w for w in english if w.lower in _ENGLISH or _is_contracted(target, w)]
    for denied, negative in _TWICE:
        twice = denied.search(source)
        if twice and not found and negative.search(target):
            yield case.doubt(ID, Severity.LOOK, _lost(case, twice.span()), source_span=twice.span())
            return
        source = blanked(source, denied)
    french, full = words(source), french_negations(source)
    carriers = _carriers(
        english, french, (_ENGLISH_CARRIERS, _FRENCH_CARRIERS), _ENGLISH_PREFIXED, "en"
    )
    # "Not just" may render a negation, though it need not.
    carriers += [w for w in words(case.target) if w.lower in _ENGLISH and target[w.start] == " "]
    if "sans" not in {word.lower for word in french}:
        carriers += [word for word in english if word.lower == "without"]
    lengths = len(source), len(target)
    if full and (span := _unmatched(full, found, carriers, lengths)):
        severity = _severity(content(case.source, "fr"), content(case.target, "en"), span, "fr")
        yield case.doubt(ID, severity, _lost(case, span), source_span=span)
        return
    plain = [(w.start, w.end) for w in found if w.lower in _PLAIN or w.lower == "t"]
    if plain and (span := _unmatched(plain, *_accounted(case, full), lengths[::-1])):
        message = f"“{case.target[slice(*span)]}” negates what the source affirms."
        severity = _severity(content(case.target, "en"), content(case.source, "fr"), span, "en")
        yield case.doubt(ID, severity, message, target_span=span)


def _lost(case: Case, span: Span) -> str:
    return f"A negation is lost: “{case.source[slice(*span)]}”."


def _severity(
    own: Sequence[Content], other: Sequence[Content], span: Span, language: str
) -> Severity:
    """How grave an unmatched negation is: a matter of form where what it negates is said otherwise.

    "Je n'ai pas aimé" and "it was dreadful": no word of the other text answers the negated one.
    """
    negated = [entry for entry in own if entry.word.end > span[0]][:_NEGATED]
    items = lexicon().french if language == "fr" else lexicon().english
    return Severity.LOOK if any(answered(negated, other, items)) else Severity.POLISH


def _accounted(case: Case, full: Sequence[Span]) -> tuple[list[Word], list[Word]]:
    """Return the words of the source that negate for certain, and those that may."""
    french, english = words(case.source), words(case.target)
    certain = [w for w in french if any(w.start == start for start, _ in full)]
    outside = [w for w in french if not any(start <= w.start < end for start, end in full)]
    sure = _FRENCH | _PLAIN
    # A French text may quote English: "Don't Go Breaking My Heart".
    certain += [w for w in outside if w.lower in sure or _is_contracted(case.source, w)]
    alone = [w for w in outside if _is_ne(case.source, w)]
    expletive = sum(1 for _ in _EXPLETIVE.finditer(case.source))
    certain += alone[: max(0, len(alone) - expletive)]
    if _WITHOUT.isdisjoint(w.lower for w in english):
        certain += [w for w in outside if w.lower == "sans"]
    carriers = _carriers(
        outside, english, (_FRENCH_CARRIERS, _ENGLISH_CARRIERS), _FRENCH_PREFIXED, "fr"
    )
    carriers += [w for w in outside if _DEPRIVED.match(case.source, w.start)]
    return certain, carriers


def _is_contracted(text: str, word: Word) -> bool:
    """Whether this "t" ends "n't"."""
    return word.lower == "t" and text[max(0, word.start - 2) : word.start].lower() in ("n'", "n’")


CHECK = Check(
    id=ID,
    title="Negation",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "The source has more full negations (ne … pas, plus, jamais, rien, aucun, ni, personne) "
        "than the translation has negative words or words that may carry a negation; or the "
        "translation has more of not, n't, never, none, nothing, nobody and cannot than the "
        "source has negations and words that may be rendered by one."
    ),
    run=_run,
    notes=(
        "A word such as “refuse”, “unable” or “lack” may carry a negation only if it renders no "
        "word of its own, as the bundled lexicon knows it; “sans” only if no “without” renders "
        "it. Where no counterpart of the words negated is seen either, the thing was said "
        "otherwise, and the finding is a matter of form. “ne … que”, “ne” after “craindre que” and "
        "the like, “pas seulement” and “not only” do not count. Whether the right part of the "
        "sentence is negated is beyond this check."
    ),
)
