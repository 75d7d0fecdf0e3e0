"""Nothing in; the small words of French and English out: sets in lower case, by what they do.

The one place for closed lists of words that belong to the language. A list that is about one rule
(what may follow « pas », titles before names) stands beside that rule.
"""

from __future__ import annotations

from typing import Final

from pipeline.language.months import MONTHS
from pipeline.text import fold

# What only stands before a verb, and what stands before one where a noun would want an article.
CLITICS: Final = frozenset("je j tu il ils on ne n se s me m te t qui y".split())
PRONOUNS: Final = CLITICS | frozenset("elle elles nous vous".split())
HAVE: Final = frozenset(
    """ai as a avons avez ont avais avait avions aviez avaient eut eurent aura aurai auras aurons
    aurez auront aurait aurais aurions auraient ait aient ayons ayez ayant avoir eu""".split()
)
BE: Final = frozenset(
    """suis es est sommes êtes sont étais était étions étiez étaient fut furent sera serai seras
    serons serez seront serait serais serions seriez seraient soit soient soyons
    étant être été""".split()
)
ADVERBS: Final = frozenset(
    """pas plus jamais rien point déjà bien mal aussi encore toujours longtemps souvent enfin ainsi
    donc alors peu beaucoup trop tout tous tant même certes désormais depuis ensuite parfois t
    il ils elle elles on je nous vous""".split()
)
# Persons that one can be (« il est député »), although a verb has the same participle.
PERSONS: Final = frozenset("député délégué employé réfugié associé retraité".split())

DETERMINERS: Final = frozenset(
    """le la les l un une des du de d au aux à ce cet cette ces mon ma mes ton ta tes son sa ses
    notre nos votre vos leur leurs quel quelle quels quelles tel telle tels telles tout toute
    tous toutes aucun aucune nul nulle chaque quelque quelques plusieurs certains certaines
    divers diverses différents différentes deux trois quatre cinq six sept huit neuf dix onze
    douze quinze vingt trente quarante cinquante soixante cent cents mille""".split()
)
LINKS: Final = frozenset(
    """et ou ni mais or car comme en dans par pour sur sous sans avec contre entre vers chez après
    avant pendant durant depuis dès selon malgré hors outre via voici voilà
    que qu si dont où""".split()
)
# Adjectives that stand before their noun.
BEFORE_NOUNS: Final = frozenset(
    """ancien autre beau bon bref célèbre certain cher considérable controversé court curieux
    dernier difficile double énième énorme entier éventuel excellent faible fameux faux féroce
    fort fragile franc fréquent futur grand grave gros haut historique immense imminent
    important inédit interminable intense jeune joli large léger lent limité long lourd maigre
    mauvais meilleur même mince modeste moindre multiple nombreux nouveau nouvelle parfait
    particulier pauvre petit pire plein premier présent prétendu principal probable prochain
    profond prudent puissant pur rapide rare récent réel rigoureux rude sérieux seul seconde
    second simple soi-disant solide soudain tardif tel terrible timide tiers total triple triste
    unique vague vaste véritable vieux vieille vif vigoureux violent vrai deuxième troisième
    quatrième cinquième sixième septième huitième neuvième dixième ultime sinistre sombre
    étrange noble magnifique tragique horrible efficace strict net plus moins très assez propre
    libre actuel ledit audit auxdits auxdites quelconque non ladite lesdits lesdites dudit
    desdits ex présente susdit précédent suivant nombreuse""".split()
)
# Words of time and number, and others that belong to no name or term.
OTHERS: Final = frozenset(
    """lundi mardi mercredi jeudi vendredi samedi dimanche hier demain aujourd hui heure heures
    jour jours semaine semaines mois an ans année années fois matin soir nuit million
    millions milliard milliards dernier dernière derniers dernières prochain prochaine
    prochains prochaines premier première auprès autre autres même mêmes jusqu lorsqu puisqu quoiqu
    mme mlle m""".split()
) | frozenset(MONTHS["fr"])
# Words inside a term that its plural and feminine leave as they are.
NEVER_INFLECTED: Final = frozenset(
    """a au aux avec contre d dans de des du en entre et l la le les ou par pour qu que s
    sans sous sur un une vers""".split()
)

# French function words that are not English words.
_FRENCH_ONLY_WORDS = (
    "le la les du des de et est une dans pour que qui avec aux ce cette ces cet il elle ils "
    "elles nous vous je tu ne pas sont était étaient être avoir ont leur leurs ses sa mais ou "
    "où donc sous chez vers depuis très aussi même comme cela ça été fait faire selon afin "
    "lors dont ainsi alors sans tout tous toute toutes après avant contre pendant au sur par "
    "plus se y si en son qu lui eux elles nos vos mes tes notre votre quand puis entre jusqu "
    "déjà encore peu peut doit font vont avait avaient sera seront serait serais aurait ceux "
    "celle celles celui"
)
FRENCH_ONLY: Final = frozenset(_FRENCH_ONLY_WORDS.split()) - frozenset(
    ["par", "son", "fait", "font", "entre", "plus", "sans", "vs", "y", "pas", "ou", "si"]
)

# English words that carry little meaning of their own: their repetition is no loop.
_ENGLISH_COMMON_WORDS = (
    "a an the and or but nor so yet of to in on at by for from with without into onto over "
    "under as than that this these those there here it its he she his her hers him they them "
    "their we us our you your i me my who whom whose which what when where why how is are was "
    "were be been being am do does did done have has had having will would shall should can "
    "could may might must not no if then also more most less least very such same other "
    "another each every all any some one two both few many much own up down out off about "
    "after before between during through while because until only just even still again once "
    "now s t ll re ve d m"
)
ENGLISH_COMMON: Final = frozenset(_ENGLISH_COMMON_WORDS.split())

# French words that carry little meaning of their own.
FRENCH_COMMON: Final = (
    frozenset(_FRENCH_ONLY_WORDS.split())
    | frozenset(map(fold, _FRENCH_ONLY_WORDS.split()))
    | frozenset("un est suis sommes êtes es as ai avons avez auront soit soient".split())
)

# Verbs that serve other verbs: English says them with auxiliaries, or not at all.
_SERVANTS: Final = """peux peut pouvons pouvez peuvent pouvait pouvaient pourra pourront pourrait
    pourraient pourrions pourriez pourrons puisse puissent pu dois doit devons devez doivent devait
    devaient devra devront devrait devraient devrions devriez devrons dû
    vais vas va allons allez vont
    fais fait faisons faites font faisait faisaient fera feront ferait feraient faire faite
    y voici voilà oui là là-bas ici très trop assez si aussi ainsi alors donc ne ni non rien
    celui celle ceux celles ceci cela lequel laquelle lesquels lesquelles auquel auxquels auxquelles
    duquel desquels desquelles quoi chacun chacune certains certaines autrui soi moi toi mien mienne
    tien sien tel telle tels telles afin parce lorsque puisque quoique jusqu lorsqu puisqu quoiqu
    peuvent pourrais pourras pouvais pouvez puis puissions puissiez pût doive doivent devais
    ferai ferais feras ferons ferez fasse fassent fasses fassions fassiez fît fit firent faisais
    irai iras ira irons irez iront irait irais iraient aille aillent allais allait allaient
    pouvions pouviez put pûmes pûtes purent pourrai pourrez puisses pusse pussent pouvant devions
    deviez dut dûmes dûtes devrai devras devrez devrais doives dusse dût dussent fallut fallût
    eûmes eûtes auriez aie eusse eussions eue eues fûtes sois fusse
    faisions faisiez fis fîmes ferions feriez fissent faisant
    fus fût fussent fûmes serions seriez étions étiez soyez eus eut eût eussent aies ayant
    faut fallait faudra faudrait faille fallu bien également ah eh oh hé
    aujourd hui quelqu presqu etc mme mm or car comment pourquoi combien"""
_ENGLISH_MORE: Final = """cannot let lets else ever never yes oh well upon via per etc mr mrs ms
    shall ought whether though although since against among towards toward within without across
    himself herself itself themselves myself yourself ourselves don doesn didn isn aren wasn weren
    wouldn couldn shouldn hasn haven hadn"""
FRENCH_FUNCTION: Final = (
    FRENCH_COMMON
    | DETERMINERS
    | LINKS
    | CLITICS
    | PRONOUNS
    | HAVE
    | BE
    | frozenset(_SERVANTS.split())
) - frozenset("été cent cents mille deux trois quatre cinq six sept huit neuf dix".split())
ENGLISH_FUNCTION: Final = ENGLISH_COMMON | frozenset(_ENGLISH_MORE.split())
