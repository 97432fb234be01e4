"""What the browser itself says about the pages we serve: nothing refused by the policy, nothing from elsewhere."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response


@pytest.fixture
def heard(page: Page) -> dict[str, list[str]]:
    heard: dict[str, list[str]] = {"complaints": [], "hosts": [], "broken": []}

    def on_response(response: Response) -> None:
        heard["hosts"].append(urlsplit(response.url).netloc)
        if response.status >= 400:
            heard["broken"].append(f"{response.status} {response.url}")

    page.on("console", lambda message: message.type == "error" and heard["complaints"].append(message.text))
    page.on("pageerror", lambda error: heard["complaints"].append(str(error)))
    page.on("response", on_response)
    return heard


@pytest.mark.parametrize("path", ["/", "/thu-tuc", "/tra-cuu"])
def test_a_public_page_is_whole_and_all_its_parts_are_ours(page: Page, heard, site, path):
    answer = page.goto(path, wait_until="networkidle")
    assert answer
    assert answer.ok
    assert set(heard["hosts"]) == {urlsplit(site.url).netloc}
    assert heard["broken"] == []
    assert heard["complaints"] == []


def test_what_a_browser_may_keep_for_ever_has_its_hash_in_its_name(page: Page):
    kept = {}
    page.on(
        "response", lambda r: kept.update({r.url: r.headers.get("cache-control", "")}) if "/static/" in r.url else None
    )
    page.goto("/", wait_until="networkidle")
    assert kept
    assert [url for url, how in kept.items() if "immutable" not in how] == []


def test_the_first_load_is_light(page: Page):
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")
    assert sum(sizes) < 100_000
