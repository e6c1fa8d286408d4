-- Events that took place between two parties; planned and cancelled ones are left out. A date that is known
-- to the quarter or year only names no month; `settled` says how many of the dates the texts state.
CREATE VIEW v_country_pairs AS
SELECT
    a.country AS country_a,
    b.country AS country_b,
    CASE
        WHEN e.date_precision IN ('quarter', 'year') THEN NULL
        ELSE substr(CAST(e.started_on AS text), 1, 7)
    END AS month,
    e.type,
    count(DISTINCT e.event_id) AS events,
    count(DISTINCT CASE WHEN e.date_settled THEN e.event_id END) AS settled
FROM events AS e
JOIN v_participants AS a ON a.event_id = e.event_id
JOIN v_participants AS b
    ON b.event_id = e.event_id
    AND a.country /* postgresql: COLLATE "C" */ < b.country
WHERE e.status IN ('occurred', 'ongoing')
GROUP BY 1, 2, 3, 4
