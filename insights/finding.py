"""Insights in the search of a whole workspace."""

from typing import Any

from django.db.models import QuerySet

from collaboration import fulltext
from collaboration.search import Findable


class InsightFindable(Findable):
    """Found by the words that are kept with each of them."""

    def saying(self, rows: QuerySet[Any], words: list[str], language: str) -> QuerySet[Any]:
        return rows.filter(found_by=fulltext.query(words, language))
