"""`motcua pack check`, `show`, `load`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from motcua.cli.common import answer, as_json, table
from motcua.cli.lawoptions import DayType, Told, refusable, tell_errors
from motcua.kernel.calendar import VIETNAM
from motcua.kernel.money import dong
from motcua.law.cases import Case, case_faults, read_cases
from motcua.law.check import Difference, compare_published
from motcua.law.model import Pack, Repeal
from motcua.law.reader import PackError, PackErrors, examine_pack, read_pack, to_values

if TYPE_CHECKING:
    from motcua.law.model import LawValue, Version

folder = click.argument("path", type=click.Path(path_type=Path))


@click.group()
def pack() -> None:
    """Check, load or show a pack of law.

    \b
    Example:
      motcua pack check packs/ha-tinh
    """


@pack.command()
@folder
@as_json
@refusable
def check(path: Path, as_json: bool) -> None:
    """Read the pack at PATH, list every fault, and work its examples out.

    Exit status 1 when there is a fault or an example comes out otherwise.

    \b
    Example:
      motcua pack check packs/ha-tinh --json
    """
    law, errors = examine_pack(path)
    cases, malformed = _examples(path)
    errors = [*errors, *malformed]
    if law and not errors:
        errors = _differing(law, cases)
    if errors or law is None:
        tell_errors(errors, as_json=as_json, to_stderr=False)
        raise Told
    counts = dict(sorted(Counter(value.kind for value in to_values(law)).items()))
    if as_json:
        answer({"ok": True, "pack": law.id, "errors": [], "values": counts, "cases": len(cases)})
        return
    click.echo(f"{law.name} ({law.id}): {sum(counts.values())} values, no fault; {len(cases)} examples agree.")


def _examples(path: Path) -> tuple[list[Case], list[PackError]]:
    try:
        return read_cases(path), []
    except PackErrors as malformed:
        return [], list(malformed.errors)


def _differing(law: Pack, cases: list[Case]) -> list[PackError]:
    return [
        PackError(case.file, f"line {case.line}", f"{case.name}: {fault}", "correct the law or the example")
        for case in cases
        for fault in case_faults(law, case)
    ]


@pack.command()
@folder
@click.option("--day", type=DayType(), help="The day to look at. Default: today.")
@click.option("--procedure", "code", help="Show this procedure whole.")
@as_json
@refusable
def show(path: Path, day: date | None, code: str | None, as_json: bool) -> None:
    """What the pack at PATH says on a day: its procedures, or one of them whole.

    \b
    Example:
      motcua pack show packs/ha-tinh --day 2026-02-13 --procedure 1.004873
    """
    law = read_pack(path)
    day = day or _today()
    if code:
        _show_one(law, law.procedure(code, day), as_json)
        return
    rows = [[v.code, v.name, _term(v), v.field] for v in law.procedures(day)]
    if as_json:
        heads = ("code", "name", "time", "field")
        years = list(law.years)
        answer(
            {
                "pack": law.id,
                "day": day,
                "years": years,
                "procedures": [dict(zip(heads, row, strict=True)) for row in rows],
            }
        )
        return
    click.echo(
        f"{law.name}, {day:%d/%m/%Y}: {len(rows)} procedures, {len(law.offices(day=day))} offices, "
        f"{len(law.units(day))} communes; years {law.years[0]}–{law.years[-1]}.\n"
    )
    table([[row[0], row[2], row[1]] for row in rows], ["CODE", "TIME", "NAME"])


def _show_one(law: Pack, version: Version, as_json: bool) -> None:
    value = next(v for v in law.values if v.name == ("procedure", version.code, version.valid_from))
    line = law.procedure_lines[version.code]
    starts = [f"{e.valid_from.isoformat()}{' (repealed)' if isinstance(e.value, Repeal) else ''}" for e in line]
    if as_json:
        known = {"code": version.code, "from": version.valid_from, "source": value.source}
        answer({**known, "confidence": value.confidence, "versions": starts, **value.value})
        return
    click.echo(f"{version.code}  {version.name}\n{version.field}; from {version.valid_from}; {version.source}")
    click.echo(f"Versions: {', '.join(starts)}\nTime: {_term(version)} ({version.allowance.source})\n")
    for paper in version.papers:
        need = "" if paper.required else " (if any)"
        click.echo(f"  {paper.original} original, {paper.copies} copy  {paper.name}{need}")
    for fee in version.fees:
        click.echo(f"  {dong(fee.amount)} / {fee.per}  {fee.name} ({fee.source})")
    for step in version.steps:
        click.echo(f"  {step.hours} h  {step.role}  {step.name}")


def _term(version: Version) -> str:
    term = version.allowance
    return "same day" if term.kind == "same_day" else f"{term.amount} {term.kind.replace('_', ' ')}"


def _today() -> date:
    from motcua.config import clock

    return clock.now().astimezone(VIETNAM).date()


@pack.command()
@folder
@click.option("--yes", is_flag=True, help="Publish without asking.")
@as_json
@refusable
def load(path: Path, yes: bool, as_json: bool) -> None:
    """Publish the pack at PATH into the database; shows first what is new.

    Published values are never changed or removed, only superseded: otherwise it is refused.

    \b
    Example:
      motcua pack load packs/ha-tinh --yes
    """
    from motcua.cli.common import with_django

    law = read_pack(path)
    with_django()
    from motcua.procedures.queries import published_values

    found = compare_published(published_values(), to_values(law))
    if not as_json:
        _tell_difference(law, found)
    if found.added and not yes and not as_json:
        click.confirm("Publish?", abort=True)
    done = _publish(law)
    if as_json:
        answer({"pack": law.id, "added": [_named(value) for value in found.added], **done})
    else:
        click.echo(f"{done['added']} values published.")


def _publish(law: Pack) -> dict[str, Any]:
    from uuid import uuid4

    from motcua.config import clock
    from motcua.journal.rules import Command
    from motcua.procedures.actions import publish_pack

    return dict(publish_pack(Command(uuid4(), "law.publish", None, clock.now(), {"pack": law.id}), law))


def _tell_difference(law: Pack, found: Difference) -> None:
    if not found.added:
        click.echo(f"{law.name}: everything is published already.")
        return
    click.echo(f"{law.name}: {len(found.added)} new values.")
    for kind, count in sorted(Counter(value.kind for value in found.added).items()):
        click.echo(f"  + {count:5d}  {kind}")


def _named(value: LawValue) -> dict[str, str]:
    return {"kind": value.kind, "key": value.key, "from": value.valid_from.isoformat()}
