"""Looking at personal numbers: nobody opens one unseen."""

from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.looks.access import find_case
from motcua.people.rules import Actor


def open_id(command: Command, actor: Actor, key: str) -> str:
    """Does: shows the identity number of a dossier's applicant to somebody who works on it ('' = none given).

    Refuses: whoever has no role on the dossier (NotFound). Records: applicant.id_opened, by whom, as what.
    The number itself is never part of what is recorded or remembered.
    """
    case = find_case(actor, key)

    def do(act: Act) -> Answer:
        locked = find_case(actor, key, lock=True)
        role = min(locked.roles(actor))
        act.acting_as(role, actor.office_as(role))
        act.change(locked.applicant, "applicant.id_opened")
        return {"opened": True}

    once(command, do)
    return case.applicant.id_number or case.applicant.tax_code
