"""The abbreviations of the French press, of law reports and of libraries, in lower case.

They are sorted by what their full stop may do: see ``sentence_rules``.
"""

from __future__ import annotations


def word_list(text: str) -> frozenset[str]:
    """Give the words of a list that is written as text."""
    return frozenset(text.split())


# A name or a reference always follows: no sentence ends on these.
NEVER_FINAL = word_list(
    """mm mme mmes mlle mlles mgr dr drs pr me mr mrs ms st ste sts stes vve gén cdt cne lt sgt
    cf vs ca coll éd éds ed eds trad préf introd rééd impr av bd bld boul bvd pl sq rte fg
    subsp spp ssp ing lieut secr asp consid abbr dict encycl biogr"""
)
# Titles and sources, but plain words too (« le col », « prof »): final before a sure opener only.
SELDOM_FINAL = word_list(
    """col gal cel cap adj prof sén dép vice resp dir ste sté éts ets inc ltd co corp jr cie
    cass civ crim soc req bull rec gaz pal obs concl chron jurispr préc const rapp
    univ dpt dépt dept ass arr imp int ill op cit loc ibid id subst comm réf env ap apr
    bât esc apt appt ét imm rés ent chem r ch mt cons rég conf
    off suppl bibl rev augm corr nouv sc lett"""
)
# A number, a letter or a Roman numeral follows: « art. 3 », « chap. IV », « annexe A ».
REFERENCES = word_list(
    """art al alin p pp n no nos num chap vol t tom fig figs tab sect par parag ann annexe liv
    l d s ss sqq f ff fol bk app éq rubr lit litt sec doc"""
)
# Units, months, « etc. »: they may end a sentence, but not before a digit or a small letter.
MAYBE_FINAL = word_list(
    """etc hab min max h m km kg ha janv jan févr fév avr juil juill sept oct nov déc
    lun mar mer jeu ven sam dim suiv sup inf approx gouv fr angl lat gr adv fém masc sing
    publ envir pers temp pén proc consomm séc hosp constr patr élect électr réglem adm trib
    plur qté rens tél mob nb nbre ex moy monét abst"""
)
# What no name ends like, with a capital either (« l'Insp. Roy »): final before a sure opener only.
TITLES = word_list(
    """insp brig cpt lcl exc rév hon amb présid conserv arch infirm commiss assoc féd synd brigt
    adjt chanc admin inspect"""
)
# Before a number at the head of a sentence they are a mark: « Art. 2. – Les communes… ».
LABELS = word_list(
    """art article al alinéa chap chapitre sect section titre annexe partie livre tome
    acte scène leçon"""
)
ABBREVIATIONS = NEVER_FINAL | SELDOM_FINAL | REFERENCES | MAYBE_FINAL | TITLES
