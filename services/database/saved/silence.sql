-- Which sources have fallen silent, fail or are not polled any more: the pause that is usual for each, and how far beyond it they are now.
-- :state (text): failing, unattended, silent, fresh, disabled or "not polled yet"
SELECT
    source_id,
    name,
    state,
    last_success_at,
    last_new_at,
    usual_interval_hours,
    overdue_hours,
    consecutive_failures,
    last_error
FROM v_source_freshness
WHERE (:state IS NULL AND state <> 'disabled') OR state = :state
ORDER BY overdue_hours DESC NULLS LAST, source_id /* postgresql: COLLATE "C" */
