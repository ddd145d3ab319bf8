"""Addresses of workshops; what stands on one is named under it."""

from django.urls import URLPattern, path

from workshops.views import (
    actions,
    agenda,
    all_actions,
    clusters,
    contributions,
    door,
    follow_up,
    inspiration,
    joining,
    mine,
    participants,
    proposals,
    reminders,
    rounds,
    showing,
    summaries,
    workshops,
)

app_name = "workshops"

BOARD = "workshops/<int:board_id>/"
CONTRIBUTION = f"{BOARD}contributions/<int:contribution_id>/"
PARTICIPANT = f"{BOARD}participants/<int:participant_id>/"
PROPOSAL = f"{BOARD}proposals/<int:proposal_id>/"
ROUND = f"{BOARD}rounds/<int:round_id>/"
AGENDA_ITEM = f"{BOARD}agenda/<int:item_id>/"
CASE = "inspiration/<int:inspirationcase_id>/"
SHOWN_CASE = f"{BOARD}inspiration/<int:showncase_id>/"
CLUSTER = f"{BOARD}clusters/<int:cluster_id>/"
ACTION = f"{BOARD}actions/<int:action_id>/"

urlpatterns: list[URLPattern] = [
    path("workshops/", workshops.index, name="list"),
    path("workshops/new/", workshops.new, name="new"),
    path(BOARD, workshops.show, name="workshop"),
    path(f"{BOARD}mine/", mine.show, name="mine"),
    path(f"{BOARD}mine/propose/", mine.propose, name="mine_propose"),
    path(f"{BOARD}mine/<str:kind>/add/", mine.add, name="mine_add"),
    path(f"{BOARD}mine/<str:kind>/<int:number>/edit/", mine.edit, name="mine_edit"),
    path(f"{BOARD}mine/<str:kind>/<int:number>/delete/", mine.delete, name="mine_delete"),
    path(f"{BOARD}reveal/", agenda.reveal, name="reveal"),
    path(f"{BOARD}projector/", workshops.projector, name="projector"),
    path(f"{BOARD}edit/", workshops.edit, name="edit"),
    path(f"{BOARD}scope/", workshops.scope, name="scope"),
    path(f"{BOARD}phase/", workshops.phase, name="phase"),
    path(f"{BOARD}delete/", workshops.delete, name="delete"),
    path(f"{BOARD}summary/", summaries.export, name="export_summary"),
    path(f"{BOARD}summary/mail/", summaries.mail, name="mail_summary"),
    path("join/", joining.enter, name="join_by_code"),
    path("join/<str:code>/", joining.door, name="door"),
    path("join/<str:code>/wait/", joining.wait, name="door_wait"),
    path(f"{BOARD}invite/", door.invite, name="invite"),
    path(f"{BOARD}door/", door.set_door, name="set_door"),
    path(f"{BOARD}door/code/", door.change_code, name="change_code"),
    path(f"{BOARD}door/admit/", door.admit, name="admit"),
    path(f"{BOARD}door/away/", door.turn_away, name="turn_away"),
    path(f"{BOARD}follow-up/", follow_up.plan, name="follow_up"),
    path(f"{BOARD}changed/", follow_up.changed, name="changed_on_map"),
    path(f"{BOARD}agenda/add/", agenda.create, name="agenda_item_create"),
    path(f"{BOARD}agenda/use/", agenda.use, name="use_agenda"),
    path(f"{BOARD}agenda/next/", agenda.proceed, name="proceed"),
    path(f"{AGENDA_ITEM}edit/", agenda.edit, name="agenda_item_edit"),
    path(f"{AGENDA_ITEM}move/", agenda.move, name="agenda_item_move"),
    path(f"{AGENDA_ITEM}delete/", agenda.delete, name="agenda_item_delete"),
    path(f"{AGENDA_ITEM}start/", agenda.start, name="agenda_item_start"),
    path(f"{AGENDA_ITEM}end/", agenda.end, name="agenda_item_end"),
    path(f"{AGENDA_ITEM}timer/", agenda.timer, name="timer"),
    path(f"{BOARD}columns/<int:key>/add/", contributions.create, name="contribution_create"),
    path(f"{CONTRIBUTION}edit/", contributions.edit, name="contribution_edit"),
    path(f"{CONTRIBUTION}move/", contributions.move, name="contribution_move"),
    path(f"{CONTRIBUTION}delete/", contributions.delete, name="contribution_delete"),
    path(f"{CONTRIBUTION}group/", clusters.group, name="contribution_group"),
    path(f"{CONTRIBUTION}look/", contributions.look, name="contribution_look"),
    path(f"{CONTRIBUTION}discussion/", contributions.discussion, name="discussion"),
    path(f"{BOARD}clusters/add/", clusters.create, name="cluster_create"),
    path(f"{CLUSTER}edit/", clusters.edit, name="cluster_edit"),
    path(f"{CLUSTER}delete/", clusters.delete, name="cluster_delete"),
    path(f"{BOARD}participants/add/", participants.create, name="participant_create"),
    path(f"{BOARD}participants/join/", participants.join, name="join"),
    path(f"{PARTICIPANT}edit/", participants.edit, name="participant_edit"),
    path(f"{PARTICIPANT}delete/", participants.delete, name="participant_delete"),
    path(f"{BOARD}proposals/add/", proposals.create, name="proposal_create"),
    path(f"{PROPOSAL}edit/", proposals.edit, name="proposal_edit"),
    path(f"{PROPOSAL}move/", proposals.move, name="proposal_move"),
    path(f"{PROPOSAL}delete/", proposals.delete, name="proposal_delete"),
    path(f"{PROPOSAL}rate/", proposals.rate, name="proposal_rate"),
    path(f"{CONTRIBUTION}vote/", rounds.vote, name="contribution_vote"),
    path(f"{ROUND}reveal/", rounds.reveal, name="round_reveal"),
    path(f"{ROUND}again/", rounds.again, name="round_again"),
    path(f"{BOARD}ratings/freeze/", rounds.freeze, name="freeze_ratings"),
    path(f"{BOARD}actions/add/", actions.create, name="action_create"),
    path(f"{ACTION}edit/", actions.edit, name="action_edit"),
    path(f"{ACTION}move/", actions.move, name="action_move"),
    path(f"{ACTION}reopen/", actions.reopen, name="action_reopen"),
    path(f"{ACTION}picture/", actions.picture, name="action_picture"),
    path(f"{ACTION}proof/", actions.prove, name="action_proof"),
    path(f"{ACTION}proof/remove/", actions.remove_picture, name="action_proof_remove"),
    path(f"{ACTION}delete/", actions.delete, name="action_delete"),
    path("actions/", all_actions.index, name="actions"),
    path("reminders/stop/<str:token>/", reminders.stop, name="stop_reminders"),
    path("inspiration/", inspiration.library, name="inspiration"),
    path("inspiration/new/", inspiration.new, name="inspiration_new"),
    path(CASE, inspiration.show, name="inspiration_case"),
    path(f"{CASE}edit/", inspiration.edit, name="inspiration_edit"),
    path(f"{CASE}delete/", inspiration.delete, name="inspiration_delete"),
    path(f"{CASE}picture/", inspiration.picture, name="inspiration_picture"),
    path(f"{CASE}picture/change/", inspiration.change_picture, name="inspiration_picture_change"),
    path(f"{BOARD}inspiration/", showing.choose, name="choose_inspiration"),
    path(f"{BOARD}inspiration/away/", showing.put_away, name="put_away_case"),
    path(
        f"{BOARD}inspiration/cases/<int:inspirationcase_id>/", showing.take, name="take_inspiration"
    ),
    path(f"{SHOWN_CASE}show/", showing.show, name="shown_case_show"),
    path(f"{SHOWN_CASE}drop/", showing.drop, name="shown_case_drop"),
    path(f"{SHOWN_CASE}picture/", showing.picture, name="shown_case_picture"),
]
