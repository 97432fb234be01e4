"""Stickers for many dossiers at once: on a half-used sheet, on a roll, and never more than an opaque id."""

import pypdfium2
import pytest
import zxingcpp

from motcua.kernel.keys import normal_reference
from tests import make
from tests.web.test_bags import browser, office_hours, papers_of  # noqa: F401

pytestmark = pytest.mark.django_db


def printed(who: str, query: str) -> tuple[list[str], list[tuple[float, float]], str]:
    """What a scanner reads off the pages, their sizes in mm, and the words on them."""
    answer = browser(who).get(f"/quay/tem.pdf?{query}")
    assert answer.status_code == 200, answer.status_code
    document = pypdfium2.PdfDocument(answer.content)
    codes = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())]
    sizes = [(round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)) for page in document]
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return codes, sizes, words


def test_two_dossiers_on_a_half_used_sheet_without_a_name(clock):
    one, two = make.received(clock=clock), make.received(clock=clock)
    papers = [*papers_of(two), *papers_of(one)]
    codes, sizes, words = printed("lan", f"ma={two.reference}&ma={one.reference}&giay=3x8&tu=23")
    assert {normal_reference(code) for code in codes} == {p.sticker for p in papers}
    assert len(codes) == len(papers)
    assert sizes == [(210, 297)] * (1 + -(-(22 + len(papers) - 24) // 24))
    assert all(p.sticker in words for p in papers)
    assert one.applicant.name not in words
    assert one.code not in words


def test_a_roll_has_one_label_on_each_piece(clock):
    d = make.received(clock=clock)
    codes, sizes, _words = printed("lan", f"ma={d.reference}&giay=50x30")
    assert len(codes) == len(papers_of(d))
    assert sizes == [(50, 30)] * len(codes)


@pytest.mark.parametrize("query", ["", "giay=3x8&tu=25", "giay=3x8&tu=0", "giay=9x9", "giay=3x8&tu=-1", "giay=50x30&tu=2"])
def test_a_sheet_that_cannot_be_is_not_found(clock, query):
    d = make.received(clock=clock)
    assert browser("lan").get(f"/quay/tem.pdf?ma={d.reference if query else ''}&{query}").status_code == 404


def test_papers_of_dossiers_one_may_not_see_are_not_printed(clock):
    d = make.received("mai", "bd-ha-huy-tap", clock=clock)
    assert browser("lan").get(f"/quay/tem.pdf?ma={d.reference}").status_code == 404
    assert f'value="{d.reference}"' not in browser("lan").get(f"/quay/tem?ma={d.reference}").content.decode()


def test_the_dossier_page_leads_there_and_the_sheet_is_remembered(clock):
    d, lan = make.received(clock=clock), browser("lan")
    assert f"/quay/tem?ma={d.reference}" in lan.get(f"/quay/ho-so/{d.reference}").content.decode()
    lan.get(f"/quay/tem.pdf?ma={d.reference}&giay=50x30")
    html = lan.get(f"/quay/tem?ma={d.reference}").content.decode()
    assert 'value="50x30" checked' in html
    assert f'value="{d.reference}" checked' in html
