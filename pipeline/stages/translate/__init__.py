"""Stage 3: segments and a glossary in, one translation a segment out."""
