"""The postman's page on the road: a day without signal, a dead battery, a wrong clock, a lost phone, two phones."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Playwright, expect

from tests.browser.people import Person
from tests.browser.phones import PATIENCE, PIN, Phone
from tests.browser.test_pages import RULES
from tests.processes import Site, motcua

ITEMS, HOMES = 20, 40
NOW = datetime.fromisoformat("2026-07-06T13:00+07:00")
FIRST_LOAD_BYTES = 300_000


class Office(Site):
    """The running site, its stops, and what its ledgers say."""

    stops: dict[str, list[str]]

    def told(self) -> dict[str, Any]:
        return world(self.environment, "tell")

    def verified(self) -> bool:
        return subprocess.run(motcua("verify"), env=self.environment, capture_output=True, check=False).returncode == 0


def world(environment: dict[str, str], *words: str) -> dict[str, Any]:
    run = [sys.executable, "-m", "tests.browser.round_world", *words]
    done = subprocess.run(run, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    environment = {
        **os.environ, "MOTCUA_DATA": str(folder / "data"), "MOTCUA_DEMO": "1", "MOTCUA_DATABASE_URL": "",
        "MOTCUA_CLOCK": NOW.isoformat(), "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }  # fmt: skip
    stops = world(environment, "make", str(ITEMS), str(HOMES))
    site = Office(environment, folder / "serve.log")
    site.stops = stops
    try:
        site.ready()
        yield site
    finally:
        site.end()


@pytest.fixture
def phone(playwright: Playwright, office: Office, tmp_path: Path) -> Iterator[Callable[..., Phone]]:
    """`phone()` is one more phone, fresh from its box."""
    made: list[Phone] = []
    chromium = os.environ.get("MOTCUA_CHROMIUM") or shutil.which("chromium") or ""

    def one(wrong_by: int = 0) -> Phone:
        made.append(Phone(playwright, office.url, tmp_path / f"disk-{len(made)}", chromium, wrong_by))
        return made[-1]

    yield one
    for each in made:
        each.switch_off()
    assert [text for each in made for text in each.complaints] == []


def test_a_day_of_sixty_stops_without_signal_and_a_dead_battery(phone, office):
    mine, items, homes = phone(), office.stops["items"], office.stops["homes"]
    mine.register("minh")
    expect(mine.page.locator(".app-assigned h2")).to_have_text(f"{ITEMS} bưu gửi chờ bạn nhận")
    mine.offline()
    mine.unlock()  # the page itself comes from the phone
    mine.press('[data-do="take"]')
    expect(mine.waiting()).to_have_text(f"{ITEMS} việc chờ gửi")

    half, half_homes = ITEMS // 2, HOMES // 2
    work(mine, items[:half], homes[:half_homes])
    done = ITEMS + half + half_homes
    expect(mine.waiting()).to_have_text(f"{done} việc chờ gửi")
    mine.kill()
    mine.switch_on(offline=True)
    mine.unlock()
    expect(mine.waiting()).to_have_text(f"{done} việc chờ gửi")
    work(mine, items[half:], homes[half_homes:])
    all_works = 2 * ITEMS + HOMES
    expect(mine.waiting()).to_have_text(f"{all_works} việc chờ gửi")
    expect(mine.page.locator(".round-sum")).to_contain_text("Còn 0 điểm")

    # The signal is back, but every answer is lost on its way: the server has it, the phone does not know.
    mine.page.route("**/api/v1/sync", lose_the_answer)
    mine.offline(False)
    mine.send()
    expect(mine.page.locator('#state [data-t="net"]')).to_contain_text("Không có mạng", timeout=PATIENCE)
    mine.page.unroute("**/api/v1/sync")
    mine.send()
    mine.wait_sent()
    once = office.told()
    states = {stop: once["stops"][stop][0] for stop in items + homes}
    assert states == expected(items, "delivered", "failed") | expected(homes, "collected", "failed")
    assert office.verified()

    # The whole day again, word for word: nothing changes any more.
    assert mine.page.evaluate("async () => (await (await import('/static/round/store.js')).works()).some(w => w.body)") is False
    twice = office.told()
    assert twice == once
    mine.go("#/viec")
    expect(mine.page.locator("main")).to_contain_text(f"Máy chủ đã trả lời: {all_works}")
    expect(mine.page.locator("main")).to_contain_text("không ghi hai lần")
    expect(mine.page.locator("main")).not_to_contain_text("Bị từ chối")


def lose_the_answer(route: Any) -> None:
    route.fetch()
    route.abort("connectionreset")


def work(mine: Phone, items: list[str], homes: list[str]) -> None:
    """Most doors open; every fifth does not."""
    for n, item in enumerate(items):
        if n % 5 == 4:
            mine.fail(f"parcel:{item}", "absent")
        else:
            mine.deliver(item, sign=n == 0)
    for n, home in enumerate(homes):
        if n % 5 == 4:
            mine.fail(f"pickup:{home}", "moved")
        else:
            mine.collect(home)


def expected(stops: list[str], well: str, badly: str) -> dict[str, str]:
    return {stop: badly if n % (len(stops) // 2) % 5 == 4 else well for n, stop in enumerate(stops)}


def test_two_phones_claim_one_item_and_a_person_settles_it(phone, office):
    first, second, item = phone(), phone(), office.stops["kien"][0]
    for one in (first, second):
        one.register("kien")
        one.offline()
    first.deliver(item)
    second.deliver(item, sign=True)
    for one in (first, second):
        one.offline(False)
        one.send()
        one.wait_sent()
    first.go("#/viec")
    expect(first.page.locator("main")).to_contain_text("đã ghi vào sổ")
    expect(second.page.locator("main")).to_contain_text("Bị từ chối: 1")
    refused = second.page.locator(".app-refused")
    expect(refused).to_contain_text(item)
    assert refused.locator(".checklist li").all_inner_texts() != []
    assert office.told()["stops"][item][:2] == ["delivered", 1]
    assert axe_of(second.page) == []

    # It waits for a person, over a night and a dead battery, until somebody says why it is given up.
    second.kill()
    second.switch_on()
    second.unlock()
    second.go("#/viec")
    refused = second.page.locator(".app-refused")
    refused.locator("summary").click()
    refused.locator("form button").click()
    expect(refused.locator(".problems")).to_contain_text("Hãy ghi vì sao bỏ việc này")
    refused.locator("[name=note]").fill("Máy kia đã ghi")
    refused.locator("form button").click()
    second.wait_sent()
    expect(second.page.locator(".app-refused")).to_have_count(0)
    assert office.told()["dropped"] == ["Máy kia đã ghi"]
    assert office.verified()


def test_what_was_refused_is_done_again(phone, office):
    mine, item = phone(), office.stops["kien"][1]
    mine.register("kien")
    mine.offline()
    mine.deliver(item, id_last4="9999")
    mine.offline(False)
    mine.send()
    mine.wait_sent()
    expect(mine.page.locator(".app-refused .checklist")).to_contain_text("không khớp")
    mine.page.locator(".app-refused a.button-main").click()
    mine.deliver(item)
    mine.wait_sent()
    assert office.told()["stops"][item][0] == "delivered"
    mine.go("#/viec")
    expect(mine.page.locator("main")).not_to_contain_text("Bị từ chối")


def test_a_clock_two_hours_wrong_comes_out_right(phone, office):
    mine, item = phone(wrong_by=-7200), office.stops["kien"][2]
    mine.register("kien")
    mine.offline()
    mine.deliver(item)
    mine.offline(False)
    mine.wait_sent()
    told_at = datetime.fromisoformat(office.told()["stops"][item][3])
    assert timedelta(0) <= told_at - NOW < timedelta(hours=1)


def test_a_revoked_phone_wipes_itself_and_its_owner_may_come_back(phone, office, browser):
    mine, item = phone(), office.stops["kien"][3]
    mine.register("kien")
    mine.offline()
    mine.deliver(item)
    dispatcher = Person(browser, office.url, "hai")
    dispatcher.goto("/dieu-phoi/dien-thoai")
    form = dispatcher.page.locator("form.till-line").first  # the newest comes first
    form.locator("[name=reason]").fill("Mất máy ở chợ")
    form.locator("button").click()
    expect(dispatcher.page.locator("main")).to_contain_text("Mất máy ở chợ")
    dispatcher.page.context.close()

    mine.offline(False)  # it calls by itself
    expect(mine.page.locator("main h1")).to_have_text("Máy này đã bị thu hồi", timeout=PATIENCE)
    expect(mine.page.locator("main")).to_contain_text("1 việc chưa gửi nằm lại trong máy dưới khoá")
    assert axe_of(mine.page) == []
    assert office.told()["stops"][item][0] == "out"
    kept = mine.page.evaluate(
        """async () => { const s = await import('/static/round/store.js'); const lock = await s.read('lock');
           return [Object.keys(lock).sort(), await s.read('round') === undefined, (await s.works()).length]; }"""
    )
    assert kept == [["device", "owner", "revoked", "vault"], True, 1]

    # The phone is found: its owner, who knows the password, registers it anew, and what was done is not lost.
    mine.press('[data-do="again"]')
    mine.set_pin("246813")
    mine.wait_sent()
    assert office.told()["stops"][item][0] == "delivered"
    assert office.verified()


def test_a_wrong_pin_opens_nothing_and_loses_nothing(phone, office):
    mine, item = phone(), office.stops["kien"][4]
    mine.register("kien")
    mine.offline()
    mine.deliver(item)
    mine.page.goto("/vong/may/")
    for _tries in range(5):
        mine.page.locator("#id_pin").fill("111222")
        mine.press("main form .app-act")
        expect(mine.page.locator("#id_pin")).to_have_value("", timeout=PATIENCE)
        expect(mine.page.locator(".problems")).to_contain_text("Mã PIN không đúng")
    mine.page.locator("#id_pin").fill(PIN)
    mine.press("main form .app-act")
    expect(mine.page.locator(".problems")).to_contain_text("Hãy chờ")
    expect(mine.page.locator("main")).to_contain_text("Trong máy còn 1 việc chưa gửi")
    assert personal_words(mine.page) == []

    # Forgotten: the password, where there is a network, lets a new PIN be set.
    mine.offline(False)
    mine.page.goto("/vong/may/#/quen-ma")
    mine.page.locator("#id_pin2").wait_for()
    mine.set_pin("246813")
    mine.wait_sent()
    assert office.told()["stops"][item][0] == "delivered"


def personal_words(page: Page) -> list[str]:
    """Names and addresses that lie on the phone in a readable form: all of IndexedDB and all caches are searched."""
    text = page.evaluate(
        """async () => {
          const store = await import('/static/round/store.js'), seen = [];
          const decoder = new TextDecoder("utf-8", { fatal: false });
          const walk = (v) => { if (v instanceof ArrayBuffer || ArrayBuffer.isView(v)) seen.push(decoder.decode(v));
            else if (v && typeof v === "object") Object.values(v).forEach(walk); else seen.push(String(v)); };
          for (const name of ["lock", "round"]) walk(await store.read(name));
          walk(await store.works());
          for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys())
            seen.push(request.url, await (await (await caches.open(name)).match(request)).clone().text());
          return seen.join("\\n"); }"""
    )
    secret = re.findall("md_[A-Za-z0-9_-]{43}", text)
    return secret + [word for word in ("Trần Văn Phát", "đường Thử Nghiệm", "0912345678") if word in text]


def test_it_is_installable_small_and_keeps_nobodys_data(phone, office):
    mine = phone()
    sizes: dict[str, int] = {}
    mine.context.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    mine.register("kien")
    mine.page.evaluate("async () => (await navigator.serviceWorker.ready).active.state")
    faults = mine.context.new_cdp_session(mine.page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [f for f in faults if f["errorId"] != "in-incognito"] == []
    shell = mine.page.evaluate(
        """async () => { const found = [];
          for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys())
            found.push([new URL(request.url).pathname, (await (await (await caches.open(name)).match(request)).arrayBuffer()).byteLength]);
          return found; }"""
    )
    assert sum(size for _path, size in shell) < FIRST_LOAD_BYTES
    assert {path for path, _size in shell} >= {"/vong/may/", "/static/round/app.js", "/static/round/vault.js"}
    ours = {url: size for url, size in sizes.items() if "/vong/" in url or "/static/" in url}
    assert sum(ours.values()) < FIRST_LOAD_BYTES, ours
    assert not [path for path, _size in shell if path.startswith("/api/")]
    assert personal_words(mine.page) == []


def test_every_state_for_every_eye(phone, office):
    """axe, 360 and 320 px, letters twice as large; nothing scrolls sideways, everything to press is large enough."""
    mine, item = phone(), office.stops["kien"][5]
    mine.page.goto("/vong/may/")
    expect(mine.page.locator("main a.button-main")).to_be_visible()
    wrong = look(mine.page, "strange")
    mine.register("kien")
    wrong += look(mine.page, "list")
    mine.offline()
    for name, where in (("deliver", f"#/diem/parcel%3A{item}"), ("work", "#/viec"), ("scan", "#/quet")):
        mine.go(where)
        mine.page.locator("main h1").wait_for()
        wrong += look(mine.page, name)
    mine.open(f"parcel:{item}")
    mine.press(".app-foot button")
    expect(mine.page.locator(".problems")).to_be_focused()
    wrong += look(mine.page, "problems")
    mine.deliver(item)
    wrong += look(mine.page, "list after")
    mine.page.reload()
    mine.page.locator("#id_pin").wait_for()
    wrong += look(mine.page, "locked")
    assert wrong == [], "\n".join(wrong)


def look(page: Page, name: str) -> list[str]:
    found = [f"{name}: {fault}" for fault in axe_of(page)]
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for width, letters in ((360, "100%"), (320, "100%"), (360, "200%")):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("size => document.documentElement.setAttribute('data-size', size)", letters)
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", letters)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{name}: {wide} px wide at {width} px and {letters}")
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    page.set_viewport_size({"width": 360, "height": 740})
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main a, .app-top a, .app-top button, main select, main input:not([type=checkbox], [type=radio], [type=hidden])")]
          .filter((el) => el.offsetParent && !el.closest(".problems") && el.getBoundingClientRect().height < 44).map((el) => el.outerHTML.slice(0, 90))"""
    )
    return found + [f"{name}: too small for a thumb: {html}" for html in small]


def axe_of(page: Page) -> list[str]:
    result = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [f"{v['id']}: {n['html'][:160]}" for v in result.response["violations"] for n in v["nodes"][:3]]
