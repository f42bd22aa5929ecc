import { COMPILER } from "../../src/content/compiler-version.ts";

/** Writes many stories `s0`, `s1` … with the tag News by SQL alone: through the API it would take too long. */
export const insertStories = async (database: D1Database, count: number): Promise<void> => {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const id = "'tag:courier.example,2026:s' || i";
  const item = `json_object('id', ${id}, 'slug', 's' || i, 'url', 'https://feedwright.invalid/articles/s' || i, 'title', 'Story ' || i,
    'summary', 'Text ' || i, 'html', '<p>Text ' || i || '</p>', 'published', i * 1000, 'updated', i * 1000, 'authors', json('[]'),
    'tags', json('[{"key":"news","name":"News"}]'), 'attachments', json('[]'), 'aliases', json('[]'), 'draft', json('false'),
    'corrections', json('[]'), 'media', json('[]'))`;
  const source = `'---' || char(10) || 'id: ' || ${id} || char(10) || 'title: Story ' || i || char(10) ||
    'published: ' || strftime('%Y-%m-%dT%H:%M:%SZ', i, 'unixepoch') || char(10) || 'tags: [News]' || char(10) || '---' || char(10) ||
    char(10) || 'Text ' || i || char(10)`;
  await database.batch(
    [
      `INSERT INTO stories (number, id, slug, path, version, digest, item, compiler) ${numbers}
       SELECT i + 1, ${id}, 's' || i, 's' || i || '.md', 1, '', ${item}, ${COMPILER} FROM n`,
      `INSERT INTO sources (story, source) ${numbers} SELECT i + 1, CAST(${source} AS BLOB) FROM n`,
      ...["all", "tag/news"].map(
        (scope) =>
          `INSERT INTO memberships (scope, story, id, published, is_listed, slot) ${numbers} SELECT '${scope}', i + 1, ${id}, i * 1000, 1, i FROM n`,
      ),
      `INSERT INTO transitions (at, story, is_withdrawal) ${numbers} SELECT i * 1000, i + 1, 0 FROM n`,
    ].map((sql) => database.prepare(sql)),
  );
};
