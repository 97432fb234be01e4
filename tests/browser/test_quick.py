"""A whole bag reconciled by scanner and keys alone: 100 dossiers, 300 papers, and everything that can be wrong with one."""

import json
import statistics
import subprocess
import sys
import time

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.keys import digits_of
from tests.browser.people import Person
from tests.processes import Site, motcua

DOSSIERS = 100


@pytest.fixture
def bag(site: Site) -> dict:
    """A sealed bag at the commune's door, its papers' stickers by dossier, and a stray dossier's that are on no list."""
    words = [sys.executable, "-m", "tests.browser.big_bag", str(DOSSIERS)]
    made = subprocess.run(words, env=site.environment, check=True, capture_output=True, text=True)
    return json.loads(made.stdout)


def beep(page: Page, code: str) -> None:
    """A keyboard wedge: characters at once, then Enter; where the cursor is is none of its business."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def answered(page: Page, tone: str, *words: str) -> None:
    panel = page.locator(f"#ket-qua.result-{tone}")
    expect(panel).to_be_visible()
    for word in words:
        expect(panel).to_contain_text(word)
    expect(page.locator("body")).to_have_attribute("data-played", tone)


def tally(page: Page, name: str, n: int) -> None:
    expect(page.locator(f".quick-tally [data-tally={name}]")).to_have_text(str(n))


def test_100_dossiers_300_papers_without_a_mouse(people, site: Site, bag):
    receiver: Person = people("nhan-thanh-sen")
    page, stickers = receiver.page, [s for papers in bag["dossiers"] for s in papers]
    shares: list[float] = []
    page.on("response", lambda r: _note(r, shares))
    page.goto(f"/tui/{bag['number']}")
    page.keyboard.press("F10")
    page.wait_for_url("**/quet")
    tally(page, "left", len(stickers))

    # One paper, one answer: green; the same again: amber, and nothing counted twice.
    beep(page, stickers[0])
    answered(page, "good", "Nhận", "1/300")
    beep(page, stickers[0].lower().replace("-", ""))
    answered(page, "again", "Đã quét rồi", "1/300")
    # The digits that the square on the sticker holds; then the mistake is taken back and made good.
    beep(page, digits_of(stickers[1]))
    answered(page, "good", "2/300")
    page.keyboard.press("Control+z")
    answered(page, "undone", "Đã hoàn tác", "1/300")
    tally(page, "left", len(stickers) - 1)
    beep(page, stickers[1])
    answered(page, "good", "2/300")
    # Damaged, by two keys, said of the paper scanned last.
    beep(page, stickers[2])
    answered(page, "good", "3/300")
    page.keyboard.press("F4")
    page.keyboard.press("2")
    answered(page, "bad", "Hư hỏng", "Ướt, nhoè chữ")
    tally(page, "differences", 1)
    expect(page.locator(".is-current [data-seen]")).to_have_text("3")
    # A paper of another dossier lay in the bag: red, kept in sight, recorded as over by one key.
    beep(page, bag["stray"][0])
    answered(page, "bad", "Không có trong bảng kê", bag["stray"][0])
    expect(page.locator("#xem-lai li")).to_have_count(1)
    page.keyboard.press("F3")
    answered(page, "bad", "Thừa")
    expect(page.locator("#xem-lai")).to_be_hidden()
    tally(page, "differences", 2)

    # The rest, as fast as the keys go, however the server keeps up; the last paper is not in the bag.
    rest, begun = stickers[3:-1], time.monotonic()
    for sticker in rest:
        beep(page, sticker)
    expect(page.locator(".quick-tally [data-tally=left]")).to_have_text("1", timeout=120_000)
    spent = time.monotonic() - begun
    # The line went down in the middle of it: what was scanned waits, is shown to wait, and goes with the same key.
    page.keyboard.press("F8")
    page.keyboard.press("1")
    answered(page, "bad", "Còn 1 dòng chưa kiểm")
    page.context.set_offline(True)
    page.keyboard.press("F7")
    page.keyboard.press("1")
    expect(page.locator("[data-wait]")).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    answered(page, "bad", "Ghi thiếu")
    tally(page, "left", 0)
    tally(page, "differences", 3)
    tally(page, "done", DOSSIERS + 1)
    page.keyboard.press("F8")
    page.keyboard.press("1")
    page.wait_for_url(f"**/tui/{bag['number']}")
    expect(page.locator("#tui")).to_contain_text("Nhận xong")
    assert [said for said in receiver.complaints if "409" not in said and "ERR_INTERNET_DISCONNECTED" not in said] == []

    shares.sort()
    p50, p95 = statistics.median(shares), shares[int(len(shares) * 0.95)]
    print(f"\n{len(shares)} scans: {spent / len(rest) * 1000:.0f} ms a scan in all, server {p50:.0f} ms median, {p95:.0f} ms p95")
    subprocess.run(motcua("verify"), env=site.environment, check=True)


def _note(response, shares: list[float]) -> None:  # type: ignore[no-untyped-def]
    if response.request.method == "POST" and response.url.endswith("/quet"):
        shares.append(float(response.headers["server-timing"].partition("dur=")[2].partition(",")[0]))


def test_a_bag_is_filled_the_same_way_and_an_input_method_is_no_matter(people, bag):
    clerk: Person = people("quay-thanh-sen")
    page = clerk.page
    page.goto("/tui")
    page.locator("#id_taker").select_option("ubnd-thanh-sen")
    page.keyboard.press("F8")
    page.locator("#id_scan").wait_for()
    page.keyboard.press("F10")
    page.wait_for_url("**/quet")
    # What an input method leaves of letters; the keys themselves still say what was scanned.
    page.evaluate(
        """() => document.getElementById("id_scan").addEventListener("keydown", (e) => {
          if (e.key === "Enter") e.target.value = e.target.value.replace(/[a-z]/gi, "ư"); }, { capture: true })"""
    )
    beep(page, bag["stray"][1])
    answered(page, "good", "Đã thêm")
    beep(page, digits_of(bag["stray"][2]))
    answered(page, "good", "2")
    page.keyboard.press("Control+z")
    answered(page, "undone", "1")
    # A reload loses nothing; muted stays muted.
    page.keyboard.press("Alt+m")
    page.reload()
    expect(page.locator("[data-sound]")).to_contain_text("tắt")
    beep(page, "900010")
    expect(page.locator("#ket-qua.result-undone")).to_be_visible()
    expect(page.locator(".quick-dossiers > li")).to_have_count(0)
    expect(page.locator("body")).to_have_attribute("data-played", "")
    assert clerk.complaints == []
