import { performance } from "node:perf_hooks";
import { type Spread, spreadOf } from "../measure/statistics.ts";
import type { Desk } from "./desk.ts";

/** What one kind of request takes. */
export interface Cost {
  readonly name: string;
  /** Rows that one of them reads. */
  readonly rows: number;
  /** Milliseconds. */
  readonly cold: Spread;
  /** Milliseconds of a 304 from memory. */
  readonly warm?: Spread;
}

/** The head feed, one of a tag, an archive page, and a story's page. */
const PATHS = ["/rss.xml", "/tags/news/atom.xml", "/archive/7/rss.xml", "/articles/s5"];

const HEAD_FEED = "/rss.xml";

const GZIP = { "accept-encoding": "gzip" };

/** A page as the first one after a publish gets it, then as one who has it already does. */
const measurePath = async (desk: Desk, path: string, samples: number): Promise<Cost> => {
  const cold: number[] = [];
  const warm: number[] = [];
  const rows: number[] = [];
  // The first round is not counted: workerd has to compile the code.
  for (let round = 0; round <= samples; round++) {
    await desk.publish();
    const found = await desk.read(path, 200, GZIP);
    const etag = found.answer.headers.get("etag") ?? "";
    const notModified = await desk.read(path, 304, { ...GZIP, "if-none-match": etag });
    if (round === 0) continue;
    cold.push(found.milliseconds);
    rows.push(found.rows);
    warm.push(notModified.milliseconds);
  }
  return { name: path, rows: spreadOf(rows).most, cold: spreadOf(cold), warm: spreadOf(warm) };
};

const MOST_READS = 100;

/** Asks for the head feed until a story is in it. */
const see = async (desk: Desk, slug: string): Promise<number> => {
  let rows = 0;
  for (let count = 0; count < MOST_READS; count++) {
    const found = await desk.read(HEAD_FEED, 200);
    rows += found.rows;
    if (Buffer.from(found.answer.body).includes(`<title>${slug}</title>`)) return rows;
  }
  throw new Error(`${HEAD_FEED} does not show ${slug}.`);
};

/** From sending a story to its answer, and to a head feed that shows it. */
const measurePublishing = async (desk: Desk, samples: number): Promise<readonly Cost[]> => {
  const put = { rows: [] as number[], times: [] as number[] };
  const visible = { rows: [] as number[], times: [] as number[] };
  for (let round = 0; round < samples; round++) {
    const start = performance.now();
    const { slug, rows, milliseconds } = await desk.publish();
    const more = await see(desk, slug);
    visible.times.push(performance.now() - start);
    visible.rows.push(rows + more);
    put.times.push(milliseconds);
    put.rows.push(rows);
  }
  return [
    { name: "PUT /api/items/{slug}", rows: spreadOf(put.rows).most, cold: spreadOf(put.times) },
    { name: `publish to visible in ${HEAD_FEED}`, rows: spreadOf(visible.rows).most, cold: spreadOf(visible.times) },
  ];
};

/** What each request and each publish takes. */
export const measureDesk = async (desk: Desk, samples: number): Promise<readonly Cost[]> => {
  const costs: Cost[] = [];
  for (const path of PATHS) costs.push(await measurePath(desk, path, samples));
  return [...costs, ...(await measurePublishing(desk, samples))];
};
