"""The form of a hand-over, at a door or at the post office: what proves it, what is taken for it, how it is read."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.acts.homeward import PROOF_INPUTS, PROOF_KINDS
from motcua.acts.inputs import Input
from motcua.custody.models import Parcel
from motcua.journal.rules import Command
from motcua.looks.access import Case
from motcua.looks.errands import Due, dues_of
from motcua.looks.exchange import Exchange, exchange_of
from motcua.procedures.queries import current_law
from motcua.web.shared.action_forms import ActionForm, Taken
from motcua.web.shared.attachments import Attachment, attachments_of, rows_of
from motcua.web.shared.input_forms import input_form, take
from motcua.web.words import dong

NOTE = Input("note", "Ghi chú", required=False, limit=200)
_OLD = "exchange-"


def hand_over_inputs(due: Due, exchange: Exchange, typed: Mapping[str, Any]) -> tuple[Input, ...]:
    """What is asked: the proof; the money where there is some to take, both purses in the label; the old papers. What
    was ticked stays asked, so that a form that comes a second time is the same form."""
    asked = list(PROOF_INPUTS)
    if due.total or "collect" in typed:
        amounts = {"total": dong(due.total), "state": dong(due.state), "post": dong(due.post)}
        label = _("Đã thu đủ %(total)s (phí, lệ phí %(state)s; cước %(post)s)") % amounts
        asked.append(Input("collect", label, "flag", required=False))
    names = {f"{_OLD}{p.key}": p.name for p in exchange.papers}
    names |= {key: key for key in sorted(typed) if key.startswith(_OLD) and key not in names}
    asked += [Input(key, _("Đã thu lại bản chính: %s") % name, "flag", required=False) for key, name in names.items()]
    return (*asked, NOTE)


def hand_over_form(
    action: str, parcel: Parcel, name: str, label: str, data: Mapping[str, Any] | None = None
) -> ActionForm:
    """The form of a delivery, the applicant already filled in."""
    due = dues_of([parcel.dossier_id]).get(parcel.dossier_id, Due())
    exchange = exchange_of(Case(parcel.dossier, current_law()))
    inputs = hand_over_inputs(due, exchange, data or {})
    form = input_form(action, inputs, label, data=data, initial={"recipient": name, "relation": "self"})
    form.uploads = [(kind, _(words)) for kind, words in PROOF_KINDS.items()]
    return form


def take_hand_over(
    request: HttpRequest, form: ActionForm, name: str, item: str, hand_over: Callable[..., dict[str, Any]]
) -> Taken:
    """Does: what was posted, as one command. Pictures are kept first, so that no other mistake loses them."""
    form.kept_files, wrong = attachments_of(request, PROOF_KINDS)
    if wrong:
        form.show(wrong)
        return Taken(None, form, 422)
    about = {"item": item, "files": [file.carried for file in form.kept_files]}

    def do(wish: Command, values: dict[str, Any]) -> dict[str, Any]:
        return hand_over(wish, request.actor, item, given_of(request, values, form.kept_files))  # type: ignore[attr-defined]

    return take(request, form, name, about, do)


def given_of(request: HttpRequest, values: Mapping[str, Any], files: list[Attachment]) -> dict[str, Any]:
    """What the act takes: the fields, old papers as counted rows, files as rows of the store."""
    given = {name: value for name, value in values.items() if not name.startswith(_OLD)}
    old = [name.removeprefix(_OLD) for name, value in values.items() if name.startswith(_OLD) and value]
    rows = [{"component": key, "kind": "original", "quantity": 1, "pages": 1, "condition": ""} for key in old]
    proofs = [{**row, "kind": row["component"]} for row in rows_of(request, files)]
    return {**given, "exchanged": rows, "proofs": proofs}
