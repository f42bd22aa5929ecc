import type { Coding } from "../../src/http/accept-encoding.ts";
import { ask, type Exchange } from "./exchange.ts";
import type { Workerd } from "./workerd.ts";

/** A question that is asked again and again, and the status of its answer. */
export interface Case {
  readonly path: string;
  /** 226 is a delta of one story (RFC 3229). */
  readonly status: 200 | 226 | 304;
  readonly accept: string;
  /** Also that of the answer, if it has a body. */
  readonly acceptEncoding: Coding;
}

const ANYTHING = "*/*";
const A_READERS_CHOICE = "application/atom+xml, application/rss+xml;q=0.9, */*;q=0.1";

/** What feed readers ask most, then a feed that the router finds later, then content negotiation, then deltas. */
export const cases: readonly Case[] = [
  { path: "/rss.xml", status: 304, accept: ANYTHING, acceptEncoding: "identity" },
  { path: "/rss.xml", status: 200, accept: ANYTHING, acceptEncoding: "identity" },
  { path: "/rss.xml", status: 200, accept: ANYTHING, acceptEncoding: "gzip" },
  { path: "/rss.xml", status: 200, accept: ANYTHING, acceptEncoding: "br" },
  { path: "/tags/harbour/atom.xml", status: 304, accept: ANYTHING, acceptEncoding: "identity" },
  { path: "/feed", status: 304, accept: A_READERS_CHOICE, acceptEncoding: "identity" },
  { path: "/rss.xml", status: 226, accept: ANYTHING, acceptEncoding: "gzip" },
];

/** The headers of a request. */
export type Fields = Readonly<Record<string, string>>;

/** What our worker answers, and the headers that make it. */
export interface Recording {
  readonly found: Exchange;
  readonly notModified: Exchange;
  /** What answers the case: one of these two, or a delta. */
  readonly expected: Exchange;
  /** The headers of the case's request. */
  readonly fields: Fields;
}

const expect = async (answer: Promise<Exchange>, status: number, path: string): Promise<Exchange> => {
  const result = await answer;
  if (result.status !== status) throw new Error(`${path} answered ${result.status} instead of ${status}.`);
  return result;
};

const NEWEST_STORY = /(?<=\.[\w-]{5})[\w-]{5}/;

/** The tag that a client holds who lacks the newest story: it tells of all others. */
const olderTag = (etag: string): string => etag.replace(NEWEST_STORY, "");

/** Asks our worker as a feed reader would: at first without conditions, which makes the content-coding, then with what it got. */
export const record = async ({ port }: Workerd, { path, status, accept, acceptEncoding }: Case): Promise<Recording> => {
  const plain: Fields = {
    host: "courier.example.org",
    "user-agent": "Feedwright bench",
    accept,
    "accept-encoding": acceptEncoding,
  };
  await expect(ask(port, path, plain), 200, path);
  const found = await expect(ask(port, path, plain), 200, path);
  const etag = found.headers.get("etag") ?? "";
  const conditional: Fields = {
    ...plain,
    "if-none-match": etag,
    "if-modified-since": found.headers.get("last-modified") ?? "",
  };
  const notModified = await expect(ask(port, path, conditional), 304, path);
  if (status === 200) return { found, notModified, expected: found, fields: plain };
  if (status === 304) return { found, notModified, expected: notModified, fields: conditional };
  const fields: Fields = { ...plain, "if-none-match": olderTag(etag), "a-im": "feed" };
  return { found, notModified, expected: await expect(ask(port, path, fields), 226, path), fields };
};

/** The request as it goes over the wire. */
export const requestText = (path: string, fields: Fields): string =>
  `GET ${path} HTTP/1.1\r\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

const facts = ({ status, headers, body }: Exchange): string =>
  JSON.stringify([status, [...headers].sort(), Buffer.from(body).toString("hex")]);

/** Makes sure that a server answers a case as recorded: status, headers and bytes. */
export const checkAnswer = async ({ port }: Workerd, { path }: Case, recording: Recording): Promise<void> => {
  if (facts(await ask(port, path, recording.fields)) !== facts(recording.expected)) {
    throw new Error(`A worker answers ${path} otherwise than ours did at first.`);
  }
};
