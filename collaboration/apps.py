from django.apps import AppConfig, apps
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class CollaborationConfig(AppConfig):
    name = "collaboration"
    verbose_name = _("Collaboration")

    def ready(self) -> None:
        from collaboration.importing.models import Import  # noqa: F401 - a model of this app
        from collaboration.models import Recorded, refuse_cascade

        for model in apps.get_models():
            if issubclass(model, Recorded):
                pre_delete.connect(refuse_cascade, sender=model)
