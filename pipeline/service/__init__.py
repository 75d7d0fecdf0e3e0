"""The use cases: plain values in, plain dataclasses out, for the command line and others.

Nothing here prints or exits; errors are those of ``pipeline.errors``.
"""
