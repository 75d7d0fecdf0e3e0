"""A real browser for tests, which waits for what it wants to see and never for a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(
    _CHROMIUM is None, reason="there is no Chromium on this machine; apt-get install chromium"
)
_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A test waits for what it wants to see, and fails when the machine would be given up as dead.
PATIENCE = 300_000


@contextmanager
def chromium() -> Iterator[Any]:
    """Start a browser; whatever is opened with ``opened`` in it waits as long as it takes."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM, chromium_sandbox=False, args=_ARGUMENTS, timeout=PATIENCE
        )
        yield browser
        browser.close()


def context_of(browser: Any, **options: Any) -> Any:
    """Give a context of its own in a browser."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context
