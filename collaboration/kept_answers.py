"""What was answered to a request, kept for when the request comes again."""

from django.db import models
from django.utils import timezone

from teams.models import User


class IdempotentAnswer(models.Model):
    """The answer to a request that carried a key, kept for when it is sent again."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    guest = models.CharField(max_length=32, blank=True, default="", db_default="")
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "guest", "key"], name="one_answer_to_a_key", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.key
