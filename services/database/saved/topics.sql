-- What is talked about, by month of publication: releases that treat each topic and events reported on it.
-- :topic (text): one topic (trade, energy, sanctions, ...)
-- :country (text): code of the country whose sources count
SELECT
    substr(CAST(r.published_on AS text), 1, 7) AS month,
    t.topic,
    k.label,
    count(DISTINCT t.release_id) AS releases,
    count(DISTINCT et.event_id) AS events
FROM release_topics AS t
JOIN topics AS k ON k.topic = t.topic
JOIN releases AS r ON r.release_id = t.release_id
LEFT JOIN sources AS s ON s.source_id = r.source_id
LEFT JOIN event_topics AS et ON et.release_id = t.release_id AND et.topic = t.topic
WHERE (:topic IS NULL OR t.topic = :topic)
    AND (:country IS NULL OR coalesce(r.issuer_country, s.publisher_country) = :country)
GROUP BY 1, 2, 3
ORDER BY month DESC NULLS LAST, releases DESC, t.topic /* postgresql: COLLATE "C" */
