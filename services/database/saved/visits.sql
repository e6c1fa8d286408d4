-- Who visited whom and where, planned visits too: the actors are the visitors, the recipients the hosts.
-- :country (text): code of the visitors' or the hosts' country
-- :since (day): first day of event time
SELECT
    date,
    date_settled,
    date_precision,
    status,
    actors AS visitors,
    recipients AS hosts,
    place,
    level,
    title,
    published_on,
    url
FROM v_meetings
WHERE form = 'visit'
    AND (:since IS NULL OR date >= :since)
    AND (:country IS NULL OR '; ' || countries || '; ' LIKE '%; ' || :country || '; %')
ORDER BY date DESC NULLS LAST, event_id /* postgresql: COLLATE "C" */
