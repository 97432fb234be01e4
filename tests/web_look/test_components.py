"""Every component on the page of components, what it must never show, and the form of its forms."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client

import motcua.web
from motcua.kernel.problems import Problem
from motcua.web.shared import samples
from motcua.web.templatetags import motcua_ui
from motcua.web.ui import Act, Cell, Column, PaperLine, Person, Row, Table

WEB = Path(motcua.web.__file__).parent
PARTS = sorted(path.name for path in (WEB / "templates" / "parts").glob("*.html"))
# Drawn on the pages of the faces that own them.
ELSEWHERE = {"action_form.html", "paper_counts.html", "problem_page.html", "status.html"}


def drawn(text: str, **context: object) -> str:
    return Template("{% load i18n motcua_ui %}" + text).render(Context(context))


@pytest.fixture
def gallery(db, client: Client) -> str:
    answer = client.get("/kieu-dang")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_component_is_on_the_page_of_components():
    source = (WEB / "templates" / "shared" / "look.html").read_text() + (WEB / "templates" / "base.html").read_text()
    tags = {name for name in motcua_ui.register.tags if name != "province"}
    unseen = {tag for tag in tags if not re.search(rf"{{%\s*{tag}\b", source)}
    assert unseen == {"icon"}
    parts = {path for path in PARTS if path not in ELSEWHERE}
    used = "".join(path.read_text() for path in (WEB / "templatetags").glob("*.py"))
    used += "".join(path.read_text() for path in (WEB / "templates" / "parts").glob("*.html"))
    assert {part for part in parts if f"parts/{part}" not in used} == set()


def test_every_state_is_on_the_page_of_components(gallery):
    for kind in ("in_time", "soon", "late", "paused", "waiting", "info", "stopped"):
        assert f"status-{kind}" in gallery
    for state in ("done", "current", "todo", "skipped", "late"):
        assert f"is-{state}" in gallery
    for kind in ("notice-in_time", "notice-soon", "notice-late", "notice-info", "problems", "empty", "busy"):
        assert f'class="{kind}"' in gallery or f'class="notice {kind}"' in gallery
    assert "has-error" in gallery
    assert "aria-invalid" in gallery
    assert "{{" not in gallery
    assert "{%" not in gallery


def test_ids_on_the_page_are_unique_and_every_label_and_reference_finds_its_target(gallery):
    ids = re.findall(r'\sid="([^"]+)"', gallery)
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        wanted = {one for value in re.findall(rf'\s{attribute}="([^"]+)"', gallery) for one in value.split()}
        assert wanted <= set(ids), attribute


def test_a_hidden_number_is_nowhere_in_the_page_until_it_is_opened():
    person = Person("Nguyễn Thị Hoa", "042187003134")
    closed = drawn('{% person_card person "/mo" %}', person=person)
    assert "042187003134" not in closed
    assert "042•••••••34" in closed
    assert 'method="post"' in closed
    opened = drawn('{% person_card person "/mo" %}', person=Person("Nguyễn Thị Hoa", "042187003134", opened=True))
    assert "042187003134" in opened
    assert "<form" not in opened


class Asked(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên thẻ.")
    way_back = forms.ChoiceField(label="Nhận", choices=[("a", "Nhà"), ("b", "Quầy")], widget=forms.RadioSelect)
    place = forms.ChoiceField(label="Xã", choices=[(str(n), f"Xã {n}") for n in range(20)])
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_field_is_described_by_its_help_and_its_error():
    form = Asked({})
    html = drawn("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("<label") < html.index("<input") < html.index('id="id_name_error"')
    assert 'id="id_name_help"' in html
    assert "không bắt buộc" in drawn("{% field form.note %}", form=form)
    assert "không bắt buộc" not in html


def test_a_group_is_a_fieldset_with_its_legend_and_an_error_that_leads_to_it():
    form = Asked({})
    html = drawn("{% field form.way_back %}", form=form)
    assert html.index("<fieldset") < html.index("<legend>Nhận") < html.index('type="radio"')
    assert 'id="id_way_back"' in html
    summary = drawn("{% errors form %}", form=form)
    assert 'href="#id_way_back"' in summary
    assert summary.count("<li>") == 3
    assert drawn("{% errors form %}", form=Asked({"name": "a", "way_back": "a", "place": "1"})).strip() == ""


def test_long_lists_can_be_narrowed_and_short_ones_are_left_alone():
    form = Asked()
    assert "data-filter" in drawn("{% field form.place %}", form=form)
    assert "data-filter" not in drawn("{% field form.way_back %}", form=form)


def test_problems_link_to_their_field_and_a_soft_one_is_named_as_such():
    html = drawn("{% problems found %}", found=samples.problems())
    assert html.count("<li") == 3
    assert 'href="#id_phone"' in html
    assert html.count("is-soft") == html.count("Lưu ý") == 1
    assert drawn("{% problems found %}", found=()).strip() == ""


def test_a_problem_is_shown_with_its_parameters():
    found = [Problem("x.y", "Cần %(n)s bản.", params={"n": 2})]
    assert "Cần 2 bản." in drawn("{% problems found %}", found=found)


def test_an_act_posts_its_key_its_version_and_itself_and_one_that_needs_a_reason_waits_for_it():
    acts = [Act("accept", "Nhận hồ sơ", "F8", "main"), Act("refuse", "Từ chối", kind="danger", reason="Vì sao")]
    html = drawn('{% acts acts "/act" "k-1" 7 %}', acts=acts)
    first, second = html.split("<details", 1)
    assert 'name="action" value="accept" data-key="F8"' in first
    for part in (first, second):
        assert 'name="key" value="k-1"' in part
        assert 'name="version" value="7"' in part
        assert 'action="/act"' in part
    assert "required" in second
    assert drawn("{% acts acts %}", acts=[]).strip() == ""


def test_version_nought_is_a_version():
    assert 'name="version" value="0"' in drawn('{% acts acts "/a" "k" 0 %}', acts=[Act("a", "A")])


def test_papers_are_short_only_if_required():
    lines = [PaperLine("a", "Tờ khai", 1, 0, 0), PaperLine("b", "Uỷ quyền", 1, 0, 0, required=False)]
    assert [line.missing for line in lines] == [True, False]
    html = drawn("{% papers lines count=True %}", lines=lines)
    assert html.count('class="is-short"') == 1
    assert 'name="paper-a-originals"' in html
    assert "paper-a-copies" not in html


def test_purses_are_added_apart_and_together():
    html = drawn("{% purses purses %}", purses=samples.purses())
    assert html.index("Phí, lệ phí nhà nước") < html.index("200.000") < html.index("Cước bưu chính")
    assert "56.000\u00a0đ" in html
    assert "256.000\u00a0đ" in html


def test_a_table_names_each_cell_for_the_phone_and_keeps_its_roles_when_stacked():
    table = Table("Việc", [Column("Hồ sơ"), Column("Phí", "number")], [Row([Cell("H1", "/h1"), Cell("5")], "late")])
    html = drawn("{% table table %}", table=table)
    assert 'data-label="Phí"' in html
    assert 'class="tone-late"' in html
    assert '<th role="rowheader" scope="row"><a href="/h1" class="whole">H1</a>' in html
    assert html.count('role="row"') == 2


def test_a_row_that_does_not_fit_its_columns_fails_loudly():
    table = Table("Việc", [Column("Hồ sơ")], [Row([Cell("a"), Cell("b")])])
    with pytest.raises(ValueError, match="zip"):
        assert table.lines


def test_what_people_typed_is_escaped():
    spike = "<script>alert(1)</script>"
    html = drawn("{% person_card p %}{% empty s %}{% notice s %}{% status 'late' s %}", p=Person(spike), s=spike)
    assert "<script" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 409, 429])
def test_an_error_page_says_what_happened_what_is_safe_and_what_to_do(rf, status):
    from motcua.web.shared.door import problem_page

    answer = problem_page(rf.get("/x"), status, (Problem("a.b", "Túi đã đóng: hãy mở túi mới."),))
    html = answer.content.decode()
    assert answer.status_code == status
    for said in ("Điều gì xảy ra", "Điều gì vẫn an toàn", "Làm gì tiếp", "Túi đã đóng: hãy mở túi mới."):
        assert said in html


@pytest.mark.django_db
def test_an_unknown_address_is_answered_by_our_page(client: Client):
    answer = client.get("/khong-co-trang-nay")
    assert answer.status_code == 404
    assert "Điều gì vẫn an toàn" in answer.content.decode()


def test_the_page_for_our_own_failure_needs_neither_context_nor_database():
    from django.template.loader import get_template

    html = get_template("500.html").render()
    assert "Điều gì vẫn an toàn" in html
    assert "{%" not in html
