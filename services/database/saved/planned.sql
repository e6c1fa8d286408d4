-- What is planned and was not yet reported as held or cancelled.
-- :country (text): code of a party that takes part
-- :from (day): leave out plans whose day is before this one
SELECT
    v.date,
    v.date_settled,
    v.date_precision,
    v.type,
    v.form,
    v.countries,
    v.actors,
    v.recipients,
    v.place,
    v.quote,
    v.title,
    v.published_on,
    v.url
FROM v_events AS v
WHERE v.status = 'planned'
    AND (:from IS NULL OR v.date IS NULL OR v.date >= :from)
    AND (:country IS NULL OR '; ' || v.countries || '; ' LIKE '%; ' || :country || '; %')
    AND NOT EXISTS (
        SELECT 1 FROM event_links AS l
        WHERE l.other_event_id = v.event_id AND l.relation IN ('fulfils', 'cancels')
    )
ORDER BY v.date NULLS LAST, v.published_on DESC NULLS LAST, v.event_id /* postgresql: COLLATE "C" */
