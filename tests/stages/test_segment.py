"""The segment stage: French sentence boundaries, pieces of long sentences, ids and offsets."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.sentences import sentence_spans, split_long
from pipeline.model import Block, BlockKind, Document
from pipeline.stages.segment import segment

NBSP = "\u00a0"
NNBSP = "\u202f"

# Each case is a paragraph; " | " is a space between two sentences, "|" a place without one.
CASES = {
    "titles": [
        "M. Lenoir a reçu MM. Petit et Roux. | Mme Vidal et Mlle Costa étaient absentes.",
        "Le Dr. Morel soigne Me. Garnier. | Mgr. Duval, lui, prie.",
        "C'est M. Le Tallec qui préside. | M. le maire le remplace.",
        "Le prof. Aubert a consulté le gén. Roche.",
        "On a vu Mr. Brown à St. Pancras.",
        "Le pont coûte 12 M. | Le budget est dépassé.",
        "Ils ont franchi le col. | Le brouillard tombait.",
    ],
    "initials": [
        "J. Dupont a vu J.-P. Martin. | Ils ont parlé.",
        "Le roman de J.-M. G. Arnaud paraît demain.",
        "Ph. Lambert et Ch. Noël signent la tribune.",
        "Elle prend de la vitamine C. | Elle va mieux.",
        "Faites le plan B. | Avez-vous compris ?",
        "Louis XIV. | Versailles était son œuvre.",
        "F. Le Goff a quitté A. La Roque.",
    ],
    "references": [
        "Voir art. 3 et al. 2 de la loi. | Le texte est clair.",
        "L'art. L. 121-3 du code s'applique.",
        "Lisez la p. 12, puis les pp. 30 à 35, chap. IV, vol. 2, fig. 7.",
        "Le dossier n. 45 et le n° 46 sont clos. | Les autres restent ouverts.",
        "C'est de l'art. | Le public applaudit.",
        "Il a raté son vol. | Le suivant part demain.",
        "Les faits sont connus (cf. Arnaud, 2011, éd. Minuit, coll. Essais).",
        "Le tableau (fig. A) le montre, cf. Les chiffres du préfet.",
    ],
    "other abbreviations": [
        "On vend des pommes, des poires, etc. | Le marché ferme à midi.",
        "Le port exporte du blé, du bois, etc. vers le Levant.",
        "Né en 52 av. J.-C. à Rome, il meurt en 12 apr. J.-C. | Rome le pleure.",
        "La cité fut détruite en 146 av. J.-C. | Les survivants furent vendus.",
        "La ville compte env. 12 000 hab. au total.",
        "La ville compte 12 000 hab. | Le bourg voisin en a 300.",
        "Il habite 4 bd. Voltaire, puis av. Foch.",
        "Il habite au 12, rue des Lilas, bât. C, esc. A, au troisième étage.",
        "Écrivez au 3, boul. Saint-Michel, apt. 4, rés. Les Lilas, chem. Vert.",
        "Il vit bât. C. | Elle vit esc. A. | Le gardien loge app. 4.",
        "Elle loge appt. B, ét. 2, imm. Le Parc, ent. D.",
        "Il rénove le bât. | Le maire s'en réjouit.",
        "Prévoir min. 3 et max. 5 personnes.",
        "Réunion le 5 janv. 2020, puis le 12 févr. à Lyon.",
        "Il y a des exceptions, p. ex. Monaco. | Elles sont rares.",
        "La loi, c.-à-d. le texte voté, s'applique.",
        "Ils étaient sept. | Trois sont rentrés.",
    ],
    "acronyms": [
        "L'O.N.U. a voté. | Les U.S.A. ont dit non.",
        "Il travaille pour l'O.N.U. | Elle vit aux U.S.A. | Ils se voient peu.",
        "Le traité confie à la B.C.E. des missions précises.",
        "Il a rejoint l'OTAN. | Bruxelles s'en réjouit.",
    ],
    "quotations": [
        "« Quoi ? » dit-il. | Personne ne répondit.",
        "« Il pleut. » murmura-t-elle.",
        "« Viens ! », cria le gardien. | Nul ne bougea.",
        f"«{NBSP}Partez{NNBSP}!{NBSP}» ordonna-t-il. | Ils partirent.",
        "« Il pleut. » | Marie sortit.",
        "« Nous partons. | Rien ne nous retient », a dit le ministre.",
        "Il a dit : « Je viens. | Tu restes. » | Puis il est parti.",
        "Il a parlé d'une « menace ». | Séoul s'inquiète.",
        '"Tu viens ?" demanda-t-il. | "Oui." | Elle se leva.',
        "“Tu viens ?” demanda-t-il. | “Oui.” | Elle se leva.",
        "Elle a lu « Que faire ? » et l'a rendu.",
        "« Fini. ». | Le rideau tombe.",
    ],
    "dialogue": [
        "— Tu viens ? | — Oui. | — Alors, partons !",
        "– Bonjour, dit-il. | – Bonsoir, dit-elle.",
        "Elle demanda : — Qui est là ? | — Moi.",
        "— Non | — Si | — Jamais !",
        "La paix — fragile — tient encore.",
        "Le train Paris - Lyon est annulé.",
    ],
    "ellipses": [
        "Il hésita… et partit.",
        "Il hésita... puis partit. | On l'oublia.",
        "Il hésita… | Puis il partit.",
        "Il hésita... | Elle aussi.",
        "… Et pourtant elle tourne.",
        "Le texte est long. | […] La fin manque.",
        "Comptez 12... 15 jours.",
    ],
    "numbers": [
        "Il en coûte 1 000 euros, soit 3.5 fois plus. | Le prix monte.",
        f"Près de 10.000 soldats et 2{NNBSP}500 chars. | Départ à 14 h 30. | Il pleuvait.",
        "Il est né en 1999. | 12 ans plus tard, il chantait.",
        "Le vaccin protège. | 95 % des patients vont bien.",
        "La part est de 3 %. | Le reste suit.",
        "Il fait 25 °C. | Demain, il pleuvra.",
    ],
    "marks of lists": [
        "1. Le contrat est signé. | 2. Il prend effet demain.",
        "a) Le contrat est signé. | b) Il prend effet demain.",
        "A. Les faits",
        "IV. La procédure",
        "1.2. Le cadre juridique",
        "Le comité retient : | • la baisse des prix | • la hausse des salaires",
        "Le conseil a élu un bureau ; | Le maire le préside.",
    ],
    "addresses": [
        "Écrivez à jean.petit@exemple.fr ou lisez www.exemple.fr/Le.Guide.html. | Merci.",
        "Ouvrez https://exemple.fr/a.B?c=d!e et le fichier notes.Final.txt.",
        "Le site exemple.fr ferme. | Le compte Yahoo! est supprimé.",
        "La version 2.0.1 de Node.js est sortie.",
    ],
    "questions and exclamations": [
        "Ah ! quel malheur !",
        f"Quoi{NNBSP}? | Vous partez{NBSP}! | Déjà{NNBSP}?!",
        "Est-ce vrai ?! | Oui.",
        "Il a gagné (!) et perdu (?) le même jour.",
    ],
    "brackets": [
        "Il partit (quelle idée ! Personne ne l'attendait) et revint.",
        "a) Il partit (quel dommage. Nul ne rit) et revint. | Il dort (mal. Trop peu) ici.",
        "(Il pleuvait. | Le vent soufflait.) | Elle sortit.",
        "La reine [Anne. Née en 1601] règne. | On l'aime.",
    ],
    "colons and semicolons": [
        "Le bilan est lourd : Trois morts et dix blessés.",
        "Il vint ; elle partit ; Rome brûlait.",
    ],
    "lost spaces and line breaks": [
        "Le débat est clos.|Le vote aura lieu mardi.",
        "Liens externes | L'enquête a été confiée au juge de Lille.",
        "LES MESURES DU GOUVERNEMENT | Pour relancer le pays, il faut agir vite.",
        "Il a vu le film Les enfants du vent dans une salle vide.",
        "PARIS (AFP) - Le président a reçu trois ministres lundi.",
    ],
    "abbreviations before a small letter, a name or a sign": [
        "L'article L. 1110-5 du C. santé publ. s'applique aux soins.",
        "Le C. envir. non plus ne dit rien.",
        "L'ing. Morel et le lieut. Roy sont arrivés.",
        "Le tél. du secr. gén. Vial et de l'asp. Roy est coupé.",
        "Vers 8 h, env. 30 pers. ont été évacuées.",
        "Temp. min. -5 °C et max. 12 °C dans la nuit.",
    ],
    "abbreviations of no list, and words that are none": [
        "L'infirm. aussi s'en va. | Il revient.",
        "Le C. monét. et fin. le prévoit.",
        "Vote : pour 15, contre 3, abst. 1. | Le texte passe.",
        "Le zadig. le début.",
        "Il va mieux. | 12 autres aussi.",
        "Il est né en mars. | 12 ans plus tard, il chantait.",
    ],
    "titles and references with a capital": [
        "L'Insp. Roy et le Brig. Vial sont là. | Le Cpt. Petit aussi.",
        "L'insp. Roy est arrivé. | L'arch. Durand a signé.",
        "S. Exc. Mgr Roy était absent.",
        "Il suit la conf. | Elle dort. | La conf. Roy est à 15 h.",
        "Il habite 12, r. Monge, puis ch. Sainte-Foy. | Elle non.",
        "Voir Art. L. 121-3 du code et Chap. IV.",
        "Selon l'ATF 140 III 86 consid. 2.1, le juge est libre. | Il doit motiver.",
        "L'a.s.b.l. Vie libre recrute. | Le directeur est au c.a. | Il vote.",
    ],
    "calls for notes behind a stop": [
        "La loi est votée.2 | Elle s'applique.",
        "La loi est votée.1, 2 | Elle s'applique.",
        "La loi est votée.[2] | Elle s'applique.",
        "La loi est votée.[1][2] | Elle s'applique.[3] | Elle est dure.",
        "La loi est votée. [2] | Elle s'applique.",
        "La loi est votée.² | Elle s'applique.",
        "La loi est votée.(2) | Elle s'applique.",
        "La loi est votée.* | Elle s'applique.** | Elle est dure.†",
        "« La loi est votée. »3 | Elle s'applique.",
        "La loi est-elle votée ?3 | Elle s'applique.",
        "La loi est votée.[réf. nécessaire] | Elle s'applique.",
        "La loi est votée.3 | 5 % des élus étaient absents.",
        "[1] Loi du 12 mars. | [2] Voir p. 12.",
        "Voir art.3 Code civil et p.12 Code pénal.",
        "La norme ISO.9001 Le texte.",
        "Le résultat est de 3.5 Le reste.",
    ],
    "series and numbered articles": [
        "Ordre du jour : 1. Accueil 2. Budget 3. Divers",
        "Il y a trois points : 1. Le budget. | 2. Le personnel. | 3. L'école.",
        "Art. 2. - Les communes agissent. | Elles décident.",
        "Article 3. – I. – Le maire veille. | II. – Il délègue.",
        "Article premier. Le contrat est nul.",
        "Le contrat relève de l'article 12. | Il est nul.",
        "Le score est de 3. | Le match suit.",
    ],
    "quotation marks as people type them": [
        "''Oui.'' | Il part.",
        "Il a dit : << Oui. >> | Puis il part.",
        "„Ja.“ | Il part.",
        "Il a dit “Oui.” | “Non”, dit-elle.",
        'Il a dit : " Je viens. " | Puis : " Je pars. " | Elle reste.',
    ],
    "signs of joy, brands": [
        "On a gagné ! 🎉🎉 | Merci à tous ❤️",
        "🎉 On a gagné. | 🎉 Merci.",
        "Le programme : ✅ Le budget. | ✅ Les travaux.",
        "Il utilise iOS. | iPhone aussi.",
    ],
    "other scripts": ["你好。|世界很好。", "Bravo ! 🎉"],
    "apostrophes": ["L’été vient. | L’hiver s’en va. | C’est ainsi.", "Qu'il vienne. | D'accord."],
}


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "case", [case for cases in CASES.values() for case in cases], ids=lambda case: case[:40]
)
def test_french_boundaries(case: str) -> None:
    text = case.replace(" | ", " ").replace("|", "")
    assert sentences(text) == [part.strip() for part in case.split("|")]


PARTS = 'M.|Le|art.|etc.|« | »|—|…|...|?|!|.|;|:|(|)|[|"|3|J.-P.|fin|vu|A.|Il|•|。| '.split("|")
french_like = st.lists(st.sampled_from([*PARTS, NBSP, NNBSP, "\n", "\n\n"]), max_size=60).map(
    "".join
)


def assert_spans(text: str, spans: list[tuple[int, int]]) -> None:
    """In order, apart, trimmed, not empty, and nothing but white space left out."""
    place = 0
    for start, end in spans:
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()


@given(st.text() | french_like)
def test_spans_leave_out_white_space_alone(text: str) -> None:
    assert_spans(text, sentence_spans(text))


@given(st.text(max_size=80) | french_like, st.text(max_size=80) | french_like)
def test_a_blank_line_does_not_disturb_offsets(first: str, second: str) -> None:
    text = f"{first}\n\n{second}"
    assert_spans(text, sentence_spans(text))


@pytest.mark.parametrize("text", ["", " ", f"\t\n{NBSP} "])
def test_white_space_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []
    assert split_long(text, lambda _: False) == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "…" * 100_000,
        "." * 100_000,
        ". " * 50_000,
        "« " * 50_000,
        "(A. " * 25_000,
        "Il a " * 20_000,
    ],
    ids=lambda text: f"{len(text)} of {text[:5]}",
)
def test_monotonous_texts_come_back(text: str) -> None:
    assert_spans(text, sentence_spans(text))


def test_a_boundary_does_not_depend_on_how_long_the_paragraph_is() -> None:
    sentence = "Le ministre a reçu M. Dupont à Genève, où se tenait la conférence."
    assert sentences(" ".join([sentence] * 500)) == [sentence] * 500


def at_most(length: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= length


LONG = (
    "Le ministre, qui rentrait de Genève, a promis que les travaux reprendraient lundi ; il a "
    "ajouté que trois délégations viendraient, et que deux observateurs les suivraient"
)


@pytest.mark.parametrize(
    ("text", "length", "pieces"),
    [
        (LONG, 1_000, [LONG]),
        (LONG, 100, LONG.replace("; ", ";|").split("|")),
        (
            "Il a vu le port, la gare, mais pas le pont",
            35,
            ["Il a vu le port, la gare,", "mais pas le pont"],
        ),
        (
            "Il a vu le vieux port, la gare et le pont",
            30,
            ["Il a vu le vieux port,", "la gare et le pont"],
        ),
        ("un deux trois quatre", 12, ["un deux", "trois quatre"]),
        (f"oui{NBSP}! non{NBSP}!", 6, [f"oui{NBSP}!", f"non{NBSP}!"]),
        ("aaaaaaaa", 4, ["aaaa", "aaaa"]),
        ("abc", 0, ["a", "b", "c"]),
        ("  un deux  ", 5, ["un", "deux"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_long_sentences_break_at_the_best_place(text: str, length: int, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in split_long(text, at_most(length))] == pieces


@given(st.text() | french_like, st.integers(min_value=0, max_value=40))
def test_every_piece_fits(text: str, length: int) -> None:
    spans = split_long(text, at_most(length))
    assert_spans(text, spans)
    assert all(end - start <= max(length, 1) for start, end in spans)


@given(french_like, st.integers(min_value=1, max_value=5))
def test_an_erratic_limit_still_ends(text: str, step: int) -> None:
    assert_spans(text, split_long(text, lambda piece: len(piece) % step == 0))


@pytest.mark.parametrize("text", ["a" * 1_000_000, "un mot, et " * 90_000], ids=["word", "words"])
def test_a_piece_costs_few_questions(text: str) -> None:
    asked = []

    def fits(piece: str) -> bool:
        asked.append(len(piece))
        return len(piece) <= 1_000

    pieces = split_long(text, fits)
    assert len(pieces) <= 1.25 * len(text) / 1_000
    assert len(asked) <= 12 * len(pieces)
    assert sum(asked) <= 16 * len(text)


def block(index: int, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(index=index, kind=kind, text=text)


def document(*blocks: Block) -> Document:
    return Document(sha256="0" * 64, title="Essai", blocks=blocks)


def test_segments_are_numbered_by_block_and_sentence() -> None:
    segments = segment(
        document(
            block(0, "La paix, enfin", BlockKind.HEADING),
            block(12, "Il pleut.  Mme Roux sort."),
            block(12_345, " Un. Deux. ", BlockKind.LIST_ITEM),
        )
    )
    assert [(s.id, s.block, s.start, s.end, s.source) for s in segments] == [
        ("b0000.s01", 0, 0, 14, "La paix, enfin"),
        ("b0012.s01", 12, 0, 9, "Il pleut."),
        ("b0012.s02", 12, 11, 25, "Mme Roux sort."),
        ("b12345.s01", 12_345, 1, 4, "Un."),
        ("b12345.s02", 12_345, 5, 10, "Deux."),
    ]


def test_numbers_grow_past_their_width() -> None:
    segments = segment(document(block(1, "Il pleut. " * 120)))
    assert [s.id for s in (segments[98], segments[99])] == ["b0001.s99", "b0001.s100"]
    assert len({s.id for s in segments}) == len(segments) == 120


def test_code_is_one_segment_and_blank_blocks_have_none() -> None:
    code = " print('Un. Deux.')\n exit "
    segments = segment(
        document(
            block(0, code, BlockKind.CODE), block(1, " \n", BlockKind.CODE), block(2, f" {NBSP}")
        )
    )
    assert [(s.id, s.start, s.source) for s in segments] == [("b0000.s01", 0, code)]


@given(st.lists(st.text() | french_like, max_size=5), st.sampled_from(list(BlockKind)))
def test_segments_and_gaps_put_every_block_together(texts: list[str], kind: BlockKind) -> None:
    made = document(*(block(index, text, kind) for index, text in enumerate(texts)))
    segments = segment(made)
    for text_block in made.blocks:
        own = [s for s in segments if s.block == text_block.index]
        together, place = "", 0
        for s in own:
            gap = text_block.text[place : s.start]
            assert not gap.strip()
            together += gap + s.source
            place = s.end
        assert together + text_block.text[place:] == text_block.text
        assert not text_block.text[place:].strip()


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2003"])
def test_a_wide_space_before_a_point_stops_nothing(space: str) -> None:
    from pipeline.language.sentences import sentence_spans

    text = f"Le plan B{space}. Il pleut. M{space}. Kask est là."
    said = "".join(text[slice(*span)] for span in sentence_spans(text))
    assert "".join(said.split()) == "".join(text.split())
