"""A clerk's day without a mouse, in a real browser: scan, fill, count, receive, print, next, close the till."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CARD = "042190000016|184012345|Trần Thị Bưởi Mẫu|12031990|Nữ|Khối 1, Phường Thành Sen, Hà Tĩnh|05052021"
MARITAL = "1.004873"


def sits_at(context: BrowserContext, username: str) -> Page:
    """A page of somebody who has logged in with one click."""
    page = context.new_page()
    page.goto("/dang-nhap")
    page.locator(f"button[name=demo][value={username}]").click()
    page.wait_for_url("**/quay")
    return page


@pytest.fixture(scope="module")
def office(browser: Browser, base_url: str, browser_context_args) -> Iterator[BrowserContext]:
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    sits_at(context, "quay-thanh-sen").close()
    yield context
    context.close()


@pytest.fixture
def counter(office: BrowserContext) -> Iterator[Page]:
    page = office.new_page()
    page.goto("/quay")
    yield page
    page.close()


def pressing(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def tab_to(page: Page, fits: Callable[[str], bool], most: int = 150) -> None:
    """The Tab key until the focus is on what one looks for."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if fits(page.evaluate("(document.activeElement.name || '') + '|' + document.activeElement.innerText")):
            return
    raise AssertionError("the Tab key never came there")


def answer_questions(page: Page) -> None:
    """What the form asks and a card does not know: the cursor already stands in the first."""
    page.keyboard.press("ArrowDown")
    tab_to(page, lambda at: at.startswith("form-tinh_trang"))
    page.keyboard.press("ArrowDown")
    tab_to(page, lambda at: at.startswith("form-cu_tru"))
    page.keyboard.type("01022020")


def card_to_form(page: Page) -> None:
    """A card is scanned at the first page, the procedure found by plain words without accents."""
    expect(page.locator("#scan-code")).to_be_focused()
    page.keyboard.insert_text(CARD)
    pressing(page, "Enter")
    expect(page.locator("h1")).to_contain_text("Trần Thị Bưởi Mẫu")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("tinh trang hon nhan")
    pressing(page, "Enter")
    tab_to(page, lambda at: at.endswith("|Cấp Giấy xác nhận tình trạng hôn nhân"))
    pressing(page, "Enter")


def receive(page: Page) -> None:
    """From the card to the dossier's code."""
    card_to_form(page)
    expect(page.locator("#id_phone")).to_be_focused()
    page.keyboard.type("0912345678")
    pressing(page, "F9")
    expect(page.locator("[name=form-muc_dich]")).to_be_focused()
    answer_questions(page)
    page.keyboard.press("Tab")
    expect(page.locator("#summary")).to_contain_text("Đủ giấy tờ bắt buộc")
    pressing(page, "F8")


def test_a_card_fills_the_person_and_the_cursor_waits_where_typing_goes_on(counter: Page):
    card_to_form(counter)
    expect(counter.locator("#id_name")).to_have_value("Trần Thị Bưởi Mẫu")
    expect(counter.locator("#id_commune")).to_have_value("Phường Thành Sen (18073)")
    expect(counter.locator("#id_phone")).to_be_focused()


def test_a_dossier_is_received_from_card_to_receipt_by_keyboard_alone(counter: Page):
    receive(counter)
    expect(counter.locator(".big-code")).to_have_text(re.compile(r"^H27\.50\.01-\d{8}-\d{7}$"))
    first = counter.locator(".print-list a").first
    expect(first).to_be_focused()
    assert counter.request.get(first.get_attribute("href") or "").headers["content-type"] == "application/pdf"
    pressing(counter, "F4")
    expect(counter.locator("#scan-code")).to_be_focused()


def test_enter_never_receives_and_the_summary_follows_what_is_typed(counter: Page):
    counter.goto(f"/quay/nhan/{MARITAL}")
    counter.locator("#id_name").fill("Người Gõ Dở")
    pressing(counter, "Enter")
    expect(counter.locator("#id_name")).to_have_value("Người Gõ Dở")
    expect(counter.locator("#summary")).to_contain_text("Còn thiếu giấy tờ")
    tick = counter.locator("#paper-to_khai-full")
    tick.focus()
    counter.keyboard.press("Space")
    expect(counter.locator("#paper-to_khai-short")).to_be_empty()
    expect(counter.locator("#summary")).not_to_contain_text("Tờ khai cấp Giấy xác nhận")
    expect(tick).to_be_focused()


def test_a_missing_paper_is_said_first_and_what_was_typed_stays(counter: Page):
    card_to_form(counter)
    counter.keyboard.type("0912345678")
    pressing(counter, "F8")
    said = counter.locator(".problems").first
    expect(said).to_be_focused()
    expect(said).to_contain_text("Còn thiếu")
    expect(counter.locator("#id_phone")).to_have_value("0912345678")


def test_going_back_and_pressing_again_makes_no_second_dossier(counter: Page):
    receive(counter)
    code = counter.locator(".big-code").inner_text()
    counter.go_back()
    counter.wait_for_load_state()
    # A browser that kept the page whole has the answers still; one that asked again has them typed again.
    counter.locator("[name=form-muc_dich]").focus()
    if not counter.locator("[name=form-cu_tru_tu]").input_value():
        counter.locator("[name=form-cu_tru_tu]").fill("01022020")
    pressing(counter, "F8")
    assert counter.url.endswith("/xong")
    expect(counter.locator(".big-code")).to_have_text(code)


def test_the_till_is_counted_by_keyboard(counter: Page):
    receive(counter)
    pressing(counter, "Alt+5")
    sums = counter.locator("tfoot .is-number").all_inner_texts()
    for name, amount in zip(("state", "post"), sums, strict=True):
        tab_to(counter, lambda at, name=name: at.startswith(f"{name}|"))
        counter.keyboard.type(amount.replace("đ", "").strip())
    pressing(counter, "F8")
    expect(counter.locator(".messages")).to_contain_text("Đã chốt két")
    expect(counter.locator("main")).to_contain_text("chờ nộp về điểm")


PAGES = ["/quay", "/quay/nhan", f"/quay/nhan/{MARITAL}", "/quay/nhan/2.000815", "/quay/cho", "/quay/da-nhan",
         "/quay/tra", "/quay/ket", "/quay/noi"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(counter: Page, path, width):
    counter.set_viewport_size({"width": width, "height": 800})
    counter.goto(path)
    counter.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(counter, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert counter.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_on_a_dossier_and_after_receiving(counter: Page):
    link = counter.locator("main tbody th a").first
    address = link.get_attribute("href") or ""
    for path in (address, f"{address}/xong"):
        counter.goto(path)
        counter.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = Axe().run(counter, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()


def test_the_whole_form_works_without_javascript(browser: Browser, base_url: str, browser_context_args):
    plain = browser.new_context(**{**browser_context_args, "base_url": base_url, "java_script_enabled": False})
    page = sits_at(plain, "quay-thanh-sen")
    page.goto(f"/quay/nhan/{MARITAL}")
    page.locator("#id_card").fill(CARD)
    page.locator("#id_card").press("Enter")
    expect(page.locator("#id_name")).to_have_value("Trần Thị Bưởi Mẫu")
    page.locator("#id_phone").fill("0912345678")
    page.locator("button[value=du]").click()
    page.locator("[name=form-muc_dich]").select_option(index=1)
    page.locator("[name=form-tinh_trang]").select_option(index=1)
    page.locator("[name=form-cu_tru_tu]").fill("01/02/2020")
    page.locator("button[value=tinh]").click()
    expect(page.locator("#summary")).to_contain_text("Đủ giấy tờ bắt buộc")
    page.locator("button[value=nhan]").click()
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận hồ sơ")
    plain.close()


@pytest.mark.parametrize("path", ["/quay", f"/quay/nhan/{MARITAL}"])
def test_the_first_load_is_light(browser: Browser, office: BrowserContext, base_url: str, path):
    """What a counter that has never seen the page must fetch: page, styles, letters, script."""
    fresh = browser.new_context(storage_state=office.storage_state(), base_url=base_url)
    page = fresh.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(path, wait_until="networkidle")
    fresh.close()
    assert sum(sizes.values()) < 100_000, sizes
