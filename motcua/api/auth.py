"""Bearer tokens: who is asking, with a snapshot that is trusted for a few seconds."""

from time import monotonic

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.people.queries import account_by_id, account_by_token, actor_of, device_by_secret
from motcua.people.rules import Actor, Role, token_digest

# A revoked token dies within so many seconds; until then its holder's roles need no query.
_TRUST = 5.0
_snapshots: dict[bytes, tuple[float, Actor]] = {}


class Token(HttpBearer):
    """`Authorization: Bearer mc_…`; tokens are made by `motcua token USER`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        digest = token_digest(token)
        known = _snapshots.get(digest)
        if known and monotonic() - known[0] < _TRUST:
            return known[1]
        account = account_by_token(token)
        if account is None:
            _snapshots.pop(digest, None)
            return None
        if len(_snapshots) > 5000:
            _snapshots.clear()
        actor = actor_of(account)
        _snapshots[digest] = (monotonic(), actor)
        return actor


class RevokedPhone(Exception):
    """The phone is no postman's any more: it is told so, and wipes itself."""


class Phone(HttpBearer):
    """`Authorization: Bearer md_…`: a registered phone, asked about each time. It is its owner as a postman only."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        device = device_by_secret(token) if token.startswith("md_") else None
        if device is None:
            return None
        account = account_by_id(device.account_id)
        if device.revoked_at or account is None:
            raise RevokedPhone(str(device.pk))
        request.device = device  # type: ignore[attr-defined]
        who = actor_of(account)
        return Actor(who.id, who.name, frozenset(a for a in who.appointments if a[0] is Role.POSTMAN), who.username)


def forget_snapshots() -> None:
    """Makes the next request of every token ask the database again."""
    _snapshots.clear()
