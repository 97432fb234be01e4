"""`make bench`: both databases, a table, and JSON in build/bench.json."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUST = {"FILE": 0.08, "ADVANCE": 0.07, "LOOKUP": 0.03, "WORKLIST": 0.06}
REPORT_TIMES = 12  # the report may take so many times the rollup read


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="how much past there is (quick: 10000)")
    parser.add_argument("--quick", action="store_true", help="10,000 dossiers and 3 seconds an act")
    parser.add_argument("--seconds", type=int, default=10, help="how long each act is driven")
    parser.add_argument("--only", choices=("postgresql", "sqlite"), help="one database")
    parser.add_argument("--gate", action="store_true", help="exit 1 when PostgreSQL misses a must")
    args = parser.parse_args()
    count, seconds = (10_000, 3) if args.quick else (args.dossiers, args.seconds)
    engines = [args.only] if args.only else ["postgresql", "sqlite"]
    results = [_run(engine, count, seconds) for engine in engines]
    for result in results:
        print(_table(result))
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=1), "utf-8")
    print(f"JSON: {target.relative_to(ROOT)}")
    missed = [line for r in results if r["engine"] == "postgresql" for line in _missed(r)]
    print("\n".join(missed))
    return 1 if args.gate and missed else 0


def _run(engine: str, count: int, seconds: int) -> dict:
    print(f"› {engine}, {count:,} dossiers", file=sys.stderr)
    env = dict(os.environ)
    env.pop("MOTCUA_DATABASE_URL", None)
    folder = ROOT / "build" / "bench-postgres"
    if engine == "postgresql":
        started = subprocess.run(
            [ROOT / "tools" / "postgres", "start", folder], text=True, capture_output=True, check=True
        )
        env["MOTCUA_DATABASE_URL"] = started.stdout.strip()
    try:
        command = [sys.executable, "-m", "bench.engine", str(count), str(seconds)]
        done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        if engine == "postgresql":
            subprocess.run([ROOT / "tools" / "postgres", "stop", folder], check=False)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _ratio(act: str, figures: dict) -> float:
    """Ours ÷ raw by throughput; for the report, how many times the raw read it takes."""
    ours, raw = figures["ours"]["per_second"], figures["raw"]["per_second"]
    return raw / ours if act == "REPORT" else ours / raw


def _table(result: dict) -> str:
    title = f"{result['engine']}: {result['dossiers']:,} dossiers, {result['clients']} clients"
    heads = ("ours/s", "p50 ms", "p95 ms", "raw/s", "raw p95", "ratio", "must", "WAL kB")
    lines = [f"\n{title}, server memory {result['memory_mb']} MB", "act      " + "".join(f"{h:>9}" for h in heads)]
    for act, f in result["acts"].items():
        must = f"≤ {REPORT_TIMES}" if act == "REPORT" else f"≥ {MUST[act]}"
        lines.append(
            f"{act:9}{f['ours']['per_second']:9.0f}{f['ours']['p50_ms']:9.1f}{f['ours']['p95_ms']:9.1f}"
            f"{f['raw']['per_second']:9.0f}{f['raw']['p95_ms']:9.2f}{_ratio(act, f):9.3f}{must:>9}"
            f"{f['ours']['wal_bytes'] / 1024:9.1f}"
        )
    return "\n".join(lines)


def _missed(result: dict) -> list[str]:
    missed = []
    for act, figures in result["acts"].items():
        ratio = _ratio(act, figures)
        bad = ratio > REPORT_TIMES if act == "REPORT" else ratio < MUST[act]
        if bad:
            missed.append(f"MISSED {act}: {ratio:.3f}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
