"""Who gave something in a round, where no name may say so.

With names, a sealed row says whose it is. Without, a keyed digest does, of the round and the person:
with the server's key one can ask whether this person gave that, and there is no way back. It tells
nothing of what the same person gave in another round, and goes with the reveal.
"""

from django.utils.crypto import salted_hmac

from workshops.agenda_models import AgendaItem
from workshops.models import Participant
from workshops.round_models import Round

SALT = "workshops.giver"


def key_of(person: Participant, going: Round) -> str:
    """The key under which this person's answers lie from now on."""
    named, unnamed = keys_of(person, going)
    return unnamed if is_unnamed(going) else named


def keys_of(person: Participant, going: Round) -> tuple[str, str]:
    """Both keys: what was given before the activity was made anonymous is one's own, too."""
    digest = salted_hmac(SALT, f"{going.pk}:{person.pk}", algorithm="sha256").hexdigest()
    return f"participant:{person.pk}", digest


def is_unnamed(going: Round) -> bool:
    return AgendaItem.objects.filter(pk=going.activity_id, anonymous=True).exists()
