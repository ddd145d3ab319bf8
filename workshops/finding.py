"""Inspiration in the search of a whole workspace."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from collaboration import fulltext
from collaboration.search import Findable
from workshops.inspiration_models import InspirationCase


class CaseFindable(Findable):
    """Found by the words that are kept with each of them."""

    def __init__(self) -> None:
        fields = ("title", "company", "done", "effect")
        super().__init__("inspiration", _("Inspiration"), InspirationCase, fields, _address_of)

    def saying(self, rows: QuerySet[Any], words: list[str], language: str) -> QuerySet[Any]:
        return rows.filter(found_by=fulltext.query(words, language))


def _address_of(case: InspirationCase, _words: str) -> str:
    return case.get_absolute_url()
