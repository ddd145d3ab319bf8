"""What can be forgotten in a model is found here."""

import pytest
from django.apps import apps

from collaboration.editing import OutsideEditing
from collaboration.models import BoardItem, Recorded

OURS = ("teams", "collaboration", "journeys", "touchpoints", "insights", "workshops")
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
WITHOUT_WORKSPACE = {
    "User": "a person may belong to several workspaces",
    "Workspace": "it is the workspace",
    "LadderStep": "belongs to a ladder",
    "PersonaVersion": "belongs to a persona",
    "ApiToken": "belongs to a person",
    "OutgoingMail": "goes to an address",
    "IdempotentAnswer": "belongs to a person for a day",
}


def names(model) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def belongs(model) -> bool:
    return bool({"workspace", "board"} & names(model))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_belongs_to_a_workspace_or_says_why_not(model):
    assert belongs(model) != (model.__name__ in WITHOUT_WORKSPACE)


def test_no_reason_is_stale():
    assert set(WITHOUT_WORKSPACE) <= {model.__name__ for model in MODELS}


RECORDED = [model for model in MODELS if issubclass(model, Recorded)]


@pytest.mark.parametrize("model", RECORDED, ids=lambda model: model.__name__)
def test_case_11_no_recorded_row_is_written_outside_an_edit(model):
    item = model(pk=1, board_id=1) if issubclass(model, BoardItem) else model(pk=1)
    rows = model.objects.all()
    writes = [
        item.save,
        item.delete,
        rows.delete,
        lambda: rows.update(version=1),
        lambda: rows.bulk_create([item]),
        lambda: rows.bulk_update([item], ["version"]),
        lambda: rows.update_or_create(pk=1),
    ]
    for write in writes:
        with pytest.raises(OutsideEditing):
            write()
