"""The registry of checks in, the page that documents them out (``docs/checks.md``)."""

from __future__ import annotations

from pipeline.checks import CHECKS
from pipeline.checks.base import Check

_HEAD = """# Checks

Where no reference translation exists, these checks look for signs of error in each segment. They
find errors; they do not grade. Every finding names its check, how grave it is, and where it stands.

| tier | what it asks of you |
|---|---|
| block | mend it before you publish |
| look | read the sentence against its source |
| polish | a matter of form |

Any check can be left out and any threshold changed in the configuration:

```yaml
checks:
  disabled: [punctuation]
  thresholds: {length: 3.5, confidence.error: 0.8}
```

Raw values are stored with a job, so that a change of these is judged again without checking again.
Code blocks are not checked. How many errors the checks find, and how often they are wrong, is
measured on planted errors: [quality.md](quality.md#what-the-checks-find).
"""


def checks_page() -> str:
    """Return the page as Markdown, one section a check in the order of the registry."""
    return "\n".join([_HEAD, *map(_section, CHECKS.values())])


def _section(check: Check) -> str:
    lines = [
        f"## {check.title}",
        "",
        f"`{check.id}` · {check.severity} as a rule",
        "",
        check.formula,
        "",
    ]
    if check.notes:
        lines += [check.notes, ""]
    if check.thresholds:
        lines += ["| threshold | default | suspicious | measures |", "|---|---:|---|---|"]
        lines += [
            f"| `{t.id}` | {t.default:g} | {t.direction} | {t.meaning} |" for t in check.thresholds
        ]
        lines.append("")
    return "\n".join(lines)
