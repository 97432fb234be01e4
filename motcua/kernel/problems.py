"""Refusals as values.

A rule answers with problems; a page shows them as a checklist, the API as a 409, an action refuses.
Messages are Vietnamese and say what is wrong, why, and what to do next. Codes are stable and dotted.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way (`blocks`) or that deserves a look (`blocks=False`).

    `message` is the msgid a face translates. With `params` it is a %-template (`%(day)s`; a percent sign
    is then written `%%`); without `params` it is taken as it stands.
    `field` names the input the problem belongs to, when there is one.
    """

    code: str
    message: str
    blocks: bool = True
    field: str | None = None
    params: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        _ = self.text  # a template that lacks a parameter fails where it is written, not when it is shown

    @property
    def text(self) -> str:
        """The message with its parameters filled in."""
        return self.message % self.params if self.params else self.message


class Refused(Exception):
    """What was asked is not done; nothing has changed. `problems` says why, in order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("a refusal needs at least one problem")
        super().__init__(problems)
        self.problems: tuple[Problem, ...] = tuple(problems)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems, in order."""
        return tuple(problem.code for problem in self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.text for problem in self.problems)


def refusal(code: str, message: str, *, field: str | None = None, **params: object) -> Refused:
    """A refusal for one reason, to be raised: `raise refusal("keys.short", "… %(count)s …", count=n)`."""
    return Refused([Problem(code, message, field=field, params=params)])


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all the problems if any of them blocks; otherwise do nothing."""
    found = tuple(problems)
    if any(problem.blocks for problem in found):
        raise Refused(found)
