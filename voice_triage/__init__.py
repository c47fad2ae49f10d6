"""An offline voice skill that asks about back-pain red flags and says how soon to be seen."""
