"""Does the process live, and is everything it needs there?"""

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from collaboration import readiness
from teams.access import public

logger = structlog.get_logger(__name__)


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part `ok` or `down`; why it is down stands in the log, not in the answer."""
    faults = readiness.faults()
    for part, fault in faults.items():
        if fault:
            logger.error("not_ready", part=part, fault=fault)
    parts = {part: "down" if fault else "ok" for part, fault in faults.items()}
    return JsonResponse(parts, status=503 if any(faults.values()) else 200)
