"""The main job by hand: from a person's hand through the post to the agency and home again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import (
    PDF,
    VERSION,
    Person,
    answer_questions,
    begin_by_card,
    close_bag,
    receive,
    reference_of,
    send_bag,
    take_bag,
)

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def file_online(hoa: Person) -> str:
    """Found in plain words, begun, left, resumed in another browser session, filed with uploads. Answers the reference."""
    page = hoa.page
    page.goto("/thu-tuc")
    page.locator("[name=q]").first.fill("tinh trang hon nhan")
    page.keyboard.press("Enter")
    page.locator(f'main a[href^="/thu-tuc/{VERSION.code}"]').first.click()
    page.locator(f'a[href*="/nop/{VERSION.code}"]').first.click()
    page.get_by_role("button", name=re.compile("Bắt đầu")).click()
    page.locator("[name=name]").fill("Phan Thị Hoa Thử")
    page.locator("[name=phone]").fill("0912345678")
    page.locator("[name=id_number]").fill("042190000016")
    page.locator("[name=address]").fill("Số 1 đường Thử Nghiệm")
    page.locator("[name=commune]").fill("thanh sen")
    press(page, "tiep")
    expect(page).not_to_have_url(re.compile("/nguoi-nop$"))
    return page.url


def press(page: Page, do: str) -> None:
    with page.expect_navigation():
        page.locator(f'main button.button[name=do][value="{do}"]').first.click()


def test_a_citizen_files_online_and_is_home_with_the_result(people, api):
    left_at = file_online(people("ba-hoa"))
    hoa = people("ba-hoa")
    page = hoa.page
    page.goto("/ho-so-cua-toi")
    draft = left_at.split("/nop/")[1].split("/")[0]
    page.locator(f'a[href*="{draft}"]').first.click()
    if VERSION.form and "to-khai" in page.url:
        answer_questions(page, "")
        press(page, "tiep")
    expect(page).to_have_url(re.compile("/giay-to$"))
    for paper in VERSION.papers:
        page.locator(f"#file-{paper.key}").set_input_files(
            {"name": f"{paper.key}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
    press(page, "tiep")
    expect(page).to_have_url(re.compile("/nhan-ket-qua$"))
    page.locator('[name=return_by][value="post"]').check()
    press(page, "tiep")
    expect(page.locator("h1")).to_have_text("Kiểm tra và nộp")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/ho-so/*")
    reference = reference_of(page)

    desk = people("mot-cua-thanh-sen")
    desk.goto(f"/quay/ho-so/{reference}")
    desk.act("accept")
    code = api("kiem-soat").get(f"dossiers/{reference}")["code"]
    assert code
    decide(people, reference)
    bring_home(people, reference, code)

    page.goto(f"/ho-so/{reference}")
    hoa.act("rate", stars="5")
    expect(page.locator("body")).to_contain_text("Cảm ơn bạn đã đánh giá")
    assert hoa.complaints == []
    assert api("kiem-soat").get(f"dossiers/{reference}")["state"]["code"] == "closed"
    tracked_by_the_right_digits_only(people(), code)


def decide(people, reference: str) -> None:
    """Assigned, asked for more (the clock pauses), supplied, stepped through, decided, signed, numbered, published."""
    at = f"/viec/ho-so/{reference}"
    receiver, handler = people("nhan-thanh-sen"), people("thu-ly-thanh-sen")
    receiver.goto(at)
    receiver.act("assign", handler="thu-ly-thanh-sen")
    handler.goto(at)
    handler.act("ask_supplement", items="Bản sao trích lục")
    expect(handler.page.locator("body")).to_contain_text("tạm dừng")
    receiver.goto(at)
    receiver.act("supply")
    handler.goto(at)
    for _step in [s for s in VERSION.steps if s.role == "handler"]:
        handler.act("finish_step")
    leader, records = people("lanh-dao-thanh-sen"), people("van-thu-thanh-sen")
    leader.goto(at)
    leader.act("decide", outcome="granted")
    leader.act("sign")
    records.goto(at)
    records.act("number")
    records.act("publish")
    expect(records.page.locator("body")).to_contain_text("Phát hành kết quả")
    for person in (receiver, handler, leader, records):
        assert person.complaints == []


def bring_home(people, reference: str, code: str) -> None:
    """By bag to the post office, as an item to the door, in vain the first time, with the money the second time."""
    number = send_bag(people("van-thu-thanh-sen"), "buu-cuc-thanh-sen", [code], "NP-7001")
    office, postman = people("dieu-phoi-thanh-sen"), people("buu-ta-thanh-sen", **PHONE)
    take_bag(office, number, [code])
    page = office.page
    page.goto("/dieu-phoi")
    page.locator(f'input[name="ho-so"][value="{reference}"]').check()
    page.locator("#lap button.button-main").click()
    item = page.locator("#phat tr", has_text=code).locator("a").first.inner_text().strip()
    send_out(office, item)
    take_out(postman, item)
    assert postman.page.evaluate("document.documentElement.scrollWidth") <= 360
    postman.page.locator(f'a[href="/vong/phat/{item}"]').first.tap()
    postman.act("fail", reason="absent")
    take_back(office, item)
    send_out(office, item)
    take_out(postman, item)
    postman.goto(f"/vong/phat/{item}")
    given = {"relation": "self", "id_checked": "1", "id_last4": "0016", "signed": "1"}
    if postman.page.locator("#form-deliver [name=collect]").count():
        given["collect"] = "1"
    postman.act("deliver", **given)
    expect(postman.page.locator("body")).to_contain_text(f"Đã phát {item}")
    assert postman.complaints == []


def send_out(office: Person, item: str) -> None:
    """The post office gives the item out; it is in doubt until the postman takes it."""
    page = office.page
    page.goto("/dieu-phoi")
    page.locator(f'#phat input[value="{item}"]').check()
    page.locator("#bt-phat").select_option("buu-ta-thanh-sen")
    with page.expect_navigation():
        page.locator("#phat button.button-main").click()
    expect(page.locator(f'#phat input[value="{item}"]')).to_have_count(0)
    page.goto("/dieu-phoi/chuyen/buu-ta-thanh-sen")
    expect(page.locator("#cho-nhan")).to_contain_text(item)


def take_out(postman: Person, item: str) -> None:
    """The postman takes all that waits for him."""
    postman.goto("/vong")
    waiting = postman.page.locator("#cho-nhan")
    expect(waiting).to_contain_text(item)
    with postman.page.expect_navigation():
        waiting.locator("button.button-main").tap()
    expect(postman.page.locator(f'a[href="/vong/phat/{item}"]').first).to_be_visible()


def take_back(office: Person, item: str) -> None:
    """The post office takes back what the postman could not deliver."""
    page = office.page
    page.goto("/dieu-phoi/chuyen/buu-ta-thanh-sen")
    page.locator(f'#chua-duoc input[value="{item}"]').check()
    with page.expect_navigation():
        page.locator("#chua-duoc button").first.click()
    expect(page.locator("#chua-duoc")).not_to_contain_text(item)


def tracked_by_the_right_digits_only(anyone: Person, code: str) -> None:
    page = anyone.page
    for digits, seen in (("5678", True), ("0000", False)):
        page.goto("/tra-cuu")
        page.locator("#id_code").fill(code)
        page.locator("#id_digits").fill(digits)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        body = page.locator("main").inner_text()
        assert (VERSION.name in body) is seen
        assert "Phan Thị Hoa" not in body
        assert "042190000016" not in body


def test_a_clerk_receives_by_card_and_keys_and_a_second_click_changes_nothing(people, api):
    name = "Trần Thị Đúp Mẫu"
    clerk = people("quay-thanh-sen")
    begin_by_card(clerk, name)
    page = clerk.page
    with page.expect_navigation():
        page.keyboard.press("F9")
    expect(page.locator("#summary")).to_contain_text("Đủ giấy tờ bắt buộc")
    page.locator('button[name=do][value="nhan"]').dblclick()
    page.wait_for_url("**/xong")
    reference = reference_of(page)
    receipt = page.locator('a[href*="/giay/receipt.pdf"]').first.get_attribute("href")
    assert clerk.pdf(receipt).startswith(b"%PDF")
    page.go_back()
    page.locator("#intake").wait_for()
    page.locator('button[name=do][value="nhan"]').click()
    page.wait_for_url("**/xong")
    assert reference_of(page) == reference
    assert len(api("kiem-soat").named(name)) == 1
    assert clerk.complaints == []


def test_a_missing_paper_gives_the_slip_and_not_a_silent_save(people, api):
    name = "Trần Thị Thiếu Mẫu"
    clerk = people("quay-thanh-sen")
    begin_by_card(clerk, name)
    clerk.page.keyboard.press("F8")
    expect(clerk.page.get_by_role("alert").first).to_contain_text("Còn thiếu")
    assert api("kiem-soat").named(name) == []
    clerk.page.keyboard.press("F10")
    clerk.page.wait_for_url("**/xong")
    expect(clerk.page.locator("h1")).to_have_text("Đã lập phiếu yêu cầu bổ sung")
    slip = clerk.page.locator('a[href*="/giay/"]').first.get_attribute("href")
    assert clerk.pdf(slip).startswith(b"%PDF")
    assert len(api("kiem-soat").named(name)) == 1


def test_a_difference_in_the_bag_is_named_and_the_sender_sees_it(people):
    clerk, receiver = people("quay-thanh-sen"), people("nhan-thanh-sen")
    codes = [receive(clerk, f"Trần Thị Túi Mẫu {n}")[1] for n in ("Một", "Hai")]
    number = send_bag(clerk, "ubnd-thanh-sen", codes, "NP-7002")
    page = receiver.page
    page.goto(f"/tui/{number}")
    while (enough := page.locator("td form button.small")).count() > 1:
        left = enough.count()
        enough.first.click()
        expect(page.locator("td form button.small")).to_have_count(left - 1)
    last = page.locator("tr", has=page.locator("td form button.small")).first
    last.locator("summary").first.click()
    last.locator("select[name=finding]").select_option("damaged")
    last.locator("[name=note]").fill("Ướt góc dưới")
    last.get_by_role("button", name="Ghi kết quả kiểm").click()
    close_bag(receiver)
    clerk.goto("/tui")
    expect(clerk.page.locator("#chenh-lech")).to_contain_text("Ướt góc dưới")
    expect(clerk.page.locator("#chenh-lech")).to_contain_text(number)
    assert receiver.complaints + clerk.complaints == []


@pytest.mark.parametrize("words", ["tình trạng hôn nhân", "tinh trang hon nhan", "TINH TRANG HON NHAN"])
def test_a_procedure_is_found_with_and_without_accents(people, words):
    page = people().page
    page.goto("/thu-tuc")
    page.locator("[name=q]").first.fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(f'main a[href^="/thu-tuc/{VERSION.code}"]').first).to_be_visible()
