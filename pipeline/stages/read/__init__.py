"""Stage 1: see ``stage``; the formats it reads are those of ``pipeline.documents``."""
