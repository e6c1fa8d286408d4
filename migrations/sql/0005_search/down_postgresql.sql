DROP INDEX releases_fts;
--
DROP FUNCTION releases_fts_words(text);
