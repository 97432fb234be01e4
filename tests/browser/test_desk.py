"""An officer's hands on the keys, and a scanner that is quicker than the site."""

import re

from playwright.sync_api import expect

from tests.browser.people import receive, send_bag, take_bag


def test_an_officer_goes_from_list_to_act_without_a_mouse(people):
    clerk, page = people("quay-thanh-sen"), people("thu-ly-thanh-sen").page
    for n in ("Một", "Hai"):
        receive(clerk, f"Trần Thị Danh Sách {n}")
    page.goto("/viec?luot=all")
    links = page.locator(".dense tbody th a")
    page.keyboard.press("F6")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/viec/ho-so/"))
    expect(page.locator(".way").first).to_be_visible()
    page.keyboard.press("Alt+1")
    page.wait_for_url(re.compile("/viec$"))
    page.keyboard.press("F2")
    page.keyboard.type("khong co ai ten nay")
    page.keyboard.press("Enter")
    expect(page.locator(".empty-title")).to_have_text("Không thấy hồ sơ nào")


def test_scans_that_come_quicker_than_the_answers_all_count_and_typing_is_kept(people):
    clerk, receiver = people("quay-thanh-sen"), people("nhan-thanh-sen")
    received = [receive(clerk, f"Trần Thị Quét Nhanh {n}")[1] for n in ("Một", "Hai", "Ba")]
    page = clerk.page
    page.goto("/tui")
    page.locator("#id_taker").select_option("ubnd-thanh-sen")
    page.keyboard.press("F8")
    page.locator("#id_scan").wait_for()
    number = page.url.rsplit("/", 1)[1]
    boxes = page.locator("li", has_text=re.compile("|".join(received))).locator("input[name=paper]")
    stickers = [boxes.nth(n).get_attribute("value") for n in range(boxes.count())]
    assert len(stickers) > 3
    page.locator("#id_carrier").fill("Xe thư 01")
    page.keyboard.press("F2")
    for sticker in stickers[1:]:
        page.keyboard.type(sticker)
        page.keyboard.press("Enter")
    expect(page.locator(".bag-lines tbody tr")).to_have_count(len(stickers) - 1)
    # The cursor stands somewhere else: what a scanner types still finds its box.
    page.locator("h1").click()
    page.keyboard.type(stickers[0], delay=2)
    page.keyboard.press("Enter")
    expect(page.locator(".bag-lines tbody tr")).to_have_count(len(stickers))
    expect(page.locator("#id_carrier")).to_have_value("Xe thư 01")
    page.locator("#id_seal").fill("NP-7100")
    page.keyboard.press("F8")
    expect(page.locator("#tui")).to_contain_text("Xe thư 01")

    page = receiver.page
    page.goto(f"/tui/{number}")
    page.keyboard.press("F2")
    for sticker in stickers[:-1]:
        page.keyboard.type(sticker)
        page.keyboard.press("Enter")
    expect(page.locator(".bag-lines .status-in_time")).to_have_count(len(stickers) - 1)
    page.keyboard.type("ABCD-EFGH")
    page.keyboard.press("Enter")
    expect(page.locator(".problems")).to_contain_text("“ABCD-EFGH” không phải mã của hệ thống này")
    page.locator('[name=seal_intact][value="1"]').check()
    page.keyboard.press("F2")
    page.keyboard.type(stickers[-1])
    page.keyboard.press("Enter")
    page.keyboard.press("F8")
    expect(page.locator("#tui")).to_contain_text("Nhận xong")
    # The browser itself notes every answer that is a refusal.
    assert clerk.complaints == []
    assert [said for said in receiver.complaints if "409" not in said] == []


def test_two_officers_on_one_dossier_and_nothing_typed_is_lost(people):
    clerk, receiver, other = people("quay-thanh-sen"), people("nhan-thanh-sen"), people("lanh-dao-thanh-sen")
    reference, code = receive(clerk, "Trần Thị Hai Người Mẫu")
    take_bag(receiver, send_bag(clerk, "ubnd-thanh-sen", [code], "NP-7101"), [code])
    at = f"/viec/ho-so/{reference}"
    other.goto(at)
    receiver.goto(at)
    receiver.act("assign", handler="thu-ly-thanh-sen")
    other.act("assign", handler="thu-ly-thanh-sen-2", note="Ưu tiên trong ngày")
    expect(other.page.locator(".problems")).to_contain_text("vừa được người khác xử lý")
    expect(other.page.locator("#form-assign [name=note]")).to_have_value("Ưu tiên trong ngày")
    other.act("assign")
    expect(other.page.locator(".messages")).to_contain_text("Phân công thụ lý")
    other.page.go_back()
    other.page.go_back()
    other.goto(at)
    expect(other.page.locator("main")).to_contain_text("Ưu tiên trong ngày")
