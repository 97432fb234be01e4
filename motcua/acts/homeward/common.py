"""What all errands of the post share: finding one for its people, who may carry it, and why a try can fail."""

from uuid import UUID

from django.db.models import Q

from motcua.acts.locked import case_of
from motcua.custody.models import Parcel, Pickup
from motcua.journal.actions import Answer
from motcua.kernel.problems import Problem, Refused
from motcua.looks.access import Case, NotFound
from motcua.people.models import Account
from motcua.people.queries import account_by_username
from motcua.people.rules import Actor, Role

OFFICE_SIDE = frozenset({Role.DISPATCHER, Role.CLERK_POSTAL})
FAILURES = (
    ("absent", "Không có người nhận"),
    ("no_phone", "Không liên lạc được"),
    ("wrong_address", "Sai địa chỉ"),
    ("moved", "Đã chuyển đi nơi khác"),
    ("asked_later", "Người nhận hẹn ngày khác"),
    ("refused", "Người nhận từ chối"),
    ("no_money", "Người nhận chưa có tiền trả"),
    ("no_exchange", "Người nhận chưa giao giấy tờ cũ phải đổi"),
    ("no_proof", "Người nhận không chứng minh được là ai"),
)


def reason_of(code: str) -> str:
    """The words of a reason. Refuses `parcel.no_reason`."""
    words = dict(FAILURES).get(code)
    if not words:
        raise Refused([Problem("parcel.no_reason", "Hãy chọn lý do phát chưa được.", field="reason")])
    return words


def parcel_named(actor: Actor, item: str) -> Parcel:
    """An item of the actor's post office, or one the actor was given, by either number. Raises NotFound."""
    name = item.strip().upper()
    mine = Q(office__in=actor.offices(*OFFICE_SIDE)) | Q(postman=actor.id or None)
    found = Parcel.objects.filter(Q(item=name) | Q(outside=name), mine).order_by("-made_at").first() if name else None
    if found is None:
        raise NotFound(item)
    return found


def find_parcel(actor: Actor, item: str) -> tuple[Parcel, Case]:
    """The same with its dossier, locked until the act ends."""
    found = parcel_named(actor, item)
    case = case_of(found.dossier_id)
    return next(p for p in case.parcels if p.pk == found.pk), case


def my_parcel(actor: Actor, item: str) -> tuple[Parcel, Case]:
    """An item this very postman has. Raises NotFound for every other."""
    parcel, case = find_parcel(actor, item)
    if parcel.postman_id is None or parcel.postman_id != actor.id:
        raise NotFound(item)
    return parcel, case


def find_pickup(actor: Actor, pickup_id: UUID) -> tuple[Pickup, Case]:
    """A home to visit, for its post office, its postman or the applicant, with its dossier locked. Raises NotFound."""
    mine = Q(office__in=actor.offices(*OFFICE_SIDE)) | Q(postman=actor.id or None)
    mine |= Q(dossier__account=actor.id or None)
    found = Pickup.objects.filter(mine, pk=pickup_id).first()
    if found is None:
        raise NotFound(str(pickup_id))
    case = case_of(found.dossier_id)
    return next(p for p in case.pickups if p.pk == found.pk), case


def side_of(actor: Actor, parcel: Parcel) -> frozenset[Role]:
    """The actor's roles on an item: the office's side."""
    return actor.roles_at(parcel.office_id) & OFFICE_SIDE


def postman_of(place: str, username: str) -> Account:
    """A postman of this post office by log-in name. Refuses `parcel.not_a_postman`."""
    account = account_by_username(username)
    if account is None or not any(a.role == Role.POSTMAN and a.office_id == place for a in account.current):  # type: ignore[attr-defined]
        raise Refused([Problem("parcel.not_a_postman", "Hãy chọn bưu tá của bưu cục này.", field="postman")])
    return account


def answer(parcel: Parcel, case: Case) -> Answer:
    return {
        "item": parcel.item,
        "state": parcel.state,
        "dossier": case.dossier.reference,
        "case": case.dossier.state,
    }
