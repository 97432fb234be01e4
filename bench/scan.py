"""One scan at the taker's desk: `python -m bench.scan` receives a bag of 100 dossiers and 300 papers over real HTTP.

100,000 other dossiers lie in the database. Prints the server's share of a scan and what it asked the database.
"""

import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

from bench.engine import NOW, Server, tell

DOSSIERS, PAPERS_EACH, TARGET_MS, LOADED = 100, 3, 50, 2_000
GIVER, TAKER = "bd-thanh-sen", "ubnd-thanh-sen"


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    os.environ |= {
        "MOTCUA_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "MOTCUA_CLOCK": f"{NOW:%Y-%m-%dT%H:%M+00:00}",
    }
    os.environ.pop("MOTCUA_DATABASE_URL", None)
    try:
        result = run(count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    build = Path(__file__).parent.parent / "build"
    build.mkdir(exist_ok=True)
    (build / "bench-scan.json").write_text(json.dumps(result, indent=1))
    print(json.dumps(result))
    return 0 if result["scan"]["p95_ms"] < TARGET_MS else 1


def run(count: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections, transaction

    from bench.engine import prepare

    call_command("migrate", verbosity=0)
    with transaction.atomic():  # one flush to the disk instead of one a row
        prepare(LOADED)
        multiply(max(count // LOADED, 1))
    number, stickers, people = bag()
    asked = statements(number, stickers.pop(), people["taker"])
    connections.close_all()
    with Server() as server:
        first = Desk(server.port, number, people["taker"])
        scans = [first.scan(sticker) for sticker in stickers]
        again = [first.scan(sticker) for sticker in stickers[:50]]
        undone = [first.scan("900010") for _ in range(50)]
    faults = verified()
    return {"dossiers": count, "papers": DOSSIERS * PAPERS_EACH, "statements": asked, "scan": figures(scans),
            "duplicate": figures(again), "undo": figures(undone), "faults": faults}  # fmt: skip


def multiply(times: int) -> None:
    """As many dossiers again, with applicants, files and entries, by the database itself: what a scan must not read.
    Their entries are copies, so only the bag's chain is verified in the end."""
    from django.db import connection

    from bench.history import MODELS

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for model in MODELS:
            fields = [f.column for f in model._meta.concrete_fields if f.get_internal_type() != "BigAutoField"]
            table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in fields)
            own = next(column for column in ("dossier_id", "chain_id", "id") if column in fields)
            for n in range(1, times):
                values = ", ".join(_another(column, n) for column in fields)
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE substr({own}, 3, 2) = '00'"
                )
        cursor.execute("ANALYZE")
    tell(f"{times} times as many in {time.perf_counter() - begun:.0f} s")


def _another(column: str, n: int) -> str:
    """A column as the n-th copy has it: ids and codes of bench.history leave room for a number after their first."""
    if column in {"id", "dossier_id", "chain_id", "subject_id", "command"}:
        return f"substr({column}, 1, 2) || '{n:02x}' || substr({column}, 5)"
    first = {"reference": 1, "code": 2}.get(column)
    return f"substr({column}, 1, {first}) || '{n:02d}' || substr({column}, {first + 3})" if first else f'"{column}"'


def bag() -> tuple[str, list[str], dict[str, Any]]:
    """100 of the dossiers come to a counter with three papers each; the counter's bag to the agency is sealed."""
    from motcua.acts import handover
    from motcua.custody.actions import take_papers
    from motcua.dossiers.models import Dossier
    from motcua.journal.actions import once
    from motcua.journal.rules import Command
    from motcua.people.actions import appoint, open_account
    from motcua.people.holders import office
    from motcua.people.queries import account_by_id, actor_of
    from motcua.people.rules import Role

    made: dict[str, Any] = {}

    def hire(act: Any) -> dict[str, int]:
        for name, role, place in (("giver", Role.CLERK_POSTAL, GIVER), ("taker", Role.RECEIVER, TAKER)):
            account = open_account(act, username=f"scan-{name}", name="Người Mẫu")
            appoint(act, account, role, place, new=True)
            made[name] = account.pk
        return {}

    once(Command(uuid4(), "bench.hire", None, NOW), hire)
    stickers: list[str] = []
    columns = {"component": "to", "kind": "original", "quantity": 1, "pages": 1, "condition": ""}
    for dossier in Dossier.objects.order_by("-id")[:DOSSIERS]:
        papers = [{**columns, "name": f"Giấy tờ số {n}"} for n in range(PAPERS_EACH)]

        def take(act: Any, dossier: Any = dossier, papers: Any = papers) -> dict[str, int]:
            stickers.extend(p.sticker for p in take_papers(act, dossier, office(GIVER), papers))
            return {}

        once(Command(uuid4(), "bench.take", made["giver"], NOW), take)
    actor, at = actor_of(account_by_id(made["giver"])), NOW + timedelta(minutes=1)
    opened = handover.start_manifest(Command(uuid4(), "manifest.open", actor.id, at), actor, GIVER, TAKER, stickers)
    number = str(opened["number"])
    handover.seal_manifest(Command(uuid4(), "manifest.seal", actor.id, at), actor, number, "NP-0001")
    tell(f"a sealed bag with {len(stickers)} papers of {DOSSIERS} dossiers")
    return number, stickers, made


def cookie_of(account_id: Any) -> str:
    """A log-in of this account, signed as the site signs it."""
    from importlib import import_module

    from django.conf import settings

    from motcua.people.queries import account_by_id

    account = account_by_id(account_id)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["account"], session["epoch"] = str(account.pk), account.epoch
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def statements(number: str, sticker: str, taker: Any) -> int:
    """What one scan asks the database, all in all."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "127.0.0.1"})
    name, _, value = cookie_of(taker).partition("=")
    client.cookies[name] = value
    client.get("/tui")
    said = {"key": str(uuid4()), "code": sticker}
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(f"/tui/{number}/quet", said, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.content
    return len([q for q in seen.captured_queries if q["sql"].split()[0] not in {"BEGIN", "COMMIT"}])


class Desk:
    """A scanner's screen: one keep-alive browser that sends what was scanned and waits for the answer."""

    def __init__(self, port: int, number: str, account_id: Any) -> None:
        self.url, login = f"http://127.0.0.1:{port}/tui/{number}/quet", cookie_of(account_id)
        with urlopen(Request(self.url, headers={"Cookie": login}), timeout=60) as page:
            csrf = re.search(r"csrftoken=([^;]+)", " ".join(page.headers.get_all("Set-Cookie") or []))
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert csrf, "the screen did not open"
        assert token, "the screen has no form"
        self.token, self.headers = token[1], {"Cookie": f"{login}; csrftoken={csrf[1]}", "Accept": "application/json"}

    def scan(self, code: str) -> tuple[float, float, float]:
        """(server's share, its own work in it, the whole) in ms."""
        body = urlencode({"csrfmiddlewaretoken": self.token, "key": str(uuid4()), "code": code}).encode()
        begun = time.perf_counter()
        with urlopen(Request(self.url, body, self.headers), timeout=60) as answer:
            told, timing = json.load(answer), answer.headers["Server-Timing"]
        assert told["tone"] in {"good", "again", "undone"}, told
        share, work = (float(n) for n in re.findall(r"dur=([\d.]+)", timing))
        return share, work, (time.perf_counter() - begun) * 1000


def figures(times: list[tuple[float, float, float]]) -> dict[str, float]:
    """Server's share, its processor time, the whole; on a machine with other work the second is the steady one."""
    share, work, whole = (sorted(column) for column in zip(*times, strict=True))
    p95 = int(len(times) * 0.95)
    return {
        "scans": len(times), "p50_ms": statistics.median(share), "p95_ms": share[p95], "most_ms": share[-1],
        "cpu_p50_ms": statistics.median(work), "cpu_p95_ms": work[p95], "whole_p95_ms": round(whole[p95], 1),
    }  # fmt: skip


def verified() -> list[str]:
    from motcua.custody.models import Manifest
    from motcua.journal.models import Entry
    from motcua.journal.verify import _check_batch  # the one chain that grew; the whole takes minutes

    chain = Manifest.objects.get().pk
    return [str(f) for f in _check_batch([(chain, list(Entry.objects.filter(chain_id=chain).order_by("seq")))])]


if __name__ == "__main__":
    sys.exit(main())
