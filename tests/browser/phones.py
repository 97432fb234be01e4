"""A postman's phone: a browser with a disk of its own, that can be out of signal, killed, and wrong about the time."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page, Playwright, expect

from tests.browser.conftest import FLAGS
from tests.processes import until

PIN = "135790"
PATIENCE = 60_000
# The phone's clock runs, but it stands so many seconds wrong.
WRONG_CLOCK = """(() => { const Right = Date; const by = %d * 1000;
  globalThis.Date = class extends Right {
    constructor(...given) { if (given.length) super(...given); else super(Right.now() + by); }
    static now() { return Right.now() + by; } }; })()"""


class Phone:
    def __init__(self, playwright: Playwright, site: str, disk: Path, chromium: str, wrong_by: int = 0) -> None:
        self.playwright, self.site, self.disk, self.chromium, self.wrong_by = playwright, site, disk, chromium, wrong_by
        self.complaints: list[str] = []
        self.switch_on()

    def switch_on(self, *, offline: bool = False) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.disk, executable_path=self.chromium, args=FLAGS, base_url=self.site, locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 360, "height": 740}, has_touch=True, offline=offline,
        )  # fmt: skip
        if self.wrong_by:
            self.context.add_init_script(WRONG_CLOCK % self.wrong_by)
        self.page: Page = self.context.pages[0]
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def kill(self) -> None:
        """The battery is out: no page is asked, nothing is tidied up."""
        mine = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if str(self.disk) in words_of(pid)]
        for pid in mine:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until("the browser is dead", lambda: not any(str(self.disk) in words_of(pid) for pid in mine))
        with suppress(Error):
            self.context.close()
        (self.disk / "SingletonLock").unlink(missing_ok=True)

    def switch_off(self) -> None:
        with suppress(Error):
            self.context.close()

    def register(self, who: str) -> None:
        self.page.goto("/dang-nhap?next=/vong/may/")
        self.page.locator(f'button[name=demo][value="{who}"]').click()
        self.page.locator("#id_pin2").wait_for()
        self.set_pin()
        self.wait_sent()

    def set_pin(self, pin: str = PIN) -> None:
        self.page.locator("#id_pin").fill(pin)
        self.page.locator("#id_pin2").fill(pin)
        self.press("main form .app-act")
        self.page.locator("#nav").wait_for()

    def unlock(self, pin: str = PIN) -> None:
        self.page.goto("/vong/may/")
        self.page.locator("#id_pin").fill(pin)
        self.press("main form .app-act")
        self.page.locator("#nav").wait_for()

    def press(self, what: str) -> None:
        self.page.locator(what).first.click()

    def offline(self, off: bool = True) -> None:
        self.context.set_offline(off)

    def go(self, where: str) -> None:
        self.page.evaluate("to => { location.hash = to; }", where)

    def open(self, stop: str) -> None:
        self.go(f"#/diem/{stop.replace(':', '%3A')}")
        self.page.locator("main .app-form form").wait_for()

    def waiting(self) -> Locator:
        return self.page.locator('#state [data-t="waiting"]')

    def wait_sent(self) -> None:
        expect(self.waiting()).to_have_text("Đã gửi hết", timeout=PATIENCE)
        expect(self.page.locator('#state [data-t="net"]')).to_have_text("Có mạng", timeout=PATIENCE)

    def send(self) -> None:
        self.go("#/viec")
        self.press('[data-do="send"]')

    def deliver(self, item: str, *, sign: bool = False, **more: Any) -> None:
        self.open(f"parcel:{item}")
        form = self.page.locator("main .app-form form")
        form.locator("[name=id_checked]").check()
        form.locator("[name=id_last4]").fill(more.get("id_last4", "0016"))
        for enough in form.locator('[data-do="enough"]').all():
            enough.click()
        if sign:
            self.draw(form.locator("canvas"))
        else:
            form.locator("[name=signed]").check()
        if form.locator("[name=collect]").count():
            form.locator("[name=collect]").check()
        form.locator(".app-foot button").click()
        expect(self.page.locator(".round-sum")).to_be_visible()

    def draw(self, canvas: Locator) -> None:
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 20, box["y"] + 60)
        self.page.mouse.down()
        for n in range(12):
            self.page.mouse.move(box["x"] + 20 + 15 * n, box["y"] + 40 + 30 * (n % 2))
        self.page.mouse.up()

    def fail(self, stop: str, reason: str) -> None:
        self.open(stop)
        self.page.locator("details.other-act > summary").click()
        self.page.locator(f'.app-fail [name=reason][value="{reason}"]').check()
        self.press(".app-fail form > button")
        expect(self.page.locator(".round-sum")).to_be_visible()

    def collect(self, home: str) -> None:
        self.open(f"pickup:{home}")
        self.page.locator('[data-do="enough"]').first.click()
        self.press(".app-form .app-foot button")
        expect(self.page.locator(".round-sum")).to_be_visible()


def words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""
