"""Writers of ours that stand still inside a statement, their process suspended: PostgreSQL has no timeout for them.

A process that is stopped (SIGSTOP, a frozen container) between two statements loses its session by
`idle_in_transaction_session_timeout`; inside a COPY its session counts as active and would keep its locks until
the process wakes up, perhaps never (tried: `statement_timeout` is not looked at either while the server waits for
the client). So whoever waited long enough for a lock ends such sessions; the process finds out when it wakes.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

WAIT_SECONDS: Final = 30
LOCK_TIMEOUT: Final = "55P03"
_END: Final = sa.text(
    """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND application_name = 'communique'
        AND pid <> pg_backend_pid()
        AND state = 'active' AND wait_event_type = 'Client'
        AND query_start < clock_timestamp() - make_interval(secs => :seconds)
    """
)


def end_stuck_writers(engine: sa.Engine) -> int:
    """End sessions of ours that have waited for their process for half a minute; return how many."""
    with engine.begin() as connection:
        return int(connection.scalar(_END, {"seconds": WAIT_SECONDS}) or 0)
