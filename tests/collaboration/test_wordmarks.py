"""What changed inside a text, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaboration.wordmarks import Marker


def marked(old, new):
    signs = {"same": "{}", "ins": "[+{}]", "del": "[-{}]"}
    return "".join(signs[mark.kind].format(mark.text) for mark in Marker().marks(old, new))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Asks a friend", "Asks a colleague", "Asks a [-friend][+colleague]"),
        ("Reads.", "Reads two.", "Reads [+two]."),
        ("one two three", "one three", "one [-two ]three"),
        ("", "new", "[+new]"),
        ("same", "same", "same"),
    ],
)
def test_words_are_marked(old, new, found):
    assert marked(old, new) == found


def test_long_stretches_that_are_the_same_are_cut():
    text = " ".join(f"word{number}" for number in range(100))
    (same, added) = Marker().marks(text, f"{text} more")
    assert (same.kind, added.text) == ("same", "more")
    assert len(same.text) < 120
    assert " … " in same.text


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_is_lost(old, new):
    marks = Marker().marks(old, new)
    kept = "".join("".join(mark.text for mark in marks if mark.kind != "del").split())
    gone = "".join("".join(mark.text for mark in marks if mark.kind != "ins").split())
    assert kept == "".join(new.split())
    assert gone == "".join(old.split())


@pytest.mark.parametrize(
    "text",
    ["a " * 100_000, "a" * 200_000, "\u0301" * 100_000, "ab ba " * 50_000, "😀" * 10_000],
)
def test_case_95_hostile_texts_cost_little(text):
    started = time.process_time()
    Marker().marks(text, text[1:] + "b")
    assert time.process_time() - started < 1


def test_case_95_many_hostile_texts_on_one_page_cost_little():
    marker = Marker()
    text = "a b c d e f g h " * 50
    started = time.process_time()
    for number in range(1500):
        marker.marks(text, f"{number} {text}")
    assert time.process_time() - started < 3
