"""Published law is never changed: what a new reading of a pack may and may not bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.kernel.problems import Problem, refuse_if
from motcua.law.model.values import LawValue


@dataclass(frozen=True)
class Difference:
    """A new state of a pack against the published one: each list by kind, key and first day."""

    added: tuple[LawValue, ...]
    changed: tuple[tuple[LawValue, LawValue], ...]
    removed: tuple[LawValue, ...]

    @property
    def problems(self) -> list[Problem]:
        """Why it cannot be published: `law.changed`, `law.removed`, one for each value."""
        changed = (
            Problem(
                "law.changed",
                "%(name)s đã công bố thì không sửa được. Hãy giữ nguyên giá trị cũ và thêm giá trị mới "
                "với ngày hiệu lực sau.",
                params={"name": _named(new)},
            )
            for _, new in self.changed
        )
        removed = (
            Problem(
                "law.removed",
                "%(name)s đã công bố thì không bỏ được. Hãy khôi phục; muốn bãi bỏ thì thêm giá trị bãi "
                "bỏ với ngày hiệu lực sau.",
                params={"name": _named(old)},
            )
            for old in self.removed
        )
        return [*changed, *removed]


def difference(old: Iterable[LawValue], new: Iterable[LawValue]) -> Difference:
    """What is added, changed (value, source or confidence) and removed between two states of a pack."""
    before = {value.name: value for value in old}
    after = {value.name: value for value in new}
    return Difference(
        added=tuple(value for name, value in sorted(after.items()) if name not in before),
        changed=tuple(
            (before[name], value) for name, value in sorted(after.items()) if before.get(name, value) != value
        ),
        removed=tuple(value for name, value in sorted(before.items()) if name not in after),
    )


def compare_published(old: Iterable[LawValue], new: Iterable[LawValue]) -> Difference:
    """The difference, if it only adds. Refuses `law.changed` and `law.removed`, a problem for each."""
    found = difference(old, new)
    refuse_if(found.problems)
    return found


def _named(value: LawValue) -> str:
    return f"{value.kind} “{value.key}” từ {value.valid_from:%d/%m/%Y}"
