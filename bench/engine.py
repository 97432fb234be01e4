"""One database's run, in a process of its own: `python -m bench.engine` prints its figures as JSON."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

from bench import raw
from bench.drive import Request, Run, drive

ROOT = Path(__file__).parent.parent
CLIENTS = 8
TURN = 2  # seconds
ACTS = ("FILE", "ADVANCE", "LOOKUP", "WORKLIST", "REPORT")
NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)


def tell(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def run(count: int, seconds: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    world = prepare(count)
    connections.close_all()
    limit = raw_limit(connection.vendor, count)
    with Server() as server:
        acts = Acts(server.port, world)
        result: dict[str, Any] = {"engine": connection.vendor, "dossiers": count, "clients": CLIENTS, "acts": {}}
        for act in ACTS:
            drive(server.port, acts.stream(act), CLIENTS, 1)
            result["acts"][act] = side_by_side(act, acts, limit, seconds)
        result["memory_mb"] = server.memory_mb()
    for act in ACTS:
        result["acts"][act]["inside"] = inside_of(act, acts, world)
        told = result["acts"][act]
        tell(f"{act}: {told['ours']['per_second']:.0f}/s, raw {told['raw']['per_second']:.0f}/s, {told['inside']}")
    return result


def side_by_side(act: str, acts: "Acts", limit: Any, seconds: int) -> dict[str, Any]:
    """Turns of ours and of raw SQL, so that what else the machine does falls on both; their median ratio counts."""
    clients = 1 if act == "REPORT" else CLIENTS
    ours, bare, wal, ratios = Run(), Run(), 0, []
    for _ in range(max(3, seconds // TURN)):
        before = wal_position()
        mine = drive(acts.port, acts.stream(act), clients, TURN)
        wal += wal_position() - before
        theirs = limit(act, clients, TURN)
        ratios.append(mine.per_second / theirs.per_second)
        ours += mine
        bare += theirs
    ratios.sort()
    told = {"ours": ours.told(), "raw": bare.told(), "ratio": ratios[len(ratios) // 2], "ratios": ratios}
    told["ours"]["wal_kb"] = wal / 1024 / len(ours.times)
    return told


def inside_of(act: str, acts: "Acts", world: dict[str, Any]) -> dict[str, float]:
    """Statements, buffers and the processor's time of one act; with it what log-in and rights take of that time."""
    from bench import inside
    from motcua.people.queries import account_by_token, actor_of

    told = inside.measure(acts.stream(act)(0))
    actors = {token: actor_of(account_by_token(token)) for token in world["tokens"].values()}
    with inside.without_rights(actors):
        open_door = inside.measure(acts.stream(act)(0))
    return {**told, "kept": open_door["cpu_ms"] / told["cpu_ms"]}


def wal_position() -> int:
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
        return int(cursor.fetchone()[0])


def prepare(count: int) -> dict[str, Any]:
    """Law, people, tokens and the past."""
    from bench import history
    from motcua.demo.papers import sample_pdf
    from motcua.documents import store
    from motcua.documents.models import Upload
    from motcua.journal.actions import once
    from motcua.journal.rules import Command
    from motcua.law.reader import read_pack
    from motcua.people.actions import appoint, issue_token, open_account
    from motcua.people.rules import Role
    from motcua.procedures.actions import publish_pack
    from motcua.procedures.queries import current_law

    publish_pack(Command(uuid4(), "law.publish", None, NOW), read_pack(ROOT / "packs" / "ha-tinh"))
    law = current_law()
    day = NOW.date()
    communes = [o for o in law.offices("agency", day) if o.type == "people_committee" and o.level == "commune"]
    agencies = [o.code for o in communes][: history.AGENCIES]
    version = next(v for v in law.procedures(day) if v.agency.kind == "commune" and v.online != "none"
                   and sum(s.role == "handler" for s in v.steps) >= 2)  # fmt: skip
    staff: dict[str, UUID] = {}
    tokens: dict[str, str] = {}

    def hire(act: Any) -> dict[str, int]:
        for agency in agencies:
            account = open_account(act, username=f"thu-ly-{agency}", name="Anh Thụ Lý Mẫu")
            appoint(act, account, Role.HANDLER, agency, new=True)
            staff[agency], tokens[agency] = account.pk, issue_token(act, account)
        for name, role, office in (("ba-hoa", Role.CITIZEN, None), ("kiem-soat", Role.PROVINCE, "vp-ubnd-tinh")):
            account = open_account(act, username=name, name="Người Mẫu")
            appoint(act, account, role, office, new=True)
            staff[name], tokens[name] = account.pk, issue_token(act, account)
        return {}

    once(Command(uuid4(), "bench.hire", None, NOW), hire)
    content = sample_pdf("mau")
    digest = store.keep(content)
    Upload.objects.create(account_id=staff["ba-hoa"], sha256=digest, title="mau.pdf", mime="application/pdf",
                          size=len(content), sent_at=datetime.now(UTC))  # fmt: skip
    begun = time.perf_counter()
    handlers = {a: staff[a] for a in agencies}
    first = next(s.key for s in version.steps if s.role == "handler")
    history.load(count, version.code, first, handlers, lambda n: n % 100_000 or tell(f"loaded {n:,}"))
    tell(f"loaded {count:,} dossiers in {time.perf_counter() - begun:.0f} s")
    return {"agencies": agencies, "tokens": tokens, "version": version, "digest": digest, "count": count, "step": first,
            "units": [law.unit_of_office(a, day) for a in agencies]}  # fmt: skip


class Acts:
    """The five acts as streams of requests."""

    def __init__(self, port: int, world: dict[str, Any]) -> None:
        self.port, self.world = port, world
        self.todo = self._under_way()

    def _under_way(self) -> list[tuple[str, str]]:
        """(code, agency) of dossiers whose handler can finish a step; each as often as there are such steps."""
        from motcua.dossiers.models import Dossier

        rows = Dossier.objects.filter(state="processing", step=self.world["step"]).order_by("id")
        todo = list(rows.values_list("code", "agency_id")[:60_000])
        random.Random(1).shuffle(todo)
        return todo * sum(s.role == "handler" for s in self.world["version"].steps)

    def stream(self, act: str) -> Any:
        return lambda number: getattr(self, act.lower())(random.Random(f"{act}{number}{time.time()}"))

    def file(self, chance: random.Random) -> Iterator[Request]:
        version, token = self.world["version"], self.world["tokens"]["ba-hoa"]
        required = [p.key for p in version.papers if p.required and not p.when]
        parts = [(required or ["other"])[k % max(len(required), 1)] for k in range(3)]
        answers = {"text": "mẫu", "textarea": "mẫu", "date": "1990-01-02", "number": "1"}
        form = {q.key: q.choices[0] if q.type == "choice" else answers[q.type] for q in version.form}
        while True:
            unit = chance.choice(self.world["units"])
            person = {
                "name": "Nguyễn Thị Mẫu Thử",
                "phone": f"09{chance.randrange(10**8):08d}",
                "address": "Số 1",
                "unit_code": unit,
            }
            files = [
                {"component": c, "title": f"giay-{n}.pdf", "sha256": self.world["digest"]} for n, c in enumerate(parts)
            ]
            body = {
                "procedure": version.code,
                "person": person,
                "form": form,
                "return_by": "electronic",
                "documents": files,
            }
            yield "POST", "dossiers", token, body

    def advance(self, chance: random.Random) -> Iterator[Request]:
        while self.todo:
            code, agency = self.todo.pop()
            yield "POST", f"dossiers/{code}/actions/finish_step", self.world["tokens"][agency], {"data": {}}

    def lookup(self, chance: random.Random) -> Iterator[Request]:
        agencies = self.world["agencies"]
        while True:
            n = chance.randrange(self.world["count"])
            token = self.world["tokens"][sorted(agencies)[n % len(agencies)]]
            yield "GET", f"dossiers/B-{n:08d}?history=true", token, None

    def worklist(self, chance: random.Random) -> Iterator[Request]:
        while True:
            agency = chance.choice(self.world["agencies"])
            yield "GET", f"worklist?agency={agency}&state=processing", self.world["tokens"][agency], None

    def report(self, chance: random.Random) -> Iterator[Request]:
        while True:
            yield "GET", "report", self.world["tokens"]["kiem-soat"], None


class Server:
    """`motcua serve` as it is run for real."""

    def __enter__(self) -> Self:
        import socket

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        env = {**os.environ, "MOTCUA_LOG": "error"}
        command = [str(Path(sys.executable).parent / "motcua"), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 300
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers():
                return self
            time.sleep(0.2)
        self.__exit__()
        raise RuntimeError("the server did not start")

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).read()
        except OSError:
            return False
        return True

    def __exit__(self, *args: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def memory_mb(self) -> float:
        """Proportional memory of the whole process tree, in MB."""
        total = 0
        for pid in self._tree(self.process.pid):
            rollup = Path(f"/proc/{pid}/smaps_rollup")
            if rollup.exists():
                total += sum(
                    int(line.split()[1]) for line in rollup.read_text().splitlines() if line.startswith("Pss:")
                )
        return round(total / 1024, 1)

    def _tree(self, pid: int) -> list[int]:
        children = Path(f"/proc/{pid}/task/{pid}/children")
        below = [int(c) for c in children.read_text().split()] if children.exists() else []
        return [pid, *[p for child in below for p in self._tree(child)]]


def raw_limit(vendor: str, count: int) -> Any:
    """The raw runner of this engine, its bare schema filled to the same size."""
    begun = time.perf_counter()
    if vendor == "postgresql":
        url = os.environ["MOTCUA_DATABASE_URL"].rpartition("/")[0] + "/raw"
        subprocess.run(
            [
                "psql",
                "-q",
                os.environ["MOTCUA_DATABASE_URL"],
                "-c",
                "DROP DATABASE IF EXISTS raw",
                "-c",
                "CREATE DATABASE raw",
            ],
            check=True,
        )
        raw.fill_postgres(url, count)
        tell(f"raw schema filled in {time.perf_counter() - begun:.0f} s")
        return lambda act, clients, seconds: raw.run_postgres(url, act, count, clients, seconds)
    bare = raw.RawSqlite(Path(os.environ["MOTCUA_DATA"]) / "raw.sqlite3", count)
    tell(f"raw schema filled in {time.perf_counter() - begun:.0f} s")
    return bare.run


if __name__ == "__main__":
    folder = tempfile.mkdtemp(prefix="motcua-bench-")
    os.environ.setdefault("MOTCUA_DATA", folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    try:
        print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
