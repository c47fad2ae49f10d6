"""Where intents/ lies: inside the installed package, else beside it in the clone."""

from __future__ import annotations

from pathlib import Path

from voice_triage.errors import ContentError, Problem

_PACKAGE = Path(__file__).resolve().parent.parent


def find_intents() -> Path:
    """The folder with all that is asked, understood and said. Raises ContentError if there is none."""
    for folder in (_PACKAGE / "intents", _PACKAGE.parent / "intents"):
        if (folder / "protocol.yaml").is_file():
            return folder
    raise ContentError(
        [Problem(str(_PACKAGE / "intents"), 0, "there is no intents/ folder; install the package again")]
    )
