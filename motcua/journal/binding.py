"""Cursors of `prepared` for PostgreSQL; loaded only there."""

from types import SimpleNamespace
from typing import Any, Self

from django.db.backends.postgresql.base import ServerBindingCursor


class Binding(ServerBindingCursor):
    """Leaves the values to the server to bind, so that it may keep the plan."""

    def execute(self, query: str, params: Any = None, **more: Any) -> Self:
        super().execute(query, params, **more)  # type: ignore[misc]
        if self._query is None:  # type: ignore[has-type]
            # psycopg forgets the text of a statement that the server knows; Django's log of queries asks for it.
            self._query = SimpleNamespace(query=query.encode())
        return self
