"""A post office that lets VNPost bring its items, the simulated VNPost as a process of its own, and the time of both."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

from django.test import Client

from motcua.acts import carriage, homeward
from motcua.carriers.models import CarrierOrder
from motcua.config import clock as the_clock
from motcua.jobs.registry import load_rooms
from motcua.jobs.worker import Worker
from motcua.journal.rules import Command
from tests import make
from tests.people import account, actor

SECRET = "bí mật của hai nhà"
OFFICE = "buu-cuc-thanh-sen"
PUSHES = "/api/v1/carriers/vnpost/events"


def vnpost_options(options, url, **more):
    """Settings of a site whose office has chosen VNPost."""
    return replace(
        options, vnpost_url=url, vnpost_user="motcua", vnpost_password="motcua", vnpost_customer="KH-HT",
        vnpost_push_secret=SECRET, vnpost_offices=(OFFICE,), **more,
    )  # fmt: skip


class Mailbox(HTTPServer):
    """Where the simulator pushes to: keeps what came until the test hands it to the site."""

    def __init__(self):
        self.came = []
        super().__init__(("127.0.0.1", 0), _Taking)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}{PUSHES}"


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = {k: v for k, v in self.headers.items() if k.lower().startswith("x-vnpost")}
        self.server.came.append((signed, body))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


class Play:
    """The simulator's process; its time stands still until stepped."""

    def __init__(self, at: datetime, seed: int, **rates: float):
        self.mailbox = Mailbox()
        words = [sys.executable, "-m", "motcua.cli.main", "simulate-carrier", "--port", "0", "--stepped", "--json",
                 "--seed", str(seed), "--push-url", self.mailbox.url, "--parent", str(os.getpid())]  # fmt: skip
        for name, rate in rates.items():
            words += [f"--{name}", str(rate)]
        environ = {**os.environ, "MOTCUA_CLOCK": at.isoformat(), "MOTCUA_VNPOST_PUSH_SECRET": SECRET}
        self.process = subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, text=True)
        lines = ""
        while not lines.rstrip().endswith("}"):
            lines += self.process.stdout.readline()
        self.url = json.loads(lines)["url"]

    def call(self, method, path, data=None):
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        connection.request(method, path, json.dumps(data) if data is not None else None)
        told = json.loads(connection.getresponse().read())
        connection.close()
        return told

    def step(self, minutes):
        return self.call("POST", "/control/step", {"minutes": minutes})

    def status(self):
        return self.call("GET", "/control/status")

    def close(self):
        self.process.terminate()
        self.process.communicate(timeout=20)
        self.mailbox.shutdown()
        self.mailbox.server_close()


class Site:
    """Our side: entrusts items, takes pushes in through its own door, and does its jobs when time passes."""

    def __init__(self, at: datetime, play: Play | None = None):
        load_rooms()
        self.now, self.play = at, play
        self.worker = Worker(lambda: self.now)
        self.client = Client()

    def entrust(self, **more):
        """A dossier whose result is entrusted to the carrier."""
        clock = make.Clock(self.now)
        d = make.published(clock, **more)
        make.bagged("thu", "hai", "ubnd-thanh-sen", OFFICE, [d], clock)
        homeward.make_parcels(make.command("hai", "parcel.make", clock()), actor("hai"), OFFICE, [d.reference])
        self.now = max(self.now, clock.at)
        d.refresh_from_db()
        return CarrierOrder.objects.get(dossier=d)

    def push(self, headers, body):
        with the_clock.started_at(self.now):
            return self.client.post(PUSHES, body, content_type="application/json", headers=headers)

    def work(self):
        self.now += timedelta(seconds=2)  # the clock of our door ran on while it took the pushes in
        with the_clock.started_at(self.now):
            while self.worker.work_once():
                pass

    def live(self, minutes):
        """Time passes for both houses; what was pushed goes through our door; jobs are done."""
        self.now += timedelta(minutes=minutes)
        self.play.step((self.now - datetime.fromisoformat(self.play.status()["now"])) / timedelta(minutes=1))
        came, self.play.mailbox.came[:] = list(self.play.mailbox.came), []
        for headers, body in came:
            assert self.push(headers, body).status_code == 202
        self.work()

    def as_hai(self, do, *given):
        """The dispatcher does something with an order or a doubt."""
        wish = Command(uuid4(), f"carrier.{do.__name__}", account("hai").pk, self.now, {"given": [str(g) for g in given]})
        return do(wish, actor("hai"), *given)

    def take_back_what_came(self):
        for order in CarrierOrder.objects.filter(state="returning"):
            self.as_hai(carriage.take_back, order.number)
