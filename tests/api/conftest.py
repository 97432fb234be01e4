"""A caller of the API as one of the cast."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from tests.make import START
from tests.people import token


class Caller:
    def __init__(self, who: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token(who, START)}"})

    def get(self, path: str, **query):  # type: ignore[no-untyped-def]
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body=None, key=None):  # type: ignore[no-untyped-def]
        headers = {"Idempotency-Key": str(key or uuid4())}
        return self.client.post(
            f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )


@pytest.fixture
def call(db, fixed_clock):  # type: ignore[no-untyped-def]
    callers: dict[str, Caller] = {}

    def caller(who: str) -> Caller:
        if who not in callers:
            callers[who] = Caller(who)
        return callers[who]

    return caller


@pytest.fixture
def fixed_clock():  # type: ignore[no-untyped-def]
    """The faces' clock stands in the tests' week."""
    from motcua.config import clock

    with clock.started_at(START):
        yield
