"""The machine: its engines, what it needs, and a package installed from its file."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from starlette.responses import Response

from pipeline.errors import EnregardError
from pipeline.service.engines import engines, install_package
from pipeline.service.machine import check_apart, disk_use
from pipeline.web.told import said
from pipeline.web.views.call import Call


def machine(call: Call) -> Response:
    """Show the engines and the disk."""
    return _machine(call)


def check(call: Call) -> Response:
    """Look whether the machine has what Enregard needs."""
    return _machine(call, checked=check_apart(call.desk.output))


def install(call: Call) -> Response:
    """Install an ``.argosmodel`` file that was sent."""
    sent = call.files.get("package", [])
    if not sent:
        return _machine(call, 422, nothing=True)
    with tempfile.TemporaryDirectory(prefix="enregard-") as folder:
        path = Path(folder) / "package.argosmodel"
        with path.open("wb") as file:
            shutil.copyfileobj(sent[0].file, file)
        try:
            installed = install_package(path)
        except EnregardError as error:
            problem = said(error, call.language).replace(str(path), path.name)
            problem = problem.replace(path.name, sent[0].name)
            return _machine(call, 422, problem=problem)
    return _machine(call, installed=installed)


def _machine(call: Call, status: int = 200, **values: object) -> Response:
    found, problems = engines()
    shown = {"checked": (), "nothing": False, "problem": "", "installed": None, **values}
    return call.page(
        "machine.html",
        status,
        engines=found,
        problems=problems,
        disk=disk_use(call.desk.output),
        output=call.desk.output,
        **shown,
    )
