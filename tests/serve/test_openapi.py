"""The schema, and whether the service keeps to it whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

import quotes
from quotes.serve import Pool, create_app


@pytest.fixture(scope="module")
def api(pool: Pool) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(pool))


POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
# A string may hold no article, and any bytes are a file: what the schema allows and forbids isn't all that decides.
NOT_CHECKED = {
    "/health": [],
    "/annotate": [schemathesis.checks.positive_data_acceptance],
    "/annotate/file": [schemathesis.checks.positive_data_acceptance, schemathesis.checks.negative_data_rejection],
}


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        ("GET", "/health", POSITIVE),
        ("POST", "/annotate", POSITIVE),
        ("POST", "/annotate", NEGATIVE),
        ("POST", "/annotate/file", POSITIVE),
        ("POST", "/annotate/file", NEGATIVE),
    ],
)
def test_whatever_is_sent_gets_an_answer_of_the_schema(
    api: Any, method: str, path: str, mode: schemathesis.GenerationMode
) -> None:
    @given(case=api[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=NOT_CHECKED[path])

    check()


def test_the_record_is_in_the_schema(service: FastAPI) -> None:
    openapi = service.openapi()
    assert openapi["info"]["version"] == quotes.__version__
    for path in ("/annotate", "/annotate/file"):
        responses = openapi["paths"][path]["post"]["responses"]
        assert responses["200"]["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/AnnotatedArticle"
        }
        assert set(responses) == {"200", "400", "403", "408", "413", "422", "500", "503", "504"}
    assert openapi["components"]["schemas"]["AnnotatedArticle"]["properties"].keys() == {
        *("schema", "id", "path", "title", "date", "text", "warnings", "speakers", "quotes")
    }
