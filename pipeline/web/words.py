"""Acts in, the words that the desk has for them out; and the catalogues of its languages."""

from __future__ import annotations

import gettext
from pathlib import Path

from pipeline.errors import Act

LOCALE = Path(__file__).resolve().parent / "locale"


def N_(message: str) -> str:  # noqa: N802 - the customary name for a message that is translated later
    """Mark a message for the catalogues."""
    return message


WORDS: dict[Act, str] = {
    Act.FINISH_JOB: N_("resume or update the job first"),
    Act.SHOW_JOBS: N_("look for it among the jobs"),
    Act.SHOW_SEGMENTS: N_("look for it in the text"),
    Act.SHOW_FINDINGS: N_("look at the findings of the text"),
    Act.EXPORT_DECISIONS: N_("make it by exporting the decisions of a job"),
    Act.REBUILD_EDITION: N_("update the edition"),
    Act.TURN_ON: N_("turn {} on in the settings and update the edition"),
    Act.LOOK_IN_FOLDER: N_("start the desk on the folder {}"),
    Act.CHOOSE_OUTPUT: N_("start the desk on another folder"),
    Act.RUN_ELSEWHERE: N_("run the text again with the desk on another folder"),
    Act.NAME_TEXT: N_("choose a text"),
    Act.CHOOSE_ENCODING: N_("save it as UTF-8 text; it seems to be {}"),
    Act.NAME_ENCODING: N_("save it as UTF-8 text"),
    Act.REPLACE_FILE: N_("give it another name"),
    Act.SHOW_ENGINES: N_("see the engines of this machine"),
    Act.CHOOSE_ENGINE: N_("choose the engine {}"),
    Act.CHOOSE_TARGET: N_("choose another folder"),
    Act.CHOOSE_PORT: N_("choose another port, or none for a free one"),
    Act.TRANSLATE_ANYWAY: N_("tick that it is translated all the same"),
    Act.INSTALL_PACKAGE: N_("install a package from its file"),
    Act.BRING_PACKAGE: N_("bring the package's file from another machine and install it"),
}


def catalogue(language: str) -> gettext.NullTranslations:
    """Give the catalogue of a language; English is what the messages are written in."""
    return gettext.translation("desk", LOCALE, [language], fallback=language == "en")
