"""The checklist: what is here already is not counted a second time because its box came back ticked."""

import pytest

from motcua.web.shared.paper_counts import CountLine

ASKED = {"key": "ban_an", "name": "Bản án", "prefix": "paper", "asked_originals": 1}


@pytest.mark.parametrize("here", [{"uploaded": 1}, {"had": {"original": 1}}])
@pytest.mark.parametrize("when", ["", "đã ly hôn"])
def test_a_ticked_box_of_what_is_here_adds_no_paper(here, when):
    line = CountLine(**ASKED, **here, when=when)
    assert line.enough
    line.fill()
    assert line.rows() == []


def test_a_ticked_box_of_what_is_not_here_counts_what_is_asked():
    for line in (CountLine(**ASKED), CountLine(**ASKED, when="đã ly hôn")):
        line.fill()
        assert [(row["kind"], row["quantity"]) for row in line.rows()] == [("original", "1")]
