"""Those whom we call: one file per engine."""
