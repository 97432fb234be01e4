"""A transfer has two statements; in between the paper is its giver's and in doubt."""

import pytest

from motcua.acts import handover
from motcua.acts.verify import verify_all
from motcua.custody.actions import offer_paper, take_paper_over, withdraw_offer
from motcua.custody.models import Line, Paper
from motcua.journal.actions import once
from motcua.kernel.problems import Refused
from motcua.people.holders import office
from tests import make
from tests.people import actor

pytestmark = pytest.mark.django_db
HERE, THERE = "bd-thanh-sen", "ubnd-thanh-sen"


@pytest.fixture(autouse=True)
def verified(db):  # type: ignore[no-untyped-def]
    yield
    assert list(verify_all()) == []


@pytest.fixture
def dossier(clock):  # type: ignore[no-untyped-def]
    return make.received(clock=clock)


def papers_of(dossier) -> list[Paper]:  # type: ignore[no-untyped-def]
    return list(Paper.objects.filter(dossier=dossier).order_by("id"))


def said(who: str, clock, do):  # type: ignore[no-untyped-def]
    """One act on the ledger itself."""

    def act(act):  # type: ignore[no-untyped-def]
        do(act)
        return {}

    return once(make.command(who, "test.custody", clock()), act)


def sealed(dossier, clock) -> str:  # type: ignore[no-untyped-def]
    number = str(
        handover.start_manifest(
            make.command("lan", "manifest.open", clock()), actor("lan"), HERE, THERE, [dossier.reference]
        )["number"]
    )
    handover.seal_manifest(make.command("lan", "manifest.seal", clock()), actor("lan"), number, "NP-1")
    return number


def examine(number: str, clock, finding: str, *lines: Line, note: str = "Thấy vậy") -> None:  # type: ignore[no-untyped-def]
    wish = make.command("cuong", "manifest.examine", clock())
    handover.examine(wish, actor("cuong"), number, [line.pk for line in lines], finding, note)


def lines_of(number: str) -> list[Line]:
    return list(Line.objects.filter(manifest__number=number).order_by("place"))


def test_an_offer_leaves_the_holder_and_ages_until_the_taker_speaks(dossier, clock):
    paper = papers_of(dossier)[0]
    said("lan", clock, lambda act: offer_paper(act, paper, office(THERE), "test"))
    paper.refresh_from_db()
    assert (paper.holder, paper.offered_to, paper.offered_at) == (f"office:{HERE}", f"office:{THERE}", clock.at)
    paper = papers_of(dossier)[0]
    said("cuong", clock, lambda act: take_paper_over(act, paper, office(THERE), "test", "Góc dưới ướt"))
    paper.refresh_from_db()
    assert (paper.holder, paper.held_since, paper.condition) == (f"office:{THERE}", clock.at, "Góc dưới ướt")
    assert (paper.offered_to, paper.offered_at) == ("", None)


def test_offering_again_to_the_same_is_once_and_keeps_the_age(dossier, clock):
    paper = papers_of(dossier)[0]
    said("lan", clock, lambda act: offer_paper(act, paper, office(THERE), "test"))
    since = clock.at
    paper = papers_of(dossier)[0]
    said("lan", clock, lambda act: offer_paper(act, paper, office(THERE), "test"))
    paper.refresh_from_db()
    assert paper.offered_at == since


@pytest.mark.parametrize(("to", "code"), [(HERE, "paper.offer_to_self"), ("buu-cuc-thanh-sen", "paper.offered")])
def test_nothing_is_offered_to_its_holder_or_to_two(dossier, clock, to, code):
    paper = papers_of(dossier)[0]
    said("lan", clock, lambda act: offer_paper(act, paper, office(THERE), "test"))
    paper = papers_of(dossier)[0]
    with pytest.raises(Refused) as refused:
        said("lan", clock, lambda act: offer_paper(act, paper, office(to), "test"))
    assert code in {p.code for p in refused.value.problems}


def test_nobody_takes_what_was_not_offered_to_him(dossier, clock):
    paper = papers_of(dossier)[0]
    with pytest.raises(Refused) as refused:
        said("cuong", clock, lambda act: take_paper_over(act, paper, office(THERE), "test"))
    assert [p.code for p in refused.value.problems] == ["paper.not_offered"]


def test_an_offer_taken_back_never_was(dossier, clock):
    paper = papers_of(dossier)[0]
    said("lan", clock, lambda act: offer_paper(act, paper, office(THERE), "test"))
    paper = papers_of(dossier)[0]
    said("lan", clock, lambda act: withdraw_offer(act, paper, "test"))
    paper.refresh_from_db()
    assert (paper.holder, paper.offered_to, paper.offered_at) == (f"office:{HERE}", "", None)


def test_a_sealed_bag_is_in_doubt_until_each_line_is_examined(dossier, clock):
    number = sealed(dossier, clock)
    at = clock.at
    assert {(p.holder, p.offered_to, p.offered_at) for p in papers_of(dossier)} == {
        (f"office:{HERE}", f"office:{THERE}", at)
    }
    first, *rest = lines_of(number)
    examine(number, clock, "received", first, note="")
    examine(number, clock, "short", *rest)
    held = {p.pk: (p.holder, p.offered_to) for p in papers_of(dossier)}
    assert held.pop(first.paper_id) == (f"office:{THERE}", "")
    assert set(held.values()) <= {(f"office:{HERE}", f"office:{THERE}")}


def test_what_was_received_and_called_missing_is_in_doubt_again_since_the_seal(dossier, clock):
    number = sealed(dossier, clock)
    since, line = clock.at, lines_of(number)[0]
    examine(number, clock, "received", line, note="")
    examine(number, clock, "short", line)
    paper = Paper.objects.get(pk=line.paper_id)
    assert (paper.holder, paper.offered_to, paper.offered_at) == (f"office:{HERE}", f"office:{THERE}", since)


def test_what_has_gone_on_since_is_not_called_missing(dossier, clock):
    number = sealed(dossier, clock)
    line = lines_of(number)[0]
    examine(number, clock, "received", line, note="")
    paper = Paper.objects.get(pk=line.paper_id)
    said("cuong", clock, lambda act: offer_paper(act, paper, office("mot-cua-thanh-sen"), "test"))
    with pytest.raises(Refused) as refused:
        examine(number, clock, "short", line)
    assert [p.code for p in refused.value.problems] == ["paper.passed_on"]


def test_a_torn_paper_is_the_takers_in_the_condition_he_saw(dossier, clock):
    number = sealed(dossier, clock)
    line = lines_of(number)[0]
    examine(number, clock, "damaged", line, note="Rách góc")
    paper = Paper.objects.get(pk=line.paper_id)
    assert (paper.holder, paper.condition) == (f"office:{THERE}", "Rách góc")


def test_verify_names_an_offer_to_nobody(dossier, clock):
    paper = papers_of(dossier)[0]
    Paper.objects.filter(pk=paper.pk).update(offered_to="office", offered_at=clock())
    assert any("on its way to nobody" in str(fault) for fault in verify_all())
    Paper.objects.filter(pk=paper.pk).update(offered_to="", offered_at=None)


def test_verify_names_a_sealed_line_whose_paper_is_not_on_its_way(dossier, clock):
    number = sealed(dossier, clock)
    paper = Paper.objects.get(pk=lines_of(number)[0].paper_id)
    Paper.objects.filter(pk=paper.pk).update(offered_to="", offered_at=None)
    assert any(number in str(fault) for fault in verify_all())
    Paper.objects.filter(pk=paper.pk).update(offered_to=paper.offered_to, offered_at=paper.offered_at)
