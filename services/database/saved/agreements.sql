-- Which agreements and initiatives are mentioned, how often, between when, and with which parties the releases deal.
-- :words (text): part of the name
SELECT
    canonical.name AS agreement,
    canonical.kind,
    count(DISTINCT m.release_id) AS releases,
    min(r.published_on) AS first_published_on,
    max(r.published_on) AS last_published_on,
    (
        SELECT /* sqlite: group_concat(country, '; ') */
            /* postgresql: string_agg(country, '; ' ORDER BY country COLLATE "C") */
        FROM (
            SELECT DISTINCT p.country
            FROM entities AS same
            JOIN mentions AS mm ON mm.entity_id = same.entity_id
            JOIN event_reports AS er ON er.release_id = mm.release_id AND er.main
            JOIN v_participants AS p ON p.event_id = er.event_id
            WHERE same.canonical_id = canonical.entity_id AND p.country IS NOT NULL
            ORDER BY p.country
        ) AS parties
    ) AS parties_of_main_events
FROM mentions AS m
JOIN entities AS named ON named.entity_id = m.entity_id
JOIN entities AS canonical ON canonical.entity_id = named.canonical_id
JOIN releases AS r ON r.release_id = m.release_id
WHERE canonical.kind IN ('agreement', 'initiative')
    AND (:words IS NULL OR lower(canonical.name) LIKE '%' || lower(:words) || '%')
GROUP BY canonical.entity_id, canonical.name, canonical.kind
ORDER BY releases DESC, canonical.name /* postgresql: COLLATE "C" */
