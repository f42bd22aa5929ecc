import { Agent } from "node:http";
import { performance } from "node:perf_hooks";
import { ask, type Exchange } from "../serve/exchange.ts";
import { ROWS_READ } from "./counter.ts";
import { type Running, TOKEN } from "./running.ts";

/** An answer, and what it took. */
export interface Timed {
  readonly answer: Exchange;
  readonly milliseconds: number;
  /** Rows that the database read for it. */
  readonly rows: number;
}

/** A reader and an editor of a newsroom, on one connection that is kept alive. */
export interface Desk extends Disposable {
  /** Asks as a feed reader does. Fails unless the status is the expected one. */
  readonly read: (path: string, status: 200 | 304, headers?: Readonly<Record<string, string>>) => Promise<Timed>;
  /** Publishes a story that is newer than all before it. Its title is its slug. */
  readonly publish: () => Promise<Timed & { readonly slug: string }>;
}

/** Later than any story that the benchmark fills in. */
const FIRST_PUBLISHED = Date.UTC(2024, 0, 1);

const MINUTE = 60_000;

const storyText = (number: number, slug: string): string => `---
id: tag:courier.example.org,2026:${slug}
title: ${slug}
published: ${new Date(FIRST_PUBLISHED + number * MINUTE).toISOString()}
authors: [news-desk]
section: world
tags: [News]
---

Story ${number} that the benchmark publishes, with [a link](https://example.org/) and **some** Markdown.
`;

/** Opens a desk. One request at a time: the count of rows is that of all that was asked since. */
export const openDesk = ({ port }: Running): Desk => {
  const agent = new Agent({ keepAlive: true });
  let published = 0;
  const time = async (
    path: string,
    statuses: readonly number[],
    headers: Readonly<Record<string, string>>,
    put?: string,
  ): Promise<Timed> => {
    const start = performance.now();
    const answer = await ask(port, path, headers, agent, put);
    const milliseconds = performance.now() - start;
    const { status, body } = answer;
    if (!statuses.includes(status)) throw new Error(`${path} answered ${status}: ${Buffer.from(body)}`);
    const counted = await ask(port, ROWS_READ, {}, agent);
    return { answer, milliseconds, rows: Number(Buffer.from(counted.body)) };
  };
  return {
    read: (path, status, headers = {}) => time(path, [status], headers),
    async publish() {
      const number = published;
      published += 1;
      const slug = `bench-${number}`;
      const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "text/markdown" };
      return { slug, ...(await time(`/api/items/${slug}`, [201], headers, storyText(number, slug))) };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
};
