"""Why a raw record has no clean form: each of these is the record's fault, never the moment's."""

from __future__ import annotations


class NoText(ValueError):  # noqa: N818 - named for what is missing
    """Nothing that a person would read was found."""


class Undecodable(ValueError):  # noqa: N818 - named for what is missing
    """The bytes are not text in any charset that they or their sender name."""
