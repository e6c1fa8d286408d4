-- What was collected from each source, month by month: where a row is missing or small, silence is not evidence.
-- :source (text): id of a source
SELECT source_id, country, language, month, releases, annotated, diplomatic, events
FROM v_coverage
WHERE :source IS NULL OR source_id = :source
ORDER BY
    source_id /* postgresql: COLLATE "C" */,
    month DESC NULLS LAST,
    language /* postgresql: COLLATE "C" */ NULLS LAST
