"""One published value into a version of a procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.law.model import procedures as model

if TYPE_CHECKING:
    from motcua.law.model.values import LawValue

Said = dict[str, Any]


def version_from(law: LawValue) -> model.Version | model.Repeal:
    """The version (or the repeal) a value says; parts without a source take the version's."""
    said = law.value
    if said.get("repealed"):
        return model.Repeal(said.get("replaced_by", ""), law.source)
    online = said.get("online_allowance")
    return model.Version(
        code=law.key,
        field=said["field"],
        valid_from=law.valid_from,
        name=said["name"],
        aliases=tuple(said.get("aliases", ())),
        replaces=said.get("replaces", ""),
        agency=model.AgencyRef(said["agency"]["kind"], said["agency"].get("code", "")),
        level=said["level"],
        online=said["online"],
        post=said["post"],
        allowance=_term(said["allowance"], law),
        online_allowance=_term(online, law) if online else None,
        papers=tuple(_paper(paper, law) for paper in said["papers"]),
        fees=tuple(_fee(fee, law) for fee in said["fees"]),
        steps=tuple(_step(step, law) for step in said["steps"]),
        result=model.Result(**said["result"]),
        form=tuple(_question(question) for question in said.get("form", ())),
        note=said.get("note", ""),
        source=law.source,
        confidence=law.confidence,
    )


def _term(said: Said, law: LawValue) -> model.Term:
    source, confidence = said.get("source", law.source), said.get("confidence", law.confidence)
    return model.Term(said["kind"], said.get("amount", 0), source, confidence)


def _paper(said: Said, law: LawValue) -> model.Paper:
    return model.Paper(**{"source": law.source, **said})


def _fee(said: Said, law: LawValue) -> model.Fee:
    exempt = tuple(model.FeeExemption(**one) for one in said.get("exempt", ()))
    return model.Fee(**{"source": law.source, "confidence": law.confidence, **said, "exempt": exempt})


def _step(said: Said, law: LawValue) -> model.StepPlan:
    return model.StepPlan(**{"source": law.source, **said})


def _question(said: Said) -> model.Question:
    return model.Question(**{**said, "choices": tuple(said.get("choices", ()))})
