"""`motcua serve`: the whole site as one process tree, on one port, with nothing else to install."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click

from motcua.cli.common import Failure, sole_use
from motcua.config import clock
from motcua.config.logs import logging_config
from motcua.config.options import Options, read_options

STOP_SECONDS = 15
RESTART_SECONDS = 3


@click.command()
@click.option("--host", help="Address to listen on (MOTCUA_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (MOTCUA_PORT).")
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes (MOTCUA_WORKERS).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the site and do its background work, until Ctrl-C or SIGTERM.

    \b
    Example:
      motcua serve --port 8080
    """
    for name, given in (("HOST", host), ("PORT", port), ("WORKERS", workers)):
        if given is not None:
            os.environ[f"MOTCUA_{name}"] = str(given)
    options = read_options()
    _port_is_free(options)
    with sole_use(options.data):
        _prepare(options)
        worker = Background()
        worker.start()
        threading.Thread(target=_tell_when_ready, args=(options,), daemon=True).start()
        try:
            _web(options)
        finally:
            worker.stop()


def _port_is_free(options: Options) -> None:
    kind = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise Failure(
                f"Cannot listen on {options.host}:{options.port}: {error.strerror}.",
                "Stop what is there, or choose another port: motcua serve --port 8001",
            ) from None


def _prepare(options: Options) -> None:
    """What the processes of this tree share: the clock, a place for counters, a database of this version."""
    os.environ["MOTCUA_CLOCK"] = f"{clock.shift().total_seconds():+f}s"
    os.environ["MOTCUA_SERVED"] = str(os.getpid())
    counters = options.data / "run" / "metrics"
    shutil.rmtree(counters, ignore_errors=True)
    counters.mkdir(mode=0o700, parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counters)
    # In a process of its own, so that the parent of the tree stays small.
    if subprocess.run([*_motcua(), "migrate", "--to-serve"], check=False).returncode:
        raise Failure("The site cannot be started; see above.")


def _web(options: Options) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "motcua.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=logging_config("warning"),
    ).serve()


def _tell_when_ready(options: Options) -> None:
    address = f"http://{f'[{options.host}]' if ':' in options.host else options.host}:{options.port}"
    for _ in range(600):
        try:
            HTTPConnection(options.host, options.port, timeout=5).request("GET", "/healthz")
        except (OSError, HTTPException):
            time.sleep(0.1)
            continue
        click.echo(f"\nMotcua is ready: {address}\nStop it with Ctrl-C.", err=True)
        return


class Background:
    """The worker process: started again when it ends by itself, asked to finish when the site stops."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="keep-worker", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def _keep(self) -> None:
        words = [*_motcua(), "jobs", "work", "--parent", str(os.getpid())]
        while not self._stopping.is_set():
            # Its own session: Ctrl-C reaches it through us, and never in the middle of a job.
            self._process = subprocess.Popen(words, start_new_session=True)
            status = self._process.wait()
            if not self._stopping.is_set():
                click.echo(f"The background worker ended ({status}); starting another.", err=True)
                self._stopping.wait(RESTART_SECONDS)

    def stop(self) -> None:
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _motcua() -> list[str]:
    """This same program, whether it was started as a script or as a module."""
    script = Path(sys.executable).with_name("motcua")
    return [str(script)] if script.exists() else [sys.executable, "-m", "motcua.cli.main"]
