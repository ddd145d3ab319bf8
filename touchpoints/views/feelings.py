"""How customers feel at a touchpoint."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from collaboration.access import board_view
from journeys.models import Feeling, Journey, Persona
from journeys.views.feelings import FeltPlace, feeling_in_place
from teams.access import Request
from teams.models import Role
from touchpoints.forms import TouchpointFeelingForm
from touchpoints.models import Touchpoint, TouchpointFeeling


@require_http_methods(["GET", "POST"])
@board_view(Role.EDITOR, Journey)
def feel(request: Request, journey: Journey, touchpoint_id: int) -> HttpResponse:
    def empty(touchpoint: Any, persona: Persona | None) -> Feeling:
        return TouchpointFeeling(board=journey, touchpoint=touchpoint, persona=persona)

    place = FeltPlace("touchpoints:feeling", Touchpoint, touchpoint_id, empty)
    return feeling_in_place(request, journey, place, TouchpointFeelingForm)
