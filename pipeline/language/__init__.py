"""All that is known of French and English, and nothing of documents, engines or glossaries.

``tokens`` and ``words`` cut texts into words, ``forms`` and ``lemmas`` know plurals, feminines and
base forms, ``sentences`` finds sentences, ``numbers`` reads numbers and dates, ``lexicon`` holds
which words translate each other, ``typography`` sets each language its own way.
"""
