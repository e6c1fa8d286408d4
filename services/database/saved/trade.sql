-- What two parties trade, by period, with the words: turnover, export and import, in whichever direction they are stated.
-- :country (text) = KAZ: code of one party
-- :partner (text) = EU: code of the other
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
    AND (
        (f.subject_country = :country AND f.partner_country = :partner)
        OR (f.subject_country = :partner AND f.partner_country = :country)
    )
ORDER BY
    f.period_end DESC NULLS LAST,
    f.period_start DESC NULLS LAST,
    f.release_id /* postgresql: COLLATE "C" */,
    f.start_char
