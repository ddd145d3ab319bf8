"""Puts the two demo workspaces together."""

from django.db import transaction
from django.utils import translation

from journeys.own_starters import save_as_template
from workshops.demo import (
    software_goals,
    software_ready,
    sunglasses,
    sunglasses_goals,
    sunglasses_learnt,
    sunglasses_ready,
)
from workshops.demo.build_future import draw_future
from workshops.demo.build_imports import begin_import
from workshops.demo.build_look import wear_colours
from workshops.demo.build_map import Library, begin_draft, discuss, draw_journey, fill_library
from workshops.demo.build_outcomes import carry_out
from workshops.demo.build_people import look_after
from workshops.demo.build_sides import link_messages, make_ready, rank_goals
from workshops.demo.build_talks import choose_sources, hold_talks, rest_claims
from workshops.demo.build_walks import walk_journey
from workshops.demo.build_workshop import hold_workshop
from workshops.demo.cases import inspire
from workshops.demo.invited import invite_by_hand
from workshops.demo.large import draw_large_journey
from workshops.demo.looking_back import look_back
from workshops.demo.outcomes import OUTCOMES
from workshops.demo.people import MEMBERS, STRANGER, Cast, open_workspace
from workshops.demo.sessions import COMING, FINISHED
from workshops.demo.software import SOFTWARE
from workshops.demo.software_future import FUTURE, FUTURE_STAGES
from workshops.demo.software_learnt import SOURCES
from workshops.demo.strangers import CHARTER
from workshops.demo.talks import CHOSEN, CLAIMS
from workshops.demo.walks import BRILLUX, ORDERLINE, OURS


@transaction.atomic
def build_demo(*, large_journeys: int = 0) -> Cast:
    """Make both workspaces anew, or neither; in English, whatever language is in force.

    Raises NotTheDemos where somebody else's workspace has the short name of one.
    """
    with translation.override("en"):
        _build_other()
        cast = open_workspace("Nordlys Software", "demo", MEMBERS)
        for number in range(1, large_journeys + 1):
            draw_large_journey(number, cast)
        _build_demo(cast)
    return cast


def _build_other() -> None:
    stranger = open_workspace("Havvind Charter", "other", {"owner": STRANGER})
    draw_journey(CHARTER, stranger, Library())


def _build_demo(cast: Cast) -> None:
    """The journey that is to be seen first is edited last."""
    wear_colours(cast)
    library = fill_library(cast, SOURCES | sunglasses_learnt.SOURCES)
    glasses = draw_journey(sunglasses.SUNGLASSES, cast, library)
    make_ready(glasses, sunglasses_ready.READY, cast, library)
    link_messages(glasses, sunglasses_ready.LINKS, cast)
    rank_goals(glasses, sunglasses_goals.GOALS, sunglasses_goals.SERVED, cast)
    discuss(glasses, sunglasses.SUNGLASSES.threads, cast)
    for walk in (OURS, BRILLUX):
        walk_journey(walk, glasses, cast)
    software = draw_journey(SOFTWARE, cast, library)
    draw_future(FUTURE, software, FUTURE_STAGES, cast, library)
    hold_talks(software, cast, library)
    rest_claims(CLAIMS, software, cast)
    choose_sources(CHOSEN, software, cast)
    choose_sources(sunglasses_learnt.CHOSEN, glasses, cast)
    rest_claims(sunglasses_learnt.CLAIMS, glasses, cast)
    make_ready(software, software_ready.READY, cast, library)
    link_messages(software, software_ready.LINKS, cast)
    look_back(software, cast)
    begin_draft(cast)
    save_as_template(
        software,
        name="How our wholesalers buy",
        about="The seven stages as we word them, with the lane of who is involved.",
        by=cast.actors["editor"],
    )
    finished = hold_workshop(FINISHED, software, cast)
    carry_out(OUTCOMES, finished, cast)
    coming = hold_workshop(COMING, software, cast, follows=finished)
    inspire(finished, coming, cast)
    invite_by_hand(coming, cast)
    walk_journey(ORDERLINE, software, cast)
    rank_goals(software, software_goals.GOALS, software_goals.SERVED, cast)
    discuss(software, SOFTWARE.threads, cast)
    look_after(software, cast)
    begin_import(software, cast)
