"""Files on a form: kept as soon as they arrive, so that no later mistake on the form loses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from motcua.acts.inputs import Invalid
from motcua.acts.uploads import keep_upload, known_uploads
from motcua.config import clock
from motcua.documents.checks import DEFAULT_LIMITS
from motcua.kernel.problems import Problem

_MOST = 40


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the store that belongs to a component of the form that is being filled."""

    component: str
    sha256: str
    title: str

    @property
    def carried(self) -> str:
        """How the form carries it from one showing to the next."""
        return f"{self.component}|{self.sha256}|{self.title}"


def attachments_of(request: HttpRequest, components: Iterable[str]) -> tuple[list[Attachment], list[Problem]]:
    """Does: keeps the files sent as `file-<component>`. Answers all that came so far (`kept` carries them from one
    showing to the next), without those struck out (`strike`), and what is wrong with the others, beside their field."""
    known, problems = list(dict.fromkeys(components)), list[Problem]()
    struck = set(request.POST.getlist("strike"))
    kept = [a for text in request.POST.getlist("kept") if (a := _carried(text, known)) and a.carried not in struck]
    for component in known:
        for file in request.FILES.getlist(f"file-{component}"):
            content = file.read(DEFAULT_LIMITS.max_bytes + 1)
            try:
                row = keep_upload(request.actor, file.name or "", file.content_type or "", content, clock.now())  # type: ignore[attr-defined]
            except Invalid as invalid:
                problems += [
                    Problem(p.code, p.message, field=f"file-{component}", params=p.params) for p in invalid.problems
                ]
            else:
                kept.append(Attachment(component, row.sha256, row.title))
    return list(dict.fromkeys(kept))[:_MOST], problems


def _carried(text: str, known: list[str]) -> Attachment | None:
    component, _, rest = text.partition("|")
    sha256, _, title = rest.partition("|")
    return Attachment(component, sha256, title[:250]) if component in known and len(sha256) == 64 else None


def rows_of(request: HttpRequest, attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    """The columns of the files for an act. Raises Invalid for a file this person never sent."""
    rows = [{"component": a.component, "sha256": a.sha256, "title": a.title} for a in attachments]
    return known_uploads(rows, request.actor)  # type: ignore[attr-defined]
