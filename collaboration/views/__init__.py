"""Pages that every kind of board shares."""
