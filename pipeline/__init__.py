"""Enregard: a French text in; its English translation, scored, and a bilingual edition out."""

__version__ = "0.1.0"
