"""The applicant answers what a desk or an agency asked for, with files of their own."""

from collections.abc import Sequence
from typing import Any

from motcua.acts.casework import answer_of, inputs_of, perform
from motcua.acts.inputs import Invalid, read_inputs
from motcua.documents.actions import attach
from motcua.dossiers.actions import refuse_stale
from motcua.dossiers.lifecycle import State
from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem
from motcua.looks.access import find_case
from motcua.people.rules import Actor

# What answers a request, by the state the request put the dossier in.
ANSWERS = {State.INCOMPLETE: "complete", State.SUPPLEMENT: "supply"}


def answer_request(
    command: Command, actor: Actor, key: str, files: Sequence[dict[str, Any]], note: str, seen: int | None = None
) -> Answer:
    """Does: sends the files and words that were asked for; the dossier goes on, and so does its clock.

    `files` rows as known_uploads answers them. Refuses: a dossier of which nothing is asked, an empty answer (Invalid).
    Records: dossier.complete or dossier.supply, file.attached each.
    """

    def do(act: Act) -> Answer:
        case = find_case(actor, key, lock=True)
        refuse_stale(case.dossier, seen)
        action = ANSWERS.get(State(case.dossier.state), "supply")
        given = read_inputs(inputs_of(action), {"note": note})
        if not files and not given["note"]:
            what = "Hãy chọn tệp bổ sung, hoặc ghi nội dung trả lời."
            raise Invalid([Problem("supply.nothing", what, field="note")])
        perform(act, actor, case, action, given)
        for row in files:
            attach(act, case.dossier, kind="upload", **row)
        return answer_of(case)

    return once(command, do)
