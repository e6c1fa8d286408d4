-- A first look: the latest events by their own day, as exact as the texts give it, and who took part.
-- :limit (number) = 12: how many events at most
SELECT
    substr(
        CAST(v.date AS text),
        1,
        CASE v.date_precision WHEN 'year' THEN 4 WHEN 'quarter' THEN 7 WHEN 'month' THEN 7 ELSE 10 END
    ) AS date,
    v.date_settled,
    CASE v.status
        WHEN 'occurred' THEN v.form
        ELSE coalesce(v.status, 'unconfirmed') || ' ' || v.form
    END AS event,
    v.actors || CASE WHEN v.recipients <> '' THEN ' > ' || v.recipients ELSE '' END AS who,
    v.place
FROM v_events AS v
ORDER BY
    v.date DESC NULLS LAST,
    v.published_on DESC NULLS LAST,
    v.event_id /* postgresql: COLLATE "C" */
LIMIT :limit
