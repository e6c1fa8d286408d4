-- What one needs to cite an event: the publisher, the release and its revision, and the words.
CREATE VIEW v_citation AS
SELECT
    er.event_id,
    er.release_id,
    coalesce(canonical.name, s.name, r.source_id) AS publisher,
    r.title,
    r.published_on,
    r.url,
    r.revision,
    er.quote,
    r.content_hash
FROM event_reports AS er
JOIN releases AS r ON r.release_id = er.release_id
LEFT JOIN sources AS s ON s.source_id = r.source_id
LEFT JOIN entities AS issuer ON issuer.entity_id = r.issuer_entity_id
LEFT JOIN entities AS canonical ON canonical.entity_id = issuer.canonical_id
