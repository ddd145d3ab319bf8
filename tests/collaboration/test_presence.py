"""Who is here."""

import re
from html import unescape

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def people_in(reader):
    shown = [item.text for item in reader.events if 'id="presence"' in item.text]
    if not shown:
        return []
    names = re.findall(r'<span class="visually-hidden">\s*(.*?)\s*</span>', shown[-1], re.DOTALL)
    return [unescape(name) for name in names]


def test_people_see_each_other_come_and_go(audience, session_of, journey, alice, bob):
    hers = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    hers.wait_for(lambda reader: people_in(reader) == ["Alice"])
    his = audience.open(journey.pk, journey.version, cookie=session_of(bob))
    for reader in (hers, his):
        reader.wait_for(lambda reader: people_in(reader) == ["Alice", "Bob"])
    his.reset()
    hers.wait_for(lambda reader: people_in(reader) == ["Alice"])


def test_somebody_with_two_windows_is_one_person(audience, session_of, journey, alice, bob):
    session = session_of(bob)
    first, second = (audience.open(journey.pk, journey.version, cookie=session) for _ in range(2))
    hers = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    hers.wait_for(lambda reader: people_in(reader) == ["Alice", "Bob"])
    first.reset()
    third = audience.open(journey.pk, journey.version, cookie=session)
    third.wait_for(lambda reader: people_in(reader) == ["Alice", "Bob"])
    second.reset()
    assert people_in(hers) == ["Alice", "Bob"]


def test_presence_does_not_move_the_version(audience, session_of, journey, alice):
    reader = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    reader.wait_for(lambda reader: people_in(reader) == ["Alice"])
    assert {item.version for item in reader.events} == {None}


def test_nobody_is_seen_on_another_board(audience, session_of, journey, nordlys, alice, bob):
    from tests.collaboration.scenes import small_journey

    other = small_journey(nordlys)
    audience.open(other.pk, other.version, cookie=session_of(bob))
    reader = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    reader.wait_for(lambda reader: people_in(reader) == ["Alice"])


def test_names_are_shown_as_text(audience, session_of, journey, alice):
    alice.name = "<b>Al</b>"
    alice.save()
    reader = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    reader.wait_for(lambda reader: people_in(reader) == ["<b>Al</b>"])
    assert "<b>" not in reader.text


def test_people_of_two_live_processes_see_each_other(
    start_live, audience, audience_of, session_of, journey, alice, bob
):
    elsewhere = audience_of(start_live())
    hers = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    his = elsewhere.open(journey.pk, journey.version, cookie=session_of(bob))
    for reader in (hers, his):
        reader.wait_for(lambda reader: people_in(reader) == ["Alice", "Bob"])
    his.reset()
    hers.wait_for(lambda reader: people_in(reader) == ["Alice"])


def test_without_redis_the_people_of_this_process_are_shown(
    start_live, audience_of, session_of, journey, alice, bob
):
    audience = audience_of(start_live(REDIS_URL="redis://127.0.0.1:1/0"))
    hers = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    audience.open(journey.pk, journey.version, cookie=session_of(bob))
    hers.wait_for(lambda reader: people_in(reader) == ["Alice", "Bob"])


def test_the_cell_that_somebody_works_in_is_shown(audience, session_of, journey, alice, bob):
    from collaboration.places import be_at

    hers = audience.open(journey.pk, journey.version, cookie=session_of(alice))
    audience.open(journey.pk, journey.version, cookie=session_of(bob))
    hers.wait_for(lambda reader: people_in(reader) == ["Alice", "Bob"])
    be_at(journey.pk, bob.pk, "cell-1-2")
    hers.wait_for(lambda reader: 'data-place="cell-1-2"' in reader.events[-1].text)
    be_at(journey.pk, bob.pk, "")
    hers.wait_for(lambda reader: "data-place" not in reader.events[-1].text)
