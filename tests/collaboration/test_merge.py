"""Two people in one form: different fields both win, the same field is shown to both."""

import pytest
from django.http import QueryDict

from collaboration.merge import MergeForm
from journeys.models import Journey, Stage


class StageForm(MergeForm):
    class Meta:
        model = Stage
        fields = ("title", "period", "situation")


class JourneyForm(MergeForm):
    class Meta:
        model = Journey
        fields = ("title", "review_due")


def sent(form, **typed):
    """What a browser sends back from a page that shows this form."""
    values = {name: form[name].value() or "" for name in form.fields}
    seen = {form.add_initial_prefix(name): value for name, value in values.items()}
    data = QueryDict(mutable=True)
    for name, value in {**values, **seen, **typed}.items():
        data[name] = value
    return data


def posted(stage, data):
    form = StageForm(data, instance=Stage.objects.get(pk=stage.pk))
    assert form.is_valid(), form.errors
    return form


@pytest.fixture
def opened(stage):
    """The form as two people opened it."""
    return StageForm(instance=stage)


def saved(journey, owner, form):
    with journey.editing(by=owner):
        form.save()


def test_page_carries_what_was_seen(opened):
    assert '<input type="hidden" name="initial-title" value="Notice"' in str(opened["title"])


def test_different_fields_both_win(journey, stage, owner, opened):
    saved(journey, owner, posted(stage, sent(opened, title="See")))
    second = posted(stage, sent(opened, situation="On the train"))
    assert second.clashes() == []
    saved(journey, owner, second)
    stage.refresh_from_db()
    assert (stage.title, stage.situation) == ("See", "On the train")


def test_case_1_same_field_shows_both_values_and_overwrites_nothing(journey, stage, owner, opened):
    saved(journey, owner, posted(stage, sent(opened, title="See")))
    second = posted(stage, sent(opened, title="Hear", period="after"))
    [clash] = second.clashes()
    assert (clash.name, clash.label, clash.mine, clash.theirs) == ("title", "Title", "Hear", "See")
    stage.refresh_from_db()
    assert stage.title == "See"


def test_form_that_clashed_is_sent_again_and_wins(journey, stage, owner, opened):
    saved(journey, owner, posted(stage, sent(opened, title="See")))
    second = posted(stage, sent(opened, title="Hear"))
    assert second.clashes()
    second.instance.refresh_from_db()
    again = posted(stage, sent(opened, **{"title": "Hear and see", "initial-title": "See"}))
    assert 'name="initial-title" value="See"' in str(second.retry()["title"])
    assert 'value="Hear"' in str(second.retry()["title"])
    assert again.clashes() == []
    saved(journey, owner, again)
    stage.refresh_from_db()
    assert stage.title == "Hear and see"


def test_same_value_from_both_is_no_clash(journey, stage, owner, opened):
    saved(journey, owner, posted(stage, sent(opened, title="See", period="after")))
    assert posted(stage, sent(opened, title="See", period="after")).clashes() == []


def test_line_breaks_of_browsers_are_no_change(journey, stage, owner):
    with journey.editing(by=owner):
        stage.situation = "one\ntwo"
        stage.save()
    data = sent(StageForm(instance=stage), situation="one\r\ntwo")
    data["initial-situation"] = "one\r\ntwo"
    form = posted(stage, data)
    assert form.changed_data == []
    data["situation"] = "one\r\ntwo\r\nthree"
    assert posted(stage, data).clashes() == []


def test_field_can_be_emptied(journey, stage, owner):
    with journey.editing(by=owner):
        stage.situation = "On the train"
        stage.save()
    saved(journey, owner, posted(stage, sent(StageForm(instance=stage), situation="")))
    stage.refresh_from_db()
    assert stage.situation == ""


def test_form_without_what_was_seen_writes_what_it_says(journey, stage, owner):
    data = QueryDict("title=See&period=after&situation=")
    saved(journey, owner, posted(stage, data))
    stage.refresh_from_db()
    assert (stage.title, stage.period, stage.situation) == ("See", "after", "")


def test_what_was_not_changed_stays_though_it_would_not_be_valid_now(journey, owner):
    with journey.editing(by=owner):
        journey.title = ""
        journey.save()
    data = sent(JourneyForm(instance=journey), title="seen", review_due="2027-03-01")
    data["initial-title"] = "seen"
    with journey.editing(by=owner):
        form = JourneyForm(data, instance=Journey.objects.get(pk=journey.pk))
        assert form.changed_data == ["review_due"]
        assert form.is_valid() is False or form.save().title == ""
