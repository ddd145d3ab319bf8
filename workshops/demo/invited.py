"""Who was invited to the demo's next workshop, and what they answered."""

from workshops.demo.people import Cast
from workshops.inviting import answer_invitation, invite
from workshops.models import Workshop

ANSWERS = {"Anna Holm": "yes", "Erik Sandberg": "yes", "Oskar Lund": "no", "Leila Haddad": "yes"}


def invite_by_hand(coming: Workshop, cast: Cast) -> None:
    """Nobody reads mail at the demo's addresses, so none is sent; what
    they said is written down."""
    by = cast.actors["owner"]
    for invitation in invite(coming, by_mail=False, by=by):
        if answer := ANSWERS.get(invitation.name):
            answer_invitation(invitation, answer=answer, by=by)
