"""A journey of Nordlys with two stages, two lanes and a note, and who acts on it."""

import pytest


@pytest.fixture
def acting():
    """`acting(bob)`: Bob as the actor that he is in his only workspace."""
    from teams.access import actor_in

    return lambda user: actor_in(user, user.workspaces.get())


@pytest.fixture
def owner():
    """Somebody without an account who may do everything."""
    from tests.collaboration.scenes import OLGA

    return OLGA


@pytest.fixture
def journey(nordlys):
    """Version 1: stages "Notice" and "Compare", lanes "does" and "says"."""
    from tests.collaboration.scenes import small_journey

    return small_journey(nordlys)


@pytest.fixture
def stage(journey):
    from journeys.models import Stage

    return Stage.objects.filter(board=journey).order_by("position").first()


@pytest.fixture
def lane(journey):
    from journeys.models import Lane

    return Lane.objects.filter(board=journey).order_by("position").first()


@pytest.fixture
def note(journey, stage, lane, owner):
    """Version 2."""
    from tests.collaboration.scenes import added_note

    return added_note(journey, stage, lane, "Reads a review", owner)


@pytest.fixture
def share(journey, acting, bob):
    """`share(role=…, password=…)`: a link of Bob's and its token."""

    def make(*, by=None, **fields):
        from collaboration import sharing

        return sharing.make_link(journey, **{"role": "viewer", **fields}, by=acting(by or bob))

    return make


@pytest.fixture
def guest(client_of, share):
    """`guest("editor")`: a browser that came in by a link of that role."""

    from tests.collaboration.doors import enter

    def come_in(role="viewer", name="Gerda", **fields):
        link, token = share(role=role, **fields)
        browser = client_of(None)
        answer = enter(browser, token, name=name, password=fields.get("password", ""))
        assert answer.status_code == 302, answer.content.decode()
        browser.link = link
        return browser

    return come_in
