import { type Spread, spreadOf } from "../measure/statistics.ts";
import type { NewsroomRepository, Timed } from "./desk.ts";
import { OLDEST } from "./fill.ts";

/** What one kind of request takes. */
export interface Cost {
  readonly name: string;
  /** The most rows that one of them read. */
  readonly rows: number;
  readonly milliseconds: Spread;
  /** Of a 304 for the same. */
  readonly unchanged?: Spread;
}

/** The head feed, one of a tag, an archive page, and a story's page. */
const PATHS = ["/rss.xml", "/tags/news/atom.xml", "/archive/7/rss.xml", "/articles/s5"];

const HEAD_FEED = "/rss.xml";

const GZIP = { "accept-encoding": "gzip" };

const costOf = (name: string, samples: readonly Pick<Timed, "milliseconds" | "rows">[]): Cost => ({
  name,
  rows: Math.max(...samples.map(({ rows }) => rows)),
  milliseconds: spreadOf(samples.map(({ milliseconds }) => milliseconds)),
});

/** A page as the first one after a publish gets it, then as one who has it already does. */
const measurePath = async (repository: NewsroomRepository, path: string, count: number): Promise<Cost> => {
  const found: Timed[] = [];
  const unchanged: Timed[] = [];
  // The first round does not count: workerd compiles code as it is needed.
  for (let round = 0; round <= count; round++) {
    await repository.publish();
    const first = await repository.read(path, 200, GZIP);
    const etag = first.answer.headers.get("etag") ?? "";
    const second = await repository.read(path, 304, { ...GZIP, "if-none-match": etag });
    if (round === 0) continue;
    found.push(first);
    unchanged.push(second);
  }
  return { ...costOf(path, found), unchanged: costOf(path, unchanged).milliseconds };
};

const MOST_READS = 100;

/** All that it takes to ask for the head feed until a story is in it. */
const see = async (repository: NewsroomRepository, slug: string): Promise<Pick<Timed, "milliseconds" | "rows">> => {
  const spent = { milliseconds: 0, rows: 0 };
  for (let count = 0; count < MOST_READS; count++) {
    const { answer, milliseconds, rows } = await repository.read(HEAD_FEED, 200);
    spent.milliseconds += milliseconds;
    spent.rows += rows;
    if (Buffer.from(answer.body).includes(`<title>${slug}</title>`)) return spent;
  }
  throw new Error(`${HEAD_FEED} does not show ${slug}.`);
};

/** From sending a story to its answer, and to a head feed that shows it. */
const measurePublishing = async (repository: NewsroomRepository, count: number): Promise<readonly Cost[]> => {
  const sent: Timed[] = [];
  const visible: Pick<Timed, "milliseconds" | "rows">[] = [];
  for (let round = 0; round < count; round++) {
    const one = await repository.publish();
    const seen = await see(repository, one.slug);
    sent.push(one);
    visible.push({ milliseconds: one.milliseconds + seen.milliseconds, rows: one.rows + seen.rows });
  }
  return [costOf("PUT", sent), costOf(`PUT, until ${HEAD_FEED} shows it`, visible)];
};

/** How many times the slow ones are measured: one of them can take seconds. */
export const fewer = (count: number): number => Math.ceil(count / 7);

/** Stories that are older than all others: each scope counts its stories from the oldest, so all of them move. */
const measureAdding = async (repository: NewsroomRepository, count: number): Promise<Cost> => {
  const added: Timed[] = [];
  for (let round = 1; round <= fewer(count); round++) added.push(await repository.add(OLDEST - round));
  const refused = added.filter(({ answer }) => answer.status === 503).length;
  return costOf(`PUT of the oldest${refused > 0 ? ` (503: ${refused} of ${added.length})` : ""}`, added);
};

/** Measures one kind of request, so many times, or what belongs together. */
export type Measure = (repository: NewsroomRepository, count: number) => Promise<readonly Cost[]>;

/** Each request, then each way to publish: the last one takes time, and changes the archive pages. */
export const measures: readonly Measure[] = [
  ...PATHS.map(
    (path): Measure =>
      async (repository, count) => [await measurePath(repository, path, count)],
  ),
  measurePublishing,
  async (repository, count) => [await measureAdding(repository, count)],
];
