"""Addresses of touchpoints on a map and of the workspace's channels."""

from django.urls import URLPattern, URLResolver, include, path

from touchpoints.views import (
    activities,
    activity_cells,
    channels,
    feelings,
    gaps,
    goals,
    inventory,
    messages,
    priorities,
    touchpoints,
    walk_steps,
    walks,
)

app_name = "touchpoints"

walk_urls = [
    path("", walks.page, name="walks"),
    path("new/", walks.start, name="walk_start"),
    path("side-by-side/", walks.compare, name="walks_compared"),
    path("<int:walk_id>/", walks.walk, name="walk"),
    path("<int:walk_id>/answers/", walk_steps.save, name="walk_answers"),
    path("<int:walk_id>/edit/", walks.edit, name="walk_edit"),
    path("<int:walk_id>/finish/", walks.finish, name="walk_finish"),
    path("<int:walk_id>/delete/", walks.delete, name="walk_delete"),
    path("steps/<int:walkstep_id>/", walk_steps.show, name="walk_step"),
    path("steps/<int:walkstep_id>/photo/", walk_steps.photo, name="walk_photo"),
    path("steps/<int:walkstep_id>/problem/", walk_steps.problem, name="walk_problem"),
    path("steps/<int:walkstep_id>/no-problem/", walk_steps.hold_back, name="walk_hold_back"),
    path("steps/<int:walkstep_id>/delete/", walk_steps.delete, name="walk_step_delete"),
]

message_urls = [
    path("", messages.page, name="messages"),
    path("new/", messages.create, name="link_create"),
    path("<int:messagelink_id>/edit/", messages.edit, name="link_edit"),
    path("<int:messagelink_id>/judge/", messages.judge, name="link_judge"),
    path("<int:messagelink_id>/another/", messages.another, name="link_another"),
    path("<int:messagelink_id>/delete/", messages.delete, name="link_delete"),
    path("wordings/<int:linkedmessage_id>/edit/", messages.wording, name="wording"),
    path("wordings/<int:linkedmessage_id>/delete/", messages.take_out, name="link_take_out"),
]

goal_urls = [
    path("", goals.page, name="goals"),
    path("new/<slug:side>/", goals.create, name="goal_create"),
    path("<int:goal_id>/edit/", goals.edit, name="goal_edit"),
    path("<int:goal_id>/move/", goals.move, name="goal_move"),
    path("<int:goal_id>/delete/", goals.delete, name="goal_delete"),
    path("serving/<slug:effort>/", goals.served, name="served"),
]

map_urls: list[URLPattern | URLResolver] = [
    path(
        "stages/<int:stage_id>/lanes/<int:lane_id>/touchpoints/",
        touchpoints.create,
        name="touchpoint_create",
    ),
    path("activities/", activities.page, name="activities"),
    path("activities/new/", activities.create, name="activity_create"),
    path("activities/<int:activity_id>/edit/", activities.edit, name="activity_edit"),
    path("activities/<int:activity_id>/delete/", activities.delete, name="activity_delete"),
    path("activities/<int:activity_id>/decide/", gaps.decide, name="activity_decide"),
    path(
        "stages/<int:stage_id>/lanes/<int:lane_id>/activities/",
        activity_cells.create,
        name="activity_cell_create",
    ),
    path("map/activities/<int:activity_id>/edit/", activity_cells.edit, name="activity_cell_edit"),
    path("map/activities/<int:activity_id>/move/", activity_cells.move, name="activity_cell_move"),
    path(
        "map/activities/<int:activity_id>/delete/", activities.delete, name="activity_cell_delete"
    ),
    path("priorities/", priorities.page, name="priorities"),
    path("priorities/weights/", priorities.weights, name="weights"),
    path("messages/", include(message_urls)),
    path("walks/", include(walk_urls)),
    path("goals/", include(goal_urls)),
    path("gaps/", gaps.page, name="gaps"),
    path("gaps/export/", gaps.export, name="gaps_export"),
    path("touchpoints/", inventory.table, name="inventory"),
    path("touchpoints/add/", inventory.add, name="inventory_add"),
    path("touchpoints/export/", inventory.export, name="inventory_export"),
    path("touchpoints/paste/", inventory.paste, name="inventory_paste"),
    path("touchpoints/<int:touchpoint_id>/cell/", inventory.cell, name="inventory_cell"),
    path("touchpoints/<int:touchpoint_id>/edit/", touchpoints.edit, name="touchpoint_edit"),
    path("touchpoints/<int:touchpoint_id>/feeling/", feelings.feel, name="feeling"),
    path("touchpoints/<int:touchpoint_id>/move/", touchpoints.move, name="touchpoint_move"),
    path("touchpoints/<int:touchpoint_id>/delete/", touchpoints.delete, name="touchpoint_delete"),
]

urlpatterns = [
    path("journeys/<int:board_id>/", include(map_urls)),
    path("channels/", channels.library, name="channels"),
    path("channels/new/", channels.create, name="channel_create"),
    path("channels/usual/", channels.usual, name="channels_usual"),
    path("channels/<int:channel_id>/edit/", channels.edit, name="channel_edit"),
    path("channels/<int:channel_id>/delete/", channels.delete, name="channel_delete"),
]
