"""The five things we can know about one finding."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """What is known of one finding. The order is that of growing concern (NOT_ASKED apart).

    Only the person can say ABSENT: silence, doubt and failure never do.
    """

    NOT_ASKED = 0
    ABSENT = 1
    UNANSWERED = 2
    UNSURE = 3
    PRESENT = 4
