-- Whether each source still brings what it usually brings. The usual interval is the mean pause between days with
-- releases, over the 90 days before the source's latest one; overdue is the time beyond it since the last new release.
CREATE VIEW v_source_freshness AS
SELECT
    source_id,
    name,
    last_success_at,
    last_new_at,
    usual_interval_hours,
    CASE
        WHEN hours_since_new IS NULL OR usual_interval_hours IS NULL THEN NULL
        WHEN hours_since_new <= usual_interval_hours THEN 0.0
        ELSE round(hours_since_new - usual_interval_hours, 1)
    END AS overdue_hours,
    consecutive_failures,
    last_error,
    CASE
        WHEN NOT enabled THEN 'disabled'
        WHEN last_success_at IS NULL AND consecutive_failures = 0 THEN 'not polled yet'
        WHEN consecutive_failures > 0 THEN 'failing'
        WHEN hours_since_new > 3 * usual_interval_hours THEN 'silent'
        ELSE 'fresh'
    END AS state
FROM (
    SELECT
        s.source_id,
        s.name,
        s.enabled,
        st.last_success_at,
        st.last_new_at,
        coalesce(st.consecutive_failures, 0) AS consecutive_failures,
        st.last_error,
        round(
            /* sqlite: (julianday('now') - julianday(st.last_new_at)) * 24.0 */
            /* postgresql: (extract(epoch FROM now() - st.last_new_at) / 3600.0)::numeric */, 1
        ) AS hours_since_new,
        rhythm.usual_interval_hours
    FROM sources AS s
    LEFT JOIN source_state AS st ON st.source_id = s.source_id
    LEFT JOIN (
        SELECT
            r.source_id,
            CASE WHEN count(DISTINCT r.published_on) > 1 THEN round(
                24.0 * /* sqlite: (julianday(max(r.published_on)) - julianday(min(r.published_on))) */
                /* postgresql: (max(r.published_on) - min(r.published_on)) */
                / (count(DISTINCT r.published_on) - 1), 1
            ) END AS usual_interval_hours
        FROM releases AS r
        JOIN (
            SELECT source_id, max(published_on) AS day FROM releases GROUP BY source_id
        ) AS latest ON latest.source_id = r.source_id
        WHERE r.published_on >= /* sqlite: date(latest.day, '-90 days') */ /* postgresql: latest.day - 90 */
        GROUP BY r.source_id
    ) AS rhythm ON rhythm.source_id = s.source_id
) AS seen
