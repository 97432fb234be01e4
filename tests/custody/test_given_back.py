"""Papers come back to the applicant at every end, and the ledger says so."""

import pytest

from motcua.acts import handover, homeward
from motcua.acts.verify import verify_all
from motcua.custody.models import Paper, Pickup
from motcua.kernel.problems import Refused
from tests import make
from tests.people import actor

pytestmark = pytest.mark.django_db
HERE, THERE = "bd-thanh-sen", "ubnd-thanh-sen"


@pytest.fixture(autouse=True)
def verified(db):  # type: ignore[no-untyped-def]
    yield
    assert [str(fault) for fault in verify_all()] == []


def holders(d) -> set[str]:  # type: ignore[no-untyped-def]
    return set(Paper.objects.filter(dossier=d).values_list("holder", flat=True))


def give_back(who: str, d, clock) -> None:  # type: ignore[no-untyped-def]
    homeward.give_back(make.command(who, "give", clock()), actor(who), d.reference, "Trần Thị Bưởi Mẫu")


def test_refused_papers_travel_back_and_are_handed_out(clock):
    d = make.received("mai", "bd-ha-huy-tap", clock=clock)
    make.bagged("mai", "tung", "bd-ha-huy-tap", "mot-cua-thanh-sen", [d], clock)
    make.do("tung", d, "reject", clock, ground="Không thuộc thẩm quyền")
    make.bagged("tung", "mai", "mot-cua-thanh-sen", "bd-ha-huy-tap", [d], clock)
    give_back("mai", d, clock)
    assert holders(d) == {"applicant"}


def test_papers_fetched_for_a_dossier_that_was_withdrawn_come_back_through_the_post_office(clock):
    d = make.filed(clock=clock, pickup_on=make.START.date(), pickup_window="08:00–10:00")
    order = Pickup.objects.get(dossier=d)
    homeward.assign_pickup(make.command("hai", "assign", clock()), actor("hai"), order.pk, "minh")
    papers = make.papers_for(d.procedure)
    homeward.collect_pickup(make.command("minh", "collect", clock()), actor("minh"), order.pk, papers)
    make.do("hoa", d, "withdraw", clock, ground="Đổi ý")
    stickers = list(Paper.objects.filter(dossier=d).values_list("sticker", flat=True))
    homeward.bring_in(make.command("hai", "bring", clock()), actor("hai"), "buu-cuc-thanh-sen", stickers)
    give_back("hai", d, clock)
    assert holders(d) == {"applicant"}


def test_what_is_in_a_sealed_bag_is_not_handed_out_meanwhile(clock):
    d = make.received(clock=clock)
    opened = handover.start_manifest(make.command("lan", "a", clock()), actor("lan"), HERE, THERE, [d.reference])
    handover.seal_manifest(make.command("lan", "b", clock()), actor("lan"), opened["number"], "NP-1")
    make.do("cuong", d, "withdraw", clock, ground="Người nộp xin rút")
    with pytest.raises(Refused) as refused:
        give_back("lan", d, clock)
    assert [p.code for p in refused.value.problems] == ["paper.none_here"]


def test_an_agency_keeps_what_it_decided_on(clock):
    d = make.published(clock, return_by="electronic")
    with pytest.raises(Refused) as refused:
        give_back("thu", d, clock)
    assert [p.code for p in refused.value.problems] == ["paper.none_here"]
