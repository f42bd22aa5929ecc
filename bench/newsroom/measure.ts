import { type Spread, spreadOf } from "../measure/statistics.ts";
import type { NewsroomClient, Timed } from "./client.ts";
import { OLDEST } from "./fill-database.ts";

/** What one kind of request takes, measured several times. */
export interface Cost {
  readonly name: string;
  /** The most rows that one request read. */
  readonly rows: number;
  readonly milliseconds: Spread;
  /** Milliseconds of the 304 for the same path. */
  readonly unchanged?: Spread;
}

/** The main feed, one of a tag, an archive page, and a story's page. */
const PATHS = ["/rss.xml", "/tags/news/atom.xml", "/archive/7/rss.xml", "/articles/s5"];

const MAIN_FEED = "/rss.xml";

const GZIP = { "accept-encoding": "gzip" };

const costOf = (name: string, samples: readonly Pick<Timed, "milliseconds" | "rows">[]): Cost => ({
  name,
  rows: Math.max(...samples.map(({ rows }) => rows)),
  milliseconds: spreadOf(samples.map(({ milliseconds }) => milliseconds)),
});

/** Requests a path right after a story is published, then again with the ETag. */
const measurePath = async (client: NewsroomClient, path: string, count: number): Promise<Cost> => {
  const full: Timed[] = [];
  const unchanged: Timed[] = [];
  // The first round does not count: workerd compiles code as it is needed.
  for (let round = 0; round <= count; round++) {
    await client.publish();
    const first = await client.read(path, 200, GZIP);
    const etag = first.answer.headers.get("etag") ?? "";
    const second = await client.read(path, 304, { ...GZIP, "if-none-match": etag });
    if (round === 0) continue;
    full.push(first);
    unchanged.push(second);
  }
  return { ...costOf(path, full), unchanged: costOf(path, unchanged).milliseconds };
};

const MAX_READS = 100;

/** What it takes to request the main feed until a story is in it. */
const readUntilVisible = async (
  client: NewsroomClient,
  slug: string,
): Promise<Pick<Timed, "milliseconds" | "rows">> => {
  const total = { milliseconds: 0, rows: 0 };
  for (let count = 0; count < MAX_READS; count++) {
    const { answer, milliseconds, rows } = await client.read(MAIN_FEED, 200);
    total.milliseconds += milliseconds;
    total.rows += rows;
    if (Buffer.from(answer.body).includes(`<title>${slug}</title>`)) return total;
  }
  throw new Error(`${MAIN_FEED} does not show ${slug}.`);
};

/** From sending a story to the response, and to a main feed that contains it. */
const measurePublishing = async (client: NewsroomClient, count: number): Promise<readonly Cost[]> => {
  const sent: Timed[] = [];
  const visible: Pick<Timed, "milliseconds" | "rows">[] = [];
  for (let round = 0; round < count; round++) {
    const one = await client.publish();
    const seen = await readUntilVisible(client, one.slug);
    sent.push(one);
    visible.push({ milliseconds: one.milliseconds + seen.milliseconds, rows: one.rows + seen.rows });
  }
  return [costOf("PUT", sent), costOf(`PUT, until ${MAIN_FEED} shows it`, visible)];
};

/** How many times a slow request is measured, which can take seconds. */
export const reduced = (count: number): number => Math.ceil(count / 7);

/**
 * Adds stories that are older than all others: slots are counted from the oldest, so every other story of a scope
 * moves.
 */
const measureAdding = async (client: NewsroomClient, count: number): Promise<Cost> => {
  const added: Timed[] = [];
  for (let round = 1; round <= reduced(count); round++) added.push(await client.add(OLDEST - round));
  const refused = added.filter(({ answer }) => answer.status === 503).length;
  return costOf(`PUT of the oldest${refused > 0 ? ` (503: ${refused} of ${added.length})` : ""}`, added);
};

/** Measures some kinds of requests, `count` times each. */
export type Measure = (client: NewsroomClient, count: number) => Promise<readonly Cost[]>;

/** Reads first, then writes; the slowest, which changes the archive pages, last. */
export const measures: readonly Measure[] = [
  ...PATHS.map(
    (path): Measure =>
      async (client, count) => [await measurePath(client, path, count)],
  ),
  measurePublishing,
  async (client, count) => [await measureAdding(client, count)],
];
