from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = _("Workshops")

    def ready(self) -> None:
        from collaboration import exporting, guests, limits, live, rules, search
        from collaboration.models import Export
        from touchpoints import goals, problems
        from workshops import mine, services
        from workshops.agenda_models import AGENDA, Act
        from workshops.allowing import require_open
        from workshops.answering import RatingPart, VotingPart
        from workshops.collecting import CollectingPart
        from workshops.collecting_models import CLUSTERS
        from workshops.finding import CaseFindable
        from workshops.findings import WalkFindings, take_in
        from workshops.inspiration_models import SHOWN
        from workshops.models import Workshop
        from workshops.page import WorkshopPage
        from workshops.page.projector import ProjectorPage
        from workshops.preparing import render_personas, render_sheet
        from workshops.proposing import ProposingPart
        from workshops.rounds import require_not_frozen
        from workshops.seats import given_to_seats
        from workshops.serving import ActionEfforts
        from workshops.summary.options import summary_name, summary_options
        from workshops.summary.render import render_summary

        live.register(WorkshopPage())
        live.register(ProjectorPage())
        problems.register(WalkFindings())
        services.begin_with(take_in)
        rules.register(Workshop.KIND, require_open)
        rules.register(Workshop.KIND, require_not_frozen)
        limits.register(AGENDA, SHOWN, CLUSTERS)
        search.register(CaseFindable())
        mine.register(Act.ADD, CollectingPart())
        mine.register(Act.PROPOSE, ProposingPart())
        guests.register(given_to_seats)
        mine.register(Act.VOTE, VotingPart())
        mine.register(Act.RATE, RatingPart())
        goals.register(ActionEfforts())
        exporting.register(Workshop.KIND, Export.Kind.SUMMARY, render_summary)
        exporting.register_options(Workshop.KIND, Export.Kind.SUMMARY, summary_options)
        exporting.name_by_options(Workshop.KIND, Export.Kind.SUMMARY, summary_name)
        exporting.share_among_readers(Workshop.KIND, Export.Kind.SUMMARY)
        exporting.register(Workshop.KIND, Export.Kind.PREPARATION, render_sheet)
        exporting.register(Workshop.KIND, Export.Kind.PERSONAS, render_personas)
