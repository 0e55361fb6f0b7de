"""The HTTP interface as /openapi.json describes it, asked with made-up values: whatever comes, no 5xx."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from reportedly.web.application import application
from tests.test_web import OURS, filled

schemathesis = pytest.importorskip("schemathesis")
requests = pytest.importorskip("requests")
ALL = list(HealthCheck)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return application(filled(tmp_path_factory.mktemp("api") / "ledger.db", "04*.txt"), user="ana")


@pytest.fixture(scope="module")
def described(guarded: Any) -> Any:
    with TestClient(guarded, base_url="http://localhost") as client:
        return schemathesis.openapi.from_dict(client.get("/openapi.json").json())


@pytest.fixture(scope="module")
def client(guarded: Any) -> Iterator[TestClient]:
    with TestClient(guarded, base_url="http://localhost", headers=OURS) as asking:
        yield asking


def test_nothing_that_is_asked_breaks_the_server(described: Any, client: TestClient) -> None:
    asked = 0
    for operation in (result.ok() for result in described.get_all_operations()):

        @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=ALL)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            told = case.as_transport_kwargs(base_url="http://localhost")
            names = ("method", "url", "params", "data", "files", "json")
            ready = requests.Request(**{name: told.get(name) for name in names}).prepare()
            kind = {"content-type": ready.headers["Content-Type"]} if "Content-Type" in ready.headers else {}
            answer = client.request(told["method"], ready.url, content=ready.body, headers=kind, follow_redirects=False)
            assert answer.status_code < 500, (told["method"], ready.url, ready.body)

        ask()
    assert asked > 100


def test_every_address_is_described(guarded: Any, described: Any, tmp_path: Path) -> None:
    paths = set(described.raw_schema["paths"])
    assert {"/claims", "/claims/{claim}", "/stories/{report}", "/review/{item}", "/judge", "/corrections"} <= paths
    asked = described.raw_schema["paths"]["/claims"]["get"]["parameters"]
    assert {"about", "since", "min_origins", "from"} <= {each["name"] for each in asked}
