-- How much two parties have to do with each other, by month and type of event; `settled` counts the events whose date
-- the texts state.
-- :country (text): code of one party
-- :partner (text): code of the other
SELECT country_a, country_b, month, type, events, settled
FROM v_country_pairs
WHERE (:country IS NULL OR :country IN (country_a, country_b))
    AND (:partner IS NULL OR :partner IN (country_a, country_b))
ORDER BY
    month DESC NULLS LAST,
    events DESC,
    country_a /* postgresql: COLLATE "C" */,
    country_b /* postgresql: COLLATE "C" */,
    type /* postgresql: COLLATE "C" */
