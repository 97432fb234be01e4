"""Filing from home, in short pages: everything typed is kept before anything is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.acts.drafts import add_file, discard_draft, drop_file, keep_step, start_draft
from motcua.acts.inputs import Invalid
from motcua.acts.intake import Filing, charges_of, check_filing, file_online
from motcua.acts.reception import missing_of
from motcua.acts.windows import windows_on
from motcua.config import clock
from motcua.documents.checks import DEFAULT_LIMITS
from motcua.dossiers.models import Channel
from motcua.journal.actions import first_answer
from motcua.journal.rules import Command, KeyReused
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Office, Pack, Paper, Question, Version
from motcua.looks.access import NotFound, local_day
from motcua.looks.drafts import DraftSeen, find_draft, last_applicant, my_drafts
from motcua.people.queries import account_by_id
from motcua.people.rules import Role
from motcua.procedures.queries import current_law
from motcua.web.citizen.catalogue import can_be_fetched, can_file_online, ready_by, term_words
from motcua.web.citizen.forms import (
    ONLINE,
    PICKUP,
    PapersForm,
    QuestionsForm,
    Reader,
    Reading,
    ReturnForm,
    StepForm,
    WhoForm,
    who_from,
)
from motcua.web.citizen.frame import shown
from motcua.web.shared.communes import commune_labels
from motcua.web.shared.door import new_key, page, problem_page
from motcua.web.shared.shown import problem_text
from motcua.web.ui import MoneyLine, Purse, Step

_LABELS = {
    "nguoi-nop": "Người nộp",
    "to-khai": "Tờ khai",
    "giay-to": "Giấy tờ",
    "nhan-ket-qua": "Nhận kết quả",
    "kiem-tra": "Kiểm tra và nộp",
}
OTHER = "other"


@dataclass(slots=True)
class Filling:
    """A draft under the hands of its owner, with the law of the day."""

    request: Any
    seen: DraftSeen
    law: Pack
    version: Version
    day: Any

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.seen.draft.data
        return data

    @property
    def steps(self) -> list[str]:
        """The pages this procedure needs."""
        return [s for s in _LABELS if s != "to-khai" or self.version.form]

    @property
    def fetched(self) -> bool:
        return self.data.get("giay-to", {}).get("mode") == PICKUP and can_be_fetched(self.version)

    def url(self, step: str) -> str:
        if step == "kiem-tra":
            return reverse("citizen:review", args=[self.seen.draft.pk])
        return reverse("citizen:step", args=[self.seen.draft.pk, step])

    def after(self, step: str, by: int = 1) -> str:
        place = min(max(self.steps.index(step) + by, 0), len(self.steps) - 1)
        return self.url(self.steps[place])

    def path(self, here: str) -> list[Step]:
        """The line of steps; what was filled in is done and can be gone back to."""
        return [
            Step(_(_LABELS[s]), "current" if s == here else "done" if s in self.data else "todo",
                 self.url(s) if s in self.data or s == "kiem-tra" else "")
            for s in self.steps
        ]  # fmt: skip

    def read(self) -> Reading:
        return Reader(self.law, self.version, self.day, self.data).read()

    def form(self, step: str, data: Any = None) -> StepForm:
        """The form of one page, over what was posted or else what is kept."""
        given = self.data.get(step) if data is None else data
        if step == "to-khai":
            return QuestionsForm(self.version, given)
        if step == "nhan-ket-qua":
            return ReturnForm(self.law, self.version, self.day, given)
        return WhoForm(given) if step == "nguoi-nop" else PapersForm(windows_on(self.law, self.day), given)


def _filling(request: HttpRequest, draft_id: UUID) -> Filling:
    seen = find_draft(request.actor, draft_id)  # type: ignore[attr-defined]
    law, day = current_law(), local_day(clock.now())
    return Filling(request, seen, law, law.procedure(seen.draft.procedure, day), day)


@page(Role.CITIZEN)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """What will be needed, drafts to go on with; with POST a new draft."""
    law, now = current_law(), clock.now()
    try:
        version = law.procedure(code, local_day(now))
    except Refused as refused:
        return problem_page(request, 404, refused.problems)
    wants = (request.POST or request.GET).get("cach") == "tai-nha" or not can_file_online(version)
    fetched = wants and can_be_fetched(version)
    if request.method == "POST" and (fetched or can_file_online(version)):
        return _start(request, law, version, fetched)
    context = {
        "version": version,
        "term": term_words(law, version.term_for("online"), local_day(now)),
        "drafts": my_drafts(request.actor, version.code),  # type: ignore[attr-defined]
        "fetched": fetched,
        "possible": fetched or can_file_online(version),
    }
    return shown(request, "citizen/begin.html", context)


def _start(request: Any, law: Pack, version: Version, fetched: bool) -> HttpResponse:
    now = clock.now()
    account = account_by_id(request.actor.id)
    phone = account.phone if account else ""
    who = who_from(last_applicant(request.actor), request.actor.name, phone, law, local_day(now))
    papers = {"mode": PICKUP if fetched else ONLINE, "pickup_window": windows_on(law, local_day(now))[0]}
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    draft_id = start_draft(request.actor, key, version.code, {"_who": who, "_papers": papers}, now)
    return redirect("citizen:step", draft_id, "nguoi-nop")


@page(Role.CITIZEN)
def resume(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The first page that is not filled in yet."""
    if done := _filed(request, draft_id):
        return done
    filling = _filling(request, draft_id)
    left = [s for s in filling.steps if s not in filling.data]
    return redirect(filling.url(left[0]))


@require_POST
@page(Role.CITIZEN)
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throws the draft away."""
    discard_draft(request.actor, draft_id)  # type: ignore[attr-defined]
    messages.success(request, _("Đã xoá bản nháp."))
    return redirect("citizen:mine")


@page(Role.CITIZEN)
def step(request: HttpRequest, draft_id: UUID, step: str) -> HttpResponse:
    """One page. What was posted is kept first; then the pressed button is followed, or what is wrong is shown."""
    if done := _filed(request, draft_id):
        return done
    filling = _filling(request, draft_id)
    if step not in filling.steps or step == "kiem-tra":
        raise NotFound(step)
    if request.method != "POST":
        return _page(filling, step, filling.form(step, _first_time(filling, step)))
    form, do = filling.form(step, request.POST), request.POST.get("do", "")
    problems = _papers_posted(filling, form) if step == "giay-to" else []
    problems += _pressed(filling, form)
    _keep(filling, step, form)
    if do == "tiep":
        told = {p.field for p in problems}
        problems += [p for p in form.mine(_all_problems(filling)) if p.field not in told]
    if do in _BUTTONS and not problems:
        return redirect(_BUTTONS[do](filling, step))
    form.show(p for p in problems if not (p.field or "").startswith("file-"))
    return _page(filling, step, form, problems, 422 if problems else 200)


def _first_time(filling: Filling, step: str) -> Any:
    """What a page begins with before anything was kept on it."""
    if step in filling.data:
        return None
    return filling.data.get({"nguoi-nop": "_who", "giay-to": "_papers"}.get(step, ""))


def _pressed(filling: Filling, form: StepForm) -> list[Problem]:
    """Buttons that fill in or change the page itself."""
    do = filling.request.POST.get("do", "")
    if do == "the" and isinstance(form, WhoForm):
        return form.fill_from_card(filling.law, filling.day)
    if do in {PICKUP, ONLINE} and isinstance(form, PapersForm):
        window = form.text("pickup_window") or form.first_window
        form.data = {**form.kept, "mode": do, "pickup_window": window}
    return []


def _keep(filling: Filling, step: str, form: StepForm) -> None:
    keep_step(filling.request.actor, filling.seen.draft.pk, step, form.kept, clock.now())
    filling.seen = find_draft(filling.request.actor, filling.seen.draft.pk)


def _onward(filling: Filling, step: str) -> str:
    return filling.after(step)


def _back(filling: Filling, step: str) -> str:
    return filling.after(step, -1)


def _later(filling: Filling, step: str) -> str:
    messages.success(filling.request, _("Đã lưu. Bạn có thể làm tiếp bất cứ lúc nào."))
    return reverse("citizen:mine")


_BUTTONS: dict[str, Callable[[Filling, str], str]] = {"tiep": _onward, "lui": _back, "luu": _later}


def _papers_posted(filling: Filling, form: StepForm) -> list[Problem]:
    """Does: keeps the files that came with the page, takes out those struck. Answers what is wrong with the others."""
    request, draft_id, problems = filling.request, filling.seen.draft.pk, list[Problem]()
    struck = request.POST.get("bo", "")
    if struck.isdecimal() and len(struck) < 19:
        drop_file(request.actor, draft_id, int(struck))
    for component in (*(p.key for p in filling.version.papers), OTHER):
        for file in request.FILES.getlist(f"file-{component}"):
            # One byte more than may be kept is enough to refuse it.
            content = file.read(DEFAULT_LIMITS.max_bytes + 1)
            try:
                add_file(
                    request.actor, draft_id, component, file.name or "", file.content_type or "", content, clock.now()
                )
            except Invalid as invalid:
                problems += [
                    Problem(p.code, p.message, field=f"file-{component}", params=p.params) for p in invalid.problems
                ]
    return problems


def _all_problems(filling: Filling) -> list[Problem]:
    """Everything that stands in the way of filing what the draft holds."""
    reading = filling.read()
    problems = list(reading.unread)
    try:
        check_filing(filling.law, reading.filing, filling.day)
    except (Invalid, Refused) as refused:
        known = {p.field for p in problems}
        problems += [p for p in refused.problems if p.field not in known]
    return problems + _missing_files(filling)


def _missing_files(filling: Filling) -> list[Problem]:
    if filling.fetched:
        return []
    missing = missing_of(filling.version, {f.component: 1 for f in filling.seen.files})
    what = "Chưa có tệp cho: %(name)s. Hãy chụp hoặc quét rồi tải lên."
    return [
        Problem("dossier.upload_missing", what, field=f"file-{p.key}", params={"name": p.name})
        for p in filling.version.papers
        if p.name in missing
    ]


def _page(filling: Filling, step: str, form: StepForm, problems: Any = (), status: int = 200) -> HttpResponse:
    context = {
        "filling": filling,
        "version": filling.version,
        "term": term_words(filling.law, filling.version.term_for("online"), filling.day),
        "form": form,
        "steps": filling.path(step),
        "step_name": _(_LABELS[step]),
        "first": step == filling.steps[0],
        "communes": commune_labels(filling.law, filling.day) if step in {"nguoi-nop", "nhan-ket-qua"} else [],
        "draft": filling.seen.draft,
    }
    if step == "giay-to":
        context |= _papers_context(filling, form, problems)
    if step == "nhan-ket-qua":
        context |= _money_context(filling)
    return shown(filling.request, f"citizen/step_{step.replace('-', '_')}.html", context, status)


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One component on the page of papers: its files so far and what is wrong with the last try."""

    paper: Paper | None
    key: str
    name: str
    files: list[Any]
    errors: list[str]


def _papers_context(filling: Filling, form: StepForm, problems: Any) -> dict[str, Any]:
    told = {key: [problem_text(p) for p in problems if p.field == f"file-{key}"] for key in
            (*(p.key for p in filling.version.papers), OTHER)}  # fmt: skip
    lines = [UploadLine(p, p.key, p.name, filling.seen.files_for(p.key), told[p.key]) for p in filling.version.papers]
    lines.append(UploadLine(None, OTHER, _("Giấy tờ khác"), filling.seen.files_for(OTHER), told[OTHER]))
    return {
        "lines": lines,
        "fetched": filling.fetched or form.text("mode") == PICKUP,
        "can_file": can_file_online(filling.version),
        "can_fetch": can_be_fetched(filling.version),
        "most": DEFAULT_LIMITS.max_bytes // 2**20,
        "file_errors": [(line.key, line.name, error) for line in lines for error in line.errors],
    }


def _money_context(filling: Filling) -> dict[str, Any]:
    """Both purses for what the draft says now; why they cannot be told yet where they cannot."""
    filing = filling.read().filing
    unit = filing.person.unit_code or filing.delivery.unit_code
    channel = Channel.PICKUP if filing.pickup_on else Channel.ONLINE
    try:
        agency = filling.law.agency_for(filling.version, unit, filling.day)
        to_unit = filing.delivery.unit_code or filing.person.unit_code
        rows = charges_of(filling.law, filling.version, filing, filling.day, channel, agency.code, to_unit)
    except Refused as refused:
        return {"purses": [], "money_problems": refused.problems}
    return {"purses": [_purse("state", rows), _purse("post", rows)], "money_problems": (), "agency": agency}


def _purse(kind: Any, rows: list[dict[str, Any]]) -> Purse:
    return Purse(kind, [MoneyLine(r["label"], r["amount"], r["citation"]) for r in rows if r["purse"] == kind])


@page(Role.CITIZEN)
def review(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Everything once more; with POST the dossier is filed. However often it is pressed, in however many tabs: once."""
    if done := _filed(request, draft_id):
        return done
    filling = _filling(request, draft_id)
    if request.method != "POST":
        return _review_page(filling, _all_problems(filling))
    reading = filling.read()
    if reading.unread:
        return _review_page(filling, _all_problems(filling), 422)
    wish = _wish(request, draft_id)
    try:
        answer = file_online(wish, request.actor, reading.filing, filling.seen.draft)  # type: ignore[attr-defined]
    except (Refused, Invalid) as refused:
        return _filed(request, draft_id) or _refused(filling, refused)
    messages.success(request, _("Đã nộp hồ sơ. Mã tra cứu của bạn: %s") % answer["reference"])
    return redirect("citizen:dossier", answer["reference"])


def _refused(filling: Filling, refused: Refused | Invalid) -> HttpResponse:
    problems = _all_problems(filling) or list(refused.problems)
    return _review_page(filling, problems, 422 if isinstance(refused, Invalid) else 409)


def _wish(request: Any, draft_id: UUID) -> Command:
    """One draft is one command: two tabs and two clicks carry the same key."""
    return Command(uuid5(draft_id, "nop"), "dossier.file", request.actor.id, clock.now(), {"draft": str(draft_id)})


def _filed(request: Any, draft_id: UUID) -> HttpResponse | None:
    """The way to the dossier a draft has become."""
    try:
        answer = first_answer(_wish(request, draft_id))
    except KeyReused:
        raise NotFound(str(draft_id)) from None
    return redirect("citizen:dossier", answer["reference"]) if answer else None


def _review_page(filling: Filling, problems: list[Problem], status: int = 200) -> HttpResponse:
    filing = filling.read().filing
    money = _money_context(filling)
    channel = "counter" if filling.fetched else "online"
    context = {
        "filling": filling,
        "version": filling.version,
        "draft": filling.seen.draft,
        "steps": filling.path("kiem-tra"),
        "filing": filing,
        "parts": _parts(filling, filing, money.get("agency")),
        "blocked": [(_(_LABELS[s]), filling.url(s), problem_text(p)) for p in problems for s in [_step_of(filling, p)]],
        "deadline": ready_by(filling.law, filling.version, clock.now(), channel, filling.day),
        "key": new_key(),
        **money,
    }
    return shown(filling.request, "citizen/review.html", context, status)


def _step_of(filling: Filling, problem: Problem) -> str:
    """The page where a problem can be mended."""
    for step in filling.steps[:-1]:
        if filling.form(step).mine([problem]):
            return step
    return filling.steps[0]


def _parts(filling: Filling, filing: Filing, agency: Office | None) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """What was filled in, page by page, for the last look: (name of the page, its address, what it says)."""
    unit = filling.law.unit(filing.person.unit_code, filling.day).name if filing.person.unit_code else ""
    who = filing.person
    born = f"{who.born_on:%d/%m/%Y}" if who.born_on else ""
    rows = {
        "nguoi-nop": [
            (_("Họ tên"), who.name), (_("Số định danh"), who.id_number), (_("Mã số thuế"), who.tax_code),
            (_("Ngày sinh"), born), (_("Điện thoại"), who.phone), (_("Thư điện tử"), who.email),
            (_("Địa chỉ"), ", ".join(t for t in (who.address, unit) if t)),
        ],
        "to-khai": [(q.label, _answer_words(q, filing)) for q in filling.version.form],
        "giay-to": _paper_rows(filling, filing),
        "nhan-ket-qua": _home_rows(filling, filing, agency),
    }  # fmt: skip
    return [(_(_LABELS[s]), filling.url(s), [r for r in rows[s] if r[1]]) for s in filling.steps[:-1]]


def _answer_words(question: Question, filing: Filing) -> str:
    """An answer as people write it."""
    text = str(filing.form.get(question.key, ""))
    return f"{date.fromisoformat(text):%d/%m/%Y}" if question.type == "date" and text else text


def _paper_rows(filling: Filling, filing: Filing) -> list[tuple[str, Any]]:
    rows = [(p.name, ", ".join(f.title for f in filling.seen.files_for(p.key))) for p in filling.version.papers]
    rows.append((_("Giấy tờ khác"), ", ".join(f.title for f in filling.seen.files_for(OTHER))))
    if filing.pickup_on:
        rows.insert(
            0, (_("Bưu tá đến nhà nhận giấy tờ"), f"{filing.pickup_on:%d/%m/%Y}, {filing.pickup_window.lower()}")
        )
        rows.append((_("Dặn bưu tá"), filing.note))
    return rows


def _home_rows(filling: Filling, filing: Filing, agency: Office | None) -> list[tuple[str, Any]]:
    ways = {"post": _("Bưu điện phát tận nhà"), "counter": _("Nhận tại nơi tiếp nhận"), "electronic": _("Bản điện tử")}
    to, who = filing.delivery, filing.person
    rows = [
        (_("Cơ quan giải quyết"), agency.name if agency else ""),
        (_("Nhận kết quả"), ways.get(filing.return_by, "")),
    ]
    if filing.return_by == "post":
        code = to.unit_code or who.unit_code
        unit = filling.law.unit(code, filling.day).name if code else ""
        place = ", ".join(t for t in (to.address or who.address, unit) if t)
        rows += [(_("Người nhận"), f"{to.name or who.name} · {to.phone or who.phone}"), (_("Địa chỉ phát"), place)]
    rows.append((_("Giấy tờ chứng minh được miễn, giảm"), filing.exemption_proof))
    return rows
