import { Agent } from "node:http";
import { performance } from "node:perf_hooks";
import type { Instant } from "../../src/model/instant.ts";
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

/** A story that was sent. */
export interface Published extends Timed {
  readonly slug: string;
}

/** A reader and an editor of a newsroom, on one connection that is kept alive. */
export interface Desk extends Disposable {
  /** Asks as a feed reader does. Fails unless the status is the expected one. */
  readonly read: (path: string, status: 200 | 304, headers?: Readonly<Record<string, string>>) => Promise<Timed>;
  /** Publishes a new story, by default one that is newer than all before it. Its title is its slug. */
  readonly publish: (published?: Instant) => Promise<Published>;
}

/** Later than any story that the benchmark fills in. */
const FIRST_PUBLISHED = Date.UTC(2024, 0, 1);

const MINUTE = 60_000;

const storyText = (slug: string, published: Instant): string => `---
id: tag:courier.example.org,2026:${slug}
title: ${slug}
published: ${new Date(published).toISOString()}
authors: [news-desk]
section: world
tags: [News]
---

A story that the benchmark publishes, with [a link](https://example.org/) and **some** Markdown.
`;

/** Opens a desk. One request at a time: rows are those that were read since the last one. */
export const openDesk = ({ port }: Running): Desk => {
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  const time = async (
    path: string,
    expected: number,
    headers: Readonly<Record<string, string>>,
    put?: string,
  ): Promise<Timed> => {
    const start = performance.now();
    const answer = await ask(port, path, headers, agent, put);
    const milliseconds = performance.now() - start;
    const { status, body } = answer;
    if (status !== expected) throw new Error(`${path} answered ${status}: ${Buffer.from(body)}`);
    const counted = await ask(port, ROWS_READ, {}, agent);
    return { answer, milliseconds, rows: Number(Buffer.from(counted.body)) };
  };
  return {
    read: (path, status, headers = {}) => time(path, status, headers),
    async publish(published = FIRST_PUBLISHED + count * MINUTE) {
      const slug = `bench-${count}`;
      count += 1;
      const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "text/markdown" };
      return { slug, ...(await time(`/api/items/${slug}`, 201, headers, storyText(slug, published))) };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
};
