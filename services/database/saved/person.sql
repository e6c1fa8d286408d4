-- What a person took part in, as actor or recipient, latest first.
-- :name (text) = Tokayev: part of the name
SELECT
    v.date,
    v.date_settled,
    p.name,
    p.role,
    p.office,
    p.country,
    v.type,
    v.form,
    v.status,
    v.actors,
    v.recipients,
    v.place,
    v.title,
    v.url
FROM v_participants AS p
JOIN v_events AS v ON v.event_id = p.event_id
WHERE p.kind = 'person' AND lower(p.name) LIKE '%' || lower(:name) || '%'
ORDER BY
    v.date DESC NULLS LAST,
    v.event_id /* postgresql: COLLATE "C" */,
    p.name /* postgresql: COLLATE "C" */,
    p.role /* postgresql: COLLATE "C" */
