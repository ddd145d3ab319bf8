"""Addresses that every kind of board shares."""

from django.urls import URLPattern, URLResolver, include, path

from collaboration.import_urls import import_urls
from collaboration.views import (
    assignments,
    attention,
    branding,
    comments,
    door,
    embed,
    exports,
    history,
    imports,
    live,
    notifications,
    regions,
    sharing,
    threads,
    undo,
)
from collaboration.views.search import results

app_name = "collaboration"

comment_urls: list[URLPattern] = [
    path("", comments.show, name="comments"),
    path("all/", threads.index, name="all_comments"),
    path("new/", comments.create, name="comment_create"),
    path("<int:comment_id>/", threads.one, name="comment"),
    path("<int:comment_id>/edit/", comments.edit, name="comment_edit"),
    path("<int:comment_id>/delete/", comments.delete, name="comment_delete"),
    path("<int:comment_id>/resolve/", comments.resolve, name="comment_resolve"),
    path("<int:comment_id>/reopen/", comments.reopen, name="comment_reopen"),
]

share_urls: list[URLPattern] = [
    path("", sharing.show, name="share"),
    path("hidden/", sharing.hide, name="hide"),
    path("people/", sharing.people, name="give_access"),
    path("links/", sharing.make, name="make_link"),
    path("links/<int:link_id>/", sharing.change, name="change_link"),
    path("links/<int:link_id>/revoke/", sharing.revoke, name="revoke_link"),
    path("links/<int:link_id>/unlock/", sharing.unlock, name="unlock_link"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", results, name="search"),
    path("s/", door.show, name="door"),
    path("s/leave/", door.step_out, name="leave"),
    path("s/<str:token>/", door.open_link, name="open_link"),
    path("embed/<str:token>/", embed.show, name="embed"),
    path("boards/<int:board_id>/share/", include(share_urls)),
    path("boards/<int:board_id>/changes/", live.changes, name="changes"),
    path("boards/<int:board_id>/regions/", regions.regions, name="regions"),
    path("imports/", include(import_urls)),
    path(
        "boards/<int:board_id>/imports/new/<slug:kind>/",
        imports.new_on_board,
        name="import_new_on_board",
    ),
    path("boards/<int:board_id>/exports/", exports.create, name="create_export"),
    path("boards/<int:board_id>/exports/<int:export_id>/", exports.status, name="export"),
    path("boards/<int:board_id>/exports/<int:export_id>/file/", exports.file, name="export_file"),
    path(
        "boards/<int:board_id>/exports/<int:export_id>/retry/", exports.retry, name="retry_export"
    ),
    path("boards/<int:board_id>/undo/", undo.undo, name="undo"),
    path("boards/<int:board_id>/redo/", undo.redo, name="redo"),
    path("boards/<int:board_id>/changes/<int:version>/undo/", undo.undo_edit, name="undo_edit"),
    path("boards/<int:board_id>/history/", history.history, name="history"),
    path("boards/<int:board_id>/comments/", include(comment_urls)),
    path("boards/<int:board_id>/people/", attention.people, name="people"),
    path("boards/<int:board_id>/unread/", attention.unread, name="unread"),
    path("boards/<int:board_id>/visited/", attention.visited, name="visited"),
    path("boards/<int:board_id>/here/", attention.here, name="here"),
    path("boards/<int:board_id>/owner/", assignments.owner, name="owner"),
    path("boards/<int:board_id>/owner/nobody/", assignments.no_owner, name="no_owner"),
    path("workspaces/look/", branding.branding, name="branding"),
    path("workspaces/logo/", branding.logo, name="logo"),
    path("mine/", assignments.mine, name="mine"),
    path("notifications/", notifications.index, name="notifications"),
    path("notifications/bell/", notifications.bell, name="bell"),
    path("notifications/newest/", notifications.newest, name="newest"),
    path("notifications/read/", notifications.read_all, name="notifications_read"),
    path(
        "notifications/<int:notification_id>/open/",
        notifications.open_one,
        name="notification_open",
    ),
    path("unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
]
