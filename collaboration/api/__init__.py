"""The API's common parts that Django REST framework is told of in the settings."""

from collaboration.api.pages import Pages
from collaboration.api.parsers import StrictJSONParser
from collaboration.api.problems import problem

__all__ = ["Pages", "StrictJSONParser", "problem"]
