from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.utils.translation import get_language

from motcua.config import clock
from motcua.config.health import WORKER_SILENT_AFTER
from motcua.config.middleware import CONTENT_SECURITY_POLICY, security_headers
from motcua.jobs.actions import beat, enqueue


@pytest.mark.django_db
def test_well_when_the_database_answers_and_the_worker_is_heard(client):
    beat(uuid4(), clock.now())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "worker": "ok"})


@pytest.mark.django_db
@pytest.mark.parametrize("heard", [None, WORKER_SILENT_AFTER + timedelta(seconds=5)])
def test_a_silent_worker_is_told_but_pages_go_on(client, heard):
    if heard:
        beat(uuid4(), clock.now() - heard)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "worker": "silent"}


def test_without_a_database_it_is_down(client, monkeypatch):
    def broken():
        raise OperationalError("no route to host")

    monkeypatch.setattr("motcua.config.health.connection.cursor", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert b"route" not in answer.content


@pytest.mark.django_db
def test_metrics_count_routes_and_never_name_a_dossier(client):
    client.get("/api/v1/dossiers/H27.14-20260609-0000001")
    enqueue("note")
    text = client.get("/metrics").content.decode()
    assert "motcua_request_seconds_bucket" in text
    assert 'motcua_jobs{state="waiting"} 1' in text
    assert "H27.14" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "caller",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_metrics_are_not_for_outside(client, caller):
    assert client.get("/metrics", **caller).status_code == 404


@pytest.mark.django_db
def test_every_answer_carries_the_security_headers(client):
    for answer in (client.get("/healthz"), client.get("/no-such-page"), client.get("/metrics")):
        for name, value in security_headers(https=False):
            assert answer.headers[name] == value


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed():
    allowed = {word for sources in CONTENT_SECURITY_POLICY.values() for word in sources.split()}
    assert allowed == {"'none'", "'self'", "data:", "blob:"}
    assert CONTENT_SECURITY_POLICY["script-src"] == CONTENT_SECURITY_POLICY["style-src"] == "'self'"


def test_only_over_https_browsers_are_told_to_stay_there():
    assert "Strict-Transport-Security" not in dict(security_headers(https=False))
    assert "max-age=31536000" in dict(security_headers(https=True))["Strict-Transport-Security"]


@pytest.mark.django_db
def test_an_unknown_host_name_is_refused(client):
    assert client.get("/healthz/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_the_api_does_not_speak_the_language_of_the_page_before(client, monkeypatch):
    spoken = []
    monkeypatch.setattr("motcua.api.app.answer", lambda *a, **k: spoken.append(get_language()) or HttpResponse())
    client.cookies["django_language"] = "en"
    client.get("/")
    assert get_language() == "en"
    client.get("/api/v1/worklist")
    assert spoken == ["vi"]
