"""People at their browsers: logging in by one click, the keys they press, the forms they fill in."""

import json
import subprocess
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, expect

from motcua.demo.papers import sample_pdf
from motcua.law.reader import read_pack
from tests.conftest import PACK
from tests.make import START, THREE_DAYS
from tests.processes import Site, motcua

UNTIL, NOW = "2026-07-18T18:00", "2026-07-20T08:30+07:00"
LAW = read_pack(PACK)
VERSION = LAW.procedure(THREE_DAYS, START.date())
PDF = sample_pdf("quet")
CARD = "042190000016|183456789|{name}|01011990|Nữ|Số 1 đường Thử Nghiệm, Phường Thành Sen, Hà Tĩnh|01012022"


class Person:
    """Somebody with a browser of their own. What the browser complains about is kept in `complaints`."""

    def __init__(self, browser: Browser, site: str, username: str, **context: Any) -> None:
        self.page: Page = browser.new_context(
            base_url=site, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **context
        ).new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if username:
            self.page.goto("/dang-nhap")
            self.page.locator(f'button[name=demo][value="{username}"]').click()
            expect(self.page.locator(".who-name")).to_be_visible()

    def goto(self, path: str) -> int:
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def act(self, action: str, **given: str) -> None:
        """Fills in the form of one action on the page and sends it; its fold is opened if it is folded."""
        form = self.page.locator(f"#form-{action}")
        form.wait_for(state="attached")
        fold = self.page.locator("details:not([open])", has=form)
        if fold.count():
            fold.locator("summary").first.click()
        for name, value in given.items():
            self._give(form, name, value)
        with self.page.expect_navigation():
            form.locator("button[type=submit]").last.click()

    def _give(self, form: Any, name: str, value: str) -> None:
        field = form.locator(f'[name="{name}"]')
        kind = field.first.evaluate("el => el.type || el.tagName")
        if kind == "radio":
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)

    def pdf(self, url: str) -> bytes:
        answer = self.page.request.get(url)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), url
        return answer.body()


class Api:
    """The API as one of the demo people."""

    def __init__(self, site: Site, username: str) -> None:
        made = subprocess.run(
            motcua("token", username, "--json"), env=site.environment, check=True, capture_output=True, text=True
        )
        self.site, self.token = site, json.loads(made.stdout)["token"]

    def get(self, path: str) -> Any:
        address = f"{self.site.url}/api/v1/{quote(path, safe='/?=&')}"
        with urlopen(Request(address, headers={"Authorization": f"Bearer {self.token}"}), timeout=60) as answer:
            return json.load(answer)

    def named(self, name: str) -> list[dict[str, Any]]:
        """The dossiers of the applicant of this name."""
        return self.get(f"dossiers?q={name}")


def answer_questions(page: Page, prefix: str = "form-") -> None:
    """An answer to every obligatory question of the procedure."""
    words = {"text": "mẫu", "textarea": "mẫu", "date": "02/01/1990", "number": "1"}
    for question in VERSION.form:
        if not question.required:
            continue
        field = page.locator(f'[name="{prefix}{question.key}"]')
        if question.type != "choice":
            field.fill(words[question.type])
        elif field.first.get_attribute("type") == "radio":
            field.first.check()
        else:
            field.select_option(question.choices[0])


def begin_by_card(clerk: Person, name: str) -> None:
    """A clerk's first half minute: the card is scanned, the procedure found, the phone typed. By keyboard alone."""
    page = clerk.page
    page.goto("/quay")
    page.keyboard.press("F2")
    page.keyboard.type(CARD.format(name=name))
    page.keyboard.press("Enter")
    page.locator("#q").wait_for()
    page.keyboard.type("tinh trang hon nhan")
    page.keyboard.press("Enter")
    first = page.locator(".choose-list .choose-name", has_text="hôn nhân").first
    first.focus()
    page.keyboard.press("Enter")
    page.locator("#intake").wait_for()
    expect(page.locator("[name=name]")).to_have_value(name)
    page.keyboard.press("F3")
    page.keyboard.type("0912345678")
    answer_questions(page)


def receive(clerk: Person, name: str, **choices: str) -> tuple[str, str]:
    """A dossier received at the counter. Answers (reference, code)."""
    begin_by_card(clerk, name)
    page = clerk.page
    for field, value in choices.items():
        page.locator(f'[name={field}][value="{value}"]').check()
    with page.expect_navigation():
        page.keyboard.press("F9")
    page.keyboard.press("F8")
    page.wait_for_url("**/xong")
    return reference_of(page), page.locator(".big-code").inner_text().strip()


def reference_of(page: Page) -> str:
    parts = page.url.split("/")
    return parts[parts.index("ho-so") + 1].partition("?")[0]


def send_bag(giver: Person, taker: str, codes: list[str], seal: str) -> str:
    """A bag filled by scanning, and sealed. Answers its number."""
    page = giver.page
    page.goto("/tui")
    page.locator("#id_taker").select_option(taker)
    page.keyboard.press("F8")
    page.locator("#id_scan").wait_for()
    number = page.url.rsplit("/", 1)[1]
    for code in codes:
        page.keyboard.press("F2")
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator("table.bag-lines")).to_contain_text(code)
    page.locator("[name=seal]").fill(seal)
    page.keyboard.press("F8")
    expect(page.locator("#tui")).to_contain_text(seal)
    return number


def take_bag(taker: Person, number: str, codes: list[str]) -> None:
    """Everything in the bag is scanned and there; the bag is closed."""
    page = taker.page
    page.goto(f"/tui/{number}")
    for code in codes:
        page.keyboard.press("F2")
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        for line in page.locator("table.bag-lines tr", has_text=code).all():
            expect(line).to_contain_text("Nhận đủ")
    close_bag(taker)


def close_bag(taker: Person) -> None:
    taker.page.locator('[name=seal_intact][value="1"]').check()
    taker.page.keyboard.press("F8")
    expect(taker.page.locator("#tui")).to_contain_text("Nhận xong")
