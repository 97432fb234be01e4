"""The physical limit: the same acts as bare SQL on a bare schema, the client on the same cores."""

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bench.drive import Run, together

SCHEMA = """
CREATE TABLE applicant (id {serial}, name text, phone text, id_number text);
CREATE TABLE dossier (id {serial}, code text UNIQUE, agency int, unit int, state int, due_at int, filed_on int,
  version int DEFAULT 0, applicant bigint, form {json});
CREATE TABLE document (id {serial}, dossier bigint, kind text, title text, mime text, size int, sha256 text, received int);
CREATE TABLE event (id {serial}, dossier bigint, kind text, at int, data {json});
CREATE TABLE acknowledgement (id {serial}, dossier bigint, number text);
CREATE TABLE rollup (agency int, month int, filed int, closed int, on_time int, PRIMARY KEY (agency, month));
"""
INDEXES = """
CREATE INDEX dossier_work ON dossier (unit, state, due_at) WHERE state < 9;
CREATE INDEX document_of ON document (dossier);
CREATE INDEX event_of ON event (dossier);
"""
FORM = json.dumps({f"muc_{k}": "nội dung mẫu" for k in range(12)}, ensure_ascii=False)

SCRIPTS = {
    "FILE": f"""
\\set n random(1, 1000000000000000)
\\set u random(0, 199)
\\set t random(0, 99999)
BEGIN;
INSERT INTO applicant (name, phone, id_number) VALUES ('Người Mẫu', '0912345678', '042190000016') RETURNING id AS a \\gset
INSERT INTO dossier (code, agency, unit, state, due_at, filed_on, applicant, form) VALUES
  ('N' || :client_id || '-' || :n, :u / 5, :u, 1, :t, 20000, :a, '{FORM}') RETURNING id AS d \\gset
INSERT INTO document (dossier, kind, title, mime, size, sha256, received) VALUES
  (:d, 'scan', 'giay-1.pdf', 'application/pdf', 100000, repeat('a', 64), 1),
  (:d, 'scan', 'giay-2.pdf', 'application/pdf', 100000, repeat('b', 64), 1),
  (:d, 'scan', 'giay-3.pdf', 'application/pdf', 100000, repeat('c', 64), 1);
INSERT INTO event (dossier, kind, at, data) VALUES (:d, 'filed', 1, '{{"by": 1}}');
INSERT INTO acknowledgement (dossier, number) VALUES (:d, 'TN-' || :n);
COMMIT;
""",
    "ADVANCE": """
\\set d random(1, :size)
BEGIN;
SELECT version AS v FROM dossier WHERE id = :d FOR UPDATE \\gset
UPDATE dossier SET version = version + 1, due_at = due_at + 1 WHERE id = :d AND version = :v;
INSERT INTO event (dossier, kind, at, data) VALUES (:d, 'step', 1, '{"by": 1}');
COMMIT;
""",
    "LOOKUP": """
\\set d random(1, :size)
SELECT d.*, a.* FROM dossier d JOIN applicant a ON a.id = d.applicant WHERE d.code = 'C' || :d;
SELECT * FROM document WHERE dossier = :d;
SELECT * FROM event WHERE dossier = :d ORDER BY id;
""",
    "WORKLIST": """
\\set u random(0, 199)
SELECT d.*, a.name FROM dossier d JOIN applicant a ON a.id = d.applicant
WHERE d.unit = :u AND d.state = 1 AND d.state < 9 ORDER BY d.due_at LIMIT 50;
""",
    "REPORT": "SELECT agency, month, filed, closed, on_time FROM rollup ORDER BY agency, month;",
}


def fill_postgres(url: str, count: int) -> None:
    """A bare schema with as many dossiers, filled by the server itself."""
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", url]
    fill = f"""
INSERT INTO applicant (name, phone, id_number) SELECT 'Người Mẫu ' || n, '09' || n, '042' || n FROM generate_series(1, {count}) n;
INSERT INTO dossier (code, agency, unit, state, due_at, filed_on, applicant, form)
  SELECT 'C' || n, n % 200 / 5, n % 200, CASE WHEN n % 100 < 88 THEN 9 ELSE 1 END, n * 7919 % 100000, n % 700, n, '{FORM}'
  FROM generate_series(1, {count}) n;
INSERT INTO document (dossier, kind, title, mime, size, sha256, received)
  SELECT n, 'scan', 'giay-' || k, 'application/pdf', 100000, md5(n::text) || md5(k::text), 1
  FROM generate_series(1, {count}) n, generate_series(1, 3) k;
INSERT INTO event (dossier, kind, at, data)
  SELECT n, 'filed', k, '{{"by": 1}}' FROM generate_series(1, {count}) n, generate_series(1, 3) k;
INSERT INTO rollup SELECT a, m, 1000, 900, 850 FROM generate_series(0, 39) a, generate_series(1, 24) m;
"""
    serial = "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    script = SCHEMA.format(serial=serial, json="jsonb") + fill + INDEXES + "VACUUM ANALYZE;"
    subprocess.run(psql, input=script, text=True, check=True)


def run_postgres(url: str, act: str, count: int, clients: int, seconds: int) -> Run:
    """One act by pgbench, statements prepared; its own log says how long each took."""
    program = shutil.which("pgbench") or str(next(Path("/usr/lib/postgresql").glob("*/bin/pgbench")))
    parts = urlsplit(url)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "act.sql"
        script.write_text(SCRIPTS[act], "utf-8")
        done = subprocess.run(
            [program, "-n", "-M", "prepared", "-f", str(script), "-c", str(clients), "-j", "2", "-T", str(seconds),
             "-D", f"size={count}", "-l", "--log-prefix", f"{folder}/log",
             "-h", parts.hostname or "", "-p", str(parts.port), "-U", parts.username or "", parts.path.lstrip("/")],
            text=True, stdout=subprocess.PIPE, check=True, env={**os.environ, "PGCLIENTENCODING": "UTF8"},
        )  # fmt: skip
        rate = float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))  # type: ignore[union-attr]
        logged = [line.split()[2] for log in Path(folder).glob("log*") for line in log.read_text().splitlines()]
    return Run([int(took) / 1_000_000 for took in logged], len(logged) / rate)


class RawSqlite:
    """The same on SQLite: as durable (WAL, FULL), one process, a thread a client."""

    def __init__(self, path: Path, count: int) -> None:
        self.path, self.count = path, count
        db = self.connect()
        db.executescript(SCHEMA.format(serial="INTEGER PRIMARY KEY", json="text"))
        numbers = range(1, count + 1)
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO applicant (name, phone, id_number) VALUES (?, '09', '042')",
            ((f"Người Mẫu {n}",) for n in numbers),
        )
        db.executemany(
            "INSERT INTO dossier (code, agency, unit, state, due_at, filed_on, applicant, form) VALUES (?,?,?,?,?,?,?,?)",
            ((f"C{n}", n % 200 // 5, n % 200, 9 if n % 100 < 88 else 1, n * 7919 % 100000, n % 700, n, FORM) for n in numbers),
        )  # fmt: skip
        db.executemany(
            "INSERT INTO document (dossier, kind, title, mime, size, sha256, received) VALUES (?, 'scan', 'giay', 'application/pdf', 1, ?, 1)",
            ((n, f"{n:064x}") for n in numbers for _ in range(3)),
        )
        db.executemany(
            "INSERT INTO event (dossier, kind, at, data) VALUES (?, 'filed', 1, '{}')",
            ((n,) for n in numbers for _ in range(3)),
        )
        db.executemany(
            "INSERT INTO rollup VALUES (?, ?, 1000, 900, 850)", ((a, m) for a in range(40) for m in range(24))
        )
        db.execute("COMMIT")
        db.executescript(INDEXES + "ANALYZE;")

    def connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None, timeout=20)
        db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        return db

    def run(self, act: str, clients: int, seconds: int) -> Run:
        def work(number: int, until: float) -> Iterator[float]:
            db, chance = self.connect(), random.Random(number)
            while time.perf_counter() < until:
                begun = time.perf_counter()
                getattr(self, act.lower())(db, chance, number)
                yield time.perf_counter() - begun
            db.close()

        return together(clients, seconds, work)

    def file(self, db: sqlite3.Connection, chance: random.Random, number: int) -> None:
        db.execute("BEGIN IMMEDIATE")
        a = db.execute("INSERT INTO applicant (name, phone, id_number) VALUES ('Người Mẫu', '09', '042')").lastrowid
        unit = chance.randrange(200)
        d = db.execute(
            "INSERT INTO dossier (code, agency, unit, state, due_at, filed_on, applicant, form) VALUES (?,?,?,1,?,1,?,?)",
            (f"N{number}-{chance.getrandbits(60)}", unit // 5, unit, chance.randrange(100000), a, FORM),
        ).lastrowid
        db.executemany(
            "INSERT INTO document (dossier, kind, title, mime, size, sha256, received) VALUES (?, 'scan', 'giay', 'application/pdf', 1, ?, 1)",
            [(d, "a" * 64)] * 3,
        )
        db.execute("INSERT INTO event (dossier, kind, at, data) VALUES (?, 'filed', 1, '{}')", (d,))
        db.execute("INSERT INTO acknowledgement (dossier, number) VALUES (?, ?)", (d, f"TN-{d}"))
        db.execute("COMMIT")

    def advance(self, db: sqlite3.Connection, chance: random.Random, number: int) -> None:
        d = chance.randint(1, self.count)
        db.execute("BEGIN IMMEDIATE")
        (v,) = db.execute("SELECT version FROM dossier WHERE id = ?", (d,)).fetchone()
        db.execute("UPDATE dossier SET version = version + 1 WHERE id = ? AND version = ?", (d, v))
        db.execute("INSERT INTO event (dossier, kind, at, data) VALUES (?, 'step', 1, '{}')", (d,))
        db.execute("COMMIT")

    def lookup(self, db: sqlite3.Connection, chance: random.Random, number: int) -> None:
        d = chance.randint(1, self.count)
        db.execute(
            "SELECT * FROM dossier d JOIN applicant a ON a.id = d.applicant WHERE code = ?", (f"C{d}",)
        ).fetchall()
        db.execute("SELECT * FROM document WHERE dossier = ?", (d,)).fetchall()
        db.execute("SELECT * FROM event WHERE dossier = ? ORDER BY id", (d,)).fetchall()

    def worklist(self, db: sqlite3.Connection, chance: random.Random, number: int) -> None:
        db.execute(
            "SELECT d.*, a.name FROM dossier d JOIN applicant a ON a.id = d.applicant "
            "WHERE d.unit = ? AND d.state = 1 AND d.state < 9 ORDER BY d.due_at LIMIT 50",
            (chance.randrange(200),),
        ).fetchall()

    def report(self, db: sqlite3.Connection, chance: random.Random, number: int) -> None:
        db.execute("SELECT * FROM rollup ORDER BY agency, month").fetchall()
