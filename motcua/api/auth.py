"""Bearer tokens: who is asking, with a snapshot that is trusted for a few seconds."""

from time import monotonic

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.people.queries import account_by_token, actor_of
from motcua.people.rules import Actor, token_digest

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


def forget_snapshots() -> None:
    """Makes the next request of every token ask the database again."""
    _snapshots.clear()
