"""The command line and the checks in, their pages out: docs/cli.md, checks.md, enregard.1.

python tools/docs.py            write the pages
python tools/docs.py --check    fail if a page is not what the program says, or a link is dead
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.cli import main as enregard  # noqa: E402
from tools.checks_page import checks_page  # noqa: E402
from tools.man_page import man_page  # noqa: E402


def cli_page() -> str:
    """Give the reference of the command line: the help of every command, as it is printed."""
    parts = [
        "# The command line\n",
        "Written by `make docs` from the program itself; do not edit.\n",
        *_help(enregard, "enregard", None),
    ]
    return "\n".join(parts)


def _help(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    """Give the help of a command and of those below it, each under its heading."""
    context = click.Context(command, info_name=name, parent=parent, max_content_width=96)
    context.terminal_width = 96
    parts = [f"```\n{command.get_help(context)}\n```\n"]
    if parent:
        parts.insert(0, f"## {context.command_path}\n")
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            parts += _help(found, below, context)
    return parts


PAGES = {"docs/cli.md": cli_page, "docs/checks.md": checks_page, "docs/enregard.1": man_page}


def dead_links(page: Path) -> list[str]:
    """Give the relative links of a Markdown page that lead nowhere."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return [link for link in links if "://" not in link and not (page.parent / link).exists()]


def main() -> None:
    """Write the pages, or check them."""
    problems = []
    for name, make in PAGES.items():
        path = ROOT / name
        if sys.argv[1:] != ["--check"]:
            path.write_text(make(), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != make():
            problems.append(f"{name} is not what the program says; run: make docs")
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("models/**/*.md")]:
        problems += [f"{page.relative_to(ROOT)}: dead link {link}" for link in dead_links(page)]
    if problems:
        raise SystemExit("\n".join(problems))


if __name__ == "__main__":
    main()
