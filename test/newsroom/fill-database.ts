/**
 * Writes many stories, `s0`, `s1` …, by SQL alone, as if they had been there before the last migrations: through the API it
 * would take too long. Their tag is `news`; the first was published in 1970, and then one a second.
 */
export const fillDatabase = async (database: D1Database, count: number): Promise<void> => {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const id = "'tag:courier.example,2026:s' || i";
  const item = `json_object('id', ${id}, 'slug', 's' || i, 'url', 'https://feedwright.invalid/articles/s' || i, 'title', 'Story ' || i,
    'summary', 'S', 'html', '<p>Text ' || i || '</p>', 'published', i * 1000, 'updated', i * 1000, 'authors', json('[]'),
    'tags', json('[{"key":"news","name":"News"}]'), 'attachments', json('[]'), 'aliases', json('[]'), 'draft', json('false'),
    'corrections', json('[]'), 'media', json('[]'))`;
  await database.batch(
    [
      `INSERT INTO stories (number, id, slug, path, version, digest, item) ${numbers} SELECT i + 1, ${id}, 's' || i, 's' || i || '.md', 1, '', ${item} FROM n`,
      ...["all", "tag/news"].map(
        (scope) =>
          `INSERT INTO memberships (scope, story, id, published, is_listed, slot) ${numbers} SELECT '${scope}', i + 1, ${id}, i * 1000, 1, i FROM n`,
      ),
      `INSERT INTO transitions (at, story, is_withdrawal) ${numbers} SELECT i * 1000, i + 1, 0 FROM n`,
    ].map((sql) => database.prepare(sql)),
  );
};
