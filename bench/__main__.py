"""The five acts over HTTP against raw SQL, on both databases: a table, and JSON in bench/results/."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results"
# What PostgreSQL must reach: throughput against raw SQL, statements, WAL and buffers of an act.
RATIO = {"FILE": 0.08, "ADVANCE": 0.07, "LOOKUP": 0.03, "WORKLIST": 0.06, "REPORT": 1 / 12}
STATEMENTS = {"FILE": 12, "ADVANCE": 10, "LOOKUP": 6, "WORKLIST": 4}
WAL_KB = {"FILE": 16}
BUFFERS = {"LOOKUP": 60, "WORKLIST": 400}
MEMORY_MB, KEPT, GROWTH = 400, 0.7, 1.5
SMALL = 10_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="how much past there is (1000000)")
    parser.add_argument("--quick", action="store_true", help=f"{SMALL:,} dossiers and 6 seconds an act")
    parser.add_argument("--seconds", type=int, default=20, help="how long each act is driven (20)")
    parser.add_argument("--only", choices=("postgresql", "sqlite"), help="one database")
    parser.add_argument("--growth", action="store_true", help=f"also with {SMALL:,} dossiers, to compare p95")
    parser.add_argument("--gate", action="store_true", help="exit 1 when PostgreSQL misses a must")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the database is stopped on the way out
    count, seconds = (SMALL, 6) if args.quick else (args.dossiers, args.seconds)
    engines = [args.only] if args.only else ["postgresql", "sqlite"]
    sizes = [SMALL, count] if args.growth else [count]
    results = [_run(engine, size, seconds) for engine in engines for size in sizes]
    for result in results:
        print(_table(result))
    if args.growth:
        results[0]["growth"] = _growth(results[0], results[1])
        print(f"\np95 at {count:,} ÷ at {SMALL:,}: {results[0]['growth']}")
    missed = [line for r in results if r["engine"] == "postgresql" for line in _missed(r)]
    print("\n".join(missed))
    print(f"JSON: {_keep(results).relative_to(ROOT)}")
    return 1 if args.gate and missed else 0


def _run(engine: str, count: int, seconds: int) -> dict[str, Any]:
    print(f"› {engine}, {count:,} dossiers", file=sys.stderr)
    env = dict(os.environ)
    env.pop("MOTCUA_DATABASE_URL", None)
    # Not below the checkout: started as root the server is another user, who may not look into one's home.
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-pg-"))
    if engine == "postgresql":
        command = [ROOT / "tools" / "postgres", "start", folder]
        started = subprocess.run(command, text=True, stdout=subprocess.PIPE, check=False)
        if started.returncode:
            sys.exit("PostgreSQL could not be started; see above. Without it: make bench BENCH='--only sqlite'")
        env["MOTCUA_DATABASE_URL"] = started.stdout.strip()
    try:
        inner = [sys.executable, "-m", "bench.engine", str(count), str(seconds)]
        done = subprocess.run(inner, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        if engine == "postgresql":
            subprocess.run([ROOT / "tools" / "postgres", "stop", folder], check=False)
        else:
            folder.rmdir()
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _table(result: dict[str, Any]) -> str:
    title = f"\n{result['engine']}: {result['dossiers']:,} dossiers, {result['clients']} clients (REPORT 1)"
    heads = ("ours/s", "p95 ms", "raw/s", "raw p95", "ratio", "must", "SQL", "buffers", "WAL kB", "CPU ms", "kept")
    lines = [f"{title}, server memory {result['memory_mb']} MB", "act      " + "".join(f"{h:>9}" for h in heads)]
    for act, told in result["acts"].items():
        ours, bare, inside = told["ours"], told["raw"], told["inside"]
        lines.append(
            f"{act:9}{ours['per_second']:9.0f}{ours['p95_ms']:9.1f}{bare['per_second']:9.0f}{bare['p95_ms']:9.2f}"
            f"{told['ratio']:9.3f}{RATIO[act]:9.3f}{inside['statements']:9}{inside['buffers']:9}"
            f"{ours['wal_kb']:9.1f}{inside['cpu_ms']:9.2f}{inside['kept']:9.2f}"
        )
    return "\n".join(lines)


def _growth(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    return {a: round(large["acts"][a]["ours"]["p95_ms"] / small["acts"][a]["ours"]["p95_ms"], 2) for a in RATIO}


def _missed(result: dict[str, Any]) -> list[str]:
    """Every must that was missed, in words."""
    found = [] if result["memory_mb"] <= MEMORY_MB else [f"memory {result['memory_mb']} MB, at most {MEMORY_MB}"]
    found += [f"p95 of {act} grew {n} times" for act, n in result.get("growth", {}).items() if n > GROWTH]
    for act, told in result["acts"].items():
        inside = told["inside"]
        found += [f"{act} {told['ratio']:.3f} of raw SQL, at least {RATIO[act]:.3f}"] * (told["ratio"] < RATIO[act])
        found += [f"{act} keeps {inside['kept']:.2f}, at least {KEPT}"] * (inside["kept"] < KEPT)
        for name, value, most in (
            ("statements", inside["statements"], STATEMENTS), ("buffers", inside["buffers"], BUFFERS),
            ("kB of WAL", told["ours"]["wal_kb"], WAL_KB),
        ):  # fmt: skip
            if value > most.get(act, value):
                found.append(f"{act} {value} {name}, at most {most[act]}")
    return [f"MISSED {line}" for line in found]


def _keep(results: list[dict[str, Any]]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}.json"
    target.write_text(json.dumps(results, indent=1), "utf-8")
    return target


if __name__ == "__main__":
    sys.exit(main())
