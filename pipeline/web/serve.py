"""A folder of jobs in; the desk, listening on this machine alone until Ctrl+C, out."""

from __future__ import annotations

import hashlib
import secrets
import signal
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import uvicorn

from pipeline.errors import Act, Remedy, UsageError
from pipeline.service.jobs import job_names, make_plan
from pipeline.web.app import make_app
from pipeline.web.desk import Desk
from pipeline.web.guard import Door

_HOST = "127.0.0.1"
# Where the usual port of a folder lies: below those that systems give to outgoing connections.
_PORTS = (20000, 30000)
# Seconds without a decision after which an edition is brought up to date.
_PAUSE = 45.0


def serve(
    output: Path, config: Path | None, port: int, opens_browser: bool, say: Callable[[str], None]
) -> None:
    """Serve the desk until it is interrupted; ``say`` is given the address first.

    Raises UsageError where the port is taken or the folder is none, ConfigError where the settings
    are not valid: they would only be found out page by page.
    """
    job_names(output)
    make_plan(config)
    with _listening(port, output) as listener:
        door = Door(listener.getsockname()[1], secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        desk = Desk(output, config, pause=_PAUSE)
        address = f"http://{_HOST}:{door.port}/start?token={door.start}"
        say(address)
        server = uvicorn.Server(
            uvicorn.Config(
                make_app(desk, door),
                log_level="critical",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
                lifespan="off",
            )
        )
        desk.is_ending = lambda: server.should_exit
        with tempfile.TemporaryDirectory(prefix="enregard-") as folder:
            if opens_browser:
                Thread(target=_show, args=(address, Path(folder)), daemon=True).start()
            Thread(target=desk.warm, daemon=True).start()
            # To be ended by a signal is to be interrupted: nothing is left behind.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                with suppress(KeyboardInterrupt):
                    server.run(sockets=[listener])
            finally:
                desk.close()
        say("The desk is closed; what was stored is kept.")


def _listening(port: int, output: Path) -> socket.socket:
    """Listen on a port; without one on that of this folder, or on any where that is taken.

    A browser keeps drafts by address: a desk that is started again finds them under the same.
    """
    digits = hashlib.sha256(str(output.absolute()).encode()).hexdigest()
    usual = _PORTS[0] + int(digits, 16) % (_PORTS[1] - _PORTS[0])
    for wanted in [port] if port else [usual, 0]:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((_HOST, wanted))
            # Connections that come before the server runs wait.
            listener.listen(128)
        except OSError:
            listener.close()
        else:
            return listener
    raise UsageError(f"port {port} is taken", Remedy(Act.CHOOSE_PORT))


def _show(address: str, folder: Path) -> None:
    """Open the browser by a file that only this user can read: other users see command lines."""
    page = folder / "enregard.html"
    page.touch(mode=0o600)
    page.write_text(
        '<!doctype html><meta charset="utf-8"><title>Enregard</title>'
        f'<meta http-equiv="refresh" content="0;url={address}"><a href="{address}">Enregard</a>',
        "utf-8",
    )
    webbrowser.open(page.as_uri())
