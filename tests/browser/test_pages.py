"""Every page of every face, reached by following links as the person it is for: axe, the policy, the phone."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 360)
# Of pages about one object two are looked at; a list is looked at through each of its tabs and filters.
MOST_OBJECTS, MOST_LISTS = 2, 5
# What each person's links must lead to; what their demo objects happen to open beyond it is looked at as well.
REACHES = {
    "": {"", "thu-tuc", "thu-tuc/<str:code>", "tra-cuu", "dang-nhap", "kieu-dang"},
    "ba-hoa": {"ho-so-cua-toi", "ho-so/<str:reference>", "nop/<str:code>"},
    "quay-thanh-sen": {"quay", "quay/nhan", "quay/nhan/<str:code>", "quay/tra", "quay/ket", "tui", "chenh-lech"},
    "mot-cua-thanh-sen": {"quay", "quay/nhan", "quay/ket", "tui"},
    "nhan-ha-huy-tap": {"viec", "viec/tiep-nhan", "viec/phan-cong", "viec/ho-so/<str:reference>", "tui"},
    "thu-ly-ha-huy-tap": {"viec", "viec/ho-so/<str:reference>"},
    "lanh-dao-ha-huy-tap": {"viec", "viec/phan-cong"},
    "van-thu-ha-huy-tap": {"viec", "tui"},
    "buu-ta-thanh-sen": {"vong", "vong/tien", "vong/may/"},
    "dieu-phoi-thanh-sen": {
        "dieu-phoi", "dieu-phoi/danh-sach/<slug:what>", "dieu-phoi/chuyen/<str:username>", "dieu-phoi/dien-thoai",
        "dieu-phoi/tien", "tui",
    },
    "kiem-soat": {"dieu-hanh", "dieu-hanh/ho-so", "dieu-hanh/ho-so/<str:reference>"},
    "quan-tri": {
        "quan-tri", "quan-tri/noi", "quan-tri/quy-dinh", "quan-tri/viec-nen", "quan-tri/tai-khoan", "quan-tri/so-buu-gui",
    },
}  # fmt: skip


def route_of(path: str) -> str:
    try:
        return resolve(path).route
    except Resolver404:
        return "?" + path


def links_on(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("a[href]")].filter((a) => a.origin === location.origin)
          .map((a) => a.pathname + a.search)"""
    )


@pytest.mark.parametrize("username", REACHES)
def test_every_page_of_this_person(people, username):
    person = people(username)
    page, seen, wrong = person.page, Counter[str](), []
    waiting = ["/"] if not username else [urlsplit(page.url).path]
    known = set(waiting)
    while waiting:
        path = waiting.pop(0)
        route = route_of(urlsplit(path).path)
        if (
            seen[route] >= (MOST_OBJECTS if "<" in route else MOST_LISTS)
            or route.startswith("api/")
            or route.endswith(".pdf")
            or "/tep/" in route
        ):
            continue
        seen[route] += 1
        status = person.goto(path)
        if status >= 400:
            wrong.append(f"{path}: a link leads to {status}")
            continue
        wrong += [f"{path}: {what}" for what in faults_of(page, first=seen[route] == 1)]
        fresh = [link for link in links_on(page) if link not in known]
        known.update(fresh)
        waiting += fresh
    missing = [f"no link leads to {route}" for route in sorted(REACHES[username] - set(seen))]
    assert wrong + person.complaints + missing == [], "\n".join(wrong + person.complaints + missing)


def faults_of(page: Page, *, first: bool) -> list[str]:
    """What axe and the eye find at both widths; everything that folds is unfolded."""
    found = []
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{wide} px wide at {width} px")
        if first:
            result = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            for v in result.response["violations"]:
                found += [f"axe at {width}: {v['id']}: {n['html'][:160]}" for n in v["nodes"][:3]]
    return found
