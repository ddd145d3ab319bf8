"""Full text in four languages: what a text is found by, and what a search asks for.

An index holds every word of a text as it stands and its stem in each language, so one index
serves texts of any language. The language decides when somebody asks: their words are looked
for by their beginnings, as they stand, and by their stems in the languages named.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import add, and_, or_

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection

AS_IT_STANDS = "simple"
CONFIGURATIONS = {"en": "english", "da": "danish", "sv": "swedish", "nl": "dutch"}
"""PostgreSQL's name for the rules of each of our languages."""

MOST_LETTERS = 200
MOST_WORDS = 8
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words that are looked for: letters and digits of any script, a few of them."""
    return WORD.findall(text[:MOST_LETTERS].lower())[:MOST_WORDS]


def vector(*fields: str) -> SearchVector:
    """What rows are found by; the same expression as that of `index`, so that it is used."""
    rules = (AS_IT_STANDS, *CONFIGURATIONS.values())
    return reduce(add, (SearchVector(*fields, config=rule) for rule in rules))


def index(name: str, *fields: str) -> GinIndex:
    """The index for a search of these fields, for a model's `Meta.indexes`."""
    return GinIndex(vector(*fields), name=name)


def query(words: Iterable[str], language: str = "") -> SearchQuery:
    """What has all of these words, in one language or, where none is known, in any of ours.

    There must be a word. Use: `rows.alias(said=vector("text")).filter(said=query(words))`.
    """
    return reduce(and_, (_word(word, rules_of(language)) for word in words))


def rules_of(language: str) -> tuple[str, ...]:
    known = CONFIGURATIONS.get(language)
    return (known,) if known else tuple(CONFIGURATIONS.values())


def _word(word: str, rules: Collection[str]) -> SearchQuery:
    begins = SearchQuery(f"{word}:*", config=AS_IT_STANDS, search_type="raw")
    return reduce(or_, (SearchQuery(word, config=rule) for rule in rules), begins)


def words_found(texts: Iterable[str], words: list[str], language: str = "") -> set[str]:
    """Those words of the texts for which a search found them, in small letters; one query.

    They are what is marked: `orders` finds `Ordering`, and that is not how it begins.
    """
    present = {word for text in texts for word in WORD.findall(text.lower())}
    found = {word for word in present if word.startswith(tuple(words))}
    rest = sorted(present - found)
    return found | set(_same_stem(rest, words, rules_of(language))) if rest and words else found


def _same_stem(present: list[str], words: list[str], rules: Collection[str]) -> Iterator[str]:
    sql = """
        WITH rule AS (SELECT unnest(%s::text[])::regconfig AS name),
        here AS (
            SELECT name, word, tsvector_to_array(to_tsvector(name, word)) AS stems
            FROM rule, unnest(%s::text[]) AS word
        ),
        asked AS (
            SELECT name, tsvector_to_array(to_tsvector(name, word)) AS stems
            FROM rule, unnest(%s::text[]) AS word
        )
        SELECT DISTINCT here.word FROM here JOIN asked USING (name)
        WHERE here.stems && asked.stems
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(rules), present, words])
        for row in cursor.fetchall():
            yield row[0]


def any_of(words: Iterable[str], language: str = "") -> SearchQuery:
    """What has the stem of at least one of these words; for ranking rows by how many they have.

    There must be a word.
    """
    rules = rules_of(language)
    return reduce(or_, (SearchQuery(word, config=rule) for word in words for rule in rules))


def telling(words: Collection[str]) -> list[str]:
    """Without those that are mere grammar in one of our languages, in the same order; one query."""
    sql = """
        SELECT asked.word FROM unnest(%s::text[]) AS asked(word)
        WHERE EXISTS (
            SELECT FROM unnest(%s::text[]) AS rule(name)
            WHERE numnode(plainto_tsquery(rule.name::regconfig, asked.word)) = 0
        )
    """
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(words), list(CONFIGURATIONS.values())])
        grammar = {row[0] for row in cursor.fetchall()}
    return [word for word in words if word not in grammar]
