"""A server that is killed in the middle of an act: whoever asks again with the same key gets one dossier."""

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from tests.browser.people import NOW, Api
from tests.browser.people import VERSION as V
from tests.processes import Site, family, motcua, until, words_of

NAME = "Trần Thị Giữa Chừng"
TRIES = 6


@pytest.fixture
def own_site(tmp_path: Path):
    """A site of its own: it will be killed."""
    environment = {
        **os.environ,
        "MOTCUA_DATA": str(tmp_path / "data"),
        "MOTCUA_DEMO": "1",
        "MOTCUA_DATABASE_URL": "",
        "MOTCUA_CLOCK": NOW,
    }
    subprocess.run(motcua("demo", "--dossiers", "1", "--until", "2026-07-18T18:00"), env=environment, check=True)
    site = Site(environment, tmp_path / "serve.log")
    try:
        yield site.ready()
    finally:
        site.end()


def body(n: int) -> bytes:
    answers = {"text": "mẫu", "textarea": "mẫu", "date": "1990-01-02", "number": "1"}
    return json.dumps(
        {
            "procedure": V.code,
            "place": "bd-thanh-sen",
            "person": {
                "name": f"{NAME} {n}",
                "phone": "0912345678",
                "id_number": "042190000016",
                "address": "Số 1 đường Thử Nghiệm",
                "unit_code": "18073",
            },
            "form": {q.key: q.choices[0] if q.type == "choice" else answers[q.type] for q in V.form if q.required},
            "papers": [
                {
                    "component": p.key,
                    "kind": "original" if p.original else "copy",
                    "quantity": max(p.original, p.copies, 1),
                }
                for p in V.papers
            ],
            "pay": "door",
        }
    ).encode()


def post(api: Api, sent: bytes, key: str) -> dict[str, str] | None:
    """The answer, or None when there was none."""
    headers = {"Authorization": f"Bearer {api.token}", "Idempotency-Key": key, "Content-Type": "application/json"}
    try:
        with urlopen(Request(f"{api.site.url}/api/v1/dossiers", sent, headers), timeout=10) as answer:
            return json.load(answer)
    except HTTPError as refused:
        if refused.code < 500:
            pytest.fail(f"{refused.code}: {refused.read().decode()}")
    except OSError:
        pass
    return None


def asked_again(api: Api, sent: bytes, key: str) -> dict[str, str] | None:
    """The answer. A server whose workers die as soon as they live ends itself; then the office starts it again."""
    if api.site.process.poll() is not None:
        api.site.start()
        api.site.ready()
    return post(api, sent, key)


def workers_of(site: Site) -> list[int]:
    """The web processes: the leaves of the tree that answer requests."""
    return [pid for pid in family(site.process.pid)[1:] if "jobs" not in words_of(pid)]


def test_kill_nine_in_the_middle_of_receiving_makes_one_dossier(own_site):
    clerk = Api(own_site, "quay-thanh-sen")
    for n in range(TRIES):
        key, sent = str(uuid4()), body(n)
        asking = threading.Thread(target=post, args=(clerk, sent, key))
        asking.start()
        time.sleep(0.004 * n)
        for pid in workers_of(own_site):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        asking.join()
        first = until("an answer with the same key", lambda key=key, sent=sent: asked_again(clerk, sent, key))
        assert post(clerk, sent, key) == first
        assert [d["reference"] for d in clerk.named(f"{NAME} {n}")] == [first["reference"]]
    verified = subprocess.run(motcua("verify"), check=False, env=own_site.environment, capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout + verified.stderr
