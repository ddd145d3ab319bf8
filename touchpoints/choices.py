"""What a touchpoint can be said to be, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Use(models.TextChoices):
    """How much customers use a touchpoint."""

    MAINLY = "mainly", _("Mainly")
    SOMETIMES = "sometimes", _("Sometimes")
    NOT = "not", pgettext_lazy("use", "Not")


class Party(models.TextChoices):
    """Who it is that the customer meets."""

    US = "us", _("Us")
    PARTNER = "partner", _("A partner of ours")
    COMPETITOR = "competitor", _("A competitor")
    FRIENDS = "friends", _("Friends, family, colleagues")
    PUBLIC = "public", _("Press, reviewers, the public")
    OTHERS = "others", _("Others")


class Contact(models.TextChoices):
    """Where a touchpoint lies around the contact with us."""

    BEFORE = "before", _("Before the contact with us")
    WITH = "with", _("In contact with us")
    AFTER = "after", _("After the contact with us")


class Device(models.TextChoices):
    """What the customer holds or stands before."""

    PHONE = "phone", _("Phone")
    TABLET = "tablet", _("Tablet")
    COMPUTER = "computer", _("Computer")
    MACHINE = "machine", _("Another machine or screen")
    NONE = "none", _("No device")


class Verdict(models.TextChoices):
    """What a look at the touchpoint found."""

    UNKNOWN = "unknown", _("Not known")
    WORKS = "works", _("Works")
    FAILS = "fails", _("Does not work")


class Decision(models.TextChoices):
    """What is to become of an activity."""

    DROP = "drop", pgettext_lazy("decision", "Drop")
    KEEP = "keep", pgettext_lazy("decision", "Keep")
    INCREASE = "increase", pgettext_lazy("decision", "Increase")
    START = "start", pgettext_lazy("decision", "Start")
