"""One form for every action of the table: what an act asks for becomes accessible fields, and what was posted
becomes the `given` it reads. The act alone checks; this only draws and carries back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.acts.casework import act_on, inputs_of
from motcua.acts.inputs import Input, Invalid
from motcua.dossiers.lifecycle import DOSSIER
from motcua.kernel.problems import Refused
from motcua.looks.access import Case
from motcua.people.queries import accounts_at
from motcua.people.rules import Actor, Role
from motcua.web.shared.attachments import Attachment
from motcua.web.shared.door import command
from motcua.web.shared.paper_counts import PaperCounts
from motcua.web.shared.shown import ShownForm

# Acts that end something: said before the button is pressed.
CONSEQUENCES = {
    "reject": "Hồ sơ kết thúc tại đây, không mở lại được. Người nộp được báo lý do và nhận lại giấy tờ.",
    "withdraw": "Hồ sơ kết thúc tại đây, không mở lại được. Giấy tờ được trả lại người nộp.",
    "stop": "Hồ sơ kết thúc tại đây, không mở lại được. Người nộp được báo lý do và nhận lại giấy tờ.",
    "ask_supplement": "Thời hạn tạm dừng đến khi nhận phần bổ sung. Khi giải quyết chỉ được yêu cầu một lần.",
    "reschedule": "Chỉ được hẹn lại một lần. Người nộp được gửi văn bản xin lỗi.",
}
# A few choices are shown side by side, more as a list.
_FEW = 6


class ActionForm(ShownForm):
    """The fields of one action. Its errors are the problems an act answered with, never checks of its own."""

    template_name = "parts/action_form.html"

    def __init__(
        self, action: str, inputs: Iterable[Input], *, label: str = "", data: Mapping[str, Any] | None = None,
        people: Iterable[tuple[str, str]] = (), counts: PaperCounts | None = None, seen: int | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.action, self.inputs, self.seen, self.counts = action, tuple(inputs), seen, counts
        self.label = label or action_label(action)
        self.consequence = _(CONSEQUENCES[action]) if action in CONSEQUENCES else ""
        # Files that may come with it: (component, label), and those that came so far.
        self.uploads: list[tuple[str, str]] = []
        self.kept_files: list[Attachment] = []
        super().__init__(data, auto_id=f"{action}_%s", initial=dict(initial or {}))
        for item in self.inputs:
            if item.kind != "papers":
                self.fields[item.name] = _field(item, tuple(people))

    @property
    def given(self) -> dict[str, Any]:
        """What the act is given: text as typed, ticks as true or false, papers as rows."""
        given: dict[str, Any] = {}
        for item in self.inputs:
            if item.kind == "papers":
                given[item.name] = self.counts.rows if self.counts else []
            elif item.kind == "flag":
                given[item.name] = bool(self.data.get(item.name))
            else:
                given[item.name] = self.data.get(item.name, "")
        return given


def _field(item: Input, people: tuple[tuple[str, str], ...]) -> forms.Field:
    common: dict[str, Any] = {"label": _(item.label), "required": item.required and item.kind != "flag"}
    help_text = _(item.help) if item.help else ""
    if item.kind == "flag":
        return forms.BooleanField(**common, help_text=help_text)
    if item.kind in {"choice", "account"}:
        given = tuple((value, _(label)) for value, label in item.choices)
        choices = people if item.kind == "account" else given
        few = item.kind == "choice" and len(choices) <= _FEW
        widget = forms.RadioSelect() if few else forms.Select()
        shown = choices if few else (("", _("Chọn trong danh sách")), *choices)
        return forms.ChoiceField(**common, choices=shown, widget=widget, help_text=help_text)
    return forms.CharField(**common, widget=_widget(item), help_text=help_text or _help(item))


def _widget(item: Input) -> forms.Widget:
    if item.kind in {"longtext", "lines"}:
        return forms.Textarea(attrs={"rows": 3 if item.kind == "longtext" else 4})
    if item.kind == "date":
        return forms.DateInput(attrs={"type": "date"})
    if item.kind == "datetime":
        return forms.DateTimeInput(attrs={"type": "datetime-local"})
    if item.kind == "number":
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.TextInput(attrs={"autocomplete": "off"})


def _help(item: Input) -> str:
    return _("Mỗi mục một dòng.") if item.kind == "lines" else ""


def action_label(action: str) -> str:
    """What the button of an action says."""
    return _(next(row.label for row in DOSSIER.transitions if row.action == action))


def action_form(action: str, case: Case, data: Mapping[str, Any] | None = None) -> ActionForm:
    """The form of one action on one dossier, empty or with what was typed. KeyError for an unknown action."""
    inputs = inputs_of(action)
    kinds = {item.kind for item in inputs}
    people, counts = [], None
    if "account" in kinds:
        people = [(a.username, a.name) for a in accounts_at(case.dossier.agency_id, Role.HANDLER)]
    if "papers" in kinds:
        counts = PaperCounts(case.version, data, papers=case.papers, files=case.files, prefix=f"{action}-p")
    return ActionForm(action, inputs, data=data, people=people, counts=counts, seen=case.dossier.seq)


def action_forms(case: Case, actor: Actor, skip: Iterable[str] = ()) -> list[ActionForm]:
    """The forms of everything the actor may do now, in the order of the table."""
    left_out = set(skip)
    return [action_form(row.action, case) for row in case.allowed(actor) if row.action not in left_out]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a posted action: the answer, or the form with its problems and the page's status."""

    answer: dict[str, Any] | None
    form: ActionForm
    status: int = 200


def take_action(request: HttpRequest, case: Case, action: str) -> Taken:
    """Does: one posted action on a dossier, through `act_on`.

    Problems come back on the form (status 409 refused, 422 unreadable) and nothing typed is lost.
    """
    form = action_form(action, case, request.POST)
    given, key = form.given, case.dossier.reference
    wish = command(request, f"dossier.{action}", {"dossier": key, "given": given})
    try:
        return Taken(act_on(wish, request.actor, key, action, given, seen_of(request)), form)  # type: ignore[attr-defined]
    except (Refused, Invalid) as refused:
        form.show(refused.problems)
        return Taken(None, form, 422 if isinstance(refused, Invalid) else 409)


def seen_of(request: HttpRequest) -> int | None:
    """The version of the dossier the posted page showed, or None when the page did not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
