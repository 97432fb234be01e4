"""A draft filed from two tabs at the same instant, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client

from motcua.config import clock as wall
from motcua.dossiers.models import Dossier
from tests.make import START
from tests.web.test_citizen import as_, begin, fill


def test_two_tabs_at_the_same_instant_file_once(real_transactions):  # type: ignore[no-untyped-def]
    with wall.started_at(START):
        _press_together()


def _press_together() -> None:
    tabs = [as_(Client(), "hoa") for _ in range(2)]
    draft = begin(tabs[0])
    fill(tabs[0], draft)
    start = Barrier(len(tabs))

    def press(tab):  # type: ignore[no-untyped-def]
        start.wait()
        try:
            return tab.post(f"{draft}/kiem-tra")["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tabs)) as pool:
        went = list(pool.map(press, tabs))
    assert len(set(went)) == 1
    assert went[0] == f"/ho-so/{Dossier.objects.get().reference}"
