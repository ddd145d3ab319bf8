"""Addresses of API v1."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import APIRootView, DefaultRouter

from collaboration.api import (
    attention,
    changes,
    comments,
    exports,
    imports,
    schema,
    sharing,
    trash,
)
from collaboration.api.search import SearchView
from insights import api as insights
from insights import evidence_api as grounds
from insights import interview_api as interviews
from insights import planning_api as planned
from insights import readiness_api as ready
from journeys.api import (
    items,
    maps,
    metrics,
    paths,
    personas,
    pictures,
    saved_views,
    snapshots,
    templates,
)
from teams.access import declare
from teams.api import workspaces
from touchpoints import activity_api, gap_api, goal_api, message_api, priority_api, walk_api
from touchpoints import api as touchpoints
from workshops.api import (
    action_goals,
    actions,
    agenda,
    clusters,
    decisions,
    inspiration,
    invitations,
    rounds,
    sessions,
)

app_name = "api"


class Root(APIRootView):
    """Every resource with its address."""

    metadata_class = None


router = DefaultRouter(use_regex_path=False)
router.APIRootView = Root
router.include_format_suffixes = False
for name, resource in {
    "workspaces": workspaces.WorkspaceViewSet,
    "memberships": workspaces.MembershipViewSet,
    "personas": personas.PersonaViewSet,
    "journeys": maps.JourneyViewSet,
    "journey-templates": templates.JourneyTemplateViewSet,
    "stages": items.StageViewSet,
    "lanes": items.LaneViewSet,
    "notes": items.NoteViewSet,
    "emotions": items.EmotionViewSet,
    "paths": paths.PathViewSet,
    "metrics": metrics.MetricViewSet,
    "saved-views": saved_views.SavedViewViewSet,
    "pictures": pictures.PictureViewSet,
    "channels": touchpoints.ChannelViewSet,
    "touchpoints": touchpoints.TouchpointViewSet,
    "touchpoint-emotions": touchpoints.TouchpointFeelingViewSet,
    "activities": activity_api.ActivityViewSet,
    "goals": goal_api.GoalViewSet,
    "activity-goals": goal_api.ActivityGoalViewSet,
    "message-links": message_api.MessageLinkViewSet,
    "walks": walk_api.WalkViewSet,
    "walk-steps": walk_api.WalkStepViewSet,
    "sources": insights.SourceViewSet,
    "interview-guides": interviews.InterviewGuideViewSet,
    "interviews": interviews.InterviewViewSet,
    "insights": insights.InsightViewSet,
    "evidence": grounds.EvidenceViewSet,
    "chosen-sources": planned.ChosenSourceViewSet,
    "readiness": ready.ReadinessViewSet,
    "answers": ready.AnswerViewSet,
    "workshops": sessions.WorkshopViewSet,
    "agenda-items": agenda.AgendaItemViewSet,
    "participants": sessions.ParticipantViewSet,
    "contributions": sessions.ContributionViewSet,
    "clusters": clusters.ClusterViewSet,
    "proposals": decisions.ProposalViewSet,
    "ratings": decisions.RatingViewSet,
    "rounds": rounds.RoundViewSet,
    "votes": rounds.VoteViewSet,
    "actions": actions.ActionViewSet,
    "action-goals": action_goals.ActionGoalViewSet,
    "workshop-invitations": invitations.WorkshopInvitationViewSet,
    "inspiration-cases": inspiration.InspirationCaseViewSet,
    "shown-cases": inspiration.ShownCaseViewSet,
    "comments": comments.CommentViewSet,
    "assignments": attention.AssignmentViewSet,
    "notifications": attention.NotificationViewSet,
    "changes": changes.ChangeViewSet,
    "snapshots": snapshots.SnapshotViewSet,
    "exports": exports.ExportViewSet,
    "imports": imports.ImportViewSet,
    "share-links": sharing.ShareLinkViewSet,
    "board-accesses": sharing.BoardAccessViewSet,
    "trash": trash.TrashViewSet,
}.items():
    router.register(name, resource, basename=name)

# These views look at token and session themselves, and at the role at each object's place.
for_programs = [
    path("schema/", SpectacularAPIView.as_view(metadata_class=None), name="schema"),
    path("search/", SearchView.as_view(), name="search"),
    path("journeys/<int:journey_id>/coverage/", grounds.CoverageView.as_view(), name="coverage"),
    path("journeys/<int:pk>/gaps/", gap_api.GapsView.as_view(), name="journey-gaps"),
    path(
        "journeys/<int:pk>/tension/",
        goal_api.TensionView.as_view({"get": "retrieve"}),
        name="journey-tension",
    ),
    path(
        "journeys/<int:pk>/priorities/",
        priority_api.PrioritiesView.as_view({"get": "retrieve"}),
        name="journey-priorities",
    ),
    path(
        "journeys/<int:pk>/priorities/weights/",
        priority_api.PriorityWeightsView.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="journey-weights",
    ),
    *router.urls,
]
for address in for_programs:
    if address.callback is not None:
        declare(address.callback, "api")

urlpatterns = [path("docs/", schema.docs, name="docs"), *for_programs]
