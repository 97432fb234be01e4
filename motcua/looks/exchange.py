"""Old papers that are handed over for the new one at the door: which this dossier still owes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.kernel.problems import Problem
from motcua.law.model import Paper
from motcua.looks.access import Case


@dataclass(frozen=True, slots=True)
class Exchange:
    """`must` is taken in before the result is given; `may` only where the case of the paper applies."""

    must: tuple[Paper, ...] = ()
    may: tuple[Paper, ...] = ()

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self.must + self.may


def exchange_of(case: Case) -> Exchange:
    """What the procedure takes in for the result and nobody of the service has yet in the original."""
    had = {p.component for p in case.papers if p.kind == "original"}
    asked = [p for p in case.version.papers if p.exchange and p.key not in had]
    must = tuple(p for p in asked if p.required and not p.when)
    return Exchange(must, tuple(p for p in asked if p not in must))


def exchange_problems(exchange: Exchange, given: Sequence[Mapping[str, Any]]) -> Iterable[Problem]:
    """Whatever must be taken in is counted, in the original, and nothing else is."""
    known = {p.key for p in exchange.papers}
    counted = {row["component"] for row in given if row["kind"] == "original" and row["quantity"]}
    if {row["component"] for row in given} - known or len(counted) < len(given):
        yield Problem(
            "parcel.not_exchanged",
            "Chỉ thu bản chính của giấy tờ cũ mà thủ tục yêu cầu đổi. Hãy đếm lại.",
            field="exchanged",
        )
    for paper in exchange.must:
        if paper.key not in counted:
            yield Problem(
                "parcel.exchange_missing",
                "Phải thu lại bản chính “%(name)s” trước khi giao kết quả. Chưa có thì ghi phát chưa được.",
                field="exchanged",
                params={"name": paper.name},
            )
