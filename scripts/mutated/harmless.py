"""Mutants that change nothing that anybody could notice, and why."""

from __future__ import annotations

from collections.abc import Mapping

HARMLESS: Mapping[str, str] = {}
"""Name of a mutant -> why nothing comes of it."""
