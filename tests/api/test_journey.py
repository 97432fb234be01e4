"""The whole journey over the API, as an integrator would drive it."""

from uuid import uuid4

import pytest

from motcua.procedures.queries import current_law
from tests import make


def filing_body(**more):
    return {
        "procedure": make.THREE_DAYS,
        "person": {"name": "Trần Thị Bưởi Mẫu", "id_number": "042190000016", "phone": "0912345678",
                   "address": "Số 1 đường Thử Nghiệm", "unit_code": make.COMMUNE},
        "form": make.form_for(make.THREE_DAYS),
        "papers": make.papers_for(make.THREE_DAYS),
        "place": "bd-thanh-sen",
        "return_by": "post",
        "pay": "door",
        **more,
    }  # fmt: skip


def ok(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_from_the_counter_to_the_door_and_back_to_the_citizen(call):
    made = ok(call("lan").post("dossiers", filing_body()), 201)
    code = made["code"]
    assert code.startswith("H27.50.01-20260706-")

    bag = ok(
        call("lan").post("manifests", {"giver": "bd-thanh-sen", "taker": "ubnd-thanh-sen", "papers": [code]}),
        201,
    )
    number = bag["number"]
    ok(call("lan").post(f"manifests/{number}/actions/seal", {"seal": "NP-1"}))
    ok(call("cuong").post(f"manifests/{number}/actions/scan", {"code": code}))
    ok(call("cuong").post(f"manifests/{number}/actions/close", {"seal_intact": True}))

    def act(who, action, **data):
        return ok(call(who).post(f"dossiers/{code}/actions/{action}", {"data": data}))

    act("cuong", "assign", handler="son")
    version = current_law().procedure(make.THREE_DAYS, make.START.date())
    for step in version.steps:
        if step.role == "handler":
            act("son", "finish_step")
    act("dung", "decide", outcome="granted")
    act("dung", "sign")
    act("thu", "number")
    act("thu", "publish")

    back = ok(
        call("thu").post(
            "manifests", {"giver": "ubnd-thanh-sen", "taker": "buu-cuc-thanh-sen", "papers": [code]}
        ),
        201,
    )
    ok(call("thu").post(f"manifests/{back['number']}/actions/seal", {"seal": "NP-2"}))
    ok(call("hai").post(f"manifests/{back['number']}/actions/scan", {"code": code}))
    ok(call("hai").post(f"manifests/{back['number']}/actions/close", {"seal_intact": True}))
    item = ok(call("hai").post("parcels", {"place": "buu-cuc-thanh-sen", "dossiers": [code]}), 201)["items"][
        0
    ]
    ok(call("hai").post(f"parcels/{item}/actions/dispatch", {"postman": "minh"}))
    ok(call("minh").post(f"parcels/{item}/actions/take_out", {}))
    ok(call("minh").post(f"parcels/{item}/actions/fail", {"reason": "absent"}))
    ok(call("hai").post(f"parcels/{item}/actions/bring_back", {}))
    ok(call("hai").post(f"parcels/{item}/actions/dispatch", {"postman": "minh"}))
    ok(call("minh").post(f"parcels/{item}/actions/take_out", {}))
    seen_at_the_door = {"recipient": "Bưởi", "relation": "self", "id_checked": True, "id_last4": "0016", "signed": True}
    refused = call("minh").post(f"parcels/{item}/actions/deliver", seen_at_the_door)
    assert refused.status_code == 409
    assert refused.json()["problems"][0]["code"] == "parcel.unpaid"
    ok(call("minh").post(f"parcels/{item}/actions/deliver",
                         {**seen_at_the_door, "collect": True}))  # fmt: skip

    seen = ok(call("giang").get(f"dossiers/{code}", history="true"))
    assert seen["state"] == {"code": "closed", "label": "Đã trả kết quả", "national": 10}
    assert all(c["receipt"] for c in seen["charges"])
    assert [e["seq"] for e in seen["journal"]] == list(range(1, len(seen["journal"]) + 1))


def test_a_repeated_key_gets_the_first_answer_and_another_body_is_refused(call):
    key = uuid4()
    first = ok(call("lan").post("dossiers", filing_body(), key), 201)
    again = ok(call("lan").post("dossiers", filing_body(), key), 201)
    assert first == again
    other = call("lan").post("dossiers", filing_body(note="khác"), key)
    assert (other.status_code, other.json()["problems"][0]["code"]) == (409, "input.key_reused")


def test_filing_needs_a_key(call):
    response = call("lan").client.post("/api/v1/dossiers", filing_body(), content_type="application/json")
    assert (response.status_code, response.json()["problems"][0]["field"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"person": {"name": "A"}}, "person.phone"),
        ({"procedure": None}, "procedure"),
        ({"grams": "nhiều"}, "grams"),
        ({"pickup_on": "2026-02-31"}, "pickup_on"),
        ({"bịa": 1}, "bịa"),
    ],
)
def test_invalid_input_names_the_field(call, change, field):
    response = call("lan").post("dossiers", filing_body(**change))
    assert response.status_code == 422, response.content
    assert field in {p["field"] for p in response.json()["problems"]}


def test_a_refused_action_answers_409_with_problems_and_changes_nothing(call):
    code = ok(call("lan").post("dossiers", filing_body()), 201)["code"]
    before = ok(call("giang").get(f"dossiers/{code}/journal"))
    response = call("cuong").post(f"dossiers/{code}/actions/assign", {"data": {"handler": "son"}})
    assert (response.status_code, response.json()["problems"][0]["code"]) == (409, "dossier.papers_away")
    assert ok(call("giang").get(f"dossiers/{code}/journal")) == before


def test_a_stale_version_is_refused(call):
    code = ok(call("lan").post("dossiers", filing_body()), 201)["code"]
    response = call("cuong").post(
        f"dossiers/{code}/actions/withdraw", {"version": 1, "data": {"ground": "x"}}
    )
    assert (response.status_code, response.json()["problems"][0]["code"]) == (409, "dossier.stale")


def test_without_a_token_nothing_is_told(client, db):
    assert client.get("/api/v1/worklist").status_code == 401
    assert client.get("/api/v1/dossiers/K7Q2-9MXD").status_code == 401


def test_tracking_tells_where_and_why_and_a_wrong_guess_learns_nothing(call, client):
    made = ok(call("lan").post("dossiers", filing_body()), 201)
    seen = ok(client.get(f"/api/v1/track/{made['code']}", {"phone": "5678"}))
    assert seen["due_at"] == "2026-07-09T08:00:00+07:00"
    assert "09/07/2026" in seen["explanation"][-1]
    wrong = client.get(f"/api/v1/track/{made['code']}", {"phone": "0000"})
    unknown = client.get("/api/v1/track/H27.50.01-20260706-9999999", {"phone": "5678"})
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.json() == unknown.json()
    statuses = [
        client.get(f"/api/v1/track/{made['code']}", {"phone": f"{n:04d}"}).status_code for n in range(12)
    ]
    assert statuses[-1] == 429


def test_a_home_is_not_visited_on_a_day_the_post_is_closed(call):
    body = filing_body(place="", papers=[], pickup_on="2026-09-02")
    response = call("hoa").post("dossiers", body)
    assert (response.status_code, response.json()["problems"][0]["code"]) == (422, "pickup.closed")


def test_what_cannot_be_read_is_a_422_in_words(call):
    answer = call("lan").client.post("/api/v1/dossiers", "{bad", content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "input.not_json"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("dossiers", {"procedure": "9.999999"}, "procedure"),
        ("manifests", {"giver": "bd-thanh-sen", "taker": "nowhere", "papers": []}, "taker"),
    ],
)
def test_an_unknown_code_is_a_422_that_names_its_field(call, path, body, field):
    given = filing_body(**body) if path == "dossiers" else body
    answer = call("lan").post(path, given)
    assert answer.status_code == 422, answer.content.decode()
    assert [p["field"] for p in answer.json()["problems"]] == [field]
