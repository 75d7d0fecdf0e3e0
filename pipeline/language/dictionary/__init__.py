"""The French–English dictionary: a text in, what is known of its words out."""

from pipeline.language.dictionary.answers import Answers
from pipeline.language.dictionary.entries import Rendering, SourceTerm
from pipeline.language.dictionary.lookup import Dictionary, dictionary

__all__ = ["Answers", "Dictionary", "Rendering", "SourceTerm", "dictionary"]
