"""Who was invited to the demo's next workshop, and what they answered."""

from workshops.demo.people import Cast
from workshops.inviting import answer_invitation, invite, invited_person
from workshops.models import Workshop

ANSWERS = {"Anna Holm": "yes", "Erik Sandberg": "yes", "Oskar Lund": "no", "Leila Haddad": "yes"}


def invite_by_hand(coming: Workshop, cast: Cast) -> None:
    """Nobody reads mail at the demo's addresses, so none is sent."""
    for invitation in invite(coming, by_mail=False, by=cast.actors["owner"]):
        if answer := ANSWERS.get(invitation.name):
            answer_invitation(invitation, answer=answer, by=invited_person(invitation))
