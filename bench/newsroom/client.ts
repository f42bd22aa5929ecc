import { Agent } from "node:http";
import { performance } from "node:perf_hooks";
import type { Instant } from "../../src/model/instant.ts";
import { sendRequest, type WireResponse } from "../serve/send-request.ts";
import { parseReads, READS_PATH } from "./count-rows.ts";
import { type RunningNewsroom, TOKEN } from "./run-newsroom.ts";
import { newestAt, storyText } from "./story-text.ts";

/** A response, and what it took. */
export interface Timed {
  readonly answer: WireResponse;
  readonly milliseconds: number;
  /** Rows that the database read for it. */
  readonly rows: number;
}

/** The response to a story that was sent. */
export interface TimedPut extends Timed {
  readonly slug: string;
}

/**
 * A reader and an editor of a newsroom, on one connection that is kept alive. Every method throws if the status is not
 * the expected one.
 */
export interface NewsroomClient extends Disposable {
  /** Requests a path as a feed reader does. */
  readonly read: (path: string, status: 200 | 304, headers?: Readonly<Record<string, string>>) => Promise<Timed>;
  /** Publishes a story that is newer than all before it. Its title is its slug. */
  readonly publish: () => Promise<TimedPut>;
  /** Adds a story that was published at this time; if the database takes too long, the response is a 503. */
  readonly add: (published: Instant) => Promise<TimedPut>;
}

/** Opens a client. Only one request may run at a time, since the rows are those that were read since the last one. */
export const openNewsroomClient = ({ port }: RunningNewsroom): NewsroomClient => {
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  const time = async (
    path: string,
    expected: readonly number[],
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Timed> => {
    const start = performance.now();
    const answer = await sendRequest(port, path, headers, agent, body);
    const milliseconds = performance.now() - start;
    if (!expected.includes(answer.status)) {
      throw new Error(`${path} answered ${answer.status}: ${Buffer.from(answer.body)}`);
    }
    const { rows } = parseReads((await sendRequest(port, READS_PATH, {}, agent)).body);
    return { answer, milliseconds, rows };
  };
  const put = async (published: Instant, expected: readonly number[]): Promise<TimedPut> => {
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
