-- Words as the search on SQLite cuts them: no diacritics, and nothing but letters and digits makes a word. A tsvector
-- holds at most 1 MB, so the search reads the first 150,000 characters of a text. (translate() with as many characters
-- takes longer than all the rest of storing a release; ASCII has nothing to normalise.)
CREATE FUNCTION releases_fts_words(said text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog
AS $$
    SELECT regexp_replace(
        CASE WHEN octet_length(said) = length(said) THEN left(said, 150000)
        ELSE regexp_replace(normalize(left(said, 150000), NFD), '[\u0300-\u036F]', '', 'g') END,
        '[-_/.,:;@#&%+*=~^|<>()[\]{}\\"''`!?$–—‑−’‘“”«»…•·]+', ' ', 'g'
    )
$$;
--
CREATE INDEX releases_fts ON releases USING gin (to_tsvector('simple', releases_fts_words(text)));
