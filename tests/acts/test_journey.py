"""One dossier from a person's hand, through the post, to the agency and home again."""

import pytest

from motcua.acts.casework import inputs_of
from motcua.acts.verify import verify_all
from motcua.custody.models import Paper, Parcel
from motcua.dossiers.models import Dossier
from motcua.kernel.problems import Refused
from motcua.looks.access import NotFound, find_case, visible_to
from motcua.looks.tills import balances
from motcua.people.rules import POST
from tests import make
from tests.people import CAST, actor

pytestmark = pytest.mark.django_db


def test_the_whole_way_ends_with_the_papers_at_home_and_every_ledger_balanced(clock):
    d = make.delivered(clock)
    assert d.state == "closed"
    assert (
        d.code
    )
    assert (
        d.accepted_at
        < d.arrived_at
        < d.decided_at
        < d.signed_at
        < d.numbered_at
        < d.published_at
        < d.closed_at
    )
    results = Paper.objects.filter(dossier=d, kind="result")
    assert [p.holder for p in results] == ["applicant"]
    assert Parcel.objects.get(dossier=d).state == "delivered"
    assert list(verify_all()) == []
    assert all(b.balances for b in balances().values())


def test_a_point_that_is_not_the_one_stop_takes_without_a_code_and_the_desk_accepts(clock):
    d = make.received("mai", "bd-ha-huy-tap", clock=clock, person=make.person(unit_code="18652"))
    assert (d.state, d.code, d.due_at) == ("taken", None, None)
    make.bagged("mai", "quy", "bd-ha-huy-tap", "mot-cua-ha-huy-tap", [d], clock)
    d.refresh_from_db()
    d = make.do("quy", d, "accept", clock)
    assert d.code
    assert d.due_at
    assert d.clock_at == d.accepted_at


def test_the_post_can_not_accept_where_it_is_not_the_one_stop(clock):
    d = make.received("mai", "bd-ha-huy-tap", clock=clock, person=make.person(unit_code="18652"))
    with pytest.raises(Refused) as refused:
        make.do("mai", d, "accept", clock)
    assert "machine.wrong_role" in refused.value.codes


def test_a_missing_paper_is_refused_with_its_name_and_nothing_is_saved(clock):
    before = Dossier.objects.count()
    with pytest.raises(Refused) as refused:
        make.received(clock=clock, papers=[])
    assert set(refused.value.codes) == {"dossier.paper_missing"}
    assert Dossier.objects.count() == before


def test_an_incomplete_dossier_becomes_one_supplement_request_without_a_code(clock):
    d = make.received(clock=clock, papers=[], incomplete=["Tờ khai có chữ ký"])
    assert (d.state, d.code) == ("incomplete", None)
    assert [r["items"] for r in d.requests] == [["Tờ khai có chữ ký"]]
    assert not Paper.objects.filter(dossier=d).exists()


def test_a_supplement_stops_the_clock_and_giving_it_sets_the_clock_going_again(clock):
    d = make.processing(clock)
    due = d.due_at
    d = make.do("son", d, "ask_supplement", clock, items=["Giấy uỷ quyền"])
    assert (d.state, d.due_at) == ("supplement", None)
    clock.at += make.timedelta(days=2)
    d = make.do("cuong", d, "supply", clock)
    assert d.state == "processing"
    assert d.due_at > due
    with pytest.raises(Refused) as refused:
        make.do("son", d, "ask_supplement", clock, items=["Thêm nữa"])
    assert refused.value.codes == ("dossier.supplement_used",)


POSTAL = sorted(name for name, (_, role, _office) in CAST.items() if role in POST)
DECIDING = (
    "decide",
    "sign",
    "number",
    "reject",
    "ask_supplement",
    "stop",
    "publish",
    "assign",
    "reschedule",
    "finish_step",
)


@pytest.mark.parametrize("stage", ["filed", "accepted", "processing", "published"])
def test_the_post_never_decides(clock, stage):
    d = make.STAGES[stage](clock)
    given = {
        "ground": "x",
        "items": ["x"],
        "outcome": "granted",
        "handler": "son",
        "until": "2026-09-01",
        "reason": "x",
    }
    for who in POSTAL:
        for action in DECIDING:
            data = {i.name: given[i.name] for i in inputs_of(action) if i.name in given}
            with pytest.raises((Refused, NotFound)):
                make.do(who, d, action, clock, **data)
    d.refresh_from_db()
    assert d.outcome == "" or stage == "published"


@pytest.mark.parametrize("stage", sorted(make.STAGES))
def test_what_a_role_may_open_is_what_its_lists_show(clock, stage):
    d = make.STAGES[stage](clock)
    for username in CAST:
        who = actor(username)
        listed = visible_to(who).filter(pk=d.pk).exists()
        try:
            opened = bool(find_case(who, d.reference))
        except NotFound:
            opened = False
        assert listed == opened, username
