"""What commands print for programs to read."""

from __future__ import annotations

import json
from typing import Any

from voice_triage.dialogue import Conclusion


def conclusion_object(conclusion: Conclusion) -> dict[str, Any]:
    """The conclusion as plain values."""
    return {
        "urgency": conclusion.urgency.id,
        "mode": conclusion.mode.value if conclusion.mode else None,
        "rules": list(conclusion.rules),
        "findings": dict(conclusion.findings),
        "advice": list(conclusion.advice),
    }


def print_conclusion(conclusion: Conclusion) -> None:
    """One JSON object on one line of standard output."""
    print(json.dumps(conclusion_object(conclusion), ensure_ascii=False), flush=True)
