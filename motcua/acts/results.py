"""The electronic result: the letter that was signed and numbered, kept as a file of the dossier."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from motcua.documents import store
from motcua.documents.actions import attach
from motcua.documents.forms import render
from motcua.dossiers.models import Dossier
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.looks.access import Case
from motcua.looks.papers import result_letter
from motcua.procedures.queries import current_law


def keep_result(dossier_id: UUID, at: datetime) -> Answer:
    """Does: prints the published result and attaches it, once whatever happens. Records: file.attached."""
    command = Command(uuid5(NAMESPACE_URL, f"motcua:result:{dossier_id}"), "dossier.keep_result", None, at)

    def do(act: Act) -> Answer:
        case = Case(Dossier.objects.select_related("applicant").get(pk=dossier_id), current_law())
        content = render("result_letter", result_letter(case, ""))
        title = f"ket-qua-{case.dossier.reference}.pdf"
        attach(
            act,
            case.dossier,
            component="result",
            kind="result",
            title=title,
            mime="application/pdf",
            size=len(content),
            sha256=store.keep(content),
        )
        return {"title": title}

    return once(command, do)
