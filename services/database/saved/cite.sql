-- What to cite for the events of two parties or of one: publisher, release, revision and the very words.
-- :country (text) = KAZ: code of a party
-- :partner (text): code of another party
SELECT
    v.date,
    v.date_settled,
    v.type,
    v.form,
    c.publisher,
    c.title,
    c.published_on,
    c.url,
    c.revision,
    c.quote,
    c.content_hash,
    c.event_id,
    c.release_id
FROM v_citation AS c
JOIN v_events AS v ON v.event_id = c.event_id
WHERE (:country IS NULL OR '; ' || v.countries || '; ' LIKE '%; ' || :country || '; %')
    AND (:partner IS NULL OR '; ' || v.countries || '; ' LIKE '%; ' || :partner || '; %')
ORDER BY
    v.date DESC NULLS LAST,
    c.event_id /* postgresql: COLLATE "C" */,
    c.release_id /* postgresql: COLLATE "C" */
