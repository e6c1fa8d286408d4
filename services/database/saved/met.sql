-- Who met whom: meetings, calls, visits and the like that took place, with the highest office at the table.
-- :since (day): first day of event time; without it, the month of the latest meeting
-- :until (day): last day of event time
-- :country (text): code of a party that took part (KAZ, EU, ...)
SELECT
    date,
    date_settled,
    form,
    level,
    countries,
    actors,
    recipients,
    place,
    title,
    url
FROM v_meetings
WHERE status IN ('occurred', 'ongoing')
    AND date >= coalesce(
        :since,
        (
            SELECT /* sqlite: date(max(started_on), 'start of month') */
                /* postgresql: CAST(date_trunc('month', max(started_on)) AS date) */
            FROM events
            WHERE status IN ('occurred', 'ongoing')
                AND form IN ('meeting', 'call', 'visit', 'summit', 'negotiation', 'conference')
        )
    )
    AND (:until IS NULL OR date <= :until)
    AND (:country IS NULL OR '; ' || countries || '; ' LIKE '%; ' || :country || '; %')
ORDER BY date DESC, event_id /* postgresql: COLLATE "C" */
