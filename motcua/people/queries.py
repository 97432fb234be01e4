"""Looking up people and offices."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from motcua.people.models import Account, Appointment, Device, Office, Token
from motcua.people.rules import Actor, Role, token_digest


def _with_appointments() -> "QuerySet[Account]":
    current = Appointment.objects.filter(ended_at=None).order_by("role", "office_id")
    return Account.objects.filter(is_active=True).prefetch_related(
        Prefetch("appointments", current, "current")
    )


def actor_of(account: Account) -> Actor:
    """The snapshot of an account fetched with its appointments."""
    held = frozenset((Role(a.role), a.office_id or "") for a in account.current)  # type: ignore[attr-defined]
    return Actor(account.pk, account.name, held, account.username)


def account_by_id(account_id: UUID) -> Account | None:
    return _with_appointments().filter(pk=account_id).first()


def account_by_username(username: str) -> Account | None:
    return _with_appointments().filter(username=username).first()


def account_by_token(secret: str) -> Account | None:
    """The active account behind a live bearer token, or None."""
    live = Token.objects.filter(digest=token_digest(secret), revoked_at=None).values("account_id")
    return _with_appointments().filter(pk__in=live).first()


def device_by_secret(secret: str) -> Device | None:
    """The phone behind a secret, also a revoked one."""
    return Device.objects.filter(digest=token_digest(secret)).first()


def devices_at(offices: Iterable[str]) -> list[Device]:
    """Phones of the postmen of these offices, the newest first; those revoked last."""
    held = Appointment.objects.filter(office_id__in=list(offices), role=Role.POSTMAN)
    rows = Device.objects.filter(account__in=held.values("account_id")).select_related("account")
    return list(rows.order_by(F("revoked_at").asc(nulls_first=True), "-registered_at")[:300])


def demo_accounts() -> list[Account]:
    """The invented people of the demo, with their current roles."""
    return list(_with_appointments().filter(is_demo=True).order_by("username"))


def accounts_at(office: str, *roles: Role) -> list[Account]:
    """Active people who hold one of the roles at an office now."""
    held = Appointment.objects.filter(office_id=office, role__in=roles, ended_at=None).values("account_id")
    return list(_with_appointments().filter(pk__in=held).order_by("name"))


def all_accounts(search: str = "") -> "QuerySet[Account]":
    """Every account, also the inactive, for the administrator."""
    current = Appointment.objects.filter(ended_at=None).select_related("office")
    rows = Account.objects.prefetch_related(Prefetch("appointments", current, "current")).order_by("username")
    return rows.filter(name__icontains=search) | rows.filter(username__icontains=search) if search else rows


def accounts_page(search: str, after: str = "", limit: int = 50) -> tuple[list[Account], str]:
    """Accounts by log-in name after one of them, with the name to go on from ('' = the last page)."""
    found = list(all_accounts(search).filter(username__gt=after)[: limit + 1])
    return found[:limit], found[limit - 1].username if len(found) > limit else ""


def any_account(username: str) -> Account | None:
    """One account, also an inactive one, with its current roles."""
    return all_accounts().filter(username=username).first()


def names_of(account_ids: set[UUID]) -> dict[UUID, str]:
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def office_exists(code: str) -> bool:
    return Office.objects.filter(pk=code).exists()
