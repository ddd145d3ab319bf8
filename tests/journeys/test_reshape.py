import pytest

from collaboration.editing import Refused
from collaboration.models import Board, Comment
from collaboration.services import create_comment
from collaboration.undo import undo
from insights.models import Evidence, Insight
from insights.services import attach_insight
from journeys import reshape, services
from journeys.models import Emotion, Note, Path, Stage
from journeys.paths import create_path
from journeys.stepping import step_note
from touchpoints.models import Touchpoint
from touchpoints.services import create_touchpoint


def titles(journey):
    return [stage.title for stage in Stage.objects.filter(board=journey.pk).order_by("position")]


def texts(stage, lane):
    notes = Note.objects.filter(stage=stage, lane=lane).order_by("position")
    return [note.text for note in notes]


def version_of(journey):
    return Board.objects.get(pk=journey.pk).version


def test_a_split_stage_keeps_all_but_the_chosen_notes(journey, stages, thinks, note, as_bob):
    other = services.create_note(stage=stages[0], lane=thinks, text="Or that?", by=as_bob)
    before = version_of(journey)
    fresh = reshape.split_stage(stages[0], title="Wakes up", notes=[other], by=as_bob)
    assert titles(journey)[:3] == ["Not active", "Wakes up", "Trigger"]
    assert fresh.period == stages[0].period
    assert (texts(stages[0], thinks), texts(fresh, thinks)) == (["Do we need this?"], ["Or that?"])
    undo(journey, before + 1, by=as_bob)
    assert titles(journey)[:2] == ["Not active", "Trigger"]
    assert texts(stages[0], thinks) == ["Do we need this?", "Or that?"]


def test_a_note_that_has_left_the_stage_stops_its_split(journey, stages, note, as_bob):
    step_note(note, direction="right", by=as_bob)
    with pytest.raises(Refused):
        reshape.split_stage(stages[0], title="Wakes up", notes=[note], by=as_bob)
    assert len(titles(journey)) == 7


@pytest.fixture
def full(journey, stages, thinks, note, nordlys, as_bob):
    """The first two stages hold one of everything."""
    services.create_note(stage=stages[1], lane=thinks, text="Now we do", by=as_bob)
    persona = services.create_persona(nordlys, name="Mette", by=as_bob)
    services.record_emotion(stages[0], persona=None, score=-1, by=as_bob)
    services.record_emotion(stages[1], persona=None, score=2, by=as_bob)
    services.record_emotion(stages[1], persona=persona, score=1, by=as_bob)
    create_touchpoint(stage=stages[0], title="Advert", by=as_bob)
    create_touchpoint(stage=stages[1], title="Website", by=as_bob)
    shared, own = (Insight.objects.create(workspace=nordlys, text=text) for text in ("Both", "One"))
    for stage, insight in ((stages[0], shared), (stages[1], shared), (stages[1], own)):
        attach_insight(insight, stage=stage, by=as_bob)
    create_comment(journey, target=stages[1], body="Why?", by=as_bob)
    return journey


def seen(stage):
    return {
        "emotions": sorted(Emotion.objects.filter(stage=stage).values_list("persona__name", "score"), key=str),
        "touchpoints": list(Touchpoint.objects.filter(stage=stage).order_by("position").values_list("title", flat=True)),
        "evidence": list(Evidence.objects.filter(stage=stage).order_by("position").values_list("insight__text", flat=True)),
        "comments": Comment.objects.filter(target_type="stage", target_id=stage.pk).count(),
    }  # fmt: skip


def test_merged_stages_keep_what_stood_in_both_in_order(full, stages, thinks, as_bob):
    merged = reshape.merge_stages(stages[0], title="Wakes up", by=as_bob)
    assert titles(full)[:2] == ["Wakes up", "First interest"]
    assert texts(merged, thinks) == ["Do we need this?", "Now we do"]
    assert seen(merged) == {
        "emotions": [("Mette", 1), (None, -1)],
        "touchpoints": ["Advert", "Website"],
        "evidence": ["Both", "One"],
        "comments": 1,
    }


def test_a_merge_is_one_edit_and_one_undo(full, stages, thinks, as_bob):
    before = [seen(stages[0]), seen(stages[1])]
    version = version_of(full)
    reshape.merge_stages(stages[0], by=as_bob)
    assert version_of(full) == version + 1
    undo(full, version + 1, by=as_bob)
    assert titles(full)[:2] == ["Not active", "Trigger"]
    assert [seen(stages[0]), seen(stages[1])] == before
    assert (texts(stages[0], thinks), texts(stages[1], thinks)) == (
        ["Do we need this?"], ["Now we do"]
    )  # fmt: skip


def test_the_merged_stage_says_what_only_the_right_one_said(journey, stages, as_bob):
    with journey.editing(by=as_bob):
        stages[0].situation, stages[1].customer_goal = "Sleeps", "Peace"
        stages[0].save()
        stages[1].save()
    merged = reshape.merge_stages(stages[0], by=as_bob)
    assert (merged.situation, merged.customer_goal) == ("Sleeps", "Peace")


def test_the_last_stage_has_nothing_to_merge_with(journey, stages, as_bob):
    with pytest.raises(Refused, match="to the right"):
        reshape.merge_stages(stages[6], by=as_bob)


def test_paths_follow_to_the_merged_stage_and_none_leads_to_itself(journey, stages, as_bob):
    one, two, three = stages[:3]
    for start, end in ((one, two), (two, one), (one, three), (two, three), (three, two)):
        create_path(from_stage=start, to_stage=end, by=as_bob)
    version = version_of(journey)
    merge = reshape.merge_stages(one, by=as_bob)
    ends = Path.objects.filter(board=journey.pk).values_list("from_stage", "to_stage")
    assert set(ends) == {(merge.pk, three.pk), (three.pk, merge.pk)}
    undo(journey, version + 1, by=as_bob)
    assert Path.objects.filter(board=journey.pk).count() == 5
