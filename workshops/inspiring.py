"""What is read of the library of inspiration: lists, and the cases that fit a problem."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Func, Q, QuerySet

from collaboration import fulltext
from teams.models import User, Workspace
from workshops.inspiration_models import InspirationCase, ShownCase
from workshops.models import Contribution, ContributionKind, Workshop

WORDS_OF_A_PROBLEM = 40
"""Of longer texts the first words alone are matched."""

BEST_FITS = 8
SHORTEST_WORD = 3
MOST_REASONS = 6
TAG_COUNTS = 1.0
"""A tag was given on purpose: one is worth more than any word of the text."""


# --- The library ---------------------------------------------------------------------------
def cases_of(workspace: Workspace, *, words: str = "", tag: str = "") -> QuerySet[InspirationCase]:
    """The cases of a workspace, the newest first; those that have every word, and the tag."""
    cases = InspirationCase.objects.filter(workspace=workspace)
    if tag:
        cases = cases.filter(tags__contains=[tag])
    asked = fulltext.words_of(words)
    if words.strip() and not asked:
        return cases.none()
    tags = tags_of(workspace) if asked else []
    for word in asked:
        begins = re.compile(rf"(?<![^\W_]){re.escape(word)}", re.IGNORECASE)
        tagged = Q(tags__overlap=[one for one in tags if begins.search(one)])
        cases = cases.filter(Q(found_by=fulltext.query([word], workspace.language)) | tagged)
    return cases


def tags_of(workspace: Workspace) -> list[str]:
    """Every tag of the library, by the alphabet."""
    cases = InspirationCase.objects.filter(workspace=workspace).order_by()
    tags = cases.annotate(tag=Func("tags", function="unnest")).values_list("tag", flat=True)
    return sorted(set(tags), key=str.casefold)


# --- What fits a problem -------------------------------------------------------------------
@dataclass(frozen=True)
class Fit:
    """A case and why it fits: the tags and words that it shares with the problem."""

    case: InspirationCase
    because: list[str]


def fitting(workspace: Workspace, text: str) -> list[Fit]:
    """The cases that have most to do with a text, the best first; five queries at most.

    They are ordered by how many of their tags it names, then by how much of it they say.
    """
    language = workspace.language
    words = fulltext.telling(_first_words(text))
    if not words:
        return []
    named = _with_a_word_of(tags_of(workspace), words, language)
    cases = _ranked(workspace, words, named)[:BEST_FITS]
    shared = fulltext.words_found([_text_of(case) for case in cases], words, language)
    return [Fit(case, _because(case, named, shared)) for case in cases]


def text_of(problems: Iterable[Contribution]) -> str:
    """What problems are about: their words and those of their stages."""
    said = [f"{one.text} {one.stage.title if one.stage else ''}" for one in problems]
    return " ".join(said)


def _first_words(text: str) -> list[str]:
    found = dict.fromkeys(fulltext.WORD.findall(text.lower()))
    return [word for word in found if len(word) >= SHORTEST_WORD][:WORDS_OF_A_PROBLEM]


def _with_a_word_of(tags: list[str], words: list[str], language: str) -> set[str]:
    found = fulltext.words_found(tags, words, language)
    return {tag for tag in tags if found & set(fulltext.WORD.findall(tag.lower()))}


def _ranked(workspace: Workspace, words: list[str], named: set[str]) -> list[InspirationCase]:
    query = fulltext.any_of(words, workspace.language)
    cases = cases_of(workspace).filter(Q(found_by=query) | Q(tags__overlap=sorted(named)))
    ranked = list(cases.annotate(rank=SearchRank(F("found_by"), query)))
    worth = {case.pk: TAG_COUNTS * len(named & set(case.tags)) + case.rank for case in ranked}
    return sorted(ranked, key=lambda case: -worth[case.pk])


def _text_of(case: InspirationCase) -> str:
    return f"{case.title} {case.company} {case.done} {case.effect}"


def _because(case: InspirationCase, named: set[str], shared: set[str]) -> list[str]:
    """Tags first, then words, none twice."""
    tags = [tag for tag in case.tags if tag in named]
    words = dict.fromkeys(fulltext.WORD.findall(_text_of(case).lower()))
    fresh = (word for word in words if word in shared and word not in tags)
    return [*tags, *fresh][:MOST_REASONS]


def workshops_showing(case: InspirationCase, user: User) -> QuerySet[Workshop]:
    """The workshops that took it along, of those that somebody sees, the latest first."""
    taken = ShownCase.objects.filter(case=case).values("board")
    seen: QuerySet[Workshop] = Workshop.objects.visible_to(user).filter(pk__in=taken)
    return seen.order_by("-created_at", "-pk")


# --- On a workshop -------------------------------------------------------------------------
def shown_cases(workshop: Workshop) -> QuerySet[ShownCase]:
    """What was taken along, in that order."""
    rows = ShownCase.objects.filter(board=workshop.pk).select_related("case", "problem")
    return rows.order_by("created_at", "pk")


def problems_of(contributions: QuerySet[Contribution]) -> list[Contribution]:
    """Of the contributions that everybody sees, the problems, the newest first."""
    problems = contributions.filter(kind=ContributionKind.PROBLEM).select_related("stage")
    return list(problems.order_by("-created_at", "-pk"))
