"""The phrasebook for each listener: the patient, a child, or whoever speaks for one of them."""

from __future__ import annotations

from functools import cached_property

from voice_triage.wording.phrasebook import Phrasebook
from voice_triage.wording.retelling import Retelling, Retellings


class Books:
    """Phrasebooks with the same keys and other sentences; each is made when it is first wanted."""

    def __init__(self, book: Phrasebook, retellings: Retellings | None) -> None:
        nothing = Retelling({})
        self.own = book
        """To a grown-up who speaks for themselves."""
        self._told = retellings or Retellings(nothing, nothing, nothing)

    def of(self, another: bool, child: bool) -> Phrasebook:
        """The one to be used when the patient is somebody else, or a child."""
        if another:
            return self._of_a_child if child else self._of_another
        return self._to_a_child if child else self.own

    @cached_property
    def _of_another(self) -> Phrasebook:
        return self._told.another.book(self.own)

    @cached_property
    def _to_a_child(self) -> Phrasebook:
        return self._told.child.book(self.own)

    @cached_property
    def _of_a_child(self) -> Phrasebook:
        return self._told.childs.book(self.own)
