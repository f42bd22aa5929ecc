import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PLACEHOLDER_ORIGIN } from "../../src/model/address.ts";
import type { Item } from "../../src/model/item.ts";
import { addNames } from "../../src/store/d1/add-names.ts";
import { ROOT } from "../serve/bundle.ts";
import type { RunningNewsroom } from "./run-newsroom.ts";
import { TEXT } from "./story-text.ts";

const TIMEOUT_MS = 60_000;

/** When the first story that `fillDatabase` writes was published. */
export const OLDEST = Date.UTC(2020, 0, 1);

/** Milliseconds between two stories. */
const INTERVAL_MS = 600_000;

/** The scopes that every story is in. */
const SCOPES = ["all", "tag/news", "author/news-desk", "section/world"];

/** What all stories have in common. */
const TEMPLATE: Item = {
  ...{ id: "", slug: "", url: "", title: "", summary: "A story of the benchmark.", html: `<p>${TEXT}</p>`, blocks: [] },
  ...{ published: 0, updated: 0, draft: false },
  authors: [{ key: "news-desk", name: "News Desk" }],
  section: { key: "world", name: "World" },
  tags: [{ key: "news", name: "News" }],
  ...{ attachments: [], aliases: [], corrections: [], media: [] },
};

/** Creates the tables of a checkout, as `wrangler d1 migrations apply` would. */
const migrate = async ({ database }: RunningNewsroom, root: string): Promise<void> => {
  const folder = join(root, "migrations");
  for (const name of (await readdir(folder)).sort()) {
    const text = (await readFile(join(folder, name), "utf8")).replace(/--.*$/gm, "");
    const statements = text.split(/;\s*$/m).filter((statement) => statement.trim() !== "");
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }
};

/** Writes stories `s0`, `s1` …, the oldest first, by SQL alone: through the API it would take minutes. */
const insertStories = async ({ database }: RunningNewsroom, count: number): Promise<void> => {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const id = "'tag:courier.example.org,2026:s' || i";
  const at = `${OLDEST} + i * ${INTERVAL_MS}`;
  const item = `json_set(?1, '$.id', ${id}, '$.slug', 's' || i, '$.url', '${PLACEHOLDER_ORIGIN}/articles/s' || i,
    '$.title', 'Story ' || i, '$.published', ${at}, '$.updated', ${at})`;
  await database
    .prepare(
      `INSERT INTO stories (number, id, slug, path, version, digest, item) ${numbers}
       SELECT i + 1, ${id}, 's' || i, 's' || i || '.md', 1, '', ${item} FROM n`,
    )
    .bind(JSON.stringify(TEMPLATE))
    .run();
  await database.batch([
    ...SCOPES.map((scope) =>
      database
        .prepare(
          `INSERT INTO memberships (scope, story, id, published, is_listed, slot) ${numbers}
           SELECT ?1, i + 1, ${id}, ${at}, 1, i FROM n`,
        )
        .bind(scope),
    ),
    database.prepare(`INSERT INTO transitions (at, story, is_withdrawal) ${numbers} SELECT ${at}, i + 1, 0 FROM n`),
  ]);
};

/**
 * Creates the tables and writes `count` stories, as the checkout at `root` has them; disposes of the newsroom if that
 * fails.
 */
export const fillDatabase = async (newsroom: RunningNewsroom, count: number, root: string = ROOT): Promise<void> => {
  try {
    await migrate(newsroom, root);
    await insertStories(newsroom, count);
    if (root !== ROOT) return;
    // What the scheduler does after a migration.
    while (!(await addNames(newsroom.database, TIMEOUT_MS)));
  } catch (error) {
    await newsroom[Symbol.asyncDispose]();
    throw error;
  }
};
