"""The pages in English: every sentence has its English, and no page shows a Vietnamese one that has."""

import html
import re
from functools import cache
from itertools import islice

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation

from motcua.config import clock as the_clock
from motcua.kernel.problems import Problem
from motcua.people.rules import NOBODY
from motcua.procedures.queries import current_law
from motcua.web.shared.shown import problem_text
from tests import make
from tests.architecture.doors import PAGES
from tests.architecture.test_doors import visits
from tests.architecture.world import World
from tests.people import account, actor
from tools import messages

# One of every trade; what they see together is every page.
READERS = ("", "hoa", "lan", "tung", "cuong", "son", "dung", "thu", "minh", "hai", "giang", "an")
KNOWN = {
    ("", "/"): "What do you need to get done?",
    ("", "/tra-cuu"): "Track a dossier",
    ("", "/dang-nhap"): "Password",
    ("lan", "/quay"): "Take a new dossier",
    ("son", "/viec"): "Work of the agency",
}
# The ground that the world of these tests types.
TYPED = "Đủ"
# Shows the components with invented text; leaving and logging in are no pages to read.
NOT_READ = {"kieu-dang", "healthz", "metrics", "dang-xuat", "ngon-ngu"}


@cache
def catalogue():  # type: ignore[no-untyped-def]
    with messages.PO.open("rb") as file:
        return read_po(file, locale="en")


def ids(message) -> list[str]:  # type: ignore[no-untyped-def]
    return messages.english(message.id)


# --- the file


def test_the_file_holds_what_the_program_says_and_nothing_stale():
    kept = {(ids(m)[0], m.context or "") for m in catalogue() if m.id}
    said = {(m.singular, m.context) for m in messages.collect()}
    assert said - kept == set(), "run: python -m tools.messages, and write their English"
    assert kept - said == set(), "run: python -m tools.messages"
    assert messages.written(messages.merged(messages.collect())) == messages.PO.read_text()


def test_every_sentence_has_english_with_the_same_places_to_fill_in():
    for message in catalogue():
        if not message.id:
            continue
        forms = messages.english(message.string)
        assert len(forms) == len(ids(message)), message.id
        for vietnamese, english in zip(ids(message), forms, strict=True):
            assert english.strip(), message.id
            assert messages.placeholders(english) == messages.placeholders(vietnamese), message.id
            assert not re.search("[đĐăĂơƠưƯ\u1ea0-\u1ef9]", english.replace("đồng", "")), message.id


def test_what_the_collector_finds(tmp_path, monkeypatch):
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "Một" %}{{ _("Hai") }}'
        "{% blocktranslate trimmed count n=n with x=y %}\n Có {{ n }} tệp\n của {{ x }}"
        "{% plural %}Có {{ n }} tệp{% endblocktranslate %}"
    )
    (tmp_path / "web" / "a.py").write_text(
        'from django.utils.translation import pgettext as p, gettext as say\n"""Không"""\nX = say("Ba")\n'
        'Y = p("chỗ", "Bốn")\nZ = {"a": "Năm đồng"}\nW = f"sáu {X} đồ"\n'
    )
    (tmp_path / "rules.py").write_text(
        'WHY = "Bảy vì %(why)s."\nProblem("a.b", WHY)\nrefusal("a.c", "Tám" " ạ", field="x")\nOther("Không này")\n'
    )
    monkeypatch.setattr(messages, "SOURCES", tmp_path)
    assert messages.collect() == {
        messages.Message("Một"),
        messages.Message("Hai"),
        messages.Message("Có %(n)s tệp của %(x)s", "Có %(n)s tệp"),
        messages.Message("Ba"),
        messages.Message("Bốn", context="chỗ"),
        messages.Message("Năm đồng"),
        messages.Message("Bảy vì %(why)s."),
        messages.Message("Tám ạ"),
    }


def test_every_table_the_collector_names_is_there():
    for name in (*messages.TABLES, *messages.NOT_TABLES):
        assert any(messages.SOURCES.glob(name)), f"{name} moved: say in tools/messages.py where its sentences are now"


def test_a_sentence_that_comes_back_brings_its_english_along(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "PO", tmp_path / "django.po")
    here, gone = messages.Message("Ở đây"), messages.Message("Đi", context="chỗ")
    catalog = messages.merged([here, gone])
    catalog.get("Đi", context="chỗ").string = "Go"
    for said in ([here], [here, gone]):
        messages.PO.write_text(messages.written(catalog))
        catalog = messages.merged(said)
    assert catalog.get("Đi", context="chỗ").string == "Go"
    assert not catalog.obsolete


def test_a_problem_names_states_and_acts_in_the_language_of_the_reader():
    problem = Problem(
        "machine.wrong_state",
        "Không thể “%(action)s” khi đang “%(state)s”. Việc làm được lúc này: %(possible)s.",
        params={"action": "Ký", "state": "Đã ký, chờ vào số", "possible": "Vào số, Rút hồ sơ"},
    )
    with translation.override("en"):
        assert problem_text(problem) == (
            "Cannot “Sign” while it is “Signed, waiting for a number”. "
            "What can be done now: Enter the number, Withdraw the dossier."
        )
    with translation.override("vi"):
        assert problem_text(problem) == problem.text


# --- the pages


def browser(name: str) -> Client:
    client = Client()
    if name:
        found, session = account(name), client.session
        session["account"], session["epoch"] = str(found.pk), found.epoch
        session.save()
        client.cookies["sessionid"] = session.session_key
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def world(db):  # type: ignore[no-untyped-def]
    assert (messages.PO.with_suffix(".mo")).exists(), "make setup compiles the translations"
    with the_clock.started_at(make.START.replace(hour=11)):
        yield World()


@pytest.mark.parametrize(("name", "path"), KNOWN)
def test_a_page_with_the_english_cookie_is_english(db, name, path):
    with the_clock.started_at(make.START.replace(hour=11)):
        answer = browser(name).get(path)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="en"' in text
    assert KNOWN[name, path] in html.unescape(text)


def test_without_the_cookie_a_page_is_vietnamese(db, client):
    text = client.get("/").content.decode()
    assert '<html lang="vi"' in text
    assert "Bạn cần làm thủ tục gì?" in text


@pytest.mark.parametrize("name", READERS)
def test_no_page_shows_a_sentence_that_was_left_in_vietnamese(world, name):
    """Names, laws, offices and what people typed stay Vietnamese; what is in the file must not."""
    client, who = browser(name), actor(name) if name else NOBODY
    data = {TYPED, *(version.field for version in current_law().procedures(make.START.date()))}
    vietnamese = {text for m in catalogue() if m.id for text in ids(m) if messages.LETTERS.search(text)} - data
    seen = 0
    for pattern, door in sorted(PAGES.items()):
        if pattern in NOT_READ or pattern.endswith(".pdf") or (door.who is not None and not who.roles & door.who):
            continue
        for thing, path, _action in islice(visits(world, pattern, door), 12):
            if thing is not None and not thing.roles(who) & door.owners:
                continue
            answer = client.get(path, door.query)
            if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
                continue
            left = texts(answer.content.decode()) & vietnamese
            assert not left, f"{name or 'nobody'} at {path}: {left}"
            seen += 1
    assert seen >= 3


def texts(page: str) -> set[str]:
    """What stands between tags and in the attributes that are read out."""
    page = re.sub(r"(?s)<(script|style).*?</\1>|<!--.*?-->|<[a-z]+ [^>]*lang=\"vi\".*?</", "", page)
    said = re.findall(r">([^<]+)<", page) + re.findall(r'(?:aria-label|title|placeholder|alt|data-label)="([^"]+)"', page)
    return {" ".join(html.unescape(text).split()) for text in said}
