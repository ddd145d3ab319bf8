"""Groups of what is about the same thing, made by several people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from workshops import clustering, leading
from workshops.agenda import change_agenda_item
from workshops.allowing import NotNow, running_item
from workshops.collecting_models import Cluster
from workshops.models import Contribution, Proposal
from workshops.selectors import scope_of
from workshops.services import add_contribution, move_contribution

pytestmark = pytest.mark.django_db


def url(name, workshop, *more):
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


@pytest.fixture
def as_carol(acting, carol):
    return acting(carol)


@pytest.fixture
def grouping(full_workshop, as_bob):
    """While participants group, and do nothing else."""
    fields = {"may_add": False, "may_propose": False, "may_comment": False, "may_group": True}
    change_agenda_item(running_item(full_workshop), fields=fields, by=as_bob)
    return full_workshop


def contributions(workshop) -> list[Contribution]:
    return list(Contribution.objects.filter(board=workshop.pk).order_by("pk"))


def test_a_participant_begins_a_group_and_puts_more_into_it(grouping, client_of, carol):
    client, (one, two, *_rest) = client_of(carol), contributions(grouping)
    posted = {"cluster": "new", "name": "Prices"}
    assert client.post(url("contribution_group", grouping, one.pk), posted).status_code == 200
    cluster = Cluster.objects.get(name="Prices")
    client.post(url("contribution_group", grouping, two.pk), {"cluster": cluster.pk})
    assert set(cluster.contributions.all()) == {one, two}
    client.post(url("contribution_group", grouping, two.pk), {"cluster": ""})
    assert set(cluster.contributions.all()) == {one}


def test_a_participant_groups_only_while_the_activity_lets_them(
    grouping, as_carol, as_bob, client_of, carol
):
    one = contributions(grouping)[0]
    with pytest.raises(NotNow):
        move_contribution(one, stage=scope_of(grouping)[0], by=as_bob_is_not(as_carol, one))
    change_agenda_item(running_item(grouping), fields={"may_group": False}, by=as_bob)
    answer = client_of(carol).post(url("contribution_group", grouping, one.pk), {"cluster": "new"})
    assert answer.status_code == 409
    assert "Put into a group" not in client_of(carol).get(grouping.get_absolute_url()).text.split(
        'id="contributions"'
    )[1].split("<dialog")[0].replace("choose-group-title", "")


def as_bob_is_not(actor, contribution):
    """Carol, who wrote it herself."""
    Contribution._base_manager.filter(pk=contribution.pk)
    contribution.author_id = actor.user.pk
    return actor


@pytest.mark.parametrize("cluster", ["x", "-1", "9" * 30, "999999", "new'--"])
def test_a_group_that_is_not_here_is_404(grouping, client_of, bob, cluster):
    one = contributions(grouping)[0]
    answer = client_of(bob).post(url("contribution_group", grouping, one.pk), {"cluster": cluster})
    assert answer.status_code == 404


def test_another_boards_group_is_404(grouping, secret, client_of, bob):
    theirs = Cluster.objects.filter(board=secret.pk).get()
    one = contributions(grouping)[0]
    answer = client_of(bob).post(
        url("contribution_group", grouping, one.pk), {"cluster": theirs.pk}
    )
    assert answer.status_code == 404


def test_what_was_in_a_group_outlives_it(full_workshop, as_bob):
    before = contributions(full_workshop)
    clustering.delete_cluster(Cluster.objects.get(board=full_workshop.pk), by=as_bob)
    assert contributions(full_workshop) == before
    assert not any(one.cluster_id for one in contributions(full_workshop))


@pytest.mark.django_db(transaction=True)
def test_two_people_who_group_at_once_lose_nothing(full_workshop, as_bob, as_carol, acting):
    change_agenda_item(running_item(full_workshop), fields={"may_group": True}, by=as_bob)
    more = [add_contribution(full_workshop, text=f"More {n}", by=as_bob) for n in range(8)]
    cluster = Cluster.objects.get(board=full_workshop.pk)
    before = set(cluster.contributions.values_list("pk", flat=True))

    def group(pair):
        one, actor = pair
        try:
            fresh = Contribution.objects.get(pk=one.pk)
            clustering.put_in_cluster(fresh, cluster=cluster, by=actor)
        finally:
            connection.close()

    who = [as_bob, as_carol] * 4
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(group, zip(more, who, strict=True)))
    after = set(cluster.contributions.values_list("pk", flat=True))
    assert after == before | {one.pk for one in more}


# --- What everybody looks at ---------------------------------------------------------------
def test_everybody_sees_the_problem_that_is_talked_about(full_workshop, client_of, bob, victor):
    other = contributions(full_workshop)[-1]
    client_of(bob).post(url("contribution_look", full_workshop, other.pk))
    now = client_of(victor).get(full_workshop.get_absolute_url()).text
    assert other.text in now.split('id="workshop-now"')[1].split("</section>")[0]
    client_of(bob).post(url("contribution_look", full_workshop, other.pk))
    assert running_item(full_workshop).about is None


def test_notes_of_the_discussion_stand_beside_the_problem(full_workshop, client_of, bob, carol):
    problem = contributions(full_workshop)[0]
    address = url("discussion", full_workshop, problem.pk)
    assert client_of(carol).get(address).status_code == 403
    saved = client_of(bob).post(
        address, {"discussion": "Two of us know why", "initial-discussion": ""}
    )
    assert saved.status_code == 200
    assert "Two of us know why" in client_of(carol).get(full_workshop.get_absolute_url()).text


def test_nothing_is_looked_at_while_nothing_runs(full_workshop, client_of, bob, as_bob):
    leading.end_activity(running_item(full_workshop), by=as_bob)
    one = contributions(full_workshop)[0]
    assert client_of(bob).post(url("contribution_look", full_workshop, one.pk)).status_code == 409


# --- Tied to the map -----------------------------------------------------------------------
def test_a_problem_is_tied_to_a_touchpoint_of_the_map(
    full_workshop, client_of, bob, as_bob, secret
):
    from journeys.models import Stage
    from touchpoints.services import create_touchpoint

    stage = Stage.objects.get(pk=scope_of(full_workshop)[2].journey_stage_id)
    touchpoint = create_touchpoint(stage=stage, title="The first call", by=as_bob)
    problem = add_contribution(full_workshop, text="Busy line", touchpoint=touchpoint.pk, by=as_bob)
    assert (problem.stage, problem.touchpoint_title) == (
        scope_of(full_workshop)[2],
        "The first call",
    )
    html = client_of(bob).get(full_workshop.get_absolute_url()).text
    assert f"#touchpoint-{touchpoint.pk}" in html
    move_contribution(problem, stage=scope_of(full_workshop)[0], by=as_bob)
    assert problem.touchpoint is None


def test_a_proposal_begins_at_the_problem_it_solves(full_workshop, client_of, bob):
    problem = contributions(full_workshop)[0]
    client = client_of(bob)
    address = url("proposal_create", full_workshop)
    html = client.get(address, {"solves": problem.pk}).text
    assert f'<option value="{problem.pk}" selected>' in html
    assert client.get(address, {"solves": 999999}).status_code == 404


def test_a_proposal_solves_the_problem_that_its_form_began_with(full_workshop, client_of, bob):
    problem = contributions(full_workshop)[0]
    client, address = client_of(bob), url("proposal_create", full_workshop)
    html = client.get(address, {"solves": problem.pk}).text
    assert f'name="initial-solves" value="{problem.pk}"' in html
    sent = {"title": "Ring them up", "solves": problem.pk, "initial-solves": problem.pk}
    assert client.post(address, sent).status_code == 200
    assert Proposal.objects.get(title="Ring them up").solves == problem
