"""Work of the typesetter in; the same without its records or its rubbish collection out."""

from __future__ import annotations

import gc
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of boxes that are all still in use.

    That takes a fifth of the time; the cycles there are cost 2 MB a thousand words until the end.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' log records from handlers that are not theirs, such as the terminal."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [logger.propagate for logger in loggers]
    silencer = logging.NullHandler()
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(silencer)
    try:
        with warnings.catch_warnings():
            # WeasyPrint 70 leaves the file of its colour profile for Python to close.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(silencer)
