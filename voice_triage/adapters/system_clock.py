"""The clock of the machine."""

from __future__ import annotations

import time


class SystemClock:
    """Port Clock: seconds that never go backwards, whatever happens to the time of day."""

    def monotonic(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()
