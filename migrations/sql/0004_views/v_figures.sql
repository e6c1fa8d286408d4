-- Every figure with its words and the release that states it.
CREATE VIEW v_figures AS
SELECT
    f.value,
    f.unit,
    f.qualifier,
    f.measure,
    f.stage,
    f.nature,
    f.period_start,
    f.period_end,
    f.subject_country,
    f.partner_country,
    f.surface AS words,
    r.title,
    r.published_on,
    f.release_id
FROM figures AS f
JOIN releases AS r ON r.release_id = f.release_id
