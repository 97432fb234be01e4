"""How long a search takes over a catalogue the size of a whole province's: .venv/bin/python -m bench.search

2,300 procedures are made by naming those of the pack for other fields; each query is asked many times.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from motcua.law.model import LawValue
from motcua.law.reader import from_values, read_pack
from motcua.law.search import Index

PACK = Path(__file__).parent.parent / "packs" / "ha-tinh"
DAY = date(2026, 3, 10)
COUNT, ROUNDS = 2_300, 50
QUERIES = (
    "1.001193", "001193", "khai sinh", "dang ky khai sinh", "cấp lại giấy phép", "GPLX", "lltp", "sổ đỏ", "so do",
    "ho ti", "c", "khai sjnh", "giay chung nhna", "tôi muốn đổi bằng lái xe ô tô ở đâu", "zzz qqq", "công an",
)  # fmt: skip


def catalogue() -> list[LawValue]:
    """The pack's values with its procedures multiplied under new codes and longer names."""
    values = list(read_pack(PACK).values)
    found = [v for v in values if v.kind == "procedure" and "name" in v.value]
    fields = sorted({v.value["field"] for v in found})
    for number in range(COUNT - len({v.key for v in found})):
        model = found[number % len(found)]
        name = f"{model.value['name']} lĩnh vực {fields[number % len(fields)]} {number}"
        values.append(replace(model, key=f"9.{number:06d}", value={**model.value, "name": name}))
    return values


def main() -> None:
    """Prints JSON: milliseconds to build, and for a search the median, the 95th percentile, and the worst query."""
    begun = perf_counter()
    pack = from_values(catalogue())
    read = perf_counter()
    index = Index(pack)
    built = perf_counter()
    taken: dict[str, list[float]] = {query: [] for query in QUERIES}
    for _ in range(ROUNDS):
        for query in QUERIES:
            start = perf_counter()
            index.search(query, DAY)
            taken[query].append((perf_counter() - start) * 1000)
    times = [ms for each in taken.values() for ms in each]
    worst = max(taken, key=lambda query: sorted(taken[query])[ROUNDS // 2])
    cuts = quantiles(times, n=20)
    answer = {
        "procedures": len(pack.procedures(DAY)),
        "pack_ms": round((read - begun) * 1000),
        "index_ms": round((built - read) * 1000),
        "search_ms": {"median": round(cuts[9], 2), "p95": round(cuts[18], 2), "max": round(max(times), 2)},
        "slowest_query": {worst: round(sorted(taken[worst])[ROUNDS // 2], 2)},
    }
    print(json.dumps(answer, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
