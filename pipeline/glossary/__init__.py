"""The glossary: files in; entries, their matches in French and verdicts on the English out.

``formats`` reads and writes files, ``entries`` validates what they say, ``load`` puts several
together; ``match`` finds the entries in a French text, ``verify`` looks for their renderings in the
English and words the hints for an engine. ``tokens`` and ``forms`` hold what both languages need:
words and their boundaries, plurals and feminines; ``lemmas``, ``words`` and ``homographs`` know
French. ``lint``, ``merge``, ``needless`` and ``extract`` are about glossaries themselves.
"""

from pipeline.glossary.entries import entry_id
from pipeline.glossary.load import Glossary, load_glossary
from pipeline.glossary.match import Matcher
from pipeline.glossary.verify import hints, verify

__all__ = ["Glossary", "Matcher", "entry_id", "hints", "load_glossary", "verify"]
