-- Which releases were edited after publication, or withdrawn: how many revisions, when the first and the latest were seen.
-- :source (text): id of a source
SELECT
    r.release_id,
    r.source_id,
    r.published_on,
    r.title,
    count(*) AS revisions,
    r.revision AS current_revision,
    min(v.first_fetched_at) AS first_seen_at,
    max(v.first_fetched_at) AS latest_edit_seen_at,
    min(length(v.text)) AS shortest_chars,
    max(length(v.text)) AS longest_chars,
    r.withdrawn_at,
    r.url
FROM releases AS r
JOIN release_revisions AS v ON v.release_id = r.release_id
WHERE :source IS NULL OR r.source_id = :source
GROUP BY
    r.release_id, r.source_id, r.published_on, r.title, r.revision, r.withdrawn_at, r.url
HAVING count(*) > 1 OR r.withdrawn_at IS NOT NULL
ORDER BY latest_edit_seen_at DESC, r.release_id /* postgresql: COLLATE "C" */
