"""A case in, findings out for French that was left in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.checks.base import Case, Check, Cover, Dimension, Direction, Span, Threshold
from pipeline.checks.french_look import borrowed, looks_french, may_be_french
from pipeline.checks.made_up import is_english, model_of, parts_of
from pipeline.language.alterations import never_kept
from pipeline.language.capitals import loud_words
from pipeline.language.dictionary import dictionary
from pipeline.language.lemmas import lemma
from pipeline.language.lexicon import lexicon
from pipeline.language.literals import literal_spans
from pipeline.language.small_words import FRENCH_ONLY
from pipeline.language.words import Word, words
from pipeline.model import Doubt, EntryKind, Severity
from pipeline.text import fold

ID = "leftover"
_WHOLE_SHARE = (
    0.3  # French prose has 0.35 to 0.5 of such words, English with French titles under 0.2
)
_FOREIGN_PARTICLES = frozenset(["las", "los", "del", "von", "van", "der", "den", "da", "do"])
_NOT_PLAIN = FRENCH_ONLY | _FOREIGN_PARTICLES
# Said in English as they are.
_PHRASES = re.compile(
    r"\b(?:raisons? d['’]être|ma[iî]tres?(?:ses?)? d['’]h[oô]tel|coups? d['’][eé]tat"
    r"|coups? de grâce"
    r"|d[eé]jà vu|grandes? dames?|femmes? fatales?|joie de vivre|faits? accomplis?|carte blanche"
    r"|tours? de force|noms? de (?:guerre|plume)|haute (?:couture|cuisine)"
    r"|pi[eè]ces? de r[eé]sistance"
    r"|art nouveau|objets? d['’]art|crème br[uû]l[eé]e|foie gras|hors d['’]œuvres?|force majeure"
    r"|savoir[- ]faire|cordon bleu|ancien r[eé]gime|causes? c[eé]lèbres?|charg[eé]s? d['’]affaires"
    r"|aides?[- ]m[eé]moire|beau monde|bons? vivants?|eau de (?:toilette|Cologne)|esprit de corps"
    r"|idées? fixes?|mise[- ]en[- ]scène|mots? justes?|roman à clef|trompe[- ]l['’]œil|à la carte"
    r"|laissez[- ]faire|vis[- ]à[- ]vis|enfants? terribles?|belle époque|prêt[- ]à[- ]porter"
    r"|arrondissements?|gendarmeries?"
    r"|tête[- ]à[- ]tête|pieds?[- ]à[- ]terre|café au lait|crimes? passionnels?|ballons? d['’]essai"
    r"|acquis communautaire|film noir|cinéma vérité|double entendre|fin de siècle"
    r"|sans[- ]culottes?|Légions? d['’]honneur|soupe au pistou)\b",
    re.IGNORECASE,
)
# A street keeps its name: « 12 bis, rue de la Paix ».
_STREET = re.compile(
    r"\b(?:[0-9]{1,4}(?:\s(?:bis|ter))?,?\s)?(?:rue|avenue|boulevard|place|quai|impasse|allée|chemin"
    r"|square|passage|cours)\s(?:(?:de|du|des|la|le|les)\s|[ld]['’]){0,3}[A-ZÀ-Ý][\w’'-]*"
    r"(?:\s[A-ZÀ-Ý][\w’'-]*){0,3}"
)
_WHOLE_COPY = 0.7
_CLIPPED = re.compile("[a-z]{2}['’]$")  # before the rest of a word: "Mam'zelle"
_HYPHENED = re.compile(r"\b\w{1,20}(?:-\w{1,20}){1,4}-[A-ZÀ-Ý]\w*")
# Common in French, and English all the same.
_LOANS = frozenset(
    "chef chefs baguette baguettes piste pistes briquette briquettes département départements "
    "laïcité".split()
)
_SURE = 0.8  # the share of its renderings from which on an acronym has another one in English
# A place or a surname in capitals that is also an ordinary word has no article: DE VIRE, ET SENS.
_NAMED = re.compile(r"\b(?:D['’]|(?:DE|À|A|EN|ET) )(\w+)")
SHORTEST = 4  # letters of a word that is looked at by itself


def french_share(case: Case) -> float | None:
    """Share of the translation's words that only French has; None below three such words.

    Particles between capitals ("Charles de Gaulle") do not count, nor does what the glossary wants.
    """
    text = _free_words(case)
    letters = [word for word in text if word.text.isalpha()]
    hits = sum(
        word.text in FRENCH_ONLY and not _is_particle(letters, index)
        for index, word in enumerate(letters)
    )
    return hits / len(letters) if hits >= 3 else None


def copied_run(case: Case) -> float | None:
    """Words in the longest run of French copied from the source; None where there is none."""
    runs = _copied_runs(case)
    return max((count for _, count in runs), default=None)


def _is_particle(text: Sequence[Word], index: int) -> bool:
    def capital(neighbour: int) -> bool:
        if not 0 <= neighbour < len(text):
            return False
        word = text[neighbour]
        return word.text[0].isupper() or word.lower in ("de", "la", "l", "d", "du", "des", "les")

    return capital(index - 1) and capital(index + 1)


def _free_words(case: Case) -> Sequence[Word]:
    """The translation's words outside addresses, loans, renderings of names, texts to keep."""
    spans = case.rendered_spans(EntryKind.NAME, EntryKind.KEEP)
    spans += literal_spans(case.target)
    spans += [match.span() for match in _PHRASES.finditer(case.target)]
    spans += [match.span() for match in _STREET.finditer(case.target)]
    kept = Cover(len(case.target), spans)
    return [word for word in words(case.target) if not kept.touches(word.start, word.end)]


def _copied_runs(case: Case) -> list[tuple[Span, int]]:
    """Spans of the translation, with their length in words, copied from the source and French.

    A run counts as French if it has a French function word and a lower-case word that the lexicon
    has in French, three in all, so that names of places and Spanish titles do not count.
    """
    source = [word.lower for word in words(case.source)]
    target = _free_words(case)
    size = 3
    grams = {tuple(source[i : i + size]) for i in range(len(source) - size + 1)}
    lower = [word.lower for word in target]
    runs: list[tuple[Span, int]] = []
    start = 0
    while start + size <= len(lower):
        end = start
        while end + size <= len(lower) and tuple(lower[end : end + size]) in grams:
            end += 1
        if end == start:
            start += 1
            continue
        stretch = target[start : end + size - 1]
        function = sum(word.text in FRENCH_ONLY for word in stretch)
        plain = sum(
            word.text.islower()
            and len(word.text) > 1
            and word.text not in _NOT_PLAIN
            and may_be_french(word.text)
            for word in stretch
        )
        if function and plain and function + plain >= 3:
            runs.append(((stretch[0].start, stretch[-1].end), len(stretch)))
        start = end + size - 1
    return runs


def _run(case: Case) -> Iterator[Doubt]:
    share = french_share(case) or 0.0
    whole = (0, len(case.target))
    message = "The sentence is left in French."
    if _is_copy(case) or share > _WHOLE_SHARE:
        yield case.doubt(ID, Severity.BLOCK, message, target_span=whole)
        return
    runs = _copied_runs(case)
    if (fewest := _shortest_of_most(runs, len(words(case.target)))) is not None:
        yield case.doubt(ID, Severity.BLOCK, message, None, whole, ((RUN.id, fewest),))
    for span, count in runs:
        message = f"Left in French: “{case.target[span[0] : span[1]]}”."
        yield case.doubt(ID, Severity.LOOK, message, None, span, ((RUN.id, count),), 1)
    message = f"{share:.0%} of the words are French function words."
    yield case.doubt(ID, Severity.LOOK, message, None, whole, ((SHARE.id, share),), 2)
    if foreign := _foreign_words(case):
        first = min(foreign, key=lambda word: _is_weak(word, case))
        weak = _is_weak(first, case)
        message = f"{'Perhaps l' if weak else 'L'}eft in French: “{first.text}”."
        severity = Severity.POLISH if weak else Severity.LOOK
        yield case.doubt(ID, severity, message, target_span=(first.start, first.end), step=3)
        return
    for word in _acronyms_left(case):
        message = f"Left in French: “{word.text}”."
        yield case.doubt(ID, Severity.LOOK, message, target_span=(word.start, word.end), step=3)
    for word in _no_words(case):
        # What a dictionary lacks is as often rare as made up.
        message, severity = f"“{word.text}” may be no English word.", Severity.POLISH
        if glued := parts_of(word.text):
            message = f"Two words are joined: “{glued[0]}” and “{glued[1]}”."
            severity = Severity.LOOK
        elif not word.text.isascii():  # English words with accents are few, and known
            severity = Severity.LOOK
        elif model := model_of(word.text, case.source):
            message = f"“{word.text}” is made up after “{model}”, and may be no English word."
            severity = Severity.LOOK
        yield case.doubt(ID, severity, message, target_span=(word.start, word.end), step=3)


def _shortest_of_most(runs: Sequence[tuple[Span, int]], length: int) -> int | None:
    """Give the shortest of the longest runs that together are most of the words, None without."""
    copied = 0
    for count in sorted((count for _, count in runs), reverse=True):
        copied += count
        if copied / length > _WHOLE_COPY:
            return count
    return None


def _foreign_words(case: Case) -> list[Word]:
    """The words copied from the source that French has and English has not, but for names."""
    shared = lexicon().shared
    named = _NAMED.findall(case.source)
    loud = {word: form for word, form in loud_words(case.source).items() if word not in named}
    source = {word.text: word.text for word in words(case.source) if word.text.islower()}
    source |= {word.lower(): form for word, form in loud.items()}
    # An accent may have been lost, and the first word of a sentence has a capital.
    bare = {fold(word): word for word in source}
    found = []
    for word in _free_words(case):
        text = word.text.lower() if word.start == 0 or word.text in loud else word.text
        origin = source.get(text) or (bare.get(text) if not is_english(text) else None)
        if len(text) < SHORTEST or not text.islower() or origin is None or text in shared:
            continue
        if not looks_french(origin) and not _has_another(origin):
            continue
        if _is_placed(word, case.target) or _is_of_title(word, case):
            continue
        if not _CLIPPED.search(case.target[max(0, word.start - 3) : word.start]):
            found.append(word)
    return found


def _is_of_title(word: Word, case: Case) -> bool:
    """Whether both texts have a word after a French noun with a capital: « Académie française »."""
    before = re.search(r"(?<=[^.!?:] )([A-ZÀ-Ý][^\W\d_]+) $", case.target[: word.start])
    if before is None or not re.search(rf"(?<!\w){before[1]} {word.text}\b", case.source):
        return False
    noun = before[1].lower()
    return may_be_french(noun) and not (noun.isascii() and is_english(noun))


def _is_weak(word: Word, case: Case) -> bool:
    """Whether a French word may stand in English as it is: a loan, or one that is spoken about."""
    quoted = f"{case.source} {case.target}".replace("\u00a0", " ").replace("\u202f", " ")
    mentioned = f"« {word.text} »" in quoted or f"“{word.text}”" in quoted
    text = word.text.lower()
    return mentioned or text in borrowed() or text in _LOANS or _is_shared(text)


def _is_shared(word: str) -> bool:
    """Whether English has a word, which the dictionary also renders by itself: placenta, docker."""
    entry = dictionary().entry(word)
    same = entry is not None and any(
        each.text.lower() in (word, lemma(word)) for each in entry.renderings
    )
    return same and dictionary().english_word(word)


def _is_placed(word: Word, text: str) -> bool:
    """Whether a word is part of a name with hyphens: Entre-deux-Mers."""
    return any(
        match.start() <= word.start < match.end() and match[0][0].isupper()
        for match in _HYPHENED.finditer(text)
    )


def _has_another(word: str) -> bool:
    """Whether the dictionary renders a French word by others, and never by itself."""
    entry = dictionary().headword(word)
    known = [each.text.lower() for each in entry.renderings] if entry else []
    return bool(known) and word not in known and not dictionary().english_word(word)


def _acronyms_left(case: Case) -> Iterator[Word]:
    """Yield the French acronyms that English has another one for: OPEP, which is OPEC."""
    source = {word.text for word in words(case.source)}
    if not any(word.text.islower() for word in words(case.target)):
        return  # of a list of acronyms, each may be a name
    for word in _free_words(case):
        if not (len(word.text) < 7 and word.text.isupper() and word.text in source):
            continue
        if word.text in never_kept():
            yield word
            continue
        if len(word.text) < 3:
            continue
        entry = dictionary().headword(word.text)
        # With an accent it is another one: RTÉ.
        renderings = entry.renderings if entry and entry.form == word.text.lower() else ()
        others = [each for each in renderings if each.text != word.text]
        surely = sum(each.probability for each in others) >= _SURE and len(others) == len(
            renderings
        )
        if surely and not dictionary().english_word(word.text):
            yield word


def _no_words(case: Case) -> Iterator[Word]:
    """Yield the lower-case words of the translation that neither English nor the source has."""
    source = {fold(word.text) for word in words(case.source)}
    for word in _free_words(case):
        before, after = case.target[: word.start][-1:], case.target[word.end :][:1]
        if (
            len(word.text) > SHORTEST
            and word.text.islower()
            and word.text.isalpha()
            and before not in "'’-‐‑."
            and after not in ("-", "‐", "‑")
            and fold(word.text) not in source
            and not is_english(word.text)
        ):
            yield word


def _is_copy(case: Case) -> bool:
    """Whether a source with French function words and lower-case words came back unchanged."""
    text = words(case.source)
    if [w.lower for w in text] != [w.lower for w in words(case.target)] or len(text) < 2:
        return False
    free = [w.text for w in _free_words(case)]
    plain = sum(w.islower() and len(w) > 1 and w not in FRENCH_ONLY for w in free)
    return plain > 0 and (any(w.lower() in FRENCH_ONLY for w in free) or plain > 3)


RUN = Threshold(
    id=f"{ID}.run",
    default=3,
    direction=Direction.ABOVE,
    meaning="words in a row copied from the source",
    measure=copied_run,
)
SHARE = Threshold(
    id=ID,
    default=0.2,
    direction=Direction.ABOVE,
    meaning="share of French function words among the words of the translation",
    measure=french_share,
)
CHECK = Check(
    id=ID,
    title="Left in French",
    dimension=Dimension.ACCURACY,
    severity=Severity.LOOK,
    formula=(
        "The translation copies more words in a row from the source than the limit, some of them "
        "French function words and some lower-case words, or the share of French function words "
        "exceeds its limit; or a lower-case word is copied that the bundled lexicon knows as "
        "French and not as English, or that has a French letter or ending and is not known to be "
        "written alike. So is a word that English has not: two joined (“sendingmore”), or made "
        "up; and an acronym that English has another one for (OPEP). Addresses, accounts, file "
        "names and renderings of names and of texts to keep are left out."
    ),
    run=_run,
    thresholds=(SHARE, RUN),
    notes=(
        "Blocks where the whole segment is French: an unchanged copy, a share above "
        f"{_WHOLE_SHARE}, or copied runs over {_WHOLE_COPY} of the words. A single word that an "
        "English dictionary has too (“banquet”, “cuisine”) is a matter of form; what English "
        "borrowed whole (“raison d’être”) does not count. A word that the English dictionary lacks "
        "is a matter of form too, unless it is two, or made after a French one (tardé, “tarded”)."
    ),
)
