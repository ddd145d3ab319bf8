"""Rows of spreadsheets brought in: read, mapped, checked, applied as one, and taken back."""
