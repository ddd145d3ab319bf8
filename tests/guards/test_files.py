"""The shape of the files: sizes, names, templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = settings.BASE_DIR
CODE = (
    "config",
    "teams",
    "collaboration",
    "journeys",
    "touchpoints",
    "insights",
    "workshops",
    "static",
    "tests",
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NOT_A_NAME = {"utils", "helpers", "common", "misc", "manager", "handler", "processor"}
FOUND_BY_LIBRARIES = {
    "account": "django-allauth looks for them",
    "mfa": "django-allauth looks for them",
    "socialaccount": "django-allauth looks for them",
    "allauth": "django-allauth looks for them",
}


def sources() -> list[Path]:
    return [
        path
        for folder in CODE
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".js", ".css"} and "migrations" not in path.parts
    ]


def test_no_module_is_longer_than_400_lines():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in sources() if path.stem in NOT_A_NAME] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_template_compiles(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


def test_no_template_is_unused():
    said = "\n".join(
        path.read_text()
        for folder in (*CODE, "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html"} and "tests" not in path.relative_to(ROOT).parts[:1]
    )
    unused = [
        str(path.relative_to(ROOT / "templates"))
        for path in TEMPLATES
        if path.relative_to(ROOT / "templates").parts[0] not in FOUND_BY_LIBRARIES
        and str(path.relative_to(ROOT / "templates")) not in said
    ]
    assert [
        name for name in unused if not re.fullmatch(r"(400|403|404|413|429|500|503)\.html", name)
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_what_the_content_policy_forbids(path):
    text = re.sub(r"{[%#{].*?[%#}]}", "", path.read_text(), flags=re.DOTALL)
    for forbidden in (r"\sstyle=", r"\son\w+=", r"hx-on", r"<script(?![^>]*\bsrc=)", r"['\"]js:"):
        assert re.search(forbidden, text) is None, forbidden
