"""Nothing in; the small words of French, out: sets in lower case, by what they do in a sentence."""

from __future__ import annotations

from typing import Final

from pipeline.language.months import MONTHS

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
