"""The shape of Gemma 3 270M with the pruned vocabulary, for the tools that need no torch too."""

from __future__ import annotations

WIDTH, LAYERS, HEADS, HEAD, HIDDEN, VOCABULARY = 640, 18, 4, 256, 2048, 36000
GLOBAL_EVERY = 6
BASES = {"local": 1e4, "global": 1e6}
LONGEST = 512
PRODUCTS = ("int8", "bfloat16", "float32")
