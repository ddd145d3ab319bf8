"""What the running activity asks of whoever looks."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from collaboration.access import board_view
from teams.access import Request
from teams.models import Role
from workshops.mine import draw_mine
from workshops.models import Workshop


@require_GET
@board_view(Role.VIEWER, Workshop)
def show(request: Request, workshop: Workshop) -> HttpResponse:
    return HttpResponse(draw_mine(request, workshop), headers={"Cache-Control": "no-store"})
