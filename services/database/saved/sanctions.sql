-- Who imposes sanctions on whom: one row per event, with its words; lifted ones (type RETREAT) are marked by their type.
-- :imposer (text): code of the party that imposes
-- :target (text): code of the party that is hit
SELECT
    v.date,
    v.date_settled,
    v.type,
    v.status,
    v.actors AS imposers,
    v.recipients AS targets,
    v.quote,
    v.title,
    v.published_on,
    v.url
FROM v_events AS v
WHERE (v.form = 'sanctions' OR v.type = 'SANCTION')
    AND (:imposer IS NULL OR EXISTS (
        SELECT 1 FROM v_participants AS p
        WHERE p.event_id = v.event_id AND p.role = 'actor' AND p.country = :imposer
    ))
    AND (:target IS NULL OR EXISTS (
        SELECT 1 FROM v_participants AS p
        WHERE p.event_id = v.event_id AND p.role = 'recipient' AND p.country = :target
    ))
ORDER BY v.date DESC NULLS LAST, v.event_id /* postgresql: COLLATE "C" */
