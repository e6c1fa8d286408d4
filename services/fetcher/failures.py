"""Why a fetch failed: a closed set of reasons, each with what it means for the next attempt."""

from __future__ import annotations

from enum import StrEnum

from services.errors import CommuniqueError


class Reason(StrEnum):
    """The first word of `source_state.last_error`."""

    ADDRESS = "address"  # not a web address, or one that is not public
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"  # not HTTP, or broken off
    TOO_LARGE = "too-large"
    REDIRECT = "redirect"  # too many, in a circle, or to where we do not go
    STATUS = "status"
    ROBOTS = "robots"
    WAIT = "wait"  # the host asked us to wait
    FORMAT = "format"  # neither feed, sitemap nor listing
    BLOCKED = "blocked"  # a consent wall, a challenge or a block page in place of content
    EMPTY = "empty"  # answers, but lists nothing any more
    CHANGED = "changed"  # lists other things than ever before: a redesign, or a page in place of the list


class FetchFailure(CommuniqueError):
    """A fetch that brought nothing: `reason`, and what the server said of when to come back."""

    def __init__(
        self, reason: Reason, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after  # seconds

    def __str__(self) -> str:
        return f"{self.reason}: {super().__str__()}"

    @property
    def is_gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in {404, 410}

    @property
    def is_lasting(self) -> bool:
        """Whether asking again soon would bring the same: there is no such page, it is not ours, or none at all."""
        if self.status is not None:
            return 400 <= self.status < 500 and self.status != 429
        return self.reason in {
            Reason.ROBOTS,
            Reason.FORMAT,
            Reason.BLOCKED,
            Reason.REDIRECT,
            Reason.ADDRESS,
            Reason.EMPTY,
        }
