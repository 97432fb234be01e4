"""The description of the API is part of the project: who changes the API sees it in the diff."""

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
