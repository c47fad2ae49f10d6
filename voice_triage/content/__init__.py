"""intents/*.yaml read strictly and made into values; `load` gives the whole conversation."""

from voice_triage.content.loading import load
from voice_triage.content.locating import find_intents

__all__ = ["find_intents", "load"]
