-- What two parties trade, by period, with the words: turnover, export and import, in whichever direction they are stated.
-- Where a sentence leaves a party open, `sides_stated` is no: the release then tells of an event between the two.
-- :country (text) = KAZ: code of one party
-- :partner (text) = EU: code of the other
WITH shared AS (
    SELECT er.release_id
    FROM event_reports AS er
    JOIN v_participants AS p ON p.event_id = er.event_id
    WHERE p.country IN (:country, :partner)
    GROUP BY er.release_id
    HAVING count(DISTINCT p.country) = 2
)
SELECT
    f.period_start,
    f.period_end,
    f.measure,
    f.nature,
    f.qualifier,
    f.value,
    f.value_max,
    f.unit,
    f.subject_country,
    f.partner_country,
    f.subject_country IS NOT NULL AND f.partner_country IS NOT NULL AS sides_stated,
    f.surface AS words,
    trim(replace(substr(
        r.text,
        /* sqlite: max(1, f.start_char - 119) */ /* postgresql: greatest(1, f.start_char - 119) */,
        f.end_char - f.start_char + 240
    ), /* sqlite: char(10) */ /* postgresql: chr(10) */, ' ')) AS passage,
    r.title,
    r.published_on,
    f.release_id
FROM figures AS f
JOIN releases AS r ON r.release_id = f.release_id
WHERE f.measure IN ('trade_turnover', 'trade', 'export', 'import', 'exports', 'imports')
    AND coalesce(f.subject_country, :country) IN (:country, :partner)
    AND coalesce(f.partner_country, :partner) IN (:country, :partner)
    AND (f.subject_country <> f.partner_country OR f.release_id IN (SELECT release_id FROM shared))
ORDER BY
    f.period_end DESC NULLS LAST,
    f.period_start DESC NULLS LAST,
    f.release_id /* postgresql: COLLATE "C" */,
    f.start_char
