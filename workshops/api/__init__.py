"""Workshops in the API."""
