"""What an act costs inside, whatever else the machine does: statements, buffers, and the processor's time in Python.

The requests of `drive` are answered here in this process by the application that is served, one after the other.
"""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import connection

from bench.drive import Failed, Request
from motcua.config.wsgi import application
from motcua.people.rules import Actor, Role

WARM, BATCHES, BATCH = 20, 30, 8
Statement = tuple[str, Any]


def ask(request: Request) -> None:
    method, path, token, body = request
    sent = b"" if body is None else json.dumps(body).encode()
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": f"/api/v1/{path}", "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_AUTHORIZATION": f"Bearer {token}", "HTTP_IDEMPOTENCY_KEY": str(uuid4()),
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(sent)),
        "wsgi.input": BytesIO(sent), "wsgi.url_scheme": "http",
    }  # fmt: skip
    statuses: list[str] = []
    answered = application(environ, lambda status, headers, *rest: statuses.append(status))
    said = b"".join(answered)
    answered.close()
    if not statuses[0].startswith("2"):
        raise Failed(f"{statuses[0]} {said[:200]!r}")


def measure(requests: Iterator[Request]) -> dict[str, float]:
    """{statements, buffers (PostgreSQL; reads only), cpu_ms} of one act, once everything is warm."""
    for _ in range(WARM):
        ask(next(requests))
    seen = statements(next(requests))
    cpu = _cpu_ms(requests)
    return {"statements": len(seen), "buffers": buffers(seen), "cpu_ms": cpu}


def statements(request: Request) -> list[Statement]:
    seen: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask(request)
    return seen


def buffers(seen: Iterable[Statement]) -> int:
    """Pages touched by the reads among them, asked of the database itself."""
    if connection.vendor != "postgresql":
        return 0
    total = 0
    for sql, params in seen:
        if sql.lstrip().upper().startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                (told,) = cursor.fetchone()
            plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
            total += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return total


def _cpu_ms(requests: Iterator[Request]) -> float:
    """Of many small batches the cheapest: what others do on the machine makes a batch dearer, never cheaper."""
    batches = []
    for _ in range(BATCHES):
        begun = time.process_time()
        for _ in range(BATCH):
            ask(next(requests))
        batches.append((time.process_time() - begun) / BATCH * 1000)
    return min(batches)


@contextmanager
def without_rights(actors: dict[str, Actor]) -> Iterator[None]:
    """The same acts for whoever asks: no token is looked up or digested, nobody's rights are asked for."""
    everything = frozenset(Role)
    with ExitStack() as stack:
        stack.enter_context(patch("motcua.api.auth.Token.__call__", lambda self, request: _known(request, actors)))
        stack.enter_context(patch("motcua.looks.access.Case.roles", lambda self, actor: everything))
        yield


def _known(request: Any, actors: dict[str, Actor]) -> Actor:
    request.auth = actors[request.META["HTTP_AUTHORIZATION"][7:]]
    return request.auth
