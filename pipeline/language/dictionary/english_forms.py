"""An English word or phrase in; its dictionary form, or the forms that answer a French one, out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.language.dictionary.tenses import Tense, tenses_of
from pipeline.language.forms import english_plural_phrase
from pipeline.language.lemmas import english_base

# Base, past, participle where it differs from the past.
_IRREGULAR: Final = """
    arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become
    begin began begun|bend bent|bet bet|bind bound|bite bit bitten|bleed bled|blow blew blown
    break broke broken|breed bred|bring brought|broadcast broadcast|build built|burn burnt
    burst burst|buy bought|cast cast|catch caught|choose chose chosen|cling clung|come came come
    cost cost|creep crept|cut cut|deal dealt|dig dug|do did done|draw drew drawn|dream dreamt
    drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt
    fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden
    forecast forecast|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven
    freeze froze frozen|get got|give gave given|go went gone|grind ground|grow grew grown
    hang hung|have had|hear heard|hide hid hidden|hit hit|hold held|hurt hurt|keep kept
    kneel knelt|know knew known|lay laid|lead led|leap leapt|learn learnt|leave left|lend lent
    let let|lie lay lain|light lit|lose lost|make made|mean meant|meet met|mislead misled
    mistake mistook mistaken|overcome overcame overcome|overtake overtook overtaken
    overthrow overthrew overthrown|pay paid|put put|quit quit|read read|rebuild rebuilt|rid rid
    ride rode ridden|ring rang rung|rise rose risen|run ran run|say said|see saw seen|seek sought
    sell sold|send sent
    set set|shake shook shaken|shed shed|shine shone|shoot shot|show showed shown
    shrink shrank shrunk|shut shut|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid
    speak spoke spoken
    spend spent|spin spun|spit spat|split split|spread spread|spring sprang sprung
    stand stood|steal stole stolen|stick stuck|sting stung|strike struck|string strung
    strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken
    teach taught|tear tore torn|tell told|think thought|throw threw thrown|thrust thrust
    undergo underwent undergone|understand understood|undertake undertook undertaken
    uphold upheld|upset upset|wake woke woken|wear wore worn|weave wove woven|weep wept|win won
    wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood|write wrote written
    bid bid|cleave cleft|mow mowed mown|offset offset|saw sawed sawn|sew sewed sewn|slay slew slain
    slit slit|sow sowed sown|stink stank stunk|stride strode stridden|sublet sublet
    swell swelled swollen|tread trod trodden|wed wed|wring wrung|relay relayed
"""
# Verbs made of others: overrun, outdo, rewrite.
_MADE_WITH: Final = ("over", "out", "un", "re", "fore", "mis", "under", "with", "inter")
_PASTS: Final = {
    parts[0]: tuple(parts[1:])
    for line in _IRREGULAR.splitlines()
    for entry in line.split("|")
    if (parts := entry.split())
}
# Verbs of two syllables or more that double their last letter; those in -l do by a rule.
_DOUBLED: Final = frozenset(
    """abhor acquit admit allot begin commit concur confer debug defer deter eavesdrop embed emit
    equip forget handicap incur infer kidnap leapfrog occur omit outwit overlap permit prefer
    recap recur refer regret remit submit transfer transmit uncap unplug unpin unzip
    worship""".split()
)
# Verbs that end as adverbs do: "flatly refuse", but "rely on".
_NO_ADVERBS: Final = frozenset(
    "ally apply bully comply fly imply multiply rally rely reply supply".split()
)
# What a rendering of a verb may begin with that is none: "at odds", "behind".
_NEVER_INFLECTED: Final = frozenset(
    "above against ahead at behind beyond in near never not of off on out under up within".split()
)
_VOWELS: Final = "aeiou"
# Two vowels before an l that is doubled all the same, where reveal and sail keep theirs.
_DOUBLED_L: Final = ("dial", "duel", "equal", "fuel", "initial")
# Verbs of whose forms the lexicon says what is no word, or another one: "playe", "panick", "singe".
_MISREAD: Final = frozenset(
    """annex appal attach budge cancel channel counsel cross curry deposit determine develop
    distil drench enrol envy extol fix frolic fulfil grow guard label lambast level long mass
    mimic mix model panic play prefer proclaim quarrel recoup shy signal sing smooth spring
    swear swing tar thank think traffic travel tunnel unfold""".split()
)


@lru_cache(maxsize=1 << 12)
def english_lemma(word: str) -> str:
    """The dictionary form of an English word, in lower case; an unknown plural loses its s."""
    lower = word.lower()
    if known := _bases().get(lower):
        return known
    if base := english_base(lower):
        return base
    if len(lower) > 4 and lower.endswith("s") and lower[-2] not in "sui":
        return lower[:-1]
    return lower


@lru_cache(maxsize=1)
def _bases() -> dict[str, str]:
    """The verbs by their forms that the lexicon does not have as theirs, or as a noun's: thanks."""
    found = {third_person(verb): verb for verb in _MISREAD - {"thank"}}
    found |= {form: verb for verb in _MISREAD for form in (*pasts(verb), gerund(verb))}
    irregular = {form: verb for verb, forms in _PASTS.items() for form in forms}
    return found | {form: verb for form, verb in irregular.items() if form not in _PASTS}


@lru_cache(maxsize=1 << 12)
def spelt_as_nouns(verb: str) -> tuple[str, ...]:
    """The forms of a verb that a lexicon may have as a noun's: cutting, means."""
    return gerund(verb), third_person(verb)


@lru_cache(maxsize=1 << 12)
def lemmas(phrase: str) -> tuple[str, ...]:
    """The dictionary forms of the words of an English phrase."""
    return tuple(map(english_lemma, phrase.split()))


def _doubles(verb: str) -> bool:
    """Whether the last letter of a verb is doubled before -ed and -ing: stop, admit."""
    if verb in _DOUBLED or verb.endswith(_DOUBLED_L):
        return True
    if verb.endswith("l") and verb[-2:-1] in _VOWELS and verb[-3:-2] not in _VOWELS:
        return verb[-3:] != "lel"  # travelled, but paralleled
    verb = verb.replace("qu", "q")  # one consonant: quit, squat
    if len(verb) < 3 or verb[-1] in "aeiouwxyh" or verb[-2] not in _VOWELS:
        return False
    return verb[-3] not in _VOWELS and sum(letter in _VOWELS for letter in verb) == 1


def _before_ending(verb: str) -> str:
    """A verb as it stands before -ed and -ing: stopp, panick."""
    if verb.endswith(("ic", "ac")):
        return verb + "k"
    return verb + verb[-1] if _doubles(verb) else verb


def third_person(verb: str) -> str:
    """The third person of the present: goes, tries, watches."""
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def pasts(verb: str) -> tuple[str, ...]:
    """The past and, where it differs, the participle."""
    if verb == "be":
        return ("was", "been")
    if verb in _PASTS:
        return _PASTS[verb]
    for first in _MADE_WITH:
        if verb.startswith(first) and (known := _PASTS.get(verb.removeprefix(first))):
            return tuple(first + form for form in known)
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return (verb[:-1] + "ied",)
    return (_before_ending(verb) + "ed",)


def gerund(verb: str) -> str:
    """The form in -ing."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return _before_ending(verb) + "ing"


def gerund_phrase(phrase: str) -> str:
    """A verb with what belongs to it in its form in -ing: "finding fault with"."""
    verb, space, rest = phrase.partition(" ")
    if not _is_word(verb):
        return phrase
    if _is_adverb(verb, rest):
        return f"{verb} {gerund_phrase(rest)}"
    return gerund(verb) + space + rest


def _is_word(verb: str) -> bool:
    return verb.replace("-", "").isalpha()


def _is_adverb(verb: str, rest: str) -> bool:
    return bool(rest) and verb.endswith("ly") and verb not in _NO_ADVERBS


def verb_forms(
    phrase: str, french: str, infinitive: str, told: bool = False, pronoun: str = ""
) -> tuple[str, ...]:
    """The forms of an English verb that answer the form of a French one, the likeliest first.

    ``phrase`` is the English verb in its base form, with what belongs to it ("get rid of");
    ``french`` and ``infinitive`` are in lower case. A participle with which something is ``told``
    (« a pris la fuite ») is a simple past, and behind a ``pronoun`` (« il produit ») there is none.
    Behind « ne » the base form goes first.
    """
    verb, space, rest = phrase.partition(" ")
    if not _is_word(verb) or verb in _NEVER_INFLECTED:
        return (phrase,)
    if _is_adverb(verb, rest):
        return tuple(
            f"{verb} {form}" for form in verb_forms(rest, french, infinitive, told, pronoun)
        )
    forms = pasts(verb) if told else _answers(verb, french, infinitive, pronoun)
    return tuple(form + space + rest for form in forms)


def _answers(verb: str, french: str, infinitive: str, pronoun: str) -> tuple[str, ...]:
    past, *participles = pasts(verb)
    participle = participles[0] if participles else past
    forms = {
        Tense.BASE: "are" if verb == "be" else verb,
        Tense.BARE: verb,
        Tense.PRESENT: third_person(verb),
        Tense.PAST: past,
        Tense.PASTS: "were" if verb == "be" else past,
        Tense.PARTICIPLE: participle,
        Tense.GERUND: gerund(verb),
    }
    tenses = tenses_of(french, infinitive, pronoun)
    if pronoun in ("ne", "n") and verb != "be":
        tenses = (Tense.BARE, *tenses)  # « ne joue pas »: does not play
    return tuple(dict.fromkeys(forms[tense] for tense in tenses))


def plural(phrase: str) -> str:
    """An English noun, or a term with one, in the plural; what has no plural stays."""
    return english_plural_phrase(phrase, True)
