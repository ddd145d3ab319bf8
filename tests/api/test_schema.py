"""The description of the API is valid, complete, closed to strangers, and shown by us alone."""

from io import StringIO

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.api_urls import router
from config.wsgi import application

API = "/api/v1"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def schema():
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return yaml.safe_load(out.getvalue())


def test_the_schema_is_valid_and_names_every_resource(schema):
    assert schema["openapi"] == "3.1.0"
    for prefix, _view, _name in router.registry:
        assert f"{API}/{prefix}/" in schema["paths"]


def test_every_operation_tells_its_refusals(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            wanted = {"400", "401"}
            if "{id}" in path:
                wanted.add("404")
            if "requestBody" in operation:
                wanted |= {"403", "409", "413", "415"}
            if method in {"patch", "delete"}:
                wanted.add("412")
                assert "If-Match" in [one["name"] for one in operation["parameters"]]
            if method == "post" and path != f"{API}/workspaces/" and "{id}" not in path:
                assert "Idempotency-Key" in [one["name"] for one in operation["parameters"]]
            assert wanted <= set(operation["responses"]), (path, method)
            assert operation.get("description"), (path, method)


def test_the_schema_and_its_page_are_for_those_who_signed_in(api_of, client_of, bob):
    """Case 97."""
    assert api_of(None).get(f"{API}/schema/").status_code == 401
    assert api_of(bob).get(f"{API}/schema/").status_code == 200
    assert client_of(bob).get(f"{API}/schema/").status_code == 200
    assert client_of(None).get(f"{API}/docs/").status_code == 302
    page = client_of(bob).get(f"{API}/docs/")
    assert page.status_code == 200
    assert b"style=" not in page.content
    assert page.content.count(b"<script") == page.content.count(b"<script src=") + 1


def test_the_root_names_every_resource(api_of, bob):
    body = api_of(bob).get(f"{API}/").json()

    assert set(body) == {prefix for prefix, _view, _name in router.registry}


@pytest.mark.django_db(transaction=True)
def test_answers_are_as_described_whatever_is_sent(api_of, bob, ours, schema):
    """A short run of Schemathesis: nothing is a 500, every answer is one that is described."""
    described = schemathesis.openapi.from_dict(schema)
    described.config.generation.allow_x00 = True
    token = api_of(bob)._credentials["HTTP_AUTHORIZATION"]
    names = ("stages", "comments", "insights", "contributions", "changes")

    for path in (f"{API}/{name}/" for name in names):
        for operation in described[path].values():
            try_out(operation, {"Authorization": token})


def try_out(operation, headers):
    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def run(case):
        answer = case.call(app=application, headers=headers)
        case.validate_response(answer, checks=CHECKS)

    run()
