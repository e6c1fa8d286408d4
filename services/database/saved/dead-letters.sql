-- What could not be processed, by stage and error: how often, how much of it is still open, and one message as an example.
-- :stage (text): a stage (clean, annotate, sink, ...)
SELECT
    stage,
    error,
    count(*) AS records,
    sum(CASE WHEN resolved_at IS NULL THEN 1 ELSE 0 END) AS unresolved,
    min(first_failed_at) AS first_failed_at,
    max(first_failed_at) AS last_failed_at,
    min(message /* postgresql: COLLATE "C" */) AS example
FROM dead_letters
WHERE :stage IS NULL OR stage = :stage
GROUP BY stage, error
ORDER BY unresolved DESC, records DESC, stage /* postgresql: COLLATE "C" */, error /* postgresql: COLLATE "C" */
