import pytest
from django.core.exceptions import PermissionDenied

from collaboration.limits import LimitReached
from collaboration.models import Board, Change
from collaboration.undo import UndoConflict, next_undo, undo
from insights import services
from insights.models import Evidence, Insight, Source
from insights.selectors import Wanted, insights_of
from journeys.models import Stage
from journeys.services import create_journey, delete_journey, delete_stage
from journeys.starters import STARTERS
from teams.access import actor_in
from tests.collaboration.scenes import at_most

pytestmark = pytest.mark.django_db


def quotes(stage):
    shown = Evidence.objects.filter(stage=stage).order_by("position")
    return [evidence.insight.quote for evidence in shown]


def versions_of(*boards):
    return [Board.objects.get(pk=board.pk).version for board in boards]


@pytest.fixture
def second_journey(nordlys, by_bob):
    starter = STARTERS["seven-stages"]
    return create_journey(nordlys, title="Buying again", starter=starter, by=by_bob)


@pytest.fixture
def on_second(insight, second_journey, by_bob):
    stage = Stage.objects.filter(board=second_journey.pk).order_by("position").first()
    return services.attach_insight(insight, stage=stage, by=by_bob)


# --- Evidence ------------------------------------------------------------------------------
def test_insight_on_a_stage_is_recorded(journey, evidence, by_bob):
    change = Change.objects.get(board=journey.pk, item_type="evidence")
    assert (change.action, change.item_id, change.actor) == ("create", evidence.pk, by_bob.user)
    assert change.after["insight_id"] == evidence.insight_id


def test_attaching_twice_is_once(journey, stages, insight, evidence, by_bob):
    before = versions_of(journey)
    assert services.attach_insight(insight, stage=stages[1], by=by_bob) == evidence
    assert versions_of(journey) == before


def test_insight_stands_on_several_stages(stages, insight, evidence, by_bob):
    services.attach_insight(insight, stage=stages[0], by=by_bob)
    assert [quotes(stage) for stage in stages] == [[insight.quote], [insight.quote], []]


def test_foreign_insight_is_not_attached(stages, foreign_insight, by_bob):
    with pytest.raises(services.NotInLibrary):
        services.attach_insight(foreign_insight, stage=stages[0], by=by_bob)
    assert quotes(stages[0]) == []


def test_new_insight_and_its_place_are_written_together(nordlys, stages, by_bob, monkeypatch):
    services.collect_insight(stage=stages[0], quote="Where is it?", kind="doubt", by=by_bob)
    assert quotes(stages[0]) == ["Where is it?"]
    at_most(monkeypatch, Evidence, 1)
    with pytest.raises(LimitReached):
        services.collect_insight(stage=stages[0], quote="Too many", kind="doubt", by=by_bob)
    assert list(insights_of(nordlys).values_list("quote", flat=True)) == ["Where is it?"]


def test_moving_evidence_and_undo(journey, stages, insight, evidence, by_bob):
    services.move_evidence(evidence, stage=stages[2], by=by_bob)
    assert (quotes(stages[1]), quotes(stages[2])) == ([], [insight.quote])
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert (quotes(stages[1]), quotes(stages[2])) == ([insight.quote], [])


def test_moving_to_a_stage_that_has_it_is_refused(stages, insight, evidence, by_bob):
    services.attach_insight(insight, stage=stages[2], by=by_bob)
    with pytest.raises(services.AlreadyThere):
        services.move_evidence(evidence, stage=stages[2], by=by_bob)
    assert quotes(stages[1]) == [insight.quote]


def test_stepping_with_the_keyboard(stages, insight, evidence, by_bob):
    services.collect_insight(stage=stages[1], quote="Second", kind="gain", by=by_bob)
    services.step_evidence(evidence, direction="down", by=by_bob)
    assert quotes(stages[1]) == ["Second", insight.quote]
    services.step_evidence(evidence, direction="left", by=by_bob)
    assert quotes(stages[0]) == [insight.quote]
    services.step_evidence(evidence, direction="left", by=by_bob)
    assert quotes(stages[0]) == [insight.quote]


def test_taking_off_keeps_the_insight_and_can_be_undone(
    nordlys, journey, stages, insight, evidence, by_bob
):
    services.detach_evidence(evidence, by=by_bob)
    assert quotes(stages[1]) == []
    assert list(insights_of(nordlys)) == [insight]
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert quotes(stages[1]) == [insight.quote]


def test_evidence_goes_with_its_stage_and_comes_back_with_it(
    journey, stages, insight, evidence, by_bob
):
    delete_stage(stages[1], by=by_bob)
    assert not Evidence.objects.exists()
    journey.refresh_from_db()
    undo(journey, journey.version, by=by_bob)
    assert quotes(stages[1]) == [insight.quote]


# --- Insights ------------------------------------------------------------------------------
def test_changed_insight_is_redrawn_on_every_map(
    journey, second_journey, insight, evidence, on_second, by_bob
):
    before = versions_of(journey, second_journey)
    insight.quote = "Paying is a struggle."
    edits = services.change_insight(insight, fields=["quote"], by=by_bob)
    assert versions_of(journey, second_journey) == [version + 1 for version in before]
    assert [edit.board.pk for edit in edits] == [journey.pk, second_journey.pk]
    touched = Change.objects.filter(item_type="evidence", action="update")
    assert {change.item_id for change in touched} == {evidence.pk, on_second.pk}


def test_undo_passes_by_what_a_changed_insight_touched(journey, insight, evidence, by_bob):
    created = versions_of(journey)[0]
    insight.quote = "Paying is a struggle."
    services.change_insight(insight, by=by_bob)
    assert next_undo(journey, by_bob.user) == created


def test_only_the_named_fields_are_written(insight, by_bob):
    mine, theirs = (Insight.objects.get(pk=insight.pk) for _ in range(2))
    mine.quote, theirs.text = "Paying is a struggle.", "Saved cards are missing."
    services.change_insight(theirs, fields=["text"], by=by_bob)
    services.change_insight(mine, fields=["quote"], by=by_bob)
    stored = Insight.objects.get(pk=insight.pk)
    assert (stored.quote, stored.text) == ("Paying is a struggle.", "Saved cards are missing.")


@pytest.mark.usefixtures("evidence", "on_second")
def test_deleting_takes_it_off_every_map_with_a_record(
    nordlys, journey, second_journey, insight, by_bob
):
    delete_journey(second_journey, by=by_bob)
    services.delete_insight(insight, by=by_bob)
    assert not insights_of(nordlys).exists()
    deleted = Change.objects.filter(item_type="evidence", action="delete")
    assert {change.board_id for change in deleted} == {journey.pk, second_journey.pk}


def test_undo_after_the_insight_has_gone_says_so(journey, insight, evidence, by_bob):
    services.delete_insight(insight, by=by_bob)
    journey.refresh_from_db()
    with pytest.raises(UndoConflict):
        undo(journey, journey.version, by=by_bob)


def test_foreign_source_is_refused(nordlys, foreign_source, by_bob):
    with pytest.raises(services.NotInLibrary):
        services.create_insight(nordlys, quote="Hm", source=foreign_source, by=by_bob)
    assert not insights_of(nordlys).exists()


# --- Sources -------------------------------------------------------------------------------
def test_renamed_source_is_redrawn_on_every_map(journey, interviews, evidence, by_bob):
    before = versions_of(journey)[0]
    interviews.name = "Interviews in May"
    services.change_source(interviews, by=by_bob)
    assert versions_of(journey) == [before + 1]
    assert Source.objects.get(pk=interviews.pk).name == "Interviews in May"


def test_source_name_is_taken_in_any_capitals(nordlys, interviews, by_bob):
    with pytest.raises(services.NameTaken):
        services.create_source(nordlys, name="interviews IN spring", kind="survey", by=by_bob)


def test_source_with_insights_is_not_deleted(nordlys, interviews, insight, by_bob):
    with pytest.raises(services.SourceInUse, match="Interviews in spring"):
        services.delete_source(interviews, by=by_bob)
    services.delete_insight(insight, by=by_bob)
    services.delete_source(interviews, by=by_bob)
    assert not Source.objects.exists()


# --- Who may -------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["carol", "victor"])
def test_commenter_and_viewer_write_nothing(request, nordlys, stages, evidence, who):
    actor = actor_in(request.getfixturevalue(who), nordlys)
    insight, interviews = evidence.insight, evidence.insight.source
    writes = [
        lambda: services.create_source(nordlys, name="No", kind="survey", by=actor),
        lambda: services.change_source(interviews, by=actor),
        lambda: services.delete_source(interviews, by=actor),
        lambda: services.create_insight(nordlys, quote="No", by=actor),
        lambda: services.change_insight(insight, by=actor),
        lambda: services.delete_insight(insight, by=actor),
        lambda: services.attach_insight(insight, stage=stages[0], by=actor),
        lambda: services.collect_insight(stage=stages[0], quote="No", by=actor),
        lambda: services.move_evidence(evidence, stage=stages[0], by=actor),
        lambda: services.step_evidence(evidence, direction="left", by=actor),
        lambda: services.detach_evidence(evidence, by=actor),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()
    assert [quotes(stage) for stage in stages] == [[], [insight.quote], []]
    assert list(insights_of(nordlys)) == [insight]


# --- Finding -------------------------------------------------------------------------------
@pytest.mark.usefixtures("evidence", "foreign_insight")
def test_finding_insights(nordlys, journey, insight, by_bob):
    survey = services.create_source(nordlys, name="Survey", kind="survey", by=by_bob)
    style = services.create_insight(
        nordlys, kind="need", text="Must suit their style", tags=["Fashion"], source=survey,
        by=by_bob,
    )  # fmt: skip

    def found(**wanted):
        return list(insights_of(nordlys, Wanted(**wanted)))

    assert found() == [style, insight]
    assert found(words="CARD three") == [insight]
    assert found(words="card style") == []
    assert found(words="fashion") == [style]
    assert found(words="spring") == [insight]
    assert found(words="%") == []
    assert found(words="read this") == []
    assert found(kind="need") == [style]
    assert found(source=survey.pk) == [style]
    assert found(unplaced=True) == [style]
    delete_journey(journey, by=by_bob)
    assert found(unplaced=True) == [style, insight]
