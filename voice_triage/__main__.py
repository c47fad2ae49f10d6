"""`python -m voice_triage` is the command `voice-triage`."""

from __future__ import annotations

import sys

from voice_triage.cli import main

sys.exit(main())
