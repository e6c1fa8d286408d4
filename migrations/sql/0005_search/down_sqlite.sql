DROP TRIGGER releases_fts_delete;
--
DROP TRIGGER releases_fts_update;
--
DROP TRIGGER releases_fts_insert;
--
DROP TABLE releases_fts;
--
DROP VIEW releases_fts_texts;
--
DROP TABLE releases_fts_rows;
