"""Postmen's phones: registered by their owner, revoked by the dispatcher, and what was given up on them."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.journal.actions import Act, Answer, once
from motcua.journal.rules import Command
from motcua.kernel.problems import Problem, refusal, refuse_if
from motcua.kernel.text import squeeze
from motcua.looks.access import NotFound
from motcua.people import actions
from motcua.people.models import Account, Device
from motcua.people.rules import Actor, Role

# What a phone makes for itself: 32 random bytes in base64url, with a word before it that says what it is.
_SECRET = re.compile(r"md_[A-Za-z0-9_-]{43}")
_SPARE_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def register_phone(command: Command, actor: Actor, name: str, secret: str, spare_key: str) -> Answer:
    """Does: the postman's own phone may call from now on. The phone made the secret, so that asking again after a lost
    answer is harmless. Refuses: who is no postman, a secret that can be guessed. Records: device.registered."""

    def do(act: Act) -> Answer:
        if not actor.has(Role.POSTMAN):
            raise refusal("device.not_a_postman", "Chỉ bưu tá đăng ký được điện thoại đi phát.")
        refuse_if(_secret_problems(secret, spare_key))
        act.acting_as(Role.POSTMAN, actor.office_as(Role.POSTMAN))
        device = actions.register_device(act, _account(actor.id), squeeze(name) or "Điện thoại", secret, spare_key)
        return {"device": str(device.pk), "name": device.name}

    return once(command, do)


def revoke_phone(command: Command, actor: Actor, device_id: UUID, reason: str) -> Answer:
    """Does: a lost phone is dead from now on: its next call is refused and it wipes itself.
    Refuses: no reason, revoked already. Raises NotFound for phones of other offices. Records: device.revoked."""

    def do(act: Act) -> Answer:
        device, office = _device_of_my_postman(actor, device_id)
        if not reason.strip():
            raise refusal("device.no_reason", "Hãy ghi lý do thu hồi, ví dụ: mất máy ngày nào.", field="reason")
        if device.revoked_at:
            raise refusal("device.revoked_before", "Điện thoại này đã bị thu hồi trước đó.")
        act.acting_as(Role.DISPATCHER, office)
        actions.revoke_device(act, device, squeeze(reason))
        return {"device": str(device.pk), "revoked_at": device.revoked_at}

    return once(command, do)


def reopen_phone(command: Command, actor: Actor, device_id: UUID) -> str:
    """Does: the spare key of the postman's own phone, whose PIN was forgotten. Raises NotFound for every other phone.
    Records: device.reopened; the key itself stands in no answer that is kept."""

    def do(act: Act) -> Answer:
        device = own_phone(actor, device_id)
        device.account = _account(actor.id)
        act.acting_as(Role.POSTMAN, actor.office_as(Role.POSTMAN))
        actions.note_reopened(act, device)
        return {"device": str(device.pk)}

    once(command, do)
    return own_phone(actor, device_id).spare_key


def own_phone(actor: Actor, device_id: UUID) -> Device:
    device = Device.objects.filter(pk=device_id, account=actor.id).first()
    if device is None:
        raise NotFound(str(device_id))
    return device


def drop_refused(command: Command, actor: Actor, device_id: UUID, dropped: dict[str, Any]) -> Answer:
    """Does: what was done on the road and refused here is given up by its postman, who says why; no more changes.
    Refuses: no reason. Records: device.dropped."""

    def do(act: Act) -> Answer:
        note = squeeze(str(dropped.get("note", "")))[:300]
        if not note:
            raise refusal("sync.no_reason", "Hãy ghi vì sao bỏ việc này, để bưu cục đối chiếu.", field="note")
        device = own_phone(actor, device_id)
        device.account = _account(actor.id)
        act.acting_as(Role.POSTMAN, actor.office_as(Role.POSTMAN))
        told = {name: str(dropped.get(name, ""))[:200] for name in ("what", "about", "codes", "done_at", "dropped")}
        actions.note_dropped(act, device, note=note, **told)
        return {"dropped": told["dropped"]}

    return once(command, do)


def _secret_problems(secret: str, spare_key: str) -> Iterable[Problem]:
    if not _SECRET.fullmatch(secret) or not _SPARE_KEY.fullmatch(spare_key) or len(set(secret)) < 16:
        yield Problem("device.weak_secret", "Máy gửi khoá không đúng dạng. Hãy mở lại trang và đăng ký lại.")


def _device_of_my_postman(actor: Actor, device_id: UUID) -> tuple[Device, str]:
    """The phone with its account locked, and the office in whose name it may be revoked."""
    device = Device.objects.filter(pk=device_id).first()
    if device is None:
        raise NotFound(str(device_id))
    posts = device.account.appointments.filter(role=Role.POSTMAN).values_list("office_id", flat=True)
    mine = sorted(actor.offices(Role.DISPATCHER) & set(posts))
    if not mine:
        raise NotFound(str(device_id))
    device.account = _account(device.account_id)
    return device, mine[0]


def _account(account_id: UUID | None) -> Account:
    assert account_id is not None
    rows = Account.objects.filter(pk=account_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return rows.get()
