"""`motcua jobs`: the worker, and a look at the queue."""

import signal
from types import FrameType

import click

from motcua.cli.common import answer, as_json, table, with_django
from motcua.config import clock
from motcua.config.process import end_with_parent


@click.group()
def jobs() -> None:
    """Do, list and revive background jobs.

    \b
    Example:
      motcua jobs list
    """


@jobs.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--parent", type=int, hidden=True, help="End when the process with this id, which started it, ends.")
def work(once: bool, parent: int | None) -> None:
    """Do due jobs until told to stop (`motcua serve` starts one of these by itself).

    \b
    Example:
      motcua jobs work --once
    """
    with_django()
    from motcua.jobs.registry import load_rooms
    from motcua.jobs.worker import Worker

    load_rooms()

    worker = Worker(clock.now)

    def stop(signum: int, frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if parent:
        end_with_parent(parent)
    if once:
        while worker.work_once():
            pass
    else:
        worker.run_forever()


@jobs.command("list")
@as_json
def list_jobs(as_json: bool) -> None:
    """Count the queue and show what was given up.

    \b
    Example:
      motcua jobs list --json
    """
    with_django()
    from motcua.jobs.queries import counts, dead_jobs

    dead = dead_jobs()
    if as_json:
        rows = [{"id": j.pk, "name": j.name, "payload": j.payload, "error": j.last_error} for j in dead]
        answer({**counts(), "dead_jobs": rows})
        return
    click.echo(", ".join(f"{count} {state}" for state, count in counts().items()))
    if dead:
        table(
            [[str(j.pk), j.name, (j.last_error.strip().splitlines() or [""])[-1]] for j in dead],
            ["ID", "NAME", "LAST ERROR"],
        )
        click.echo("When the cause is mended: motcua jobs revive --all")


@jobs.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every job that was given up.")
def revive(ids: tuple[int, ...], everything: bool) -> None:
    """Give jobs that were given up all their attempts again.

    \b
    Example:
      motcua jobs revive 17 18
    """
    if bool(ids) == everything:
        raise click.UsageError("Name the jobs by ID, or say --all.")
    with_django()
    from motcua.jobs.actions import revive as revive_jobs
    from motcua.jobs.queries import dead_jobs

    wanted = [job.pk for job in dead_jobs()] if everything else list(ids)
    click.echo(f"{revive_jobs(wanted, clock.now())} revived")
