"""Finding a procedure and reading it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from motcua.config import clock
from motcua.kernel.clock import explain
from motcua.kernel.problems import Problem, Refused
from motcua.law.model import Pack, Version
from motcua.looks.access import local_day
from motcua.looks.drafts import last_applicant, my_drafts
from motcua.looks.popular import common_procedures
from motcua.people.rules import NOBODY, Actor, Role
from motcua.procedures.queries import current_law
from motcua.web.citizen.catalogue import (
    RESULTS,
    by_field,
    can_be_fetched,
    can_file_online,
    fee_words,
    find,
    local_view,
    ready_by,
    term_words,
)
from motcua.web.citizen.frame import reader_language, shown
from motcua.web.shared.communes import commune_label, commune_labels, read_commune
from motcua.web.shared.door import problem_page, public

_COMMON = 8
_LONGEST = 200


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search, what people come for most, tracking, log-in."""
    law, now = current_law(), clock.now()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_citizen = actor.has(Role.CITIZEN)
    drafts = my_drafts(actor)[:3] if is_citizen else []
    context = {
        "common": _common(law, now),
        "drafts": [(d, _name(law, d.procedure, now)) for d in drafts],
        "is_citizen": is_citizen,
    }
    return shown(request, "citizen/home.html", context)


def _common(law: Pack, now: datetime) -> list[Version]:
    """What was asked for most of late; while nobody has asked yet, the first of each field."""
    day = local_day(now)
    known = {v.code: v for v in law.procedures(day)}
    asked = [known[code] for code in common_procedures(_COMMON * 2) if code in known]
    first_of_fields = [versions[0] for _field, versions in by_field(law, day)]
    return [*asked, *(v for v in first_of_fields if v not in asked)][:_COMMON]


def _name(law: Pack, code: str, now: datetime) -> str:
    try:
        return law.procedure(code, local_day(now)).name
    except Refused:
        return code


@public
def procedures(request: HttpRequest) -> HttpResponse:
    """What fits the words typed, best first; without words everything by field."""
    law, now = current_law(), clock.now()
    day, words = local_day(now), request.GET.get("q", "")[:_LONGEST].strip()
    hits = find(law, words, day) if words else []
    context = {
        "words": words,
        "found": [(hit.version, term_words(law, hit.version.allowance, day)) for hit in hits],
        "partly": bool(hits) and hits[0].matched < 1,
        "many": len(hits) == RESULTS,
        "fields": by_field(law, day),
    }
    return shown(request, "citizen/procedures.html", context)


@public
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Everything a person must know about one procedure, and what to press."""
    law, now = current_law(), clock.now()
    try:
        version = law.procedure(code, local_day(now))
    except Refused as refused:
        return problem_page(request, 404, refused.problems)
    typed, unit, problems = _asked_commune(request, law, now)
    online = version.online_allowance
    deadline = ready_by(law, version, now, "counter", local_day(now))
    # Officers read this page too; filing is for applicants, so they are not sent to a door that is shut for them.
    actor = request.actor  # type: ignore[attr-defined]
    asks = actor is NOBODY or actor.has(Role.CITIZEN)
    context = {
        "version": version,
        "term": term_words(law, version.allowance, local_day(now)),
        "online_term": term_words(law, online, local_day(now)) if online and online != version.allowance else "",
        "deadline": deadline,
        "why": explain(deadline, reader_language()) if deadline else [],
        "fees": [(fee, fee_words(fee)) for fee in version.fees],
        "local": local_view(law, version, unit, local_day(now)),
        "commune": typed,
        "unit_name": law.unit(unit, local_day(now)).name if unit else "",
        "communes": commune_labels(law, local_day(now)),
        "problems": problems,
        "can_file": asks and can_file_online(version),
        "can_fetch": asks and can_be_fetched(version),
        "online_words": _online_words(version),
        "post_words": _post_words(version),
        "confidence_words": _confidence_words(version),
    }
    return shown(request, "citizen/procedure.html", context, status=422 if problems else 200)


def _asked_commune(request: HttpRequest, law: Pack, now: datetime) -> tuple[str, str, tuple[Problem, ...]]:
    """The commune typed, else that of the person's last dossier: (text for the field, code, what cannot be read)."""
    day, typed = local_day(now), request.GET.get("xa", "")[:100]
    if "xa" not in request.GET:
        last = last_applicant(request.actor)  # type: ignore[attr-defined]
        code = last.unit_code if last and law.has_unit(last.unit_code, day) else ""
        return commune_label(law, code, day), code, ()
    try:
        return typed, read_commune(law, typed, day, "xa"), ()
    except Refused as refused:
        return typed, "", refused.problems


def _online_words(version: Version) -> str:
    """How far it can be done from home, in words."""
    return {
        "full": _("Làm trọn vẹn trên mạng, không phải đến nơi nào."),
        "partial": _("Nộp trên mạng được; có bước vẫn phải đến hoặc gửi bản giấy."),
        "none": _("Không nộp trên mạng được."),
    }[version.online]


def _post_words(version: Version) -> str:
    """What the post may do for it, in words."""
    return {
        "full": _("Bưu điện nhận hồ sơ và phát kết quả tận nhà."),
        "result": _("Hồ sơ phải nộp trực tiếp hoặc trên mạng; bưu điện phát kết quả tận nhà."),
        "none": _("Phải làm trực tiếp với công chức; không qua bưu điện."),
    }[version.post]


def _confidence_words(version: Version) -> str:
    """How sure the source is, in words."""
    return {
        "high": _("đã đối chiếu"),
        "medium": _("nguồn thứ cấp, nên hỏi lại nơi tiếp nhận"),
        "low": _("chưa đối chiếu với văn bản, hãy hỏi lại nơi tiếp nhận"),
    }.get(version.confidence, version.confidence)
