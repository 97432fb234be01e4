"""Every address of the site, pages and API, tried by every person of the cast on own and foreign objects.

What should come of it is read from the tables: the roles of each face (`doors`), `roles_on` and the four machines.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.config import clock as the_clock
from motcua.custody.lifecycle import MANIFEST, PARCEL, PICKUP
from motcua.dossiers.lifecycle import DOSSIER
from motcua.journal.models import Command, Entry
from motcua.people.rules import NOBODY, POST, Actor, Role
from tests import make
from tests.architecture.doors import DOORS, Door, readable_input
from tests.architecture.world import Thing, World
from tests.people import CAST, account, actor, token

NOT_FOR_YOU = {401, 403, 404, 405}
MAKES_NOTHING = {301, 302, 400, 401, 403, 404, 405, 409, 415, 422, 429}
PRINTED = {"published dossier", "elsewhere dossier"}
WRITES_BY_DESIGN = ("track/", "tra-cuu")  # guesses at a dossier's phone number are counted


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for part in (resolver or get_resolver()).url_patterns:
        path = before + str(part.pattern)
        if isinstance(part, URLPattern):
            yield path
        else:
            yield from addresses(part, path)


def test_every_address_says_who_may_open_it():
    known, found = set(DOORS), set(addresses())
    assert found - known == set(), "new addresses: say in tests/architecture/doors.py who may open them"
    assert known - found == set(), "addresses that are gone: take them out of tests/architecture/doors.py"


# --- the walls of the tables, in prose


def test_the_post_never_decides():
    deciding = {
        "reject",
        "assign",
        "finish_step",
        "ask_supplement",
        "reschedule",
        "decide",
        "sign",
        "number",
        "publish",
        "stop",
    }
    assert deciding <= set(DOSSIER.actions)
    for row in DOSSIER.transitions:
        if row.action in deciding:
            assert not row.roles & POST, f"{row.action} is in the hands of the post"


def test_only_a_leader_decides_and_signs_and_only_the_records_office_numbers_and_publishes():
    who = {row.action: row.roles for row in DOSSIER.transitions}
    assert who["decide"] == who["sign"] == {Role.LEADER}
    assert who["number"] == who["publish"] == {Role.RECORDS}


def test_the_province_and_the_administrator_look_and_change_nothing():
    for machine in (DOSSIER, MANIFEST, PARCEL, PICKUP):
        for row in machine.transitions:
            assert not row.roles & {Role.PROVINCE, Role.ADMIN}, f"{machine.name}: {row.action}"


def test_only_the_postman_says_what_happened_at_a_door():
    rows = [row for m in (PARCEL, PICKUP) for row in m.transitions if row.action in {"deliver", "fail"}]
    assert rows
    assert all(row.roles == {Role.POSTMAN} for row in rows)


def test_only_applicants_rate():
    assert [row.roles for row in DOSSIER.transitions if row.action == "rate"] == [{Role.CITIZEN}]


# --- the sweep


class Visitor:
    """One of the cast (or nobody) with a browser and a token; nothing they do outlives the request."""

    def __init__(self, name: str) -> None:
        self.name, self.session = name, ""
        self.actor: Actor = actor(name) if name else NOBODY
        self.pages, self.api = Client(raise_request_exception=True), Client()
        if name:
            found, session = account(name), self.pages.session
            session["account"], session["epoch"] = str(found.pk), found.epoch
            session.save()
            self.session = session.session_key
            self.api = Client(headers={"Authorization": f"Bearer {token(name, make.START)}"})

    def get(self, path: str, query: dict[str, str]) -> HttpResponse:
        wrote: list[str] = []
        with undone(), connection.execute_wrapper(lambda *given: listen(wrote, *given)):
            answer = self._client(path).get(path, query)
        assert not wrote or any(word in path for word in WRITES_BY_DESIGN), f"GET {path} wrote: {wrote[:2]}"
        return answer

    def post(self, path: str, body: dict[str, Any]) -> HttpResponse:
        if path.startswith("/api/"):
            return self.api.post(
                path, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
            )
        return self._client(path).post(path, {"key": str(uuid4()), **body})

    def _client(self, path: str) -> Client:
        if path.startswith("/api/"):
            return self.api
        # What one page left in the browser (a log-out, a language) is no part of the next visit.
        self.pages.cookies.clear()
        if self.session:
            self.pages.cookies["sessionid"] = self.session
        return self.pages


def listen(wrote: list[str], execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    first = sql.lstrip(" (").split(None, 1)[0].upper()
    if first not in {"SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK"}:
        wrote.append(sql[:80])
    return execute(sql, params, many, context)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is forgotten: the next visitor finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Made once; every visit is undone, and in the end the world itself."""
    with django_db_blocker.unblock(), undone(), the_clock.started_at(make.START.replace(hour=11)):
        yield World()


@pytest.mark.django_db
def test_the_world_has_own_and_foreign_objects_for_every_trade(world):
    """The sweep would prove nothing if nobody owned anything."""
    kinds = {door.of for door in DOORS.values()} - {"", "file", "track"}
    for kind in kinds:
        owners = [n for n in CAST if any(t.roles(actor(n)) for t in world.of(kind))]
        strangers = [n for n in CAST if not any(t.roles(actor(n)) for t in world.of(kind))]
        assert owners, kind
        assert strangers, kind


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", *CAST])
def test_nobody_opens_a_door_that_is_not_theirs(world, name):
    who = Visitor(name)
    hidden = world.strangers_words(who.actor)
    before = (Entry.objects.count(), Command.objects.count())
    for pattern, door in sorted(DOORS.items()):
        for thing, path, action in tried(who, door, visits(world, pattern, door)):
            check = Check(who, door, thing, path, action, hidden)
            if not (action and check.api):
                check.looking()
            if action and thing is not None and thing.kind == "dossier":
                check.posting_well()
            else:
                check.posting_nothing()
    assert (Entry.objects.count(), Command.objects.count()) == before


def tried(who: Visitor, door: Door, all_visits: Iterator[Any]) -> Iterator[Any]:
    """A face that is not theirs is shut whatever stands behind it: something of their own and something of others say
    so. Behind an open one everything is tried; of papers that are theirs two are printed in every kind."""
    shut, seen = door.who is not None and not who.actor.roles & door.who, set()
    for thing, path, action in all_visits:
        own = thing is None or bool(thing.roles(who.actor) & door.owners)
        if shut and own in seen:
            continue
        if own and path.endswith(".pdf") and thing and thing.kind == "dossier" and thing.name not in PRINTED:
            continue
        seen.add(own)
        yield thing, path, action


def visits(world: World, pattern: str, door: Door) -> Iterator[tuple[Thing | None, str, str]]:
    """(object, address, action of the table) for everything the address can stand for."""
    for thing in things_behind(world, door):
        given = {**{k: (v,) for k, v in (thing.keys if thing else {}).items()}, **door.keys}
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        missing = set(names) - set(given)
        assert not missing, f"{pattern}: say in doors.py what {missing} may be"
        for values in product(*(given[name] for name in names)):
            chosen = dict(zip(names, values, strict=True))
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: chosen[m[1]], pattern)  # noqa: B023
            yield thing, path, door.action or (door.named or {}).get(chosen.get("action", ""), "")


def things_behind(world: World, door: Door) -> list[Any]:
    if door.of in {"file", "track"}:
        return [
            file_of(t) if door.of == "file" else t
            for t in world.of("dossier")
            if door.of == "track" or t.row.files.exists()
        ]
    return world.of(door.of) if door.of else [None]


def file_of(thing: Thing) -> Thing:
    keys = {"reference": thing.keys["reference"], "file_id": str(thing.row.files.first().pk)}
    return Thing("file", f"file of {thing.name}", keys, thing.roles, thing.secrets, thing.seq)


class Check:
    def __init__(self, who: Visitor, door: Door, thing: Thing | None, path: str, action: str, hidden: frozenset[str]):
        self.who, self.door, self.thing, self.path, self.action = who, door, thing, path, action
        self.hidden = hidden
        self.api = path.startswith("/api/")
        self.face_is_theirs = door.who is None or (bool(who.name) and bool(who.actor.roles & door.who))
        self.roles = thing.roles(who.actor) & door.owners if thing else frozenset()
        self.theirs = self.face_is_theirs and (thing is None or bool(self.roles))
        self.told = f"{who.name or 'nobody'} at {path} ({thing.name if thing else '–'})"

    def looking(self) -> None:
        answer = self.who.get(self.path, self.door.query)
        self._judge(answer, "GET")
        if self.theirs:
            assert answer.status_code not in {401, 403}, f"GET {self.told}: {answer.status_code} although it is theirs"

    def posting_nothing(self) -> None:
        with undone():
            seq, entries = self._seq(), Entry.objects.count()
            answer = self.who.post(self.path, {})
            self._judge(answer, "POST")
            if not self.theirs or (self.action and not self.thing.may(self.who.actor, self.action)):
                assert answer.status_code in MAKES_NOTHING | {200}, f"POST {self.told}: {answer.status_code}"
                assert (self._seq(), Entry.objects.count()) == (seq, entries), f"POST {self.told} wrote"

    def posting_well(self) -> None:
        """With everything the action asks for, only rights and state can stand in its way."""
        given, may = readable_input(self.action), self.thing.may(self.who.actor, self.action)
        with undone():
            seq = self._seq()
            answer = self.who.post(self.path, {"data": given} if self.api else given)
            self._judge(answer, "POST")
            if not (self.theirs and may):
                assert answer.status_code in NOT_FOR_YOU | {302, 409}, f"POST {self.told}: {answer.status_code}"
                assert self._seq() == seq, f"POST {self.told} changed the dossier"
            elif self.api:
                problems = json.loads(answer.content).get("problems", [])
                codes = {p["code"] for p in problems}
                assert answer.status_code in {200, 409}, f"POST {self.told}: {answer.status_code} {codes}"
                assert not {c for c in codes if c.startswith("machine.")}, f"POST {self.told}: {codes}"

    def _judge(self, answer: HttpResponse, method: str) -> None:
        told, status = f"{method} {self.told}: {answer.status_code}", answer.status_code
        assert status < 500, told
        if not self.face_is_theirs:
            login = status == 302 and answer.headers["Location"].startswith("/dang-nhap")
            assert login if not self.who.name and not self.api and status != 405 else status in NOT_FOR_YOU, told
        elif not self.theirs:
            # 422 and 409 answer what was posted, before anything of the object was looked up.
            assert status in NOT_FOR_YOU | {302, 409, 422, 429}, told
        self._says_nothing_of_others(answer, method)

    def _says_nothing_of_others(self, answer: HttpResponse, method: str) -> None:
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        text += answer.headers.get("Location", "")
        asked = self.path + json.dumps(self.door.query)
        hidden = self.hidden if self.theirs or self.thing is None else self.hidden | self.thing.secrets
        leaked = {word for word in hidden if word in text and word not in asked}
        assert not leaked, f"{method} {self.told} tells {leaked}"

    def _seq(self) -> int:
        return self.thing.seq() if self.thing else 0
