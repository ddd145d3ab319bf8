"""The summary of a workshop, in the forms that its readers want."""
