-- Who was seen in print with which office: the first and the last day of publication, which is not when it was held.
-- :country (text): code of the country or organisation that they represent
-- :level (text): head_of_state, head_of_government, minister, deputy_minister, ambassador, head_of_organization, ...
SELECT person, office, office_level, country, first_seen_on, last_seen_on, releases
FROM v_office_holders
WHERE (:country IS NULL OR country = :country)
    AND (:level IS NULL OR office_level = :level)
ORDER BY
    country /* postgresql: COLLATE "C" */ NULLS LAST,
    person /* postgresql: COLLATE "C" */,
    first_seen_on NULLS LAST,
    office /* postgresql: COLLATE "C" */
