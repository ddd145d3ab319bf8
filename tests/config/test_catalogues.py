"""Every language is complete, and templates say nothing that is not marked for translation."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

ROOT = settings.BASE_DIR
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
NOT_EXTRACTED = (".*", "node_modules", "tests", "static", "docs", "locale", "__pycache__")
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
WORD = re.compile(r"[^\W\d_]{2}")
SPOKEN_ATTRIBUTE = re.compile(r"\b(?:aria-label|title|placeholder|alt)=(?:\"([^\"]*)\"|'([^']*)')")
NOT_SPOKEN = re.compile(
    r"""
    {\#.*?\#}
    | {%\s*comment\b.*?{%\s*endcomment\s*%}
    | {%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}
    | {%\s*block\ (?:\w+_class|headers)\s*%}.*?{%\s*endblock
    | {%.*?%} | {{.*?}} | <!--.*?-->
    | <(style|script|kbd|code)\b.*?</\1>
    """,
    re.DOTALL | re.VERBOSE,
)
SAME_IN_EVERY_LANGUAGE = {
    "Waymark": "the product's name",
    "(Esc)": "what the key says",
    '&lt;iframe src=" " title=" " width="100%" height="640" loading="lazy"&gt;&lt;/iframe&gt;': (
        "HTML to be copied"
    ),
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory) -> set[tuple[str | None, str]]:
    """Context and text of all that is marked in the code, collected in a copy of it."""
    copy = tmp_path_factory.mktemp("catalogues") / "code"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_EXTRACTED))
    (copy / "locale").mkdir()
    without_settings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "-l", "da", "--keep-pot", "-v0"]
    subprocess.run(command, cwd=copy, env=without_settings, check=True)
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy / "locale/django.pot"))}


@pytest.fixture(params=LANGUAGES)
def catalogue(request) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / request.param / "LC_MESSAGES/django.po"))


def forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each text beside its translation; a plural has several."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    texts = entry.msgstr_plural
    return [(entry.msgid_plural if number else entry.msgid, texts[number]) for number in texts]


def test_a_catalogue_has_every_text_that_is_marked(catalogue, marked):
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    assert len(marked) > 500
    assert sorted(text for _, text in marked - known) == []


def test_every_text_of_a_catalogue_is_translated_for_certain(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    empty = [text for entry in catalogue for text, said in forms(entry) if not said.strip()]
    assert empty == []


def test_a_translation_keeps_the_placeholders(catalogue):
    changed = [
        said
        for entry in catalogue
        for text, said in forms(entry)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(said))
    ]
    assert changed == []


def test_a_catalogue_names_its_language_and_nobody(catalogue):
    language = Path(catalogue.fpath).parent.parent.name
    assert catalogue.metadata["Language"] == language
    assert catalogue.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert "@" not in "".join(catalogue.metadata.values()) + catalogue.header


@pytest.mark.parametrize(
    ("language", "stages"), [("en", "Stages"), ("da", "Faser"), ("sv", "Faser"), ("nl", "Fasen")]
)
def test_the_application_speaks_the_language(language, stages):
    with translation.override(language):
        assert translation.gettext("Stages") == stages


def unmarked_texts(path: Path) -> list[str]:
    """What a reader would see or hear in English whatever the language."""
    html = NOT_SPOKEN.sub(" ", path.read_text())
    spoken = [one or other for one, other in SPOKEN_ATTRIBUTE.findall(html)]
    shown = re.sub(r"<[^>]*>", "\n", html).splitlines()
    return [text.strip() for text in spoken + shown if WORD.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_unmarked_text(path):
    texts = {text.strip(" ·[]") for text in unmarked_texts(path)}
    assert texts - SAME_IN_EVERY_LANGUAGE.keys() == set()


def test_no_word_is_allowed_in_vain():
    said = {text.strip(" ·[]") for path in TEMPLATES for text in unmarked_texts(path)}
    assert SAME_IN_EVERY_LANGUAGE.keys() - said == set()
