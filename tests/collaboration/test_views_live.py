"""GET /boards/<id>/changes/: the same pieces for pages whose stream is blocked."""

import pytest

from tests.collaboration.scenes import added_note


@pytest.fixture
def ask(client_of, journey, bob):
    """`ask(3)`: Bob's page is at version 3."""
    client = client_of(bob)
    return lambda since, method="get": getattr(client, method)(
        f"/boards/{journey.pk}/changes/?since={since}"
    )


@pytest.mark.django_db
class TestChanges:
    def test_the_pieces_since_a_version(self, ask, journey, stage, lane, owner):
        since = journey.version
        added_note(journey, stage, lane, "Reads a review", owner)
        answer = ask(since)
        assert (answer.status_code, answer["Board-Version"]) == (200, str(journey.version))
        assert f'hx-target="#cell-{stage.pk}-{lane.pk}"' in answer.content.decode()
        assert "Reads a review" in answer.content.decode()

    def test_nothing_new(self, ask, journey):
        answer = ask(journey.version)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["Board-Version"] == str(journey.version)

    @pytest.mark.parametrize("since", ["", "abc", "-1", "9" * 400, "99999", "1.5"])
    def test_case_20_a_version_that_cannot_be_asks_for_a_reload(self, ask, since):
        assert ask(since).status_code == 205

    def test_case_20_changes_no_longer_kept_ask_for_a_reload(
        self, ask, journey, stage, lane, owner
    ):
        from collaboration.models import Change

        since = journey.version
        added_note(journey, stage, lane, "Forgotten", owner)
        Change.objects.filter(board=journey, version=journey.version).delete()
        added_note(journey, stage, lane, "Kept", owner)
        assert ask(since).status_code == 205

    def test_only_get(self, ask, journey):
        assert ask(journey.version, "post").status_code == 405

    def test_a_stranger_finds_no_board(self, client_of, journey, charlie):
        answer = client_of(charlie).get(f"/boards/{journey.pk}/changes/?since=1")
        assert answer.status_code == 404
