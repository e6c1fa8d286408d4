-- Releases whose text has all the words, in any order, latest first; accents and capitals do not matter. The passage
-- begins shortly before the first of the words.
-- :words (text) = cooperation: the words
-- :limit (number) = 50: how many releases at most
WITH asked AS (
    SELECT
        /* sqlite: (
            SELECT coalesce(group_concat('"' || value || '"', ' '), '"a" NOT "a"')
            FROM json_each('["' || replace(replace(replace(:words, '\', ' '), '"', ' '), ' ', '","') || '"]')
            WHERE trim(value, ' -_/.,:;@#&%+*=~^|<>()[]{}''`!?$') <> ''
        ) */
        /* postgresql: plainto_tsquery('simple', releases_fts_words(:words)) */ AS words,
        lower(/* sqlite: substr(trim(:words), 1, instr(trim(:words) || ' ', ' ') - 1) */
            /* postgresql: split_part(trim(:words), ' ', 1) */) AS first_word
)
SELECT
    r.published_on,
    r.source_id,
    r.title,
    trim(replace(substr(
        r.text,
        /* sqlite: max(1, instr(lower(r.text), a.first_word) - 60) */
        /* postgresql: greatest(1, strpos(lower(r.text), a.first_word) - 60) */,
        200
    ), /* sqlite: char(10) */ /* postgresql: chr(10) */, ' ')) AS passage,
    r.url,
    r.release_id
FROM asked AS a
/* sqlite: JOIN releases_fts AS f ON f.releases_fts MATCH a.words JOIN releases AS r ON r.release_id = f.release_id */
/* postgresql: JOIN releases AS r ON to_tsvector('simple', releases_fts_words(r.text)) @@ a.words */
ORDER BY r.published_on DESC NULLS LAST, r.release_id /* postgresql: COLLATE "C" */
LIMIT :limit
