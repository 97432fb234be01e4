"""How many statements each act costs, everything on. The limits are those the project has set itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.demo.papers import sample_pdf
from tests import make
from tests.api.test_journey import filing_body, ok


def statements(do):
    with CaptureQueriesContext(connection) as seen:
        do()
    return [q["sql"] for q in seen.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


@pytest.fixture
def warm(call):
    """Tokens and law are known to the process, as in a server that has run for a second."""
    ok(call("lan").post("dossiers", filing_body()), 201)
    for who in ("hoa", "son", "cuong", "giang"):
        call(who).get("dossiers/K7Q2-9MXD")
    return call


def test_file(warm, clock):
    body = filing_body(place="", papers=[], return_by="electronic")
    body["documents"] = []
    sent = [_upload(warm, sample_pdf(f"giay {n}")) for n in range(3)]
    keys = [p["component"] for p in make.papers_for(make.THREE_DAYS)]
    body["documents"] = [{"component": keys[min(n, len(keys) - 1)], "title": "quet.pdf", "sha256": s} for n, s in enumerate(sent)]
    used = statements(lambda: ok(warm("hoa").post("dossiers", body), 201))
    assert len(used) <= 12, "\n".join(used)


def _upload(warm, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("quet.pdf", content, "application/pdf")
    return ok(warm("hoa").client.post("/api/v1/uploads", {"file": file}), 201)["sha256"]


def test_advance(warm, clock):
    d = make.processing(clock)
    used = statements(lambda: ok(warm("son").post(f"dossiers/{d.code}/actions/finish_step", {"data": {}})))
    assert len(used) <= 10, "\n".join(used)


def test_lookup(warm, clock):
    d = make.delivered(clock)
    used = statements(lambda: ok(warm("giang").get(f"dossiers/{d.code}", history="true")))
    assert len(used) <= 6, "\n".join(used)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_worklist_costs_the_same_whatever_it_shows(warm, clock, rows, many_open):
    many_open(rows)
    used = statements(lambda: ok(warm("son").get("worklist", agency="ubnd-thanh-sen", state="processing")))
    assert len(used) <= 4, "\n".join(used)
