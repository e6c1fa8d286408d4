-- Who condemns, accuses or criticises whom, in which words.
-- :issuer (text): code of the party that speaks
-- :target (text): code of the party that is criticised
SELECT
    v.date,
    v.date_settled,
    v.actors AS speakers,
    v.recipients AS criticised,
    v.countries,
    v.quote,
    v.title,
    v.published_on,
    v.url
FROM v_events AS v
WHERE v.type = 'ACCUSE'
    AND (:issuer IS NULL OR EXISTS (
        SELECT 1 FROM v_participants AS p
        WHERE p.event_id = v.event_id AND p.role = 'actor' AND p.country = :issuer
    ))
    AND (:target IS NULL OR EXISTS (
        SELECT 1 FROM v_participants AS p
        WHERE p.event_id = v.event_id AND p.role = 'recipient' AND p.country = :target
    ))
ORDER BY coalesce(v.date, v.published_on) DESC NULLS LAST, v.event_id /* postgresql: COLLATE "C" */
