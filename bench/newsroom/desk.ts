import { Agent } from "node:http";
import { performance } from "node:perf_hooks";
import type { Instant } from "../../src/model/instant.ts";
import { ask, type Exchange } from "../serve/exchange.ts";
import { ROWS_READ } from "./counter.ts";
import { type Running, TOKEN } from "./running.ts";
import { newestAt, storyText } from "./story-text.ts";

/** An answer, and what it took. */
export interface Timed {
  readonly answer: Exchange;
  readonly milliseconds: number;
  /** Rows that the database read for it. */
  readonly rows: number;
}

/** A story that was sent. */
export interface Published extends Timed {
  readonly slug: string;
}

/** A reader and an editor of a newsroom, on one connection that is kept alive. */
export interface NewsroomRepository extends Disposable {
  /** Asks as a feed reader does. Fails unless the status is the expected one. */
  readonly read: (path: string, status: 200 | 304, headers?: Readonly<Record<string, string>>) => Promise<Timed>;
  /** Publishes a story that is newer than all before it. Its title is its slug. */
  readonly publish: () => Promise<Published>;
  /** Adds a story to the archive, with the date that it had: one that the database needs too long for is refused (503). */
  readonly add: (published: Instant) => Promise<Published>;
}

/** Opens a desk. One request at a time: rows are those that were read since the last one. */
export const openNewsroomRepository = ({ port }: Running): NewsroomRepository => {
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  const time = async (
    path: string,
    expected: readonly number[],
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Timed> => {
    const start = performance.now();
    const answer = await ask(port, path, headers, agent, body);
    const milliseconds = performance.now() - start;
    if (!expected.includes(answer.status)) {
      throw new Error(`${path} answered ${answer.status}: ${Buffer.from(answer.body)}`);
    }
    const counted = await ask(port, ROWS_READ, {}, agent);
    return { answer, milliseconds, rows: Number(Buffer.from(counted.body)) };
  };
  const put = async (published: Instant, expected: readonly number[]): Promise<Published> => {
    const slug = `bench-${count}`;
    count += 1;
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "text/markdown" };
    return { slug, ...(await time(`/api/items/${slug}`, expected, headers, storyText(slug, published))) };
  };
  return {
    read: (path, status, headers = {}) => time(path, [status], headers),
    publish: () => put(newestAt(count), [201]),
    add: (published) => put(published, [201, 503]),
    [Symbol.dispose]: () => agent.destroy(),
  };
};
