"""The record form of law: one dated value, as it is published and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class LawValue:
    """A value of law: `(kind, key, valid_from)` names it, and once published nothing about it changes.

    `value` is a JSON object of strings, whole numbers, booleans, nulls, lists and objects (no floats).
    `source` is the text that says so, `confidence` how sure we are that it does: high, medium or low.
    """

    kind: str
    key: str
    valid_from: date
    value: dict[str, Any]
    source: str
    confidence: str

    @property
    def name(self) -> tuple[str, str, date]:
        """What identifies the value."""
        return self.kind, self.key, self.valid_from
