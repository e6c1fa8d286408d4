-- Events that are linked, not merged: parts of one another, plans and what came of them, and what may be the same.
CREATE VIEW v_event_links AS
SELECT
    l.event_id,
    e.started_on AS date,
    e.date_settled,
    e.form,
    e.status,
    coalesce(e.name, e.form) AS name,
    l.relation,
    l.other_event_id,
    o.started_on AS other_date,
    o.date_settled AS other_date_settled,
    o.form AS other_form,
    o.status AS other_status,
    coalesce(o.name, o.form) AS other_name,
    l.basis
FROM event_links AS l
JOIN events AS e ON e.event_id = l.event_id
JOIN events AS o ON o.event_id = l.other_event_id
