-- How many releases of a day treat a topic, and how many events they report on it; the day is null for the undated.
CREATE VIEW v_topic_daily AS
SELECT
    r.published_on AS day,
    said.topic,
    count(DISTINCT said.treated_in) AS releases,
    count(DISTINCT said.event_id) AS events
FROM (
    SELECT release_id, topic, release_id AS treated_in, NULL AS event_id FROM release_topics
    UNION ALL
    SELECT release_id, topic, NULL, event_id FROM event_topics
) AS said
JOIN releases AS r ON r.release_id = said.release_id
GROUP BY r.published_on, said.topic
