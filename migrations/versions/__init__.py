"""The schema history, one file a revision."""
