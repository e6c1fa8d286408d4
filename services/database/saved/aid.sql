-- Who helps whom: aid events by donor and beneficiary, with the sums of aid, grants and loans that the same releases state.
-- :donor (text): code of the donor
-- :beneficiary (text): code of the beneficiary
SELECT
    v.date,
    v.date_settled,
    v.status,
    v.actors AS donors,
    v.recipients AS beneficiaries,
    (
        SELECT /* sqlite: group_concat(surface, '; ') */
            /* postgresql: string_agg(surface, '; ' ORDER BY surface COLLATE "C") */
        FROM (
            SELECT DISTINCT f.surface
            FROM event_reports AS er
            JOIN figures AS f ON f.release_id = er.release_id
            WHERE er.event_id = v.event_id
                AND f.kind = 'money'
                AND f.measure IN ('aid', 'grant', 'loan', 'humanitarian_aid', 'assistance')
            ORDER BY f.surface
        ) AS sums
    ) AS sums,
    v.quote,
    v.title,
    v.published_on,
    v.url
FROM v_events AS v
WHERE (v.form = 'aid' OR v.type = 'AID')
    AND (:donor IS NULL OR EXISTS (
        SELECT 1 FROM v_participants AS p
        WHERE p.event_id = v.event_id AND p.role = 'actor' AND p.country = :donor
    ))
    AND (:beneficiary IS NULL OR EXISTS (
        SELECT 1 FROM v_participants AS p
        WHERE p.event_id = v.event_id AND p.role = 'recipient' AND p.country = :beneficiary
    ))
ORDER BY v.date DESC NULLS LAST, v.event_id /* postgresql: COLLATE "C" */
