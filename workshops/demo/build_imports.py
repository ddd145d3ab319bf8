"""A table that somebody has begun to bring in: its columns are known, one row waits to be put right."""

from django.core.files.base import ContentFile

from collaboration.importing import asking, working
from collaboration.importing.kinds import kind_of
from collaboration.importing.models import Import
from journeys.models import Journey
from workshops.demo.people import Cast

TABLE = """\
Stage;Touchpoint;Channel;Customers use it;Why not, if they do not use it;Importance to the customer
Active evaluation;Trade fair stand in Herning;Event or fair;Sometimes;;3
Active evaluation;Webinar on year-end closing;Video;Mainly;;4
Active evaluation;Printed price list;Letter or print;Not;Out of date the day it arrives;2
Purchase decision;Call from the finance partner;Phone;Mainly;;5
Renewal;Letter before the contract ends;Letter or print;Mainly;;4
"""


def begin_import(journey: Journey, cast: Cast) -> None:
    """Read and checked, and waiting for its person."""
    by = cast.actors["editor"]
    row = asking.start_import(
        kind=kind_of("touchpoints"),  # type: ignore[arg-type] # registered when the apps began
        place=journey,
        upload=ContentFile(TABLE.encode("latin-1"), name="touchpoints-from-sales.csv"),
        language="en",
        by=by,
    )
    working.work(row.pk)
    row = Import.objects.select_related("board", "workspace", "requested_by").get(pk=row.pk)
    asking.choose(row, mapping=row.mapping, options={"channels": "create"}, by=by)
    working.work(row.pk)
