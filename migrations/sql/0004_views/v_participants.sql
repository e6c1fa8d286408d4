-- Who took part in each event, as canonical entities; one row per participant as the reports name it.
CREATE VIEW v_participants AS
SELECT
    ep.event_id,
    canonical.entity_id,
    canonical.name,
    canonical.kind,
    ep.role,
    ep.function,
    coalesce(ep.country, canonical.country) AS country,
    ep.office
FROM event_participants AS ep
JOIN entities AS named ON named.entity_id = ep.entity_id
JOIN entities AS canonical ON canonical.entity_id = named.canonical_id
