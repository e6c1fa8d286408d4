-- Events that are linked to one another: what was planned and then held or cancelled, what is part of what, and what
-- may be the same event in other words.
-- :relation (text): fulfils, cancels, part_of or possibly_same
-- :words (text): part of the name of either event
SELECT
    date,
    date_settled,
    form,
    status,
    name,
    relation,
    other_date,
    other_date_settled,
    other_form,
    other_status,
    other_name,
    basis,
    event_id,
    other_event_id
FROM v_event_links
WHERE (:relation IS NULL OR relation = :relation)
    AND (:words IS NULL OR lower(name || ' ' || other_name) LIKE '%' || lower(:words) || '%')
ORDER BY
    date DESC NULLS LAST,
    event_id /* postgresql: COLLATE "C" */,
    other_event_id /* postgresql: COLLATE "C" */,
    relation /* postgresql: COLLATE "C" */
