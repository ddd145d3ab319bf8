"""Groups of contributions that are about the same thing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collaboration.access import board_view
from collaboration.inplace import create_in_place, save_in_place
from collaboration.live import answer
from journeys.views.places import named_item
from teams.access import Request
from teams.models import Role
from workshops import clustering
from workshops.collecting_models import LONGEST_NAME, Cluster
from workshops.forms import ClusterForm
from workshops.models import Contribution, Workshop

NEW = "new"


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def create(request: Request, workshop: Workshop) -> HttpResponse:
    template, context = "workshops/_cluster_new.html", {"workshop": workshop}
    if request.method == "GET":
        return render(request, template, {**context, "form": ClusterForm()})

    def add(values: dict[str, Any]) -> None:
        clustering.create_cluster(workshop, by=request.actor, **values)

    form = ClusterForm(request.POST)
    return create_in_place(
        request,
        workshop,
        form,
        template=template,
        context=context,
        create=add,
        needs=Role.COMMENTER,
    )


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def edit(request: Request, workshop: Workshop, cluster_id: int) -> HttpResponse:
    template, context = "workshops/_cluster_form.html", {"workshop": workshop}
    if request.method == "POST":
        return save_in_place(
            request,
            workshop,
            (Cluster, cluster_id),
            ClusterForm,
            template=template,
            context=context,
            needs=Role.COMMENTER,
        )
    present = named_item(workshop, Cluster, cluster_id)
    form = ClusterForm(instance=present)
    return render(request, template, {**context, "item": present, "form": form})


@require_POST
@board_view(Role.COMMENTER, Workshop)
def delete(request: Request, workshop: Workshop, cluster_id: int) -> HttpResponse:
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        cluster = named_item(workshop, Cluster, cluster_id)
        clustering.delete_cluster(cluster, by=request.actor)
    said = _("The group “%(name)s” is dissolved; what was in it stays.")
    return answer(request, edit, said=said % {"name": cluster})


@require_http_methods(["GET", "POST"])
@board_view(Role.COMMENTER, Workshop)
def group(request: Request, workshop: Workshop, contribution_id: int) -> HttpResponse:
    """Put a contribution into the group `cluster`, into a `new` one, or into none."""
    if request.method == "GET":
        clusters = Cluster.objects.filter(board=workshop.pk)
        item = named_item(workshop, Contribution, contribution_id)
        context = {"workshop": workshop, "clusters": clusters, "item": item}
        return render(request, "workshops/_group_form.html", context)
    asked, name = request.POST.get("cluster"), request.POST.get("name", "").strip()
    if asked is None or len(name) > LONGEST_NAME:
        raise Http404
    with workshop.editing(by=request.actor, needs=Role.COMMENTER) as edit:
        item = named_item(workshop, Contribution, contribution_id)
        if asked == NEW:
            clustering.begin_cluster(item, name=name, by=request.actor)
        else:
            cluster = named_item(workshop, Cluster, asked) if asked else None
            clustering.put_in_cluster(item, cluster=cluster, by=request.actor)
    said = _("It is now in the group “%(name)s”.") % {"name": item.cluster}
    return answer(request, edit, said=said if item.cluster else _("It is in no group now."))
