"""English in and a country; the words that are spelt otherwise there, and how, out.

A word list and no guess: a word that is not in it stays as it is. So does one with a capital, which
may be a name (World Health Organization), unless it opens the text or a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Each of these ends in -ize in American and in -ise in British English, as do its forms.
_IZE = """
agon american anonym apolog author bapt brutal burglar capital categor central character civil
colon commercial computer criminal critic crystal custom decentral decolon decriminal
demil demobil democrat demoral destabil digital emphas energ equal fantas final general
global harmon hospital human ideal immun individual industrial institutional
internal international jeopard legal legitim liberal local marginal material maxim
mechan memor militar minim mobil modern monopol national natural neutral normal optim organ
penal personal polar popular prior privat public ration rational real recogn reorgan revolution
sanit scrutin secular sensit social special stabil standard steril stigmat subsid summar
symbol sympath synchron system tantal terror theor traumat tyrann union urban util vandal
victim visual
"""
_IZE_ENDS = "ize izes ized izing izer izers ization izations"
# Each of these ends in -or in American and in -our in British English.
_OR = """
arm behavi cand clam col demean discol dishon endeav fav ferv flav harb hon hum lab neighb od parl
ranc rig rum savi sav splend tum val vap vig
"""
_OR_ENDS = "|s|ed|ing|able|ably|al|ful|fully|less|er|ers|hood|hoods|ly|ite|ites"
_PAIRS = """
center centre|centers centres|centered centred|centering centring|theater theatre
theaters theatres|kilometer kilometre|kilometers kilometres|centimeter centimetre
centimeters centimetres|millimeter millimetre|millimeters millimetres|liter litre|liters litres
fiber fibre|fibers fibres|somber sombre|specter spectre|specters spectres|caliber calibre
maneuver manoeuvre|maneuvers manoeuvres|maneuvered manoeuvred|maneuvering manoeuvring
defense defence|defenses defences|offense offence|offenses offences|pretense pretence
traveled travelled|traveling travelling|traveler traveller|travelers travellers
canceled cancelled|canceling cancelling|labeled labelled|labeling labelling|leveled levelled
leveling levelling|modeled modelled|modeling modelling|signaled signalled|signaling signalling
fueled fuelled|fueling fuelling|totaled totalled|rivaled rivalled|channeled channelled
channeling channelling|quarreled quarrelled|marshaled marshalled|dueling duelling
counselor counsellor|counselors counsellors|councilor councillor|councilors councillors
marvelous marvellous|woolen woollen|jewelry jewellery|fulfill fulfil|fulfills fulfils
fulfillment fulfilment|enroll enrol|enrolls enrols|enrollment enrolment|installment instalment
installments instalments|skillful skilful|skillfully skilfully|willful wilful|willfully wilfully
program programme|programs programmes|gray grey|grays greys|plow plough|plows ploughs
plowed ploughed|skeptic sceptic|skeptics sceptics|skeptical sceptical|skeptically sceptically
skepticism scepticism|catalog catalogue|catalogs catalogues|dialog dialogue|dialogs dialogues
analyze analyse|analyzed analysed|analyzing analysing|paralyze paralyse
paralyzed paralysed|paralyzing paralysing|catalyze catalyse|catalyzed catalysed
aluminum aluminium|mold mould|molds moulds|moldy mouldy|smolder smoulder|smoldering smouldering
pediatric paediatric|anesthesia anaesthesia|anesthetic anaesthetic|estrogen oestrogen
aging ageing|acknowledgment acknowledgement|acknowledgments acknowledgements|artifact artefact
artifacts artefacts|cozy cosy|mustache moustache|pajamas pyjamas|favoritism favouritism
misjudgment misjudgement|archeology archaeology|archeologist archaeologist
archeologists archaeologists|archeological archaeological|encyclopedia encyclopaedia
"""
_WORD = re.compile(r"(?<![\w’'-])[A-Za-z][a-z]{3,}(?![\w’'])")
# What both countries spell alike: a computer program, rigor mortis.
_KEPT_AFTER = re.compile(r"\b(?:computer|software)\s\Z", re.IGNORECASE)
_KEPT_BEFORE = re.compile(r"rigor\s+mortis\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.!?…]['\"”’»)]*\s+)['\"“‘(]*$")


def respelt(text: str, country: str) -> Iterator[tuple[int, int, str]]:
    """Give the places of words that are spelt otherwise in "gb" or "us", and their spelling."""
    table = _table(country)
    for match in _WORD.finditer(text):
        word = match[0]
        other = table.get(word.lower())
        if other is None or (word[0].isupper() and not _OPENS.search(text, 0, match.start())):
            continue
        if _KEPT_BEFORE.match(text, match.start()) or (
            word.lower().startswith("program")
            and _KEPT_AFTER.search(text, max(match.start() - 10, 0), match.start())
        ):
            continue
        yield match.start(), match.end(), other.capitalize() if word[0].isupper() else other


def spellings(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the places of words that only one country spells so, and that: "gb" or "us".

    Of -ize nothing is said: it stands in British books too.
    """
    for country, other in (("us", "gb"), ("gb", "us")):
        for start, end, word in respelt(text, other):
            if country == "gb" or word.lower() != text[start:end].lower().replace("iz", "is", 1):
                yield start, end, country


@cache
def _table(country: str) -> dict[str, str]:
    pairs = [pair.split(" ") for line in _PAIRS.split("\n") for pair in line.split("|") if pair]
    pairs += [
        [stem + end, stem + end.replace("iz", "is", 1)]
        for stem in _IZE.split()
        for end in _IZE_ENDS.split()
    ]
    pairs += [
        [f"{stem}or{end}", f"{stem}our{end}"] for stem in _OR.split() for end in _OR_ENDS.split("|")
    ]
    return {pair[country == "us"]: pair[country == "gb"] for pair in pairs}
