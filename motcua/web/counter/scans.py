"""Scans on a form: kept as soon as they arrive, so that no later mistake on the form loses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from motcua.acts.inputs import Invalid
from motcua.acts.uploads import keep_upload, known_uploads
from motcua.config import clock
from motcua.kernel.problems import Problem

_MOST = 40


@dataclass(frozen=True, slots=True)
class Scan:
    """A file in the store that belongs to a component of the form that is being filled."""

    component: str
    sha256: str
    title: str

    @property
    def carried(self) -> str:
        """How the form carries it from one showing to the next."""
        return f"{self.component}|{self.sha256}|{self.title}"


def scans_of(request: HttpRequest, components: Iterable[str]) -> tuple[list[Scan], list[Problem]]:
    """Does: keeps the files that came with the form. Answers all that belong to it so far, without those struck out,
    and what is wrong with the others."""
    known, problems = {*components, "other"}, list[Problem]()
    struck = set(request.POST.getlist("strike"))
    scans = [s for text in request.POST.getlist("scan") if (s := _carried(text, known)) and s.carried not in struck]
    for component in sorted(known):
        for file in request.FILES.getlist(f"scan-{component}"):
            try:
                kept = keep_upload(request.actor, file.name or "", file.content_type or "", file.read(), clock.now())  # type: ignore[attr-defined]
            except Invalid as invalid:
                problems += [Problem(p.code, p.message, p.blocks, "scans", p.params) for p in invalid.problems]
            else:
                scans.append(Scan(component, kept.sha256, kept.title))
    return list(dict.fromkeys(scans))[:_MOST], problems


def _carried(text: str, known: set[str]) -> Scan | None:
    component, _, rest = text.partition("|")
    sha256, _, title = rest.partition("|")
    return Scan(component, sha256, title[:250]) if component in known and len(sha256) == 64 else None


def file_rows(request: HttpRequest, scans: Iterable[Scan]) -> list[dict[str, Any]]:
    """The columns of the files for an act. Raises Invalid for a file this person never sent."""
    rows = [{"component": s.component, "sha256": s.sha256, "title": s.title} for s in scans]
    return known_uploads(rows, request.actor)  # type: ignore[attr-defined]
