"""A life cycle as a table.

One list of transitions drives the buttons, the server's check, the API's answer, the role matrix
and the drawing in the documents, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from motcua.kernel.problems import Refused, refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """`action` takes any of `sources` to `target`; `roles` may do it; `label` is its Vietnamese name."""

    action: str
    sources: frozenset[S]
    target: S
    roles: frozenset[str]
    label: str


class Machine(Generic[S]):
    """A named life cycle. `start` is the first member of `states` unless given.

    A state class may have a `label` property (Vietnamese); its value is shown otherwise.
    ValueError when one action leads two ways out of one state: the table must decide alone.
    """

    def __init__(
        self, name: str, states: type[S], transitions: Iterable[Transition[S]], start: S | None = None
    ) -> None:
        self.name = name
        self.states = tuple(states)
        self.transitions = tuple(transitions)
        self.start = self.states[0] if start is None else start
        self._table: dict[tuple[str, str], Transition[S]] = {}
        for row in self.transitions:
            for source in row.sources:
                if (source, row.action) in self._table:
                    raise ValueError(f"{name}: {row.action!r} leads two ways out of {source!r}")
                self._table[source, row.action] = row

    def step(self, state: S, action: str, roles: Collection[str] | None = None) -> S:
        """The state that `action` leads to. Refuses `machine.unknown_action`, `machine.wrong_state`
        and, when `roles` are given, `machine.wrong_role`."""
        row = self._table.get((state, action))
        if row is None:
            raise self._wrong_step(state, action)
        if roles is not None and row.roles.isdisjoint(roles):
            raise refusal(
                "machine.wrong_role",
                "Bạn không có quyền “%(action)s”: việc này thuộc về %(roles)s. Hãy chuyển cho đúng người.",
                action=row.label,
                roles=", ".join(sorted(_label(role) for role in row.roles)),
            )
        return row.target

    def allowed(self, state: S, roles: Collection[str]) -> tuple[Transition[S], ...]:
        """The transitions someone with `roles` may make from `state`, in the order of the table."""
        rows = (row for row in self.transitions if state in row.sources)
        return tuple(row for row in rows if not row.roles.isdisjoint(roles))

    def may(self, action: str, roles: Collection[str]) -> bool:
        """Whether any of `roles` may ever do `action`, whatever the state."""
        return any(row.action == action and not row.roles.isdisjoint(roles) for row in self.transitions)

    @property
    def actions(self) -> tuple[str, ...]:
        """The names of all actions, in the order of the table."""
        return tuple(dict.fromkeys(row.action for row in self.transitions))

    @property
    def terminals(self) -> frozenset[S]:
        """The states nothing leads out of."""
        return frozenset(self.states) - {source for row in self.transitions for source in row.sources}

    def reachable(self, start: S | None = None) -> frozenset[S]:
        """The states that can be reached from `start`, itself among them."""
        reached = {self.start if start is None else start}
        waiting = list(reached)
        while waiting:
            state = waiting.pop()
            found = {row.target for row in self.transitions if state in row.sources} - reached
            reached |= found
            waiting += found
        return frozenset(reached)

    def diagram(self) -> str:
        """The life cycle as a mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{_label(state)}" as {state.value}' for state in self.states]
        lines += [f"    [*] --> {self.start.value}"]
        for row in self.transitions:
            lines += [
                f"    {source.value} --> {row.target.value}: {row.label}"
                for source in self.states
                if source in row.sources
            ]
        lines += [f"    {state.value} --> [*]" for state in self.states if state in self.terminals]
        return "\n".join(lines)

    def role_matrix(self, roles: Sequence[str]) -> list[tuple[str, ...]]:
        """Rows for the documents: a heading, then per transition action, label, from, to, a mark per role."""
        rows = [("action", "label", "from", "to", *(str(role) for role in roles))]
        for row in self.transitions:
            sources = ", ".join(source.value for source in self.states if source in row.sources)
            marks = ("x" if role in row.roles else "" for role in roles)
            rows.append((row.action, row.label, sources, row.target.value, *marks))
        return rows

    def _wrong_step(self, state: S, action: str) -> Refused:
        label = next((row.label for row in self.transitions if row.action == action), None)
        if label is None:
            return refusal(
                "machine.unknown_action",
                "Không có việc “%(action)s”. Hãy tải lại trang và chọn một việc trong danh sách.",
                action=action,
            )
        possible = [row.label for row in self.transitions if state in row.sources]
        return refusal(
            "machine.wrong_state",
            "Không thể “%(action)s” khi đang “%(state)s”. Việc làm được lúc này: %(possible)s.",
            action=label,
            state=_label(state),
            possible=", ".join(dict.fromkeys(possible)) or "không còn việc nào",
        )


def _label(value: str) -> str:
    return str(getattr(value, "label", value))
