-- A first look: the latest events by their own day, what they are and who took part.
-- :limit (number) = 20: how many events at most
SELECT
    date,
    date_settled,
    date_precision,
    type,
    form,
    status,
    actors,
    recipients,
    place,
    countries
FROM v_events
ORDER BY
    date DESC NULLS LAST,
    published_on DESC NULLS LAST,
    event_id /* postgresql: COLLATE "C" */
LIMIT :limit
