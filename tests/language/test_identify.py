"""Which language a passage is in: told by its small words, and left open where there are few."""

import pytest

from pipeline.language.identify import OTHER_SCRIPT, foreign, language_of

FRENCH = "Le gouvernement a annoncé lundi une hausse des taxes sur les carburants."
ENGLISH = "The government said on Monday that it would not raise taxes this year."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Die Regierung hat am Montag erklärt, dass sie die Steuern nicht erhöhen wird.", "de"),
        ("El gobierno dijo el lunes que no subirá los impuestos este año en el país.", "es"),
        ("Il governo ha detto lunedì che non aumenterà le tasse per il prossimo anno.", "it"),
        ("De regering heeft maandag gezegd dat het de belastingen niet zal verhogen.", "nl"),
        ("O governo disse na segunda-feira que não vai aumentar os impostos em dois anos.", "pt"),
        ("Правительство заявило в понедельник, что налоги не вырастут.", OTHER_SCRIPT),
        ("我们今年不会提高税收,政府星期一表示。", OTHER_SCRIPT),
        ("รัฐบาลกล่าวเมื่อวันจันทร์ว่าจะไม่ขึ้นภาษีในปีนี้", OTHER_SCRIPT),
        ("Компания Apple показала новый телефон в понедельник утром.", OTHER_SCRIPT),
        ("Роман Камю «L'Étranger» вышел в Париже в 1942 году и сразу стал известен.", OTHER_SCRIPT),
        # Names as they are written at home, alone or in a line of French.
        ("Тарас Шевченко", None),
        ("Νίκος Καζαντζάκης", None),
        ("ウクライナ", None),
        ("Тарас Шевченко à Paris", None),
        ("Αθήνα, Київ, דמשק et دمشق", None),
        ("Лев Толстой a dit : « Война и мир ».", None),
        ("Il cite « Правительство заявило в понедельник, что налоги не вырастут. »", None),
        ("« Правительство заявило в понедельник, что налоги не вырастут. »", OTHER_SCRIPT),
        ("𝐔𝐫𝐠𝐞𝐧𝐭 : 𝐥𝐞 𝐦𝐢𝐧𝐢𝐬𝐭𝐫𝐞 𝐚 𝐝𝐢𝐭 𝐧𝐨𝐧 𝐚̀ 𝐥𝐚 𝐫𝐞́𝐟𝐨𝐫𝐦𝐞", "fr"),
        ("محمود درويش est mort à Houston après une opération", "fr"),
        ("Le film « The Social Network » est sorti en 2010 dans les salles.", "fr"),
        ("A-t-on jamais vu ça ?", "fr"),
        ("Quand a-t-on commencé à me mentir ?", "fr"),
        ("Comment a-t-on pu laisser faire ?", "fr"),
        ("Que va-t-on me reprocher ?", "fr"),
        ("Me dira-t-on enfin toute vérité ?", "fr"),
        ("On me demande : pourquoi me battre ?", "fr"),
        ("Don't tell me it isn't me.", "en"),
        ("I can't tell you what he told me on Monday.", "en"),
        ("There is a man with a plan for a canal.", "en"),
        ("Dupont, Martin, Lefèvre, Moreau, Roy, Vial, Simon", None),
        ("Paris, 12 mars", None),
        ("", None),
    ],
)
def test_the_language_of_a_passage(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_text_says_which_passages_are_foreign_and_how_much_they_are() -> None:
    found, share = foreign([FRENCH, "Paris", ENGLISH])
    assert [(each.place, each.language) for each in found] == [(2, "en")]
    assert share == len(ENGLISH) / (len(FRENCH) + len(ENGLISH))
    assert foreign([FRENCH, "12 %"]) == ((), 0.0)
