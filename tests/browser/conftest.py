"""Browser tests: the real site, served by `motcua serve` with a small demo month, and a real Chromium."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.people import NOW, UNTIL, Api, Person
from tests.processes import Site, motcua

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("MOTCUA_CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running installation with its demo people on a Monday morning in July 2026; `site.url` is its address."""
    folder = tmp_path_factory.mktemp("site")
    environment = {
        **os.environ,
        "MOTCUA_DATA": str(folder / "data"),
        "MOTCUA_DEMO": "1",
        "MOTCUA_DATABASE_URL": "",
        "MOTCUA_CLOCK": NOW,
    }
    subprocess.run(motcua("demo", "--dossiers", "40", "--until", UNTIL), env=environment, check=True)
    site = Site(environment, folder / "serve.log")
    try:
        yield site.ready()
    finally:
        site.end()


@pytest.fixture
def people(browser: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    """`people("ba-hoa")` is a browser of their own in which that person of the demo has logged in."""
    made: list[Person] = []

    def someone(username: str = "", **context: Any) -> Person:
        made.append(Person(browser, site.url, username, **context))
        return made[-1]

    yield someone
    for person in made:
        person.page.context.close()


@pytest.fixture
def api(site: Site) -> Callable[[str], Api]:
    """`api("kiem-soat")` asks the API as that person."""
    return lambda username: Api(site, username)


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """`page.goto("/")` goes to the site."""
    return site.url
