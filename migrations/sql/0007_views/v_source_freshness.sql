-- Whether each source still brings what it usually brings. The usual interval is the mean pause between days with
-- releases, over the 90 days before the source's latest one (of a source without dates, days on which they were first
-- seen); overdue is the time beyond it since the last new release. A source whose next poll is hours late is
-- unattended: nobody fetches.
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
        WHEN hours_late > 3 THEN 'unattended'
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
        /* sqlite: (julianday('now') - julianday(st.next_due_at)) * 24.0 */
        /* postgresql: extract(epoch FROM now() - st.next_due_at) / 3600.0 */ AS hours_late,
        rhythm.usual_interval_hours
    FROM sources AS s
    LEFT JOIN source_state AS st ON st.source_id = s.source_id
    LEFT JOIN (
        SELECT
            r.source_id,
            CASE WHEN count(DISTINCT r.day) > 1 THEN round(
                24.0 * /* sqlite: (julianday(max(r.day)) - julianday(min(r.day))) */
                /* postgresql: (max(r.day) - min(r.day)) */
                / (count(DISTINCT r.day) - 1), 1
            ) END AS usual_interval_hours
        FROM (
            SELECT
                source_id,
                day,
                max(day) OVER (PARTITION BY source_id) AS latest
            FROM (
                SELECT
                    source_id,
                    CASE
                        WHEN count(published_on) OVER (PARTITION BY source_id) > 1 THEN published_on
                        ELSE /* sqlite: substr(first_fetched_at, 1, 10) */
                        /* postgresql: (first_fetched_at AT TIME ZONE 'UTC')::date */
                    END AS day
                FROM releases
            ) AS dated
        ) AS r
        WHERE r.day >= /* sqlite: date(r.latest, '-90 days') */ /* postgresql: r.latest - 90 */
        GROUP BY r.source_id
    ) AS rhythm ON rhythm.source_id = s.source_id
) AS seen
