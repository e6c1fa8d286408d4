-- What was collected, month by month: how much of it was annotated, is diplomatic, reports events. Silence is not evidence.
CREATE VIEW v_coverage AS
SELECT
    r.source_id,
    s.publisher_country AS country,
    r.language,
    substr(CAST(r.published_on AS text), 1, 7) AS month,
    count(DISTINCT r.release_id) AS releases,
    count(DISTINCT CASE WHEN r.annotated_by IS NOT NULL THEN r.release_id END) AS annotated,
    count(DISTINCT CASE WHEN r.kind = 'diplomatic' THEN r.release_id END) AS diplomatic,
    count(DISTINCT er.event_id) AS events
FROM releases AS r
LEFT JOIN sources AS s ON s.source_id = r.source_id
LEFT JOIN event_reports AS er ON er.release_id = r.release_id
GROUP BY 1, 2, 3, 4
