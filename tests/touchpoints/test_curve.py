"""The emotion curve with feelings at touchpoints: points, pieces, and moments of truth."""

import pytest
from django.urls import reverse

from collaboration.live import Viewer, render_changes
from collaboration.models import Board
from collaboration.undo import undo
from journeys import selectors, services
from journeys.curve import table_html
from journeys.emotion import WORDS, curves
from journeys.feelings import save_feeling
from journeys.models import Emotion, Journey, Lane, Stage
from journeys.page import JourneyPage, grid_html
from journeys.spots import spots_of
from teams.models import Role
from tests.pages import text_of, tree_of, with_pieces
from touchpoints.models import Touchpoint, TouchpointFeeling
from touchpoints.services import create_touchpoint, delete_touchpoint, move_touchpoint


@pytest.fixture
def scene(journey, stages, nordlys, by_bob):
    mette = services.create_persona(nordlys, name="Mette", by=by_bob)
    jonas = services.create_persona(nordlys, name="Jonas", by=by_bob)
    services.attach_persona(journey, mette, by=by_bob)
    services.attach_persona(journey, jonas, by=by_bob)
    call, shop = (
        create_touchpoint(stage=stages[0], title=title, by=by_bob) for title in ("A call", "A shop")
    )
    services.record_emotion(stages[0], persona=mette, score=1, reason="Curious", by=by_bob)
    feel(call, mette, -2, "Nobody answers", by_bob)
    return {
        "journey": journey, "stages": stages, "mette": mette, "jonas": jonas,
        "call": call, "shop": shop, "by": by_bob,
    }  # fmt: skip


def feel(touchpoint, persona, score, reason, by):
    feeling = TouchpointFeeling.objects.filter(touchpoint=touchpoint, persona=persona).first()
    feeling = feeling or TouchpointFeeling(
        board_id=touchpoint.board_id, touchpoint=touchpoint, persona=persona
    )
    feeling.score, feeling.reason = score, reason
    save_feeling(feeling, by=by)


def page_of(journey, viewer):
    loaded = selectors.map_of(Journey.objects.get(pk=journey.pk))
    head = JourneyPage().draw(loaded.journey, {"journey-head"}, viewer)["journey-head"]
    table = table_html(loaded, selectors.emotions_of(journey), viewer)
    return f"<main>{head}{grid_html(loaded, viewer)}{table}</main>"


def clear(scene):
    feeling = TouchpointFeeling.objects.get(touchpoint=scene["call"])
    feeling.score = None
    save_feeling(feeling, by=scene["by"])


def mark_moment(scene):
    with scene["journey"].editing(by=scene["by"]):
        shop = Touchpoint.objects.get(pk=scene["shop"].pk)
        shop.moment_of_truth = True
        shop.save()


def rename_stage(scene):
    with scene["journey"].editing(by=scene["by"]):
        stage = Stage.objects.get(pk=scene["stages"][0].pk)
        stage.title = "Curious"
        stage.save()


ACTS = {
    "feel in a stage": lambda s: services.record_emotion(
        s["stages"][1], persona=s["jonas"], score=2, by=s["by"]
    ),
    "feel at a touchpoint": lambda s: feel(s["shop"], s["jonas"], 2, "A smile", s["by"]),
    "feel otherwise": lambda s: feel(s["call"], s["mette"], 0, "They called back", s["by"]),
    "clear": clear,
    "mark a moment": mark_moment,
    "move a touchpoint": lambda s: move_touchpoint(s["call"], stage=s["stages"][2], by=s["by"]),
    "delete a touchpoint": lambda s: delete_touchpoint(s["call"], by=s["by"]),
    "delete a stage": lambda s: services.delete_stage(s["stages"][0], by=s["by"]),
    "rename a stage": rename_stage,
    "take a persona off": lambda s: services.detach_persona(s["journey"], s["mette"], by=s["by"]),
}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
@pytest.mark.parametrize("act", ACTS)
def test_map_and_table_with_their_pieces_are_the_page_reloaded(act, role, scene):
    viewer, journey = Viewer(role, "en"), scene["journey"]
    before, since = page_of(journey, viewer), Board.objects.get(pk=journey.pk).version
    ACTS[act](scene)
    board = Board.objects.get(pk=journey.pk)
    assert board.version == since + 1
    patched = with_pieces(tree_of(before), render_changes(board, since, viewer).html)
    after = page_of(journey, viewer)
    assert after != before
    assert text_of(patched) == text_of(tree_of(after))
    undo(board, board.version, by=scene["by"])
    assert text_of(tree_of(page_of(journey, viewer))) == text_of(tree_of(before))


def points_of(scene):
    spots = spots_of(scene["journey"])
    people = selectors.personas_of(scene["journey"])
    found = curves(scene["stages"], people, selectors.emotions_of(scene["journey"]), spots)
    return {curve.persona.name: curve.points for curve in found}


def test_points_at_touchpoints_stand_in_their_order_around_the_stages_own(scene):
    feel(scene["shop"], scene["mette"], 2, "", scene["by"])
    feel(scene["shop"], scene["jonas"], 1, "", scene["by"])
    points = points_of(scene)
    mette = points["Mette"]
    assert [point.feeling.score for point in mette] == [-2, 1, 2]
    assert [point.x for point in mette] == sorted({point.x for point in mette})
    assert all(0 < point.x < 100 for point in mette)
    assert points["Jonas"][0].x == mette[2].x


def test_sixty_touchpoints_in_a_stage_leave_every_line_running_to_the_right(scene):
    for number in range(58):
        touchpoint = create_touchpoint(
            stage=scene["stages"][0], title=f"Step {number}", by=scene["by"]
        )
        feel(touchpoint, scene["mette"], number % 5 - 2, "", scene["by"])
    xs = [point.x for point in points_of(scene)["Mette"]]
    assert xs == sorted(set(xs))
    assert all(0 < x < 100 for x in xs)


def test_the_moments_of_truth_are_marked_by_the_server(scene):
    def cell():
        page = tree_of(page_of(scene["journey"], Viewer(Role.VIEWER, "en")))
        first = scene["stages"][0].pk
        return next(
            each for each in page.iter("div")
            if each.get("id", "").startswith(f"cell-{first}-")
            and any("emotion-points" in (one.get("class") or "") for one in each)
        )  # fmt: skip

    assert cell().get("data-moment") is None
    mark_moment(scene)
    assert cell().get("data-moment") is not None
    assert "A shop" in "".join(cell().itertext())


def test_a_persona_goes_with_what_it_felt_at_touchpoints(scene):
    services.detach_persona(scene["journey"], scene["mette"], by=scene["by"])
    services.delete_persona(scene["mette"], by=scene["by"])
    assert not TouchpointFeeling.objects.exists()
    assert not Emotion.objects.exists()


def test_the_form_at_a_touchpoint_offers_those_whose_feeling_is_not_known(client_of, bob, scene):
    address = reverse("touchpoints:feeling", args=[scene["journey"].pk, scene["call"].pk])
    page = client_of(bob).get(address, {"at": "x", "region": ""}).content.decode()
    assert f'name="persona" value="{scene["jonas"].pk}"' in page
    address = reverse("touchpoints:feeling", args=[scene["journey"].pk, scene["shop"].pk])
    page = client_of(bob).get(address, {"at": "x", "region": ""}).content.decode()
    assert page.count("<option value=") == 2 + len(WORDS) + 1


def test_a_feeling_given_in_a_cell_draws_that_cell_again(client_of, bob, scene, stages):
    address = reverse("touchpoints:feeling", args=[scene["journey"].pk, scene["shop"].pk])
    lane = Lane.objects.get(board=scene["journey"].pk, kind="touchpoints")
    region = f"cell-{stages[0].pk}-{lane.pk}"
    data = {"persona": scene["jonas"].pk, "score": "1", "reason": "A smile", "region": region}
    answer = client_of(bob).post(address, data)
    assert answer.status_code == 200
    assert answer.content.decode().count(f'hx-target="#{region}"') == 1
    assert TouchpointFeeling.objects.get(touchpoint=scene["shop"]).reason == "A smile"
