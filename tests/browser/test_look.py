"""The page of components in a real browser: nothing for axe to find, and what the script promises."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCAN = """(text) => {
  const key = (name) => {
    const el = document.activeElement;
    const going = el.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    if (going && name.length === 1 && "value" in el) el.value += name;
  };
  [...text].forEach(key);
  key("Enter");
}"""


@pytest.fixture
def look(page: Page) -> Page:
    page.goto("/kieu-dang")
    return page


@pytest.mark.parametrize("width", [1280, 640, 360])
def test_axe_finds_nothing(look: Page, width):
    look.set_viewport_size({"width": width, "height": 800})
    look.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(look, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [1280, 640, 360, 320])
def test_nothing_has_to_be_scrolled_sideways(look: Page, width):
    look.set_viewport_size({"width": width, "height": 800})
    assert look.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_touched_is_large_enough(browser: Browser, base_url):
    phone = browser.new_context(base_url=base_url, viewport={"width": 360, "height": 800}, has_touch=True)
    page = phone.new_page()
    page.goto("/kieu-dang")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main .button, main select, main input:not([type=hidden])")]
          .filter((el) => el.offsetParent && !el.closest(".choice, .pick, .counted"))
          .map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect().height]).filter(([, h]) => h < 43.5)"""
    )
    phone.close()
    assert small == []


def test_a_shortcut_puts_the_cursor_into_the_scan_box_and_is_told_to_readers(look: Page):
    look.keyboard.press("F2")
    expect(look.locator("[data-scan]")).to_be_focused()
    expect(look.locator("[data-scan]")).to_have_attribute("aria-keyshortcuts", "F2")


def test_a_scan_lands_in_the_scan_box_wherever_the_cursor_is(look: Page):
    field = look.locator("#id_name")
    field.focus()
    before = field.input_value()
    with look.expect_navigation():
        look.evaluate(SCAN, "H27.14-20260227-0000041")
    assert "code=H27.14-20260227-0000041" in look.url
    assert "name=" not in look.url.replace("code=", "")
    assert before == "Nguyễn Thị Hoa"


def test_typing_by_hand_is_no_scan(look: Page):
    field = look.locator("#id_note")
    field.focus()
    look.keyboard.type("Hoa 123", delay=60)
    look.keyboard.press("Enter")
    assert look.url.endswith("/kieu-dang")
    assert field.input_value() == "Hoa 123\n"


def test_a_long_list_narrows_without_accents(look: Page):
    box = look.get_by_placeholder("Gõ để lọc danh sách").first
    box.fill("duc tho")
    options = look.locator("#id_commune option")
    assert [o for o in options.all_text_contents() if o != "–"] == ["Xã Đức Thọ"]
    expect(look.locator("#id_commune")).to_have_value("Xã Đức Thọ")
    box.fill("")
    assert options.count() == 15


def test_an_act_that_needs_a_reason_opens_with_the_cursor_in_it_and_escape_folds_it(look: Page):
    fold = look.locator(".act-fold").first
    fold.locator("summary").click()
    expect(fold.locator("textarea")).to_be_focused()
    look.keyboard.press("Escape")
    assert fold.get_attribute("open") is None
    expect(fold.locator("summary")).to_be_focused()


def test_two_presses_send_once(page: Page):
    page.goto("/dang-nhap")
    page.evaluate("window.addEventListener('submit', (e) => { sent.push(e.defaultPrevented); e.preventDefault(); });"
                  "window.sent = [];")  # fmt: skip
    button = page.locator("form:has(input[type=password]) button.button-main")
    button.click()
    button.click()
    assert page.evaluate("sent") == [False, True]


def test_typed_text_is_asked_for_before_it_is_lost(page: Page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/dang-nhap")
    page.locator("input[type=password]").press_sequentially("abc")
    page.goto("/kieu-dang")
    assert asked == ["beforeunload"]


def test_arrows_walk_from_row_to_row(look: Page):
    links = look.locator("#bang tbody th a")
    look.keyboard.press("F6")
    expect(look.locator("main .table tbody th a").first).to_be_focused()
    links.nth(0).focus()
    look.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    look.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()


def test_the_cursor_goes_to_the_list_of_errors(look: Page):
    expect(look.locator(".problems").first).to_be_focused()


def test_without_script_all_is_there_and_no_shortcut_is_promised(browser: Browser, base_url):
    plain = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = plain.new_page()
    page.goto("/kieu-dang")
    expect(page.locator(".key").first).to_be_hidden()
    expect(page.locator(".act-fold").first.locator("summary")).to_be_visible()
    page.locator(".act-fold").first.locator("summary").click()
    expect(page.locator(".act-fold textarea").first).to_be_visible()
    plain.close()


def test_paper_keeps_every_sheet_and_leaves_the_buttons_on_the_screen(look: Page):
    look.emulate_media(media="print")
    for hidden in (".tabs", ".act-bar", ".scan", ".filters", ".pager", ".foot"):
        expect(look.locator(hidden).first).to_be_hidden()
    for shown in (".way", ".table", ".purses", ".journal", ".chart-picture"):
        expect(look.locator(shown).first).to_be_visible()
