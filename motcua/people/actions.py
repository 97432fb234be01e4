"""Writing accounts, roles and tokens."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection

from motcua.journal.actions import Act
from motcua.kernel.problems import Problem, Refused
from motcua.kernel.text import squeeze
from motcua.law.model import Office as LawOffice
from motcua.people.models import Account, Appointment, Device, Office, Throttle, Token
from motcua.people.rules import Role, token_digest


def open_account(
    act: Act, *, username: str, name: str, password: str | None = None, phone: str = "", is_demo: bool = False
) -> Account:
    """Does: a new account. Refuses: a name in use. Records: account.opened."""
    if Account.objects.filter(username=username).exists():
        raise Refused([Problem("account.name_taken", "Tên đăng nhập đã có người dùng. Hãy chọn tên khác.")])
    account = Account(
        username=username, name=squeeze(name), phone=phone, is_demo=is_demo, password=make_password(password)
    )
    act.create(account, "account.opened")
    return account


def appoint(act: Act, account: Account, role: Role, office: str | None, *, new: bool = False) -> Appointment:
    """Does: gives a role at an office (a citizen's role has none). Records: account.appointed; ends old log-ins."""
    appointment = Appointment(account=account, role=role, office_id=office, started_at=act.at)
    act.create(appointment, "account.appointed")
    if not new:
        act.change(account, "account.renewed", {"epoch": account.epoch + 1})
    return appointment


def end_appointment(act: Act, appointment: Appointment) -> None:
    """Does: takes a role away from now on. Records: account.relieved."""
    act.change(appointment, "account.relieved", {"ended_at": act.at})
    act.change(appointment.account, "account.renewed", {"epoch": appointment.account.epoch + 1})


def set_password(act: Act, account: Account, password: str) -> None:
    """Does: a new password; ends log-ins made with the old one. Records: account.password_set (its digest only)."""
    act.change(
        account, "account.password_set", {"password": make_password(password), "epoch": account.epoch + 1}
    )


def issue_token(act: Act, account: Account, label: str = "") -> str:
    """Does: a new bearer token, shown once. Records: token.issued."""
    secret = "mc_" + secrets.token_urlsafe(32)
    token = Token(account=account, digest=token_digest(secret), label=label, issued_at=act.at)
    act.create(token, "token.issued")
    return secret


def revoke_token(act: Act, token: Token) -> None:
    """Does: makes a token dead. Records: token.revoked."""
    act.change(token, "token.revoked", {"revoked_at": act.at})


def register_device(act: Act, account: Account, name: str, secret: str, spare_key: str) -> Device:
    """Does: a phone may call from now on with the secret it made. Records: device.registered (digests only)."""
    device = Device(
        account=account, name=name[:100], digest=token_digest(secret), spare_key=spare_key, registered_at=act.at
    )
    act.create(device, "device.registered")
    return device


def revoke_device(act: Act, device: Device, reason: str) -> None:
    """Does: makes a phone's token dead. Records: device.revoked with the reason."""
    act.change(device, "device.revoked", {"revoked_at": act.at, "reason": reason[:300]})


def note_dropped(act: Act, device: Device, **data: Any) -> None:
    """Does: remembers that a postman gave up an act that was refused, and why. Records: device.dropped."""
    act.change(device, "device.dropped", **data)


def note_reopened(act: Act, device: Device) -> None:
    """Does: remembers that the spare key of a phone was asked for. Records: device.reopened."""
    act.change(device, "device.reopened")


def see_device(device_id: UUID, at: datetime, drift_ms: int) -> None:
    """Does: when a phone called last and how its clock stood. Outside the ledgers."""
    Device.objects.filter(pk=device_id).update(last_seen_at=at, drift_ms=drift_ms)


def keep_offices(offices: Iterable[LawOffice]) -> None:
    """Does: a row to point at for every office of a pack; offices are never removed."""
    rows = [
        Office(code=o.code, kind=o.kind, name=o.name, parent_id=o.parent or None, unit_code=o.unit or "")
        for o in offices
    ]
    Office.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "name", "parent", "unit_code"],
    )


def count_try(key: str, at: datetime, window_seconds: int) -> int:
    """Does: counts one more try in the present window and answers how many there were. Outside the ledgers."""
    window = int(at.timestamp()) // window_seconds
    table = Throttle._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} (key, "window", count) VALUES (%s, %s, 1) '  # noqa: S608 - a constant name
            f'ON CONFLICT (key, "window") DO UPDATE SET count = {table}.count + 1 RETURNING count',
            [key[:100], window],
        )
        return int(cursor.fetchone()[0])


def forget_tries(before: datetime, window_seconds: int) -> int:
    """Does: drops counts of windows long past."""
    return Throttle.objects.filter(window__lt=int(before.timestamp()) // window_seconds).delete()[0]
