import pickle

import pytest

from motcua.kernel.problems import Problem, Refused, refusal, refuse_if

WARNING = Problem("paper.faint", "Bản chụp mờ.", blocks=False)
BLOCK = Problem("paper.missing", "Thiếu %(paper)s. Hãy bổ sung.", field="papers", params={"paper": "tờ khai"})


def test_a_message_is_filled_with_its_parameters():
    assert BLOCK.text == "Thiếu tờ khai. Hãy bổ sung."


def test_a_message_without_parameters_is_taken_as_it_stands():
    assert Problem("x.share", "Đã xong 100%").text == "Đã xong 100%"


def test_a_template_that_lacks_a_parameter_fails_where_it_is_written():
    with pytest.raises(KeyError):
        Problem("x.y", "%(a)s và %(b)s", params={"a": 1})


def test_warnings_alone_refuse_nothing():
    refuse_if([WARNING])
    refuse_if([])


def test_one_blocking_problem_refuses_and_tells_all():
    with pytest.raises(Refused) as refused:
        refuse_if([WARNING, BLOCK])
    assert refused.value.codes == ("paper.faint", "paper.missing")
    assert str(refused.value) == "Bản chụp mờ.\nThiếu tờ khai. Hãy bổ sung."


def test_a_refusal_for_no_reason_cannot_be_made():
    with pytest.raises(ValueError, match="at least one problem"):
        Refused([])


def test_a_refusal_survives_a_queue():
    again = pickle.loads(pickle.dumps(refusal("a.b", "Số %(n)s.", field="n", n=3)))
    assert again.problems == (Problem("a.b", "Số %(n)s.", field="n", params={"n": 3}),)


def test_problems_can_be_put_in_a_set():
    assert len({BLOCK, BLOCK, WARNING}) == 2
