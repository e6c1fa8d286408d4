-- The latest events by the day they were published: what happened or is planned, who took part, in which words.
-- :country (text): code of a party that took part
-- :topic (text): a topic of the event
-- :limit (number) = 50: how many events at most
SELECT
    v.date,
    v.date_settled,
    v.date_precision,
    v.type,
    v.form,
    v.status,
    v.countries,
    v.actors,
    v.recipients,
    v.place,
    v.quote,
    v.title,
    v.published_on,
    v.event_id
FROM v_events AS v
WHERE (:country IS NULL OR '; ' || v.countries || '; ' LIKE '%; ' || :country || '; %')
    AND (:topic IS NULL OR EXISTS (
        SELECT 1 FROM event_topics AS t WHERE t.event_id = v.event_id AND t.topic = :topic
    ))
ORDER BY
    v.published_on DESC NULLS LAST,
    v.date DESC NULLS LAST,
    v.event_id /* postgresql: COLLATE "C" */
LIMIT :limit
