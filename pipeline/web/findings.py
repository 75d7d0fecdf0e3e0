"""What a check or the glossary says of a sentence in; the same in the editor's language, out.

Checks say what they found in English, and jobs keep it so. Here are the forms of what they say,
each with its translation in the catalogues; what no form fits stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.web.words import N_, catalogue

# What stands in braces is taken over, itself translated where it is one of the NAMES.
FORMS: tuple[str, ...] = (
    N_("The engine was unsure (mean log-probability {n})."),
    N_("A serious error is probable ({n}). {reason}; {other}."),
    N_("A serious error is probable ({n}). {reason}."),
    N_("A serious error is probable ({n})."),
    N_("« {word} »: neither {one} nor {other} stands in the English"),
    N_("« {word} »: {one} does not stand in the English"),
    N_("“{one}” may have become “{other}”."),
    N_("The same French is rendered elsewhere as “{text}”."),
    N_("“{one}” is spelt “{other}” elsewhere."),
    N_("“{one}” is {country} spelling; the text mostly has {other}, as in “{example}”."),
    N_("Perhaps left out: “{text}”."),
    N_("Perhaps added: “{text}”."),
    N_("The translation is empty."),
    N_("The engine stopped before the end of the sentence."),
    N_("The translation breaks off: it ends without the final mark of the source."),
    N_("“{text}”: the translation does not say who says so."),
    N_("“{text}”: the translation does not say “only”."),
    N_("“{text}”: the source speaks of nobody there."),
    N_("“{one}” tells a rumour, “{other}” what did not happen."),
    N_("“{text}” tells a rumour, the translation a fact."),
    N_("“{one}” is conditional, the translation says “{other}”."),
    N_("The sentence is left in French."),
    N_("Left in French: “{text}”."),
    N_("Perhaps left in French: “{text}”."),
    N_("{n} of the words are French function words."),
    N_("“{text}” may be no English word."),
    N_("“{one}” is made up after “{other}”, and may be no English word."),
    N_("Two words are joined: “{one}” and “{other}”."),
    N_("Much is missing: the translation has {n} of the source's length."),
    N_("Unusually short: {n} of the source's length."),
    N_("Unusually long: {n} of the source's length."),
    N_("The name “{one}” became “{other}”."),
    N_("The name “{text}” does not appear in the translation."),
    N_("The name “{text}” may have been rendered otherwise."),
    N_("The name “{text}” was perhaps abbreviated."),
    N_("“{text}” does not appear in the translation."),
    N_("A negation is lost: “{text}”."),
    N_("“{text}” negates what the source affirms."),
    N_("“{text}” became another ordinal."),
    N_("“{one}” became “{other}”."),
    N_("“{one}” and “{other}” seem to have changed places."),
    N_("“{text}” is written in the French way."),
    N_("“{text}” is missing in the translation."),
    N_("“{text}” is not in the source."),
    N_("“{text}” stands more often in the source."),
    N_("A number is missing beside “{text}”."),
    N_("“{text}” changed or lost its unit."),
    N_("“{text}” has another sign in the translation."),
    N_("“{text}” has a unit or currency too many."),
    N_("“{one}” may be the opposite of “{other}”."),
    N_("The source ends with {one}, the translation with {other}."),
    N_("A parenthesis is opened or closed alone."),
    N_("A bracket is opened or closed alone."),
    N_("A quotation mark is opened or closed alone."),
    N_("Quotation marks of the source are missing."),
    N_("Brackets of the source are missing."),
    N_("French guillemets stand in the English."),
    N_("“{text}” is marked as another language ({language}), but was translated."),
    N_("The place of the {one} on “{text}” was guessed: “{other}”."),
    N_("The quotation holds words that the source has outside it."),
    N_("Words of the quotation stand outside it in the translation."),
    N_("The address “{text}” is lost or changed."),
    N_("The address “{text}” is not in the source."),
    N_("“{text}” is lost or changed."),
    N_("The translation loops."),
    N_("Said twice: “{text}”."),
    N_("The translation repeats words of its own."),
    N_("A word is doubled: “{text}”."),
    N_("A title stands twice: “{text}”."),
    N_("“{one}” is rendered by a forbidden “{other}”."),
    N_("“{one}” is not rendered as “{other}”."),
    N_("“{text}” does not stand in the translation."),
    N_("“{text}” was {reason}."),
    # Why an entry of the glossary stands there or not.
    N_("{reason}; {other}"),
    N_("declined by the reviewer"),
    N_("put in, the sentence is less probable ({one}, not {other})"),
    N_("applied, the sentence would be clearly worse ({one}, not {other})"),
    N_("applied, it would break something else"),
    N_("the forbidden rendering “{text}” stands in the translation"),
    N_("rendered once for {n} occurrences"),
    N_("rendered twice for {n} occurrences"),
    N_("rendered {one} times for {n} occurrences"),
    N_("“{text}” stands in the translation, but renders another entry there"),
    N_("“{one}” stands in the translation, but not with the letters of “{other}”"),
    N_("the text to keep does not stand in the translation letter for letter"),
    N_("none of the allowed renderings stands in the translation"),
)
NAMES: tuple[str, ...] = (
    N_("British"),
    N_("American"),
    N_("no final mark"),
    N_("a full stop"),
    N_("an ellipsis"),
    N_("a question mark"),
    N_("an exclamation mark"),
    N_("a colon"),
    N_("a semicolon"),
    N_("emphasis"),
    N_("strong words"),
    N_("link"),
    N_("small capitals"),
    N_("code"),
)
# In these a whole reason stands, which is one of the forms itself.
_REASONS = ("reason", "other")


def told(message: str, language: str) -> str:
    """Say what was found, or why an entry is missing, in a language."""
    if language == "en":
        return message
    words = catalogue(language)
    for form, pattern in _patterns():
        found = pattern.fullmatch(message)
        if found is None:
            continue
        parts = {
            name: _part(name, form, text, language) for name, text in found.groupdict().items()
        }
        return words.gettext(form).format(**parts)
    return message


def _part(name: str, form: str, text: str, language: str) -> str:
    if text in NAMES:
        return catalogue(language).gettext(text)
    if name in _REASONS and "{reason}" in form:
        return told(text, language)
    return text.replace("%", "\u202f%") if name == "n" else text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, re.compile(_pattern(form), re.DOTALL)) for form in FORMS)


def _pattern(form: str) -> str:
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(form))
