"""Journeys in the API."""
