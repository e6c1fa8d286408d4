-- Who was named with which office, and from when to when that was seen in print: seen is not held.
CREATE VIEW v_office_holders AS
SELECT
    canonical.name AS person,
    m.office,
    m.office_level,
    coalesce(m.country, canonical.country) AS country,
    min(r.published_on) AS first_seen_on,
    max(r.published_on) AS last_seen_on,
    count(DISTINCT m.release_id) AS releases
FROM mentions AS m
JOIN entities AS named ON named.entity_id = m.entity_id
JOIN entities AS canonical ON canonical.entity_id = named.canonical_id
JOIN releases AS r ON r.release_id = m.release_id
WHERE m.office IS NOT NULL
    AND canonical.kind = 'person'
    AND coalesce(m.office_state, 'current') NOT IN ('former', 'designate')
GROUP BY canonical.entity_id, canonical.name, m.office, m.office_level, coalesce(m.country, canonical.country)
