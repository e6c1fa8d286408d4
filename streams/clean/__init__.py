"""Bytes to text: `clean` turns what was fetched into title, text, dates and language."""

from streams.clean.clean import clean, hash_of

__all__ = ["clean", "hash_of"]
