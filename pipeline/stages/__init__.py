"""The five stages, in order: read, segment, translate, score, publish.

A stage is a folder that owns whatever only it uses (``segment`` is a single module). No stage
imports another: what flows between them is in ``pipeline.model``, and ``pipeline.jobs`` says when
each runs.
"""
