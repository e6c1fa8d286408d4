-- Events at which parties met or spoke, with the highest office among the participants (held then, not formerly).
CREATE VIEW v_meetings AS
SELECT
    v.*,
    CASE (
        SELECT min(
            CASE m.office_level
                WHEN 'head_of_state' THEN 1
                WHEN 'head_of_government' THEN 2
                WHEN 'head_of_organization' THEN 3
                WHEN 'minister' THEN 4
                WHEN 'parliament' THEN 5
                WHEN 'deputy_minister' THEN 6
                WHEN 'ambassador' THEN 7
                WHEN 'official' THEN 8
            END
        )
        FROM report_participants AS rp
        JOIN mentions AS m ON m.release_id = rp.release_id AND m.entity_id = rp.entity_id
        WHERE rp.event_id = v.event_id AND coalesce(m.office_state, 'current') IN ('current', 'acting')
    )
        WHEN 1 THEN 'head_of_state'
        WHEN 2 THEN 'head_of_government'
        WHEN 3 THEN 'head_of_organization'
        WHEN 4 THEN 'minister'
        WHEN 5 THEN 'parliament'
        WHEN 6 THEN 'deputy_minister'
        WHEN 7 THEN 'ambassador'
        WHEN 8 THEN 'official'
    END AS level
FROM v_events AS v
WHERE v.form IN ('meeting', 'call', 'visit', 'summit', 'negotiation', 'conference')
