"""The description of the API is part of the project: who changes the API sees it in the diff."""

import pytest

from tools.openapi import TARGET, described


def test_the_description_on_disk_is_the_one_the_site_serves(client):
    assert TARGET.read_text("utf-8") == described(), "run: .venv/bin/python -m tools.openapi"
    served = client.get("/api/v1/openapi.json").json()
    assert served["openapi"] == "3.1.0"
    assert {
        "/api/v1/procedures",
        "/api/v1/procedures/{code}",
        "/api/v1/dossiers",
        "/api/v1/dossiers/{code}",
        "/api/v1/dossiers/{code}/journal",
        "/api/v1/dossiers/{code}/actions/{action}",
        "/api/v1/worklist",
        "/api/v1/manifests",
        "/api/v1/track/{code}",
    } <= set(served["paths"])


def test_every_act_takes_a_key_and_a_new_dossier_needs_one(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    posts = {path: found["post"] for path, found in paths.items() if "post" in found}
    keys = {
        path: [p for p in operation.get("parameters", []) if p["in"] == "header" and p["name"] == "Idempotency-Key"]
        for path, operation in posts.items()
    }
    del keys["/api/v1/uploads"]  # the same file twice is one file
    assert {path for path, found in keys.items() if len(found) != 1} == set()
    assert {path for path, [key] in keys.items() if key["required"]} == {"/api/v1/dossiers"}
    assert all(key["schema"] == {"type": "string", "format": "uuid"} for [key] in keys.values())


@pytest.mark.django_db
def test_what_is_not_there_is_a_404_with_a_problem(client):
    for path in ("procedures/9.999999", "no-such-address"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 404, path
        assert answer.json()["problems"][0]["message"]
