-- Summits and conferences with everything that is linked to them, one group after the other: plans, parts, the same
-- event in other words. `distance` counts the links from the summit; it is 0 for the summit itself.
-- :words (text): part of the summit's name, place or title
WITH RECURSIVE roots AS (
    SELECT v.event_id
    FROM v_events AS v
    JOIN events AS e ON e.event_id = v.event_id
    WHERE v.form IN ('summit', 'conference')
        AND (:words IS NULL OR lower(
            coalesce(e.name, '') || ' ' || coalesce(v.place, '') || ' ' || coalesce(v.title, '')
        ) LIKE '%' || lower(:words) || '%')
),
links AS (
    SELECT event_id AS one, other_event_id AS other, relation FROM event_links
    UNION ALL
    SELECT other_event_id, event_id, relation FROM event_links
),
walked AS (
    SELECT event_id AS summit, event_id, 0 AS distance FROM roots
    UNION
    SELECT w.summit, l.other, w.distance + 1
    FROM walked AS w
    JOIN links AS l ON l.one = w.event_id
    WHERE w.distance < 3
),
nearest AS (
    SELECT summit, event_id, min(distance) AS distance FROM walked GROUP BY summit, event_id
)
SELECT
    n.distance,
    (
        SELECT min(l.relation)
        FROM links AS l
        JOIN nearest AS before ON before.event_id = l.other AND before.summit = n.summit
        WHERE l.one = n.event_id AND before.distance = n.distance - 1
    ) AS relation,
    v.date,
    v.date_settled,
    v.form,
    v.status,
    e.name,
    v.countries,
    v.actors,
    v.place,
    v.quote,
    v.title,
    v.published_on,
    n.event_id,
    n.summit
FROM nearest AS n
JOIN v_events AS v ON v.event_id = n.event_id
JOIN events AS e ON e.event_id = n.event_id
ORDER BY
    n.summit /* postgresql: COLLATE "C" */,
    n.distance,
    v.date NULLS LAST,
    n.event_id /* postgresql: COLLATE "C" */
