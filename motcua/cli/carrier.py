"""`motcua simulate-carrier`."""

import signal
import threading
from random import Random
from types import FrameType

import click

from motcua.cli.common import Failure, answer, as_json
from motcua.config import clock
from motcua.config.options import read_options
from motcua.config.process import end_with_parent

_rate = click.FloatRange(0, 1)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8099, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: a free one.")
@click.option("--push-url", default="", help="Where events are pushed: http://…/api/v1/carriers/vnpost/events.")
@click.option("--duplicate", default=0.0, type=_rate, help="Share of pushed events that are pushed again.")
@click.option("--reorder", default=0.0, type=_rate, help="Share that is held back until after the next.")
@click.option("--delay", default=0.0, type=_rate, help="Share that is hours or days late.")
@click.option("--drop", default=0.0, type=_rate, help="Share of events and of answers that never arrive.")
@click.option("--regress", default=0.0, type=_rate, help="Share that is followed by older news with a newer time.")
@click.option("--lie", default=0.0, type=_rate, help="Share that is followed by a lie.")
@click.option("--seed", default=1, show_default=True, help="The same seed is the same carrier.")
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(min=0, min_open=True),
              help="So many hours of a carrier's work pass in one.")  # fmt: skip
@click.option("--stepped", is_flag=True, help="Time moves only by POST /control/step {\"minutes\": 60}; for tests.")
@click.option("--parent", type=int, hidden=True, help="End when the process with this id, which started it, ends.")
@as_json
def simulate_carrier(
    host: str, port: int, push_url: str, duplicate: float, reorder: float, delay: float, drop: float, regress: float,
    lie: float, seed: int, speed: float, stepped: bool, parent: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Play VNPost for tests and demonstrations, as badly behaved as you like, until Ctrl-C or SIGTERM.

    Name, password and secret are those of the site's own settings (MOTCUA_VNPOST_…). GET /control/status tells the
    truth about every order.

    \b
    Example:
      export MOTCUA_VNPOST_URL=http://127.0.0.1:8099 MOTCUA_VNPOST_OFFICES=buu-cuc-ky-anh
      export MOTCUA_VNPOST_USER=motcua MOTCUA_VNPOST_PASSWORD=motcua MOTCUA_VNPOST_PUSH_SECRET=s3
      motcua simulate-carrier --speed 600 --lie 0.1 --push-url http://127.0.0.1:8000/api/v1/carriers/vnpost/events
    """
    from motcua.carriers.simulator.server import Simulator
    from motcua.carriers.simulator.world import Rates, World

    options = read_options()
    rates = Rates(duplicate, reorder, delay, drop, regress, lie)
    chance = Random(seed)  # noqa: S311 - the same seed must play the same carrier
    user, password = options.vnpost_user or "motcua", options.vnpost_password or "motcua"
    world = World(clock.now(), chance, rates, speed, user, password)
    try:
        server = Simulator((host, port), world, push_url, options.vnpost_push_secret, None if stepped else clock.now)
    except OSError as error:
        raise Failure(f"Cannot listen on {host}:{port}: {error.strerror}.", "Choose another --port.") from None
    url = f"http://{host}:{server.server_address[1]}"
    if as_json:
        answer({"url": url, "seed": seed, "stepped": stepped})
    else:
        click.echo(f"The simulated carrier answers at {url}; status at {url}/control/status. Stop it with Ctrl-C.")

    def stop(signum: int, frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if parent:
        end_with_parent(parent)
    server.run()
    if as_json:
        answer(world.status())
