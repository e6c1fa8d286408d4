-- One readable row per event. Quote, title and address come from the report that the event's fold puts first.
CREATE VIEW v_events AS
SELECT
    e.event_id,
    e.started_on AS date,
    e.date_settled,
    e.date_precision,
    e.type,
    e.form,
    e.status,
    (
        SELECT canonical.name
        FROM entities AS named
        JOIN entities AS canonical ON canonical.entity_id = named.canonical_id
        WHERE named.entity_id = e.place_entity_id
    ) AS place,
    (
        SELECT /* sqlite: group_concat(country, '; ') */
            /* postgresql: string_agg(country, '; ' ORDER BY country COLLATE "C") */
        FROM (
            SELECT DISTINCT p.country
            FROM v_participants AS p
            WHERE p.event_id = e.event_id AND p.country IS NOT NULL
            ORDER BY p.country
        ) AS parties
    ) AS countries,
    (
        SELECT /* sqlite: group_concat(name, '; ') */
            /* postgresql: string_agg(name, '; ' ORDER BY name COLLATE "C") */
        FROM (
            SELECT DISTINCT p.name
            FROM v_participants AS p
            WHERE p.event_id = e.event_id AND p.role = 'actor'
            ORDER BY p.name
        ) AS acting
    ) AS actors,
    (
        SELECT /* sqlite: group_concat(name, '; ') */
            /* postgresql: string_agg(name, '; ' ORDER BY name COLLATE "C") */
        FROM (
            SELECT DISTINCT p.name
            FROM v_participants AS p
            WHERE p.event_id = e.event_id AND p.role = 'recipient'
            ORDER BY p.name
        ) AS receiving
    ) AS recipients,
    report.quote,
    r.title,
    r.published_on,
    r.source_id,
    r.url,
    e.report_count
FROM events AS e
LEFT JOIN event_reports AS report
    ON report.event_id = e.event_id
    AND report.release_id = (
        SELECT er.release_id
        FROM event_reports AS er
        JOIN releases AS rr ON rr.release_id = er.release_id
        WHERE er.event_id = e.event_id
        ORDER BY
            CASE WHEN er.date_basis IN ('stated', 'resolved') AND er.started_on IS NOT NULL THEN 0 ELSE 1 END,
            CASE WHEN er.assertion = 'asserted' THEN 0 ELSE 1 END,
            CASE WHEN er.status = 'occurred' THEN 0 ELSE 1 END,
            rr.published_on DESC NULLS LAST,
            er.release_id /* postgresql: COLLATE "C" */
        LIMIT 1
    )
LEFT JOIN releases AS r ON r.release_id = report.release_id
