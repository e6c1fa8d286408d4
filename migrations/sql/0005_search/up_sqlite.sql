-- The words of every release, for full-text search. SQLite may renumber the rows of `releases` (VACUUM), so each has
-- a number of its own; the texts stay in `releases`, triggers keep the index in step.
CREATE TABLE releases_fts_rows (
    id INTEGER PRIMARY KEY,
    release_id TEXT NOT NULL UNIQUE
);
--
CREATE VIEW releases_fts_texts AS
SELECT n.id, n.release_id, r.text
FROM releases_fts_rows AS n
JOIN releases AS r ON r.release_id = n.release_id;
--
CREATE VIRTUAL TABLE releases_fts USING fts5(
    release_id UNINDEXED,
    text,
    content = 'releases_fts_texts',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
--
CREATE TRIGGER releases_fts_insert AFTER INSERT ON releases BEGIN
    INSERT INTO releases_fts_rows (release_id) VALUES (new.release_id);
    INSERT INTO releases_fts (rowid, release_id, text)
    SELECT id, new.release_id, new.text FROM releases_fts_rows WHERE release_id = new.release_id;
END;
--
CREATE TRIGGER releases_fts_update AFTER UPDATE OF text ON releases WHEN old.text IS NOT new.text BEGIN
    INSERT INTO releases_fts (releases_fts, rowid, release_id, text)
    SELECT 'delete', id, old.release_id, old.text FROM releases_fts_rows WHERE release_id = old.release_id;
    INSERT INTO releases_fts (rowid, release_id, text)
    SELECT id, new.release_id, new.text FROM releases_fts_rows WHERE release_id = new.release_id;
END;
--
CREATE TRIGGER releases_fts_delete AFTER DELETE ON releases BEGIN
    INSERT INTO releases_fts (releases_fts, rowid, release_id, text)
    SELECT 'delete', id, old.release_id, old.text FROM releases_fts_rows WHERE release_id = old.release_id;
    DELETE FROM releases_fts_rows WHERE release_id = old.release_id;
END;
--
INSERT INTO releases_fts_rows (release_id) SELECT release_id FROM releases ORDER BY release_id;
--
INSERT INTO releases_fts (releases_fts) VALUES ('rebuild');
