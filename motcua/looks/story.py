"""The journal in words: data are kept, text is made when it is shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.carriers.lifecycle import ORDER
from motcua.custody.discrepancies import DISCREPANCY, DiscrepancyKind, Outcome
from motcua.custody.lifecycle import MANIFEST, PARCEL, Finding
from motcua.dossiers.lifecycle import DOSSIER
from motcua.journal.models import Entry
from motcua.kernel.money import dong
from motcua.law.model import Pack
from motcua.people.holders import parse_holder
from motcua.people.queries import names_of
from motcua.people.rules import Role


@dataclass(frozen=True, slots=True)
class Told:
    """One entry for a reader."""

    seq: int
    at: datetime
    recorded_at: datetime
    what: str
    who: str
    where: str
    detail: str


def tell(entries: Iterable[Entry], law: Pack, steps: Mapping[str, str] | None = None) -> list[Told]:
    """Entries as sentences, oldest first; one query for the names of the people in them. `steps`: the names of the
    procedure's steps by their keys."""
    rows = list(entries)
    names = names_of({e.actor_id for e in rows if e.actor_id})
    return [
        Told(
            seq=e.seq,
            at=e.happened_at,
            recorded_at=e.recorded_at,
            what=_what(e),
            who=_who(e, names),
            where=_where(e.office, law),
            detail=_detail(e, law, steps or {}),
        )
        for e in rows
    ]


_LABELS = (
    {f"dossier.{row.action}": row.label for row in DOSSIER.transitions}
    | {
        "dossier.opened": "Lập hồ sơ",
        "dossier.arrived": "Giấy tờ về đến cơ quan",
        "dossier.overdue": "Quá hạn",
        "applicant.given": "Ghi thông tin người nộp",
        "applicant.id_opened": "Xem số định danh",
        "paper.taken": "Nhận giấy tờ",
        "paper.made": "Lập bản kết quả",
        "paper.moved": "Chuyển giấy tờ",
        "charge.set": "Tính tiền",
        "charge.paid": "Đã trả khoản",
        "charge.cancelled": "Bỏ khoản chưa thu",
        "money.collected": "Thu tiền",
        "money.moved": "Nộp tiền về điểm giao dịch",
        "money.sent": "Chuyển nộp tiền",
        "money.remitted": "Đã nộp tiền",
        "file.attached": "Đính kèm tệp",
        "parcel.made": "Lập bưu gửi",
        "parcel.numbered": "Ghi mã của hãng khác",
        "pickup.ordered": "Đăng ký nhận hồ sơ tại nhà",
        "pickup.assign": "Phân bưu tá đến nhận",
        "pickup.collect": "Bưu tá đã nhận giấy tờ",
        "pickup.fail": "Bưu tá chưa nhận được",
        "pickup.move": "Đổi ngày, khung giờ nhận tại nhà",
        "pickup.cancel": "Huỷ nhận tại nhà",
        "device.registered": "Đăng ký điện thoại",
        "device.revoked": "Thu hồi điện thoại",
        "device.reopened": "Mở khoá điện thoại bằng mật khẩu",
        "device.dropped": "Bỏ việc bị từ chối",
        "dossier.return_by": "Chuyển sang nhận tại quầy",
        "manifest.opened": "Lập bảng kê",
        "line.added": "Thêm vào túi",
        "line.removed": "Bỏ khỏi túi",
        "line.over": "Ghi giấy tờ thừa",
        "line.examined": "Kiểm giấy tờ",
        "line.unexamined": "Hoàn tác kiểm giấy tờ",
        "line.settled": "Xử lý chênh lệch",
        "manifest.settle": "Xử lý chênh lệch",
        "paper.offered": "Giao giấy tờ đi",
        "paper.taken_over": "Nhận giấy tờ",
        "paper.offer_withdrawn": "Rút lại lần giao",
        "paper.given_back_in_doubt": "Bên nhận ghi chưa nhận được",
        "paper.given_up": "Ghi mất giấy tờ",
        "paper.found_again": "Tìm thấy giấy tờ",
        "paper.enclosed": "Cho vào phong bì",
        "discrepancy.opened": "Mở vụ việc chênh lệch",
        "discrepancy.changed": "Đổi loại chênh lệch",
    }
    | {f"manifest.{row.action}": row.label for row in MANIFEST.transitions}
    | {f"discrepancy.{row.action}": row.label for row in DISCREPANCY.transitions}
    | {f"carrierorder.{row.action}": f"Hãng: {row.label}" for row in ORDER.transitions}
    | {
        "carrierorder.asked": "Giao cho hãng vận chuyển",
        "carrierorder.cancel_asked": "Đề nghị hãng huỷ",
        "carrierorder.take_back": "Nhận lại từ hãng",
        "carrierdoubt.raised": "Nghi vấn về tin của hãng",
        "carrierdoubt.settled": "Xử lý nghi vấn về tin của hãng",
    }
    | {f"parcel.{row.action}": row.label for row in PARCEL.transitions}
)


def known_kinds() -> frozenset[str]:
    """Every kind of entry this can tell in words."""
    return frozenset(_LABELS)


def known_words(kind: str) -> str:
    """A kind of entry in words."""
    return _(_LABELS.get(kind, kind))


def _what(entry: Entry) -> str:
    return _(_LABELS.get(entry.kind, entry.kind))


def _who(entry: Entry, names: dict[Any, str]) -> str:
    # Only an outside carrier stands in a postman's place without being one of the accounts.
    machine = _("Hãng vận chuyển") if entry.role == Role.POSTMAN else _("Hệ thống")
    name = names.get(entry.actor_id, machine) if entry.actor_id else machine
    return f"{name} ({_(Role(entry.role).label)})" if entry.role else name


def _where(office: str, law: Pack) -> str:
    return _office(office, law)


def _detail(entry: Entry, law: Pack, steps: Mapping[str, str]) -> str:
    """What the entry is about, and the words somebody added to it."""
    teller, data = _DETAILS.get(entry.kind), entry.data
    told = steps.get(data.get("step", ""), "") or (teller(data, law) if teller else "")
    return ". ".join(part for part in (told, str(data.get("note", ""))) if part)


def _office(code: str, law: Pack) -> str:
    return law.office(code).name if code in law.office_map else code


def _holder(text: str, law: Pack) -> str:
    holder = parse_holder(text)
    known = {"applicant": _("người nộp"), "person": _("bưu tá"), "carrier": holder.carrier_name}
    return known.get(holder.kind) or _office(holder.name, law)


def _moved(data: dict[str, Any], law: Pack) -> str:
    return f"{_holder(data['giver'], law)} → {_holder(data['set']['holder'], law)}"


def reason_words(reason: str) -> str:
    """Why a try failed, "Sai địa chỉ. Gọi lại": the reason in the reader's language, the note as typed."""
    known, stop, note = reason.partition(". ")
    return _(known) + stop + note if known else ""


def _offered(data: dict[str, Any], law: Pack) -> str:
    return f"→ {_holder(data['set']['offered_to'], law)}"


def _discrepancy(data: dict[str, Any], law: Pack) -> str:
    said = data["set"]
    return " · ".join(
        part for part in (said.get("number", ""), _(DiscrepancyKind(said["kind"]).label), said.get("note", "")) if part
    )


def _set(key: str) -> Callable[[dict[str, Any], Pack], str]:
    return lambda data, law: str(data["set"].get(key, ""))


def _examined(data: dict[str, Any], law: Pack) -> str:
    finding = _(Finding(data["set"]["finding"]).label)
    return ". ".join(part for part in (f"{data.get('sticker', '')}: {finding}", data["set"].get("note", "")) if part)


def _sticker(data: dict[str, Any], law: Pack) -> str:
    return str(data.get("sticker", ""))


_DETAILS: dict[str, Callable[[dict[str, Any], Pack], str]] = {
    "paper.moved": _moved,
    "paper.taken_over": _moved,
    "paper.given_back_in_doubt": lambda data, law: _moved({**data, "giver": data["taker"]}, law),
    "paper.offered": _offered,
    "discrepancy.opened": _discrepancy,
    "discrepancy.changed": _discrepancy,
    "discrepancy.end": lambda data, law: _(Outcome(data["set"]["outcome"]).label),
    "discrepancy.pay": lambda data, law: _(Outcome(data["set"]["outcome"]).label),
    "discrepancy.admit": lambda data, law: dong(data["set"]["compensation"]),
    "discrepancy.hand_to": lambda data, law: _office(data["set"]["owner_id"], law),
    "paper.taken": lambda data, law: f"{data['set']['name']} × {data['set']['quantity']}",
    "paper.made": _set("name"),
    "charge.set": lambda data, law: f"{data['set']['label']}: {dong(data['set']['amount'])}",
    "money.collected": lambda data, law: f"{data['set']['receipt']}: {dong(data['set']['amount'])}",
    "file.attached": _set("title"),
    "carrierorder.asked": _set("number"),
    "line.added": _sticker,
    "line.over": _sticker,
    "line.examined": _examined,
    "line.unexamined": _sticker,
    "line.settled": _set("settlement"),
    "manifest.seal": _set("seal"),
    "manifest.park": _set("reason"),
    "parcel.made": _set("item"),
    "parcel.numbered": _set("outside"),
    "pickup.move": lambda data, law: f"{data['set']['wanted_on']} {data['set']['window']}".strip(),
    "parcel.fail": lambda data, law: reason_words(data["set"].get("last_reason", "")),
    "pickup.fail": lambda data, law: reason_words(data["set"].get("last_reason", "")),
    "dossier.accept": _set("code"),
    "dossier.ask_supplement": lambda data, law: str(data.get("request", "")),
    "dossier.ask_complete": lambda data, law: str(data.get("request", "")),
    "dossier.reject": _set("ground"),
    "dossier.withdraw": _set("ground"),
    "dossier.stop": _set("ground"),
    "dossier.finish_step": lambda data, law: str(data.get("step", "")),
    "dossier.number": _set("result_number"),
    "dossier.assign": lambda data, law: str(data.get("handler", "")),
}
