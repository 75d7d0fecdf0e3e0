"""Capitalised words that say nothing about a proper name, as plain word lists."""

from __future__ import annotations

_PLACES = (
    "allemagne angleterre antilles anvers autriche bale bielorussie birmanie bourgogne bretagne "
    "cachemire cap chypre cisjordanie cote douvres ecosse equateur espagne gand galles haye "
    "islande coree "
    "ivoire leman manche mayence nouveau nouvelle orient occident pays pekin royaume suede suisse "
    "tage tamise tcheque terre centre est ouest sud noire rouge mer ile iles mont lune soleil "
    "allemand allemands anglais espagnol espagnols francais gallois suisses suedois grec grecs"
)
_INSTITUTIONS = (
    "ambassade assemblee autorite banque bourse bureau cabinet cadre chambre charte chef comite "
    "commission commune communaute conseil cour croix dieu directeur droit droits ecole eglise "
    "etat agence accord janvier fevrier mars avril mai juin juillet aout septembre octobre "
    "novembre decembre "
    "etats evangile fonds gouvernement groupe guerre guide haut haute internet jeux justice livre "
    "loi lords maison maitre marche ministere ministre monde musee nation nations office ordre "
    "palais paques parlement parti parties police pont port porte premier premiere president "
    "presidence programme projet rapport reglement salle sante seconde secretaire secretariat "
    "securite senat service services siege societe sommet sujet tiers traite tresor troisieme "
    "unies unis union universite vierge ville voix affaires agriculture commerce culture defense "
    "economie education emploi energie enseignement environnement exterieur finances industrie "
    "interieur jeunesse logement sport sports transports travail moyen age annee antiquite "
    "otan onu oms nord organisation grande branche medaille "
    "constitution convention article amendement grand petit vieux jeune etienne guillaume"
)
# French words, without diacritics, that are written with a capital and have an English form unlike
# them (places, demonyms), or that an English text may well replace (institutions, portfolios).
TRANSLATED = frozenset(_PLACES.split() + _INSTITUTIONS.split())

# What may precede a name and is translated apart from it.
TITLES = frozenset(
    "mme mmes mlle monsieur madame mademoiselle messieurs mesdames monseigneur docteur professeur "
    "president presidente ministre premier chancelier commissaire pape roi reine prince princesse "
    "empereur duc duchesse comte comtesse seigneur lord sir lady saint sainte".split()
)

# English words that are capitalised by rule or open sentences.
_ENGLISH_OPENERS_WORDS = (
    "the a an this that these those it he she they we you i in on at by for from with without "
    "as and but or so if when while although though since because after before during "
    "according however there here his her its their our my your one two three all some many "
    "most both each every no not such what which who where why how to of under over about "
    "between among through despite instead thus then now also once only even yet still "
    "moreover furthermore finally january february march april may june july august september "
    "october november december monday tuesday wednesday thursday friday saturday sunday mr "
    "mrs ms miss dr sir lord lady north south east west northern southern eastern western "
    "english french british american german dutch spanish greek welsh scottish swiss swedish"
)
ENGLISH_OPENERS = frozenset(_ENGLISH_OPENERS_WORDS.split())
